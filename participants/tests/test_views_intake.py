"""Intake in the browser's order: search, ask, information, person."""

from datetime import date

import pytest
from django.urls import reverse

from participants.models import Consent, Participation
from participants.tests.builders import make_participant
from resque.audit.models import AccessEntry, Deed

pytestmark = pytest.mark.django_db


@pytest.fixture
def lehmann(client, cast):
    client.force_login(cast.lehmann)
    return client


def _post(client, address, /, **data):
    return client.post(reverse(f"participants:{address}"), data)


def test_near_matches_stand_there_before_anything_else_is_asked(lehmann, cast):
    made = make_participant(cast.lehmann, "Alhussein", "Muhammed", birth_date=date(1994, 1, 1))
    for name in ("similar", "new"):
        page = _post(lehmann, name, name="Mohamad Al Husain", year="1994").content.decode()
        assert made.reference in page and "Muhammed" in page and page.count('class="s1"') == 5


def test_the_page_works_without_a_name_and_with_a_wrong_year(lehmann):
    assert lehmann.get(reverse("participants:new")).status_code == 200
    assert _post(lehmann, "similar", name="", year="12345678").status_code == 200
    page = _post(lehmann, "new", name="Mohamad", year="1812").content.decode()
    assert "1900" in page and "1.900" not in page


def test_a_foreign_person_appears_as_a_partner_only_after_the_question(lehmann, cast):
    cast.caritas.phone = "0341 555 0118"
    cast.caritas.save()
    made = make_participant(cast.weber, "Kanarienvogel", "Tweety", birth_date=date(1994, 3, 4))
    typed = {"name": "Tweeti Kanarienvogel", "year": "1994"}
    page = _post(lehmann, "similar", **typed).content.decode()
    assert "Caritas" not in page
    page = _post(lehmann, "ask_partners", **typed).content.decode()
    assert "Caritas" in page and "0341 555 0118" in page
    assert "Tweety" not in page and made.reference not in page and "04.03.1994" not in page
    assert AccessEntry.objects.filter(deed=Deed.ASKED_PARTNERS).count() == 1


def test_search_comes_before_create(lehmann):
    assert lehmann.get(reverse("participants:create")).url == reverse("participants:new")


def test_no_name_is_stored_before_the_information_was_handed_out(lehmann):
    page = _post(lehmann, "create", begin="1", name="Abebe Bikila", year="1994").content.decode()
    assert 'name="info_given_on"' in page and 'type="hidden" name="family_name" value="Bikila"' in page
    page = _post(lehmann, "create", family_name="Bikila", given_name="Abebe", operation="resque-2.0").content.decode()
    assert "is-invalid" in page and 'type="hidden" name="family_name" value="Bikila"' in page
    assert not Participation.objects.exists()


def test_from_the_information_to_the_record(lehmann, cast):
    page = _post(
        lehmann, "create", open="1", info_given_on="06.02.2017", info_language="tir",
        family_name="Bikila", given_name="Abebe", birth_date_year="1994", referent=cast.lehmann.reference,
    ).content.decode()  # fmt: skip
    assert 'value="Bikila"' in page and 'value="1994"' in page and 'value="06.02.2017"' in page
    key = "2a0f4b7e-6f1c-4f7c-9d7f-0c35f1f4f7aa"
    answers = {
        "info_given_on": "06.02.2017", "info_language": "tir", "family_name": "Bikila", "given_name": "Abebe",
        "original_script": "አበበ", "other_spellings": "Abebe Bikkila\nBikila Abebe", "birth_date_year": "1994",
        "birth_precision": "assumed_0101", "gender": "d", "nationality": "ERI", "operation": "resque-2.0",
        "referent": cast.lehmann.reference, "form_key": key,
    }  # fmt: skip
    for _twice in range(2):
        answer = _post(lehmann, "create", **answers)
        made = Participation.objects.get()
        assert answer.url == reverse("participants:intake_contact", kwargs={"reference": made.reference})
    assert (made.sex, made.gender, made.partner, made.referent) == ("nb", "d", cast.daa, cast.lehmann)
    assert (made.person.birth_date, made.person.birth_precision) == (date(1994, 1, 1), "assumed_0101")
    assert made.person.spellings.count() == 4
    consent = Consent.objects.get()
    assert (consent.type, consent.decided_on, consent.language) == ("INFO13", date(2017, 2, 6), "tir")


def test_a_clearly_similar_person_stops_the_creation_once(lehmann, cast):
    made = make_participant(cast.vogel, "Al Hassan", "Mohamad")
    answers = {
        "info_given_on": "06.02.2017", "family_name": "Alhasan", "given_name": "Mohammed", "operation": "resque-2.0",
        "birth_precision": "self",
    }  # fmt: skip
    page = _post(lehmann, "create", **answers).content.decode()
    assert made.reference in page and Participation.objects.count() == 1
    assert _post(lehmann, "create", **answers, seen=made.reference).status_code == 302
    assert Participation.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("info_given_on", "07.02.2017"), ("birth_date_year", "2018"), ("arrival_de", "01.01.2018"), ("gender", "zz"),
     ("nationality", "QQQ"), ("operation", "resque"), ("referent", "A-99999"), ("family_name", "x" * 121),
     ("other_spellings", "x" * 300)],
)  # fmt: skip
def test_wrong_answers_are_named_and_nothing_is_stored(lehmann, field, value):
    answers = {"info_given_on": "06.02.2017", "given_name": "Abebe", "operation": "resque-2.0", field: value}
    page = _post(lehmann, "create", **answers)
    assert page.status_code == 200 and "is-invalid" in page.content.decode()
    assert not Participation.objects.exists()


def test_the_longest_names_that_the_form_takes_can_be_stored(lehmann):
    answers = {"info_given_on": "06.02.2017", "given_name": "a" * 120, "family_name": "b" * 120}
    assert _post(lehmann, "create", **answers, operation="resque-2.0", original_script="ß" * 240).status_code == 302
    assert "a" * 120 + " " + "b" * 119 in Participation.objects.get().person.spellings.values_list("text", flat=True)


@pytest.mark.parametrize(("who", "status"), [("krause", 403), ("hoffmann", 403), ("seidel", 403), ("weber", 200)])
def test_only_caseworkers_search(client, cast, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(reverse("participants:new")).status_code == status
