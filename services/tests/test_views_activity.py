"""The page of a service: who sees which rows, and correcting who came."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.operations.sharing import revoke_share
from participants.tests.builders import make_participant, share_case
from services.models import Attendance
from services.operations.recording import Taking, change_attendance, record_service

pytestmark = pytest.mark.django_db
FACTS = {"place": "Kanarienstraße", "topics": ["job"], "interpreter": "TEL", "title": "Tweety-Kurs"}


def group(by, *people, kind="DAA-BT"):
    takings = [Taking(person) for person in people]
    return record_service(by=by, kind=kind, participants=takings, day=date(2017, 2, 3), minutes=90, **FACTS)


def address(activity) -> str:
    return reverse("services:activity", args=[activity.reference])


def said(activity, *rows, version=None) -> dict:
    data = {"version": version or activity.version, "participants": [person.reference for person, *_rest in rows]}
    for person, status, minutes in rows:
        data |= {f"participants_status_{person.reference}": status, f"participants_minutes_{person.reference}": minutes}
    return data


def test_the_partner_that_recorded_it_corrects_who_came(client, cast):
    a, b = make_participant(cast.lehmann, "Eins"), make_participant(cast.lehmann, "Zwei")
    activity = group(cast.lehmann, a, b)
    client.force_login(cast.vogel)
    text = client.get(address(activity)).content.decode()
    assert all(word in text for word in ("Eins", "Zwei", "Kanarienstraße", "Tweety-Kurs", "K. Lehmann", "Arbeitssuche"))
    answer = client.post(address(activity), said(activity, (a, "no_show", ""), (b, "attended", "60")))
    assert answer.url == address(activity)
    assert list(Attendance.objects.order_by("pk").values_list("status", "minutes")) == [
        ("no_show", 0),
        ("attended", 60),
    ]
    form = client.get(address(activity)).context["form"]
    assert form["version"].value() == 2
    assert [(one.status, one.minutes) for one in form.said] == [("no_show", ""), ("attended", "60")]


def test_a_stale_page_shows_both_versions_and_loses_nothing(client, cast):
    a, b = make_participant(cast.lehmann, "Eins"), make_participant(cast.lehmann, "Zwei")
    activity = group(cast.lehmann, a, b)
    change_attendance(by=cast.vogel, activity=activity, version=1, participants=[Taking(a, "cancelled")])
    client.force_login(cast.lehmann)
    answer = client.post(address(activity), said(activity, (a, "attended", "60"), (b, "attended", ""), version=1))
    assert answer.status_code == 409
    rows = answer.context["rows"]
    assert [(row.status, row.minutes, row.differs) for row in rows] == [
        ("attended", "60", True),
        ("attended", "", False),
    ]
    text = answer.content.decode()
    assert "inzwischen gespeichert" in text
    assert 'value="60"' in text
    assert Attendance.objects.get(participation=a).status == "cancelled"
    again = said(
        activity, (a, "attended", "60"), (b, "attended", ""), version=answer.context["form"]["version"].value()
    )
    assert client.post(address(activity), again).status_code == 302
    assert Attendance.objects.get(participation=a).minutes == 60


def test_another_partner_sees_its_own_people_and_no_detail(client, cast):
    shared, own = make_participant(cast.weber, "Geteilt"), make_participant(cast.lehmann, "Eigen")
    share_case(by=cast.weber, participation=shared, to_partner=cast.daa, scope="contact", until=date(2017, 3, 6))
    activity = group(cast.lehmann, shared, own)
    client.force_login(cast.weber)
    page = client.get(address(activity))
    text = page.content.decode()
    assert "Geteilt" in text and "Bewerbungstraining" in text
    assert not any(word in text for word in ("Eigen", own.reference, "Kanarienstraße", "Tweety", "Lehmann"))
    assert "form" not in page.context
    assert client.post(address(activity), said(activity, (shared, "no_show", ""))).status_code == 404


def test_people_whose_share_ended_are_counted_and_not_named(client, cast):
    shared, own = make_participant(cast.weber, "Geteilt"), make_participant(cast.lehmann, "Eigen")
    share = share_case(
        by=cast.weber, participation=shared, to_partner=cast.daa, scope="contact", until=date(2017, 3, 6)
    )
    activity = group(cast.lehmann, shared, own)
    revoke_share(by=cast.weber, share=share)
    client.force_login(cast.lehmann)
    page = client.get(address(activity))
    assert page.context["unseen"] == 1
    assert "Geteilt" not in page.content.decode()
    assert client.post(address(activity), said(activity, (own, "no_show", ""))).status_code == 302
    assert (
        "participants"
        in client.post(address(activity), said(activity, (shared, "no_show", ""), version=2)).context["form"].errors
    )


def test_the_coordination_sees_numbers_and_no_name(client, cast):
    person = make_participant(cast.lehmann, "Kanarienvogel", "Tweety")
    activity = group(cast.lehmann, person)
    client.force_login(cast.hoffmann)
    text = client.get(address(activity)).content.decode()
    assert person.reference in text
    assert not any(word in text for word in ("Kanarienvogel", "Tweety", "Lehmann", "Kanarienstraße"))
    assert client.post(address(activity), said(activity, (person, "no_show", ""))).status_code == 404


@pytest.mark.parametrize("who", ["weber", "krause", "berger", "seidel"])
def test_a_stranger_gets_the_same_as_for_a_missing_one(client, cast, who):
    activity = group(cast.lehmann, make_participant(cast.lehmann))
    client.force_login(getattr(cast, who))
    answer, missing = client.get(address(activity)), client.get("/services/L-22222/")
    assert (answer.status_code, missing.status_code) == (404, 404)
    assert client.post(address(activity), {}).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"participants": []}, {"participants": ["\0"]}, {"participants": ["R-22222"]}, {"version": ""}, {"version": "x"},
        {"version": "9" * 30}, {"version": "-1"}, {"version": "\0"},
    ],
)  # fmt: skip
def test_bad_input_is_refused(client, cast, changes):
    person = make_participant(cast.lehmann)
    activity = group(cast.lehmann, person)
    client.force_login(cast.lehmann)
    answer = client.post(address(activity), said(activity, (person, "no_show", "")) | changes)
    assert answer.status_code in (200, 409)
    assert Attendance.objects.get().status == "attended"


def test_nobody_enters_a_service_by_its_address(client, cast):
    person, other = make_participant(cast.lehmann), make_participant(cast.lehmann, "Andere")
    activity = group(cast.lehmann, person)
    client.force_login(cast.lehmann)
    answer = client.post(address(activity), said(activity, (person, "attended", ""), (other, "attended", "")))
    assert "participants" in answer.context["form"].errors
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize(("who", "queries"), [("lehmann", 18), ("hoffmann", 16)])
def test_three_people_cost_as_many_queries_as_thirty(client, cast, who, queries):
    people = [make_participant(cast.lehmann, f"Name{number}") for number in range(30)]
    client.force_login(getattr(cast, who))
    client.get(address(group(cast.lehmann, people[0])))
    counts = []
    for number in (3, 30):
        activity = group(cast.lehmann, *people[:number])
        with CaptureQueriesContext(connection) as captured:
            assert len(client.get(address(activity)).context["rows"]) == number
        counts.append(len(captured))
    assert counts == [queries, queries]
