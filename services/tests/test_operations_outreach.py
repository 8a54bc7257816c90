"""A visit: known people are attendances, unknown ones numbers, and no number ever becomes a person."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from participants.models import Participation
from participants.tests.builders import make_participant
from resque.locking import StaleRecord
from resque.tests.access.modes import speaking_as
from services.catalogue import KINDS, Shape
from services.models import Activity, Attendance, Outreach
from services.operations.outreach import correct_outreach, record_outreach
from services.operations.recording import Taking, change_attendance

pytestmark = pytest.mark.django_db
DAY = date(2017, 2, 6)


def visit(by, **changes) -> Activity:
    facts = {
        "kind": "CAR-AUF",
        "day": DAY,
        "minutes": 180,
        "place": "GU Musterstraße",
        "men": 9,
        "women": 4,
        "unknown": 1,
    }
    return record_outreach(**{"by": by, **facts} | changes)


def fault(by, **changes) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as found:
        visit(by, **changes)
    assert not Activity.objects.exists()
    return found.value.message_dict


def test_fourteen_unnamed_people_are_fourteen_contacts_and_no_attendance(cast):
    activity = visit(
        cast.weber, kind="CAR-INF", minutes=90, topics=["AR", "german"], languages=["ara", "tir", "prs"],
        interpreter="SPM", accommodation="GU",
    )  # fmt: skip
    assert (activity.shape, activity.with_people, activity.operation.code) == ("outreach", True, "resque-2.0")
    row = Outreach.objects.get(activity=activity)
    assert (row.contacts, row.women, row.men, row.unknown, row.languages) == (14, 4, 9, 1, ["ara", "tir", "prs"])
    assert not Attendance.objects.exists() and not Participation.objects.exists()


def test_known_people_are_attendances_with_own_minutes(cast, app_role):
    with speaking_as(cast.weber):
        people = [make_participant(cast.weber, name) for name in ("Abdi", "Berisha")]
        activity = visit(cast.weber, participants=[Taking(people[0], minutes=15), Taking(people[1])])
        rows = Attendance.objects.filter(activity=activity).order_by("pk").values_list("minutes", "day", "kind")
        assert list(rows) == [(15, DAY, "CAR-AUF"), (180, DAY, "CAR-AUF")]
        activity = change_attendance(
            by=cast.weber, activity=activity, version=1, participants=[Taking(people[1], minutes=20)]
        )
        third = make_participant(cast.weber, "Haidari")
        activity = change_attendance(
            by=cast.weber, activity=activity, version=activity.version, participants=[Taking(third, minutes=10)]
        )
        activity = correct_outreach(
            by=cast.weber, activity=activity, version=activity.version, day=date(2017, 2, 3), minutes=60, men=10
        )
        assert set(Attendance.objects.values_list("day", "minutes")) == {(date(2017, 2, 3), m) for m in (15, 20, 10)}
        assert activity.outreach.men == 10


def test_nobody_was_there_longer_than_a_corrected_visit(cast):
    activity = visit(cast.weber, participants=[Taking(make_participant(cast.weber), minutes=90)])
    with pytest.raises(ValidationError) as found:
        correct_outreach(by=cast.weber, activity=activity, version=1, minutes=60)
    assert list(found.value.message_dict) == ["minutes"] and "90" in str(found.value)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"kind": "CAR-SOZ"}, "kind", "Soziale Betreuung"),
        ({"kind": "DAA-BER"}, "kind", "Beratung"),
        ({"kind": "\0"}, "kind", ""),
        ({"day": date(2017, 2, 7)}, "day", "07.02.2017"),
        ({"day": date(2001, 1, 1)}, "day", "01.01.2001"),
        ({"minutes": 0}, "minutes", "0"),
        ({"minutes": 1441}, "minutes", "1.441"),
        ({"place": " "}, "place", ""),
        ({"women": -1}, "women", "−1"),
        ({"men": 10_001}, "men", "10.001"),
        ({"unknown": 10**400}, "unknown", ""),
        ({"languages": ["xxx"]}, "languages", "xxx"),
        ({"topics": ["xxx"]}, "topics", "xxx"),
        ({"interpreter": "XXX"}, "interpreter", "XXX"),
        ({"accommodation": "XXX"}, "accommodation", "XXX"),
        ({"kind": "ALL-KK", "men": 0, "women": 0, "unknown": 0}, "unknown", ""),
        ({"place": "x" * 121}, "place", ""),
    ],
)
def test_a_fault_names_its_field_and_value(cast, changes, field, said):
    found = fault(cast.weber, **changes)
    assert list(found) == [field]
    assert said in str(found)


def test_a_visit_that_met_nobody_is_a_visit(cast):
    visit(cast.weber, men=0, women=0, unknown=0)
    assert Outreach.objects.get().contacts == 0


@pytest.mark.parametrize("edge", [0, 10_000])
def test_the_edges_of_a_headcount_are_accepted(cast, edge):
    visit(cast.weber, women=edge)
    assert Outreach.objects.get().women == edge


ACCOUNTS = {"outreach": "weber", "career": "lehmann"}
VISITS = [
    (kind.code, partner) for kind in KINDS if Shape.OUTREACH in kind.shapes
    for partner in kind.partner_kinds if partner in ACCOUNTS
]  # fmt: skip


@pytest.mark.parametrize(("code", "partner"), VISITS)
def test_every_partner_records_each_visit_that_it_offers(cast, app_role, code, partner):
    account = getattr(cast, ACCOUNTS[partner])
    with speaking_as(account):
        visit(account, kind=code)
        assert Outreach.objects.get().contacts == 14


@pytest.mark.parametrize("who", ["krause", "hoffmann", "berger", "seidel"])
def test_who_accompanies_nobody_records_no_visit(cast, who):
    with pytest.raises(PermissionDenied):
        visit(getattr(cast, who), kind="ALL-KK")


def test_a_short_contact_without_a_file_holds_no_participant(cast):
    person = make_participant(cast.weber)
    assert list(fault(cast.weber, kind="ALL-KK", participants=[Taking(person)])) == ["participants"]
    contact = visit(cast.weber, kind="ALL-KK", minutes=10)
    with pytest.raises(ValidationError):
        change_attendance(by=cast.weber, activity=contact, version=1, participants=[Taking(person)])
    planted = Attendance(
        activity=contact, participation=person, partner=cast.caritas, day=DAY, kind="ALL-KK", minutes=1
    )
    with pytest.raises(DatabaseError, match="without people"), transaction.atomic():
        Attendance.objects.bulk_create([planted])


def test_a_case_of_somebody_else_is_met_by_nobody(cast):
    with pytest.raises(Participation.DoesNotExist):
        visit(cast.weber, participants=[Taking(make_participant(cast.lehmann))])


def test_another_partner_corrects_nothing_and_a_second_one_is_told(cast):
    activity = visit(cast.weber)
    with pytest.raises(Activity.DoesNotExist):
        correct_outreach(by=cast.lehmann, activity=activity, version=1, men=1)
    correct_outreach(by=cast.weber, activity=activity, version=1, men=1)
    with pytest.raises(StaleRecord):
        correct_outreach(by=cast.weber, activity=activity, version=1, men=2)


def test_the_numbers_of_a_visit_are_for_its_partner_and_the_coordination(cast, app_role):
    with speaking_as(cast.weber):
        visit(cast.weber)
        visit(cast.weber, kind="ALL-KK")
    seen = {}
    for who in ("weber", "lehmann", "krause", "hoffmann", "berger", "seidel"):
        with speaking_as(getattr(cast, who)):
            seen[who] = (Activity.objects.count(), Outreach.objects.count())
    assert {who for who, counts in seen.items() if counts == (2, 2)} == {"weber", "hoffmann"}
    assert {counts for who, counts in seen.items() if who not in ("weber", "hoffmann")} == {(0, 0)}
