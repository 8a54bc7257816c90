"""Intake step by step: what was saved stays, an unfinished one is found again, and the short way is short."""

from datetime import date

import pytest
from django.urls import reverse

from participants.models import (
    Consent,
    Contact,
    Guardian,
    Identity,
    Intake,
    LanguageAssessment,
    Participation,
    Residence,
    ResidenceStatus,
    Schooling,
    WorkExperience,
)
from participants.operations.background import add_entry
from participants.operations.identities import change_identity
from participants.operations.intake import (
    NEEDED,
    STEPS,
    begin_with,
    close_intake,
    finish_step,
    next_step,
    step_after,
)
from participants.operations.people import PersonDraft
from participants.tests.builders import make_participant, share_case
from participants.tests.test_views_person import NASTY, form_data
from resque.audit.models import AccessEntry

pytestmark = pytest.mark.django_db
KEY = "2a0f4b7e-6f1c-4f7c-9d7f-0c35f1f4f7aa"


@pytest.fixture
def case(cast):
    return make_participant(cast.lehmann)


@pytest.fixture
def lehmann(client, cast):
    client.force_login(cast.lehmann)
    return client


def address(case, step=""):
    return f"/participants/{case.reference}/intake/{step}"


# --- The state of an intake


def test_steps_in_any_order_end_with_the_last_needed_one(cast, case):
    said = {"by": cast.lehmann, "participation": case}
    for step in reversed(NEEDED[1:]):
        intake = finish_step(**said, step=step)
        assert intake.finished_on is None and next_step(intake) == "identity"
    intake = finish_step(**said, step="identity")
    assert intake.finished_on == date(2017, 2, 6) and intake.done == list(NEEDED)
    assert next_step(intake) == "entry" and step_after(intake, "identity") == "entry"
    assert step_after(finish_step(**said, step="entry"), "entry") == ""
    assert next_step(None) == "identity" and Intake.objects.count() == 1


def test_who_goes_back_is_led_on_and_round_to_what_was_left_out(cast, case):
    said = {"by": cast.lehmann, "participation": case}
    finish_step(**said, step="identity")
    finish_step(**said, step="languages")
    assert step_after(finish_step(**said, step="contact"), "contact") == "background"
    for step in ("residence", "consents"):
        intake = finish_step(**said, step=step)
    assert step_after(intake, "consents") == "background"


def test_closing_twice_is_no_fault_and_steps_can_follow(cast, case):
    said = {"by": cast.lehmann, "participation": case}
    day = close_intake(**said).finished_on
    audited = AccessEntry.objects.count()
    assert close_intake(**said).finished_on == day and AccessEntry.objects.count() == audited
    assert finish_step(**said, step="contact").done == ["contact"]
    with pytest.raises(ValueError, match="no such step"):
        finish_step(**said, step="tea")


def test_only_the_owner_writes_steps(cast, case):
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    for user in (cast.weber, cast.hoffmann):
        for write in (lambda by: finish_step(by=by, participation=case, step="contact"),
                      lambda by: close_intake(by=by, participation=case)):  # fmt: skip
            with pytest.raises(Participation.DoesNotExist):
                write(user)
    assert not Intake.objects.exists()


def test_the_database_lets_the_owner_write_too(cast, case, app_role_for):
    assert app_role_for(lambda by: finish_step(by=by, participation=case, step="contact"), cast.lehmann).pk == case.pk


# --- The steps in the browser


def test_after_the_person_the_first_open_step_is_shown(lehmann, cast):
    answers = {"info_given_on": "06.02.2017", "given_name": "Abebe", "operation": "resque-2.0", "form_key": KEY}
    for _twice in range(2):
        answer = lehmann.post(reverse("participants:create"), answers)
        made = Participation.objects.get()
        assert answer["Location"] == address(made, "contact/")
    assert Intake.objects.get().done == ["identity"]


def test_the_address_of_the_intake_leads_to_the_next_step(lehmann, cast, case):
    assert lehmann.get(address(case))["Location"] == address(case, "identity/")
    finish_step(by=cast.lehmann, participation=case, step="identity")
    assert lehmann.get(address(case))["Location"] == address(case, "contact/")


@pytest.mark.parametrize("step", STEPS)
def test_every_step_opens_and_goes_on_without_an_answer(lehmann, cast, case, step):
    answer = lehmann.get(address(case, f"{step}/"))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.count('aria-current="step"') == 1 and "Al Hassan" not in answer.content.decode().split("</title>")[0]
    data = {}
    for form in answer.context["forms"]:
        data |= {form.add_prefix(name): value for name, value in form_data(form).items()}
    answer = lehmann.post(address(case, f"{step}/"), data | {"go": "next"})
    assert answer.status_code == 302 and Intake.objects.get().done == [step]
    rows = (Contact, Guardian, LanguageAssessment, Schooling, WorkExperience, Residence, ResidenceStatus)
    assert not any(model.objects.exists() for model in rows)


