"""Consents: one decision a purpose, shares that stand on them, and withdrawals that end everything at once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from participants.choices import ConsentState, GivenBy, Purpose
from participants.models import CaseShare, Consent, ConsentText, Identity, Participation, SpecialAnswers
from participants.operations.consents import (
    Decision,
    Paper,
    consents_version,
    give_consent,
    record_decisions,
    refuse_consent,
)
from participants.operations.sharing import share_case
from participants.operations.withdrawing import consequences_of, note_on_paper, withdraw_consent
from participants.queries.waiting import waiting_of
from participants.sheets.texts import CONSENT, sheet_text
from participants.tests.builders import make_participant
from resque.clock import moved_to
from resque.locking import StaleRecord

pytestmark = pytest.mark.django_db
DAY = date(2017, 2, 6)
PAPER = Paper(day=date(2017, 2, 1), location="Ordner 3")
COMPLETE = {"entry_date": date(2017, 1, 10), "sex": "f", "birth_date": date(1990, 1, 1), "e_status": "inactive"}
COMPLETE |= {"e_in_edu": False, "e_isced": 3}


@pytest.fixture
def case(cast):
    return make_participant(cast.lehmann, "Kanarienvogel", "Tweety", **COMPLETE, special={"e_disab": "true"})


def agree(cast, case, purpose=Purpose.SHARING, **more) -> Consent:
    more = {"paper": PAPER} | ({"partner": cast.caritas} if purpose == Purpose.SHARING else {}) | more
    return give_consent(by=cast.lehmann, participation=case, purpose=purpose, **more)


def share(cast, case, until=date(2017, 3, 1)):
    return share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=until)


def sees(user, case) -> tuple[bool, bool]:
    found = Participation.objects.visible_to(user).filter(pk=case.pk).exists()
    return found, Identity.objects.visible_to(user).filter(person=case.person).exists()


def test_a_share_stands_on_a_consent_to_this_partner(cast, case):
    with pytest.raises(ValidationError) as refused:
        share(cast, case)
    assert refused.value.error_dict["to_partner"][0].code == "no_consent"
    give_consent(by=cast.lehmann, participation=case, purpose=Purpose.SHARING, partner=cast.aufbauwerk, paper=PAPER)
    with pytest.raises(ValidationError):
        share(cast, case)
    consent = agree(cast, case, expires_on=date(2017, 2, 20))
    with pytest.raises(ValidationError) as refused:
        share(cast, case)
    assert list(refused.value.message_dict) == ["until"]
    assert share(cast, case, until=date(2017, 2, 20)).consent == consent
    with moved_to(date(2017, 2, 21)), pytest.raises(ValidationError):
        share(cast, case, until=date(2017, 2, 21))


def test_a_withdrawal_ends_every_share_with_the_partner_and_no_other(cast, case):
    agree(cast, case)
    give_consent(by=cast.lehmann, participation=case, purpose=Purpose.SHARING, partner=cast.aufbauwerk, paper=PAPER)
    share(cast, case)
    share_case(by=cast.lehmann, participation=case, to_partner=cast.aufbauwerk, scope="contact", until=date(2017, 3, 1))
    consent = agree(cast, case)  # renewed: the newest decision holds
    assert sees(cast.weber, case) == (True, True)
    withdrawn = withdraw_consent(by=cast.vogel, consent=consent, day=DAY, channel="Telefon", version=1)
    assert (withdrawn.state, withdrawn.withdrawn_on, withdrawn.version) == (ConsentState.WITHDRAWN, DAY, 2)
    assert sees(cast.weber, case) == (False, False)
    assert CaseShare.objects.live().get().to_partner == cast.aufbauwerk
    with pytest.raises(ValidationError):
        share(cast, case)
    assert Consent.objects.filter(type=Purpose.SHARING, partner=cast.caritas).count() == 2  # nothing is overwritten


def test_the_preview_says_what_will_happen_and_changes_nothing(cast, case, client):
    consent = agree(cast, case)
    share(cast, case)
    said = [sentence for one in consequences_of(consent) for sentence in one.preview(consent)]
    assert any(sentence.startswith("1 ") and "01.03.2017" in sentence for sentence in said), said
    client.force_login(cast.lehmann)
    page = client.get(f"/participants/{case.reference}/consents/withdraw/?consent={consent.pk}")
    assert page.status_code == 200 and "01.03.2017" in page.content.decode()
    assert CaseShare.objects.live().exists()


def test_withdrawing_the_special_categories_deletes_the_answers(cast, case):
    consent = agree(cast, case, Purpose.ART9)
    case.refresh_from_db()
    assert case.art9_basis == "consent" and SpecialAnswers.objects.filter(participation=case).exists()
    withdraw_consent(by=cast.lehmann, consent=consent, day=DAY)
    case.refresh_from_db()
    assert case.art9_basis == "" and not SpecialAnswers.objects.filter(participation=case).exists()


def test_without_consent_to_esf_facts_the_record_counts_in_the_grand_total_only(cast, case):
    consent = agree(cast, case, Purpose.ESF)
    assert Participation.objects.complete().filter(pk=case.pk).exists()
    withdraw_consent(by=cast.lehmann, consent=consent, day=DAY)
    case.refresh_from_db()
    assert case.esf_withdrawn_on == DAY and case.entry_date
    assert not Participation.objects.complete().filter(pk=case.pk).exists()
    with moved_to(date(2017, 2, 7)):
        agree(cast, case, Purpose.ESF, paper=Paper(day=date(2017, 2, 7)))
    assert Participation.objects.complete().filter(pk=case.pk).exists()


def test_nothing_is_withdrawn_twice_early_or_by_strangers(cast, case):
    consent = agree(cast, case, Purpose.PHOTO)
    for wrong in ({"day": date(2017, 1, 31)}, {"day": date(2017, 2, 7)}, {"channel": "x" * 121}):
        with pytest.raises(ValidationError):
            withdraw_consent(by=cast.lehmann, consent=consent, **{"day": DAY} | wrong)
    for user in (cast.weber, cast.hoffmann, cast.berger):
        with pytest.raises(Consent.DoesNotExist):
            withdraw_consent(by=user, consent=consent, day=DAY)
    with pytest.raises(StaleRecord):
        withdraw_consent(by=cast.lehmann, consent=consent, day=DAY, version=7)
    withdraw_consent(by=cast.lehmann, consent=consent, day=DAY)
    with pytest.raises(ValidationError):
        withdraw_consent(by=cast.lehmann, consent=consent, day=DAY)
    information = Consent.objects.get(type=Purpose.INFO)
    with pytest.raises(ValidationError):
        withdraw_consent(by=cast.lehmann, consent=information, day=DAY)


def test_what_was_agreed_to_is_withdrawn_and_not_refused(cast, case):
    agree(cast, case, Purpose.PHOTO)
    with pytest.raises(ValidationError) as refused:
        refuse_consent(by=cast.lehmann, participation=case, purpose=Purpose.PHOTO)
    assert list(refused.value.message_dict) == ["answer_FOTO"]
    assert refuse_consent(by=cast.lehmann, participation=case, purpose=Purpose.COPIES).state == ConsentState.REFUSED


@pytest.mark.parametrize(
    ("decision", "paper", "field"),
    [
        ({"purpose": "NIX"}, {}, "answer_NIX"),
        ({"purpose": "INFO13"}, {}, "answer_INFO13"),
        ({"purpose": "TEIL_P"}, {}, "answer_TEIL_P"),
        ({"purpose": "TEIL_P", "partner": "daa"}, {}, "answer_TEIL_P_daa"),
        ({"purpose": "TEIL_P", "partner": "stadt"}, {}, "answer_TEIL_P_stadt"),
        ({"purpose": "SCHWEIG"}, {}, "answer_SCHWEIG"),
        ({"purpose": "SCHWEIG", "recipient": "Jobcenter"}, {}, "answer_SCHWEIG"),
        ({"purpose": "FOTO", "expires_on": date(2017, 1, 1)}, {}, "answer_FOTO"),
        ({"purpose": "FOTO"}, {"day": date(2017, 2, 7)}, "day"),
        ({"purpose": "FOTO"}, {"given_by_kind": "nobody"}, "given_by_kind"),
        ({"purpose": "FOTO"}, {"interpreter": "KIND"}, "interpreter"),
        ({"purpose": "FOTO"}, {"language": "tlh"}, "language"),
        ({"purpose": "FOTO"}, {"version": "C-deu-0000-0000"}, "text_version"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_by_field(cast, case, decision, paper, field):
    if "partner" in decision:
        decision = decision | {"partner": getattr(cast, decision["partner"])}
    asked = Decision(**{"given": True} | decision)
    with pytest.raises(ValidationError) as refused:
        record_decisions(by=cast.lehmann, participation=case, paper=Paper(**paper), decisions=[asked])
    assert list(refused.value.message_dict) == [field]
    assert Consent.objects.filter(person=case.person).exclude(type=Purpose.INFO).count() == 0


def test_a_paper_without_answers_records_nothing(cast, case):
    with pytest.raises(ValidationError):
        record_decisions(by=cast.lehmann, participation=case, paper=PAPER, decisions=[])


def test_the_guardian_of_a_minor_signs_and_the_grown_up_is_asked_anew(cast, client):
    minor = make_participant(cast.lehmann, birth_date=date(2000, 3, 1))
    with pytest.raises(ValidationError) as refused:
        agree(cast, minor, Purpose.PHOTO)
    assert list(refused.value.message_dict) == ["given_by_kind"]
    with pytest.raises(ValidationError) as refused:
        agree(cast, minor, Purpose.PHOTO, paper=Paper(given_by_kind=GivenBy.GUARDIAN))
    assert list(refused.value.message_dict) == ["given_by"]
    agree(cast, minor, Purpose.PHOTO, paper=Paper(given_by_kind=GivenBy.GUARDIAN, given_by="Jugendamt"))
    client.force_login(cast.lehmann)
    address = f"/participants/{minor.reference}/consents/"
    assert "volljährig" not in client.get(address).content.decode()
    with moved_to(date(2018, 3, 1)):
        assert "volljährig" in client.get(address).content.decode()


def test_church_law_wants_the_place_of_the_paper(cast):
    case = make_participant(cast.weber)
    with pytest.raises(ValidationError) as refused:
        give_consent(by=cast.weber, participation=case, purpose=Purpose.PHOTO)
    assert list(refused.value.message_dict) == ["paper_location"]
    give_consent(by=cast.weber, participation=case, purpose=Purpose.INTERPRETING)  # said, not written
    refuse_consent(by=cast.weber, participation=case, purpose=Purpose.PHOTO)


def test_a_text_stays_as_it_was_consented_to(cast, case, client, monkeypatch):
    text = sheet_text(CONSENT, "ara")
    agree(cast, case, Purpose.PHOTO, paper=Paper(version=text.version, language="ara"))
    kept = ConsentText.objects.get(version=text.version)
    assert kept.texts["foreign"]["consent"]["FOTO"] == text.texts["foreign"]["consent"]["FOTO"]
    # Another text is printed tomorrow: the old version can still be named and printed.
    monkeypatch.setattr("participants.operations.consents._printed_today", lambda version: None)
    agree(cast, case, Purpose.COPIES, paper=Paper(version=text.version, language="ara"))
    client.force_login(cast.lehmann)
    answer = client.get(reverse("participants:sheet_kept", args=[text.version]))
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert client.get(reverse("participants:sheet_kept", args=["C-deu-AAAA-AAAA"])).status_code == 404


def test_two_who_record_at_once_do_not_overwrite_each_other(cast, case):
    seen = consents_version(case.person_id)
    agree(cast, case, Purpose.PHOTO)
    with pytest.raises(StaleRecord):
        record_decisions(
            by=cast.vogel, participation=case, paper=PAPER, decisions=[Decision(Purpose.COPIES, True)], version=seen
        )


def test_ending_consents_and_papers_to_mark_wait_on_the_home_page(cast, case):
    ending = agree(cast, case, Purpose.RELEASE, recipient="Jobcenter", expires_on=date(2017, 3, 1))
    agree(cast, case, Purpose.PHOTO, expires_on=date(2017, 12, 1))
    numbers = {item.text: item.number for item in waiting_of(cast.lehmann)[1]}
    assert numbers["deren Einwilligung in 30 Tagen endet oder geendet hat"] == 1
    agree(cast, case, Purpose.RELEASE, recipient="Jobcenter", expires_on=date(2017, 12, 1))  # renewed
    assert not any("Einwilligung" in str(item.text) for item in waiting_of(cast.lehmann)[1])
    with pytest.raises(ValidationError):
        withdraw_consent(by=cast.lehmann, consent=ending, day=DAY)  # a newer one holds
    newest = Consent.objects.filter(type=Purpose.RELEASE).first()
    withdraw_consent(by=cast.lehmann, consent=newest, day=DAY)
    assert any("Papier" in str(item.text) for item in waiting_of(cast.lehmann)[1])
    note_on_paper(by=cast.lehmann, consent=newest)
    note_on_paper(by=cast.lehmann, consent=newest)
    assert not any("Papier" in str(item.text) for item in waiting_of(cast.lehmann)[1])


def test_the_page_records_a_sheet_once_withdraws_and_keeps_order(cast, case, client):
    client.force_login(cast.lehmann)
    address = f"/participants/{case.reference}/consents/"
    form = client.get(f"{address}record/").context["form"]
    assert not any(form[name].value() for name in form.fields if name.startswith("answer_"))  # nothing is ticked
    posted = {
        "day": "01.02.2017", "given_by_kind": "person", "paper_location": "Ordner 3", "answer_TEIL_P_caritas": "true",
        "answer_TEIL_P_aufbauwerk": "false", "answer_FOTO": "false", "version": form["version"].value(),
        "form_key": form["form_key"].value(),
    }  # fmt: skip
    for _click in range(2):
        assert client.post(f"{address}record/", posted).status_code == 302
    states = dict(Consent.objects.exclude(type=Purpose.INFO).values_list("type", "state"))
    assert states[Purpose.PHOTO] == ConsentState.REFUSED and Consent.objects.count() == 4
    page = client.get(address).content.decode()
    assert "Ordner 3" in page and "erteilt" in page and "abgelehnt" in page
    again = client.post(
        f"{address}record/", posted | {"form_key": client.get(f"{address}record/").context["form"]["form_key"].value()}
    )
    assert again.status_code == 200 and "inzwischen" in again.content.decode()
    share(cast, case)
    consent = Consent.objects.get(partner=cast.caritas)
    path = f"{address}withdraw/?consent={consent.pk}"
    form = client.get(path).context["form"]
    sent = {"day": "06.02.2017", "channel": "mündlich", "version": 1, "form_key": form["form_key"].value()}
    assert client.post(path, sent).status_code == 302
    assert sees(cast.weber, case) == (False, False)
    assert client.post(f"{address}noted/", {"consent": consent.pk}).status_code == 302
    foreign = make_participant(cast.weber)
    other = foreign.person.consents.get()
    assert client.get(f"{address}withdraw/?consent={other.pk}").status_code == 404
    assert client.post(f"{address}noted/", {"consent": other.pk}).status_code == 404


def test_a_partner_with_a_share_reads_what_concerns_it(cast, case, client):
    agree(cast, case)
    agree(cast, case, Purpose.RELEASE, recipient="Hausarztpraxis", expires_on=date(2017, 12, 1))
    agree(cast, case, Purpose.PHOTO)
    share(cast, case)
    client.force_login(cast.weber)
    for part in ("consents/", "history/"):
        page = client.get(f"/participants/{case.reference}/{part}").content.decode()
        assert "Hausarztpraxis" not in page and "Foto" in page, part
    assert "consents/record" not in client.get(f"/participants/{case.reference}/consents/").content.decode()
    assert client.get(f"/participants/{case.reference}/consents/record/").status_code == 403


def test_the_history_names_the_partner_in_the_words_of_consents(cast, case, client, django_assert_max_num_queries):
    refuse_consent(by=cast.lehmann, participation=case, purpose=Purpose.SHARING, partner=cast.caritas)
    agree(cast, case, Purpose.PHOTO, paper=Paper(interpreter="PROF", language="tir"))
    client.force_login(cast.lehmann)
    with django_assert_max_num_queries(60):
        page = client.get(f"/participants/{case.reference}/history/").content.decode()
    assert "(je Partner): Caritas" in page and "abgelehnt" in page and "verweigert" not in page
    assert "vereidigte" in page and "Tigrinya" in page and "PROF" not in page
