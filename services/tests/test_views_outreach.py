"""The pages of outreach: recorded at one go, unknown people as numbers, and never a person of a figure."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from participants.tests.builders import make_participant
from resque.once.operations import new_key
from services.catalogue import KINDS, Shape
from services.models import Activity, Attendance, Outreach
from services.operations.outreach import correct_outreach, record_outreach
from services.operations.recording import Taking

pytestmark = pytest.mark.django_db
DAY = date(2017, 2, 6)
ACCOUNTS = {"outreach": "weber", "career": "lehmann"}
VISITS = [
    (kind.code, partner) for kind in KINDS if Shape.OUTREACH in kind.shapes
    for partner in kind.partner_kinds if partner in ACCOUNTS
]  # fmt: skip
PAGE, LIST = "/services/outreach/", "/services/outreach/visits/"


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(kind="CAR-AUF", **more) -> dict:
    heads = {"women": "4", "men": "9", "unknown": "1"}
    facts = {"kind": kind, "day": "06.02.2017", "minutes": "180", "place": "GU Musterstraße", "each": "15"}
    return {**facts, **heads, "form_key": new_key(), **more}


@pytest.mark.parametrize(("code", "partner"), VISITS)
def test_every_visit_of_the_catalogue_is_recorded_through_the_page(cast, code, partner):
    client = client_of(getattr(cast, ACCOUNTS[partner]))
    assert f'value="{code}"' in client.get(PAGE).content.decode()
    answer = client.post(PAGE, typed(code), follow=True)
    assert answer.status_code == 200
    assert Outreach.objects.get().contacts == 14
    assert ">14<" in answer.content.decode()


def test_a_double_click_makes_one_visit(cast):
    client, data = client_of(cast.weber), typed()
    assert client.post(PAGE, data)["Location"] == client.post(PAGE, data)["Location"]
    assert Activity.objects.count() == 1


def test_known_people_get_the_minutes_of_the_conversation_unless_own_ones_were_typed(cast):
    a, b = (make_participant(cast.weber, name) for name in ("Abdi", "Berisha"))
    own = {f"participants_minutes_{b.reference}": "40"}
    client_of(cast.weber).post(PAGE, typed(participants=[a.reference, b.reference], each="10", **own))
    assert dict(Attendance.objects.values_list("participation", "minutes")) == {a.pk: 10, b.pk: 40}
    timeline = client_of(cast.weber).get(reverse("services:timeline", args=[a.reference])).content.decode()
    assert Activity.objects.get().reference in timeline


def test_without_javascript_the_search_button_finds_people_and_keeps_what_was_typed(cast):
    person = make_participant(cast.weber, "Haidari", "Mirwais")
    data = typed(who_text="Haid", look="1", topics=["german"], languages=["ara"])
    shown = client_of(cast.weber).post(PAGE, data).content.decode()
    assert person.reference in shown and 'value="GU Musterstraße"' in shown and 'value="9"' in shown
    assert not Activity.objects.exists()
    again = typed(who=person.reference, look="1")
    assert f'value="{person.reference}" checked' in client_of(cast.weber).post(PAGE, again).content.decode()


def test_somebody_elses_case_cannot_be_met(cast):
    stranger = make_participant(cast.lehmann, "Kanari")
    shown = client_of(cast.weber).post(PAGE, typed(participants=stranger.reference)).content.decode()
    assert "Kanari" not in shown and not Activity.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"women": "-1"}, {"men": "10001"}, {"unknown": "x"}, {"minutes": "0"}, {"place": ""}, {"day": "07.02.2017"},
     {"languages": "xxx"}, {"kind": "DAA-BER"}, {"each": "", "ticked": True}],
)  # fmt: skip
def test_faults_stand_on_the_page_and_nothing_is_stored(cast, wrong):
    person = make_participant(cast.weber)
    if wrong.pop("ticked", False):
        wrong["participants"] = person.reference
    answer = client_of(cast.weber).post(PAGE, typed(**wrong))
    assert answer.status_code == 200 and "rq-errors" in answer.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize("who", ["krause", "hoffmann", "berger", "seidel"])
def test_only_caseworkers_record_visits(cast, who):
    assert client_of(getattr(cast, who)).get(PAGE).status_code == 403


def visit(by, **changes) -> Activity:
    facts = {"kind": "CAR-AUF", "day": DAY, "minutes": 180, "place": "GU Musterstraße", "men": 9, "women": 4}
    return record_outreach(**{"by": by, **facts} | changes)


def test_the_list_adds_up_and_the_coordination_reads_numbers_only(cast):
    person = make_participant(cast.weber, "Kanari")
    visit(cast.weber, participants=[Taking(person, minutes=5)])
    visit(cast.weber, kind="ALL-KK", men=0, women=2, place="")
    visit(cast.lehmann, kind="ALL-KK", men=1, women=0, place="Zimmer 3")
    assert client_of(cast.weber).get(LIST).context["totals"].contacts == 15
    answer = client_of(cast.hoffmann).get(LIST)
    shown = answer.content.decode()
    assert answer.context["totals"].contacts == 16 == sum(one.outreach.contacts for one in answer.context["page"])
    for hidden in ("Kanari", "GU Musterstraße", "Zimmer 3"):
        assert hidden not in shown
    assert client_of(cast.krause).get(LIST).status_code == 403
    assert client_of(cast.hoffmann).get(f"{LIST}?kind=ALL-KK&partner=daa").context["totals"].contacts == 1


def test_only_years_with_visits_are_offered(cast):
    visit(cast.weber, day=date(2016, 3, 1))
    visit(cast.lehmann, kind="ALL-KK", day=DAY)
    offered = {
        who: client_of(getattr(cast, who)).get(LIST).context["filter"].form.fields["year"]
        for who in ("weber", "hoffmann")
    }
    assert [value for value, _label in offered["weber"].choices if value] == [2016]
    assert [value for value, _label in offered["hoffmann"].choices if value] == [2017, 2016]


def test_thousands_are_grouped_in_messages_and_sentences(cast):
    shown = client_of(cast.weber).post(PAGE, typed(men="10001", minutes="1441")).content.decode()
    assert "10.001 Menschen" in shown and "1.441 Minuten" in shown
    visit(cast.weber, men=1200, women=0)
    assert "1.200 Kontakte" in client_of(cast.weber).get(PAGE).content.decode()


def test_who_was_named_by_mistake_is_taken_out_of_every_count(cast):
    met, mistaken = (make_participant(cast.weber, name) for name in ("Kanari", "Falsch"))
    stored = visit(cast.weber, participants=[Taking(met, minutes=5), Taking(mistaken, minutes=20)])
    client, address = client_of(cast.weber), reverse("services:activity", args=[stored.reference])
    assert f'name="participants_status_{mistaken.reference}"' in client.get(address).content.decode()
    said = {f"participants_status_{met.reference}": "attended", f"participants_status_{mistaken.reference}": "no_show"}
    data = {"participants": [met.reference, mistaken.reference], "version": "1", "form_key": new_key(), **said}
    assert client.post(address, data | {f"participants_minutes_{met.reference}": "5"}).status_code == 302
    assert dict(Attendance.objects.values_list("participation", "minutes")) == {met.pk: 5, mistaken.pk: 0}
    assert client.get(LIST).context["page"][0].known == 1


def test_the_page_of_a_visit_by_reader(cast):
    stored = visit(cast.weber, participants=[Taking(make_participant(cast.weber, "Kanari"), minutes=5)])
    address = reverse("services:activity", args=[stored.reference])
    own = client_of(cast.weber).get(address).content.decode()
    assert ">13<" in own and "Kanari" in own and "GU Musterstraße" in own
    numbers = client_of(cast.hoffmann).get(address).content.decode()
    assert ">13<" in numbers and "Kanari" not in numbers and "GU Musterstraße" not in numbers
    for who in ("krause", "lehmann"):
        assert client_of(getattr(cast, who)).get(address).status_code == 404


def test_a_correction_and_a_colleague_who_was_faster(cast):
    stored = visit(cast.weber)
    address = reverse("services:visit_edit", args=[stored.reference])
    client = client_of(cast.weber)
    assert 'value="9"' in client.get(address).content.decode()
    correct_outreach(by=cast.weber, activity=stored, version=1, women=5)
    data = typed(version="1", men="8")
    answer = client.post(address, data)
    assert answer.status_code == 409 and 'value="8"' in answer.content.decode()
    assert client.post(address, data | {"version": "2", "form_key": new_key()}).status_code == 302
    row = Outreach.objects.get()
    assert (row.men, row.women) == (8, 4)
    assert client_of(cast.lehmann).get(address).status_code == 404


def test_again_here_opens_the_form_with_the_place(cast):
    stored = visit(cast.weber, accommodation="GU", languages=["ara"])
    shown = client_of(cast.weber).get(f"{PAGE}?like={stored.reference}").content.decode()
    assert 'value="GU Musterstraße"' in shown and '<option value="GU" selected' in shown
    assert "GU Musterstraße" not in client_of(cast.lehmann).get(f"{PAGE}?like={stored.reference}").content.decode()


def test_who_records_only_contacts_without_a_file_is_not_asked_whom_they_met(cast):
    client = client_of(cast.lehmann)
    assert 'id="people"' not in client.get(PAGE).content.decode()
    answers = typed("ALL-KK")
    del answers["each"]
    assert client.post(PAGE, answers).status_code == 302
    assert Outreach.objects.get().contacts == 14
    assert 'id="people"' in client_of(cast.weber).get(PAGE).content.decode()