def test_later_stores_without_finishing_the_step_and_leads_to_the_worklist(lehmann, cast, case):
    data = {"contact-kind": "phone", "contact-value": "0341 1", "go": "later", "form_key": KEY}
    for _twice in range(2):
        answer = lehmann.post(address(case, "contact/"), data)
        assert answer["Location"] == reverse("participants:intakes")
    assert Contact.objects.count() == 1 and Intake.objects.get().done == []


def test_another_row_stays_on_the_step(lehmann, case):
    for language, level in (("tir", "MUT"), ("deu", "A1")):
        data = {"language-language": language, "language-overall": level, "language-evidence": "SELBST",
                "language-assessed_on": "06.02.2017", "go": "again"}  # fmt: skip
        assert lehmann.post(address(case, "languages/"), data)["Location"] == address(case, "languages/")
    page = lehmann.get(address(case, "languages/")).content.decode()
    assert "Tigrinya: Muttersprache" in page and "Deutsch: A1" in page


def test_several_parts_are_stored_together_or_not_at_all(lehmann, case):
    good = {"schooling-certificate": "ABI", "schooling-country": "SYR", "go": "next"}
    wrong = good | {"work-occupation": "Bäcker", "work-from_year": "2030"}
    answer = lehmann.post(address(case, "background/"), wrong)
    assert answer.status_code == 200 and answer.content.decode().count("is-invalid") == 1
    assert 'value="Bäcker"' in answer.content.decode() and not Schooling.objects.exists()
    assert lehmann.post(address(case, "background/"), wrong | {"work-from_year": "2015"}).status_code == 302
    assert (Schooling.objects.count(), WorkExperience.objects.count()) == (1, 1)


def test_residence_is_a_dated_row_with_its_wording(lehmann, case):
    data = {
        "status-status": "GEST", "status-valid_from": "01.01.2017", "status-clause": "FEST",
        "status-wording": "Beschäftigung als Koch gestattet", "place-accommodation": "GU",
        "place-municipality": "14713000", "place-valid_from": "01.01.2017", "status-version": "1", "place-version": "1", "go": "next",
    }  # fmt: skip
    answer = lehmann.post(address(case, "residence/"), data)
    assert answer["Location"] == address(case, "consents/")
    assert ResidenceStatus.objects.get().wording == "Beschäftigung als Koch gestattet"
    assert Residence.objects.get().municipality == "14713000"
    assert "Beschäftigung als Koch gestattet" in lehmann.get(address(case, "residence/")).content.decode()


@pytest.mark.parametrize(("born", "asked"), [(date(1999, 2, 6), False), (date(1999, 2, 7), True), (None, True)])
def test_custody_is_asked_of_minors_and_of_those_whose_age_nobody_knows(lehmann, cast, born, asked):
    case = make_participant(cast.lehmann, birth_date=born, birth_precision="day" if born else "unknown")
    page = lehmann.get(address(case, "contact/")).content.decode()
    assert ('name="guardian-name"' in page) == asked
    answer = lehmann.post(address(case, "contact/"), {"guardian-name": "Amtsvormund", "go": "next"})
    assert answer.status_code == 302 and Guardian.objects.exists() == asked


def test_consents_are_keyed_in_where_the_sheet_is_printed(lehmann, case):
    page = lehmann.get(address(case, "consents/")).content.decode()
    assert "/consents/consent/" in page
    data = {"day": "06.02.2017", "given_by_kind": "person", "answer_KONTAKT": "true", "channel": "Telefon",
            "version": lehmann.get(address(case, "consents/")).context["forms"][0]["version"].value(), "go": "next"}  # fmt: skip
    assert lehmann.post(address(case, "consents/"), data).status_code == 302
    assert Consent.objects.get(type="KONTAKT").state == "erteilt"
    again = lehmann.post(address(case, "consents/"), data)  # the page that somebody else has left open
    assert again.status_code == 200 and Consent.objects.filter(type="KONTAKT").count() == 1


def test_the_questionnaire_of_the_last_step_ends_at_the_record(lehmann, cast, case):
    for step in NEEDED:
        finish_step(by=cast.lehmann, participation=case, step=step)
    form = lehmann.get(address(case, "entry/")).context["forms"][0]
    data = form_data(form) | {"entry_date": "06.02.2017", "gender": "f", "go": "next"}
    answer = lehmann.post(address(case, "entry/"), data)
    assert answer["Location"] == f"/participants/{case.reference}/"
    case.refresh_from_db()
    assert (case.entry_date, case.sex, case.state) == (date(2017, 2, 6), "f", "AKTIV")


