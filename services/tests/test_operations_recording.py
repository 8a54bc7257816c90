"""Recording and correcting: what is stored, and what is refused with a sentence at its field."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from participants.models import Operation, Participation
from participants.tests import test_import_golden as golden
from participants.tests.builders import make_participant, share_case
from resque.audit.models import AccessEntry, Deed
from resque.clock import moved_to
from resque.locking import StaleRecord
from services.choices import AttendanceStatus
from services.models import Activity, Attendance, Note
from services.operations.notes import text_of
from services.operations.recording import Taking, change_attendance, record_service

pytestmark = pytest.mark.django_db
DAY = date(2017, 2, 6)


def record(by, *people, **changes) -> Activity:
    takings = [person if isinstance(person, Taking) else Taking(person) for person in people]
    return record_service(**{"by": by, "kind": "DAA-BER", "participants": takings, "day": DAY, "minutes": 45} | changes)


def fault(by, *people, **changes) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as found:
        record(by, *people, **changes)
    assert not Activity.objects.exists()
    return found.value.message_dict


def test_a_group_of_six_for_two_hours_is_one_service_with_six_attendances(cast):
    people = [make_participant(cast.lehmann, f"Name{number}") for number in range(6)]
    activity = record(cast.lehmann, *people, kind="DAA-PC", minutes=120)
    assert (activity.minutes, activity.shape, activity.partner) == (120, "group", cast.daa)
    rows = Attendance.objects.filter(activity=activity)
    assert {row.participation_id for row in rows} == {person.pk for person in people}
    assert {(row.minutes, row.status, row.day, row.kind, row.partner) for row in rows} == {
        (120, "attended", DAY, "DAA-PC", cast.daa)
    }
    assert AccessEntry.objects.get(deed=Deed.CREATED, kind="activity").detail == {"offer": "DAA-PC", "people": 6}


def test_who_did_not_come_has_no_minutes_and_own_minutes_count(cast):
    a, b, c = (make_participant(cast.lehmann, name) for name in "ABC")
    record(
        cast.lehmann, Taking(a, minutes=30), Taking(b, "cancelled", 30), Taking(c, "no_show"), kind="DAA-BT", minutes=90
    )
    assert list(Attendance.objects.order_by("pk").values_list("status", "minutes")) == [
        ("attended", 30), ("cancelled", 0), ("no_show", 0),
    ]  # fmt: skip


def test_an_individual_offer_refuses_two_people(cast):
    a, b = make_participant(cast.lehmann, "A"), make_participant(cast.lehmann, "B")
    assert "2" in fault(cast.lehmann, a, b, kind="DAA-EG")["kind"][0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": date(2017, 2, 7)}, "day"),
        ({"day": date(1017, 2, 6)}, "day"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"minutes": 10**12}, "minutes"),
        ({"travel_minutes": 1441}, "travel_minutes"),
        ({"kind": "CAR-SOZ"}, "kind"),
        ({"kind": "STL-MPS"}, "kind"),
        ({"kind": "NET-UNT"}, "kind"),
        ({"kind": "ALL-KK"}, "kind"),
        ({"kind": "nonsense"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"shape": "group"}, "kind"),
        ({"interpreter": "KLINGON"}, "interpreter"),
        ({"topics": ["job", "weather"]}, "topics"),
        ({"place": "x" * 121}, "place"),
        ({"title": "x" * 121}, "title"),
        ({"note": "x" * 4001}, "note"),
        ({"note": "Kurz", "note_scope": "world"}, "note_scope"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field(cast, changes, field):
    person = make_participant(cast.lehmann)
    assert list(fault(cast.lehmann, person, **changes)) == [field]


@pytest.mark.parametrize("minutes", [1, 1440])
def test_the_edges_of_a_day_are_possible(cast, minutes):
    assert record(cast.lehmann, make_participant(cast.lehmann), minutes=minutes).minutes == minutes


def test_own_minutes_and_states_are_checked(cast):
    a, b = make_participant(cast.lehmann, "A"), make_participant(cast.lehmann, "B")
    for taking in (Taking(a, minutes=46), Taking(a, minutes=0), Taking(a, minutes=99999), Taking(a, "perhaps")):
        assert "participants" in fault(cast.lehmann, taking, b, kind="DAA-BT")


def test_nobody_and_the_same_person_twice_are_refused(cast):
    person = make_participant(cast.lehmann)
    assert "participants" in fault(cast.lehmann)
    assert "participants" in fault(cast.lehmann, person, person, kind="DAA-BT")


def test_a_foreign_person_is_refused_and_a_shared_one_is_served(cast):
    foreign = make_participant(cast.weber)
    with pytest.raises(Participation.DoesNotExist):
        record(cast.lehmann, foreign)
    share_case(by=cast.weber, participation=foreign, to_partner=cast.daa, scope="contact", until=date(2017, 3, 6))
    assert record(cast.lehmann, foreign).partner == cast.daa


@pytest.mark.parametrize("who", ["krause", "hoffmann", "berger", "seidel"])
def test_nobody_without_people_records(cast, who):
    with pytest.raises((Participation.DoesNotExist, ValidationError)):
        record(getattr(cast, who), make_participant(cast.lehmann), kind="ALL-VW")


def test_a_note_is_written_for_everybody_in_the_group(cast):
    a, b = make_participant(cast.lehmann, "A"), make_participant(cast.lehmann, "B")
    activity = record(cast.lehmann, a, b, kind="DAA-BT", note=" Lebenslauf begonnen. ", note_scope="author")
    notes = Note.objects.filter(activity=activity)
    assert [text_of(note) for note in notes] == ["Lebenslauf begonnen."] * 2
    assert {note.scope for note in notes} == {"author"}


def test_attendance_is_corrected_with_the_version_that_was_shown(cast):
    a, b = make_participant(cast.lehmann, "A"), make_participant(cast.lehmann, "B")
    activity = record(cast.lehmann, a, b, kind="DAA-BT", minutes=90)
    said = [Taking(a, AttendanceStatus.NO_SHOW), Taking(b, minutes=60)]
    changed = change_attendance(by=cast.vogel, activity=activity, version=1, participants=said)
    assert changed.version == 2
    assert list(Attendance.objects.order_by("pk").values_list("status", "minutes")) == [
        ("no_show", 0),
        ("attended", 60),
    ]
    assert change_attendance(by=cast.vogel, activity=activity, version=2, participants=said).version == 2
    with pytest.raises(StaleRecord):
        change_attendance(by=cast.lehmann, activity=activity, version=1, participants=said)
    assert AccessEntry.objects.filter(deed=Deed.CHANGED, kind="activity").count() == 1


def test_attendance_is_corrected_by_the_partner_that_recorded_it_only(cast):
    person, foreign = make_participant(cast.lehmann), make_participant(cast.weber)
    activity = record(cast.lehmann, person)
    with pytest.raises(Activity.DoesNotExist):
        change_attendance(by=cast.weber, activity=activity, version=1, participants=[Taking(person)])
    with pytest.raises(Participation.DoesNotExist):
        change_attendance(by=cast.lehmann, activity=activity, version=1, participants=[Taking(foreign)])
    with pytest.raises(ValidationError):
        change_attendance(by=cast.lehmann, activity=activity, version=1, participants=[])
    with pytest.raises(ValidationError):
        second = Taking(make_participant(cast.lehmann, "Zweite"))
        change_attendance(by=cast.lehmann, activity=activity, version=1, participants=[Taking(person), second])


def test_nobody_is_added_to_a_service_before_the_own_operation_began(cast):
    early = make_participant(cast.lehmann, operation=Operation.objects.get(code="resque-plus"))
    activity = record(cast.lehmann, early, kind="DAA-PC", shape="group", day=date(2015, 6, 30))
    late = Taking(make_participant(cast.lehmann, "Zweite"))
    with pytest.raises(ValidationError) as found:
        change_attendance(by=cast.lehmann, activity=activity, version=1, participants=[Taking(early), late])
    assert list(found.value.message_dict) == ["day"]


def test_the_golden_services_stand_with_their_people(cast):
    golden.run(golden.GOLDEN)
    people = {one.external_reference: one for one in Participation.objects.all()}
    rows = list(csv.DictReader((Path(golden.DATA) / "golden_services.csv").read_text(encoding="utf-8").splitlines()))
    for row in rows:
        day = date.fromisoformat(row["date"])
        with moved_to(day):
            taking = Taking(people[row["reference"]], row["status"])
            record(cast.lehmann, taking, kind=row["kind"], day=day, minutes=int(row["minutes"]))
    for reference, person in people.items():
        expected = [(row["date"], row["kind"], row["status"]) for row in rows if row["reference"] == reference]
        stored = Attendance.objects.filter(participation=person).order_by("pk")
        assert [(f"{one.day}", one.kind, one.status) for one in stored] == expected
        minutes = sum(
            int(row["minutes"]) for row in rows if row["reference"] == reference and row["status"] == "attended"
        )
        assert sum(one.minutes for one in stored.attended()) == minutes