def test_the_highest_school_is_proposed_recognised_or_not_and_never_over_an_answer(lehmann, cast, case):
    for certificate in ("GRUND", "ABI", "HSA"):
        add_entry(by=cast.lehmann, participation=case, of="schooling", certificate=certificate, country="SYR")
    form = lehmann.get(address(case, "entry/")).context["forms"][0]
    assert form["e_education"].value() == "ABI"
    data = form_data(form) | {"entry_date": "06.02.2017", "go": "later"}
    assert lehmann.post(address(case, "entry/"), data).status_code == 302
    case.refresh_from_db()
    assert (case.e_education, case.e_isced) == ("ABI", 3)
    add_entry(by=cast.lehmann, participation=case, of="schooling", certificate="MA", country="SYR")
    assert lehmann.get(address(case, "entry/")).context["forms"][0]["e_education"].value() == "ABI"


def test_any_number_of_spellings_and_the_name_of_before(lehmann, cast, case):
    form = lehmann.get(address(case, "identity/")).context["forms"][0]
    data = form_data(form) | {
        "family_name": "Alhassan", "original_script": "محمد", "other_spellings": "Mohammed\n\nMuhamad\nMohammed",
        "birth_date_year": "1994", "birth_date_month": "5", "birth_date_day": "", "go": "next",
    }  # fmt: skip
    assert lehmann.post(address(case, "identity/"), data).status_code == 302
    texts = set(case.person.spellings.values_list("text", flat=True))
    assert texts == {"Mohamad Alhassan", "Mohamad Al Hassan", "محمد", "Mohammed", "Muhamad"}
    case.person.refresh_from_db()
    assert (case.person.birth_date, case.person.birth_precision) == (date(1994, 5, 1), "month")


def test_two_who_change_the_name_choose_between_both_versions(lehmann, cast, case):
    data = form_data(lehmann.get(address(case, "identity/")).context["forms"][0])
    change_identity(by=cast.vogel, participation=case, version=1, family_name="Hassan", given_name="Mohamad")
    answer = lehmann.post(address(case, "identity/"), data | {"given_name": "Mohammed", "go": "next"})
    assert answer.status_code == 409 and {one.name for one in answer.context["differences"]} >= {"family_name"}
    chosen = {name: values[0] for name, values in answer.context["carried"]}
    chosen |= {"version": answer.context["version"], "form_key": answer.context["form_key"]}
    assert lehmann.post(address(case, "identity/"), chosen | {"pick_family_name": "theirs"}).status_code == 302
    stored = Identity.objects.get()
    assert (stored.family_name, stored.given_name) == ("Hassan", "Mohammed")
    assert Intake.objects.get().done == ["identity"]


def test_no_field_of_the_name_opens_before_the_information_was_handed_out(lehmann, cast):
    case = make_participant(cast.lehmann, info_given_on=None)
    page = lehmann.get(address(case, "identity/")).content.decode()
    assert 'name="family_name"' not in page and 'name="info_given_on"' in page
    assert lehmann.post(address(case, "identity/"), {"family_name": "Neu", "given_name": "Neu"}).status_code == 200
    assert Identity.objects.get().family_name == "Al Hassan"
    assert lehmann.post(address(case, "identity/"), {"info_given_on": "07.02.2017"}).status_code == 200
    assert lehmann.post(address(case, "identity/"), {"info_given_on": "06.02.2017"}).status_code == 302
    assert 'name="family_name"' in lehmann.get(address(case, "identity/")).content.decode()


def test_an_overlong_spelling_is_named_and_nothing_is_stored(cast, case):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as fault:
        change_identity(by=cast.lehmann, participation=case, version=1, family_name="Neu", given_name="",
                    other_spellings=("x" * 300,))  # fmt: skip
    assert list(fault.value.error_dict) == ["other_spellings"]


def test_the_summary_grows(lehmann, cast, case):
    before = lehmann.get(address(case, "languages/")).content.decode()
    lehmann.post(address(case, "contact/"), {"contact-kind": "phone", "contact-value": "0341 77", "go": "next"})
    after = lehmann.get(address(case, "languages/")).content.decode()
    assert "0341 77" not in before and "0341 77" in after


def test_strangers_find_no_intake_and_a_share_does_not_open_it(client, cast, case):
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    for user, status in ((cast.weber, 403), (cast.hoffmann, 404), (cast.krause, 404), (cast.seidel, 404)):
        client.force_login(user)
        for part in ("", *(f"{step}/" for step in STEPS)):
            assert client.get(address(case, part)).status_code == status, (user.username, part)
        assert client.post(address(case, "close/")).status_code == status
    foreign = make_participant(cast.weber)
    client.force_login(cast.lehmann)
    assert client.get(address(foreign, "contact/")).status_code == 404
    assert not Intake.objects.exists()


@pytest.mark.parametrize("step", STEPS)
def test_nothing_that_is_sent_breaks_a_step(lehmann, cast, case, step):
    names = {"go", "form_key"}
    for form in lehmann.get(address(case, f"{step}/")).context["forms"]:
        names |= {form.add_prefix(name) for name in form.fields}
    for value in NASTY:
        assert lehmann.post(address(case, f"{step}/"), dict.fromkeys(names, value)).status_code in (200, 302, 409)


# --- The worklist


def test_unfinished_intakes_stand_in_the_worklist_with_their_next_step(client, cast):
    draft = PersonDraft("Bikila", "Abebe")
    operation = make_participant(cast.lehmann).operation
    known = {"partner": cast.daa, "operation": operation, "info_given_on": date(2017, 2, 6)}
    mine = begin_with(by=cast.lehmann, draft=draft, referent=cast.lehmann, **known)
    other = begin_with(by=cast.vogel, draft=PersonDraft("Tesfay", "Senait"), referent=cast.vogel, **known)
    closed = begin_with(by=cast.lehmann, draft=PersonDraft("Umar", ""), referent=cast.lehmann, **known)
    close_intake(by=cast.lehmann, participation=closed)
    client.force_login(cast.lehmann)
    page = client.get(reverse("participants:intakes"))
    assert [row.participation for row in page.context["rows"]] == [mine]
    assert page.context["rows"][0].url == address(mine, "contact/")
    page = client.get(reverse("participants:intakes"), {"whose": "all"})
    assert [row.participation for row in page.context["rows"]] == [mine, other]
    assert "1 unvollständige" in client.get("/").content.decode() or "Aufnahme" in client.get("/").content.decode()
    client.force_login(cast.weber)
    assert client.get(reverse("participants:intakes"), {"whose": "all"}).context["rows"] == []
    for user in (cast.hoffmann, cast.krause, cast.seidel):
        client.force_login(user)
        assert client.get(reverse("participants:intakes")).status_code == 403


# --- The short way


def contact(client, **data):
    return client.post(reverse("participants:contact"), data)


def test_a_short_contact_is_one_page_after_the_search(lehmann, cast):
    page = lehmann.post(reverse("participants:new"), {"name": "Abebe Bikila", "year": "1994"}).content.decode()
    assert 'name="handed_out"' in page and reverse("participants:contact") in page
    opened = contact(lehmann, handed_out="1", name="Abebe Bikila", year="1994", seen="")
    form = opened.context["form"]
    assert (form["family_name"].value(), form["year"].value(), form["info_given_on"].value()) == (
        "Bikila", 1994, date(2017, 2, 6)
    )  # fmt: skip
    data = {
        "info_given_on": "06.02.2017", "family_name": "Bikila", "given_name": "Abebe", "year": "1994",
        "interpreter_language": "tir", "accommodation": "GU", "form_key": KEY,
    }  # fmt: skip
    for _twice in range(2):
        answer = contact(lehmann, **data)
        made = Participation.objects.get()
        assert answer["Location"] == f"/participants/{made.reference}/"
    assert (made.state, made.referent, made.person.interpreter_language) == ("KONTAKT", cast.lehmann, "tir")
    assert (made.person.birth_date, made.person.birth_precision) == (date(1994, 1, 1), "year")
    assert Residence.objects.get().accommodation == "GU" and not Intake.objects.exists()
    assert Consent.objects.get().decided_on == date(2017, 2, 6)


@pytest.mark.parametrize(
    ("field", "value"),
    [("info_given_on", ""), ("info_given_on", "07.02.2017"), ("year", "2018"), ("year", "1899"), ("year", "x"),
     ("accommodation", "PALACE"), ("interpreter_language", "xx"), ("gender", "zz"), ("family_name", "x" * 121),
     ("family_name", "")],
)  # fmt: skip
def test_wrong_answers_of_a_contact_are_named_and_nothing_is_stored(lehmann, field, value):
    answer = contact(lehmann, **({"info_given_on": "06.02.2017", "family_name": "Bikila"} | {field: value}))
    assert answer.status_code == 200 and "is-invalid" in answer.content.decode()
    assert not Participation.objects.exists()


def test_a_clearly_similar_person_stops_the_contact_once(lehmann, cast):
    made = make_participant(cast.vogel, "Al Hassan", "Mohamad")
    data = {"info_given_on": "06.02.2017", "family_name": "Alhasan", "given_name": "Mohammed"}
    assert made.reference in contact(lehmann, **data).content.decode() and Participation.objects.count() == 1
    assert contact(lehmann, **data, seen=made.reference).status_code == 302


def test_a_contact_comes_after_the_search_and_is_for_caseworkers(client, cast):
    client.force_login(cast.lehmann)
    assert client.get(reverse("participants:contact"))["Location"] == reverse("participants:new")
    for user in (cast.hoffmann, cast.krause, cast.seidel):
        client.force_login(user)
        assert contact(client, handed_out="1").status_code == 403
