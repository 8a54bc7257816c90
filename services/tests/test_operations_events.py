"""Events: planned, held, cancelled; who may record which; and no participant can ever be in one."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from participants.models import Operation, OperationExtension
from participants.tests.builders import make_participant
from resque.audit.models import AccessEntry, Deed
from resque.clock import moved_to
from resque.locking import StaleRecord
from resque.tests.access.modes import speaking_as
from services.catalogue import KINDS, Shape
from services.models import Activity, Attendance, Audience, Involvement, Occasion
from services.operations.checking_events import Heads
from services.operations.events import Part, cancel_event, correct_event, record_event, set_organisations
from services.operations.organisations import register_organisation
from services.operations.recording import Taking, change_attendance, record_service

pytestmark = pytest.mark.django_db
DAY = date(2017, 2, 6)
LATER = date(2017, 3, 14)


def training(by, **changes) -> Activity:
    facts = {"kind": "STL-MPS", "day": DAY, "minutes": 240, "audiences": [Heads("KOM", 10, 6), Heads("KAM", None, 0)]}
    return record_event(**{"by": by, **facts} | changes)


def fault(by, **changes) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as found:
        training(by, **changes)
    assert not Activity.objects.exists() and not Audience.objects.exists()
    return found.value.message_dict


@contextmanager
def refused(field: str):
    with pytest.raises(ValidationError) as found:
        yield
    assert list(found.value.message_dict) == [field]


def test_a_held_training_keeps_its_numbers_and_its_operation(cast):
    event = training(cast.krause, format="HALB", topics=["AR", "ANE"], place="Stadtbezirk Mitte", estimated=True)
    assert (event.shape, event.with_people, event.partner, event.operation.code) == (
        "structural", False, cast.stadt, "resque-2.0",
    )  # fmt: skip
    occasion = Occasion.objects.get(activity=event)
    assert (occasion.state, occasion.format_label, occasion.estimated) == ("held", "Halbtagsschulung", True)
    rows = Audience.objects.filter(activity=event).order_by("kind").values_list("kind", "planned", "actual")
    assert list(rows) == [("KAM", None, 0), ("KOM", 10, 6)]
    entry = AccessEntry.objects.get(deed=Deed.CREATED, kind="event")
    assert entry.detail == {"offer": "STL-MPS", "state": "held"}


def test_planned_then_held(cast):
    event = training(cast.krause, day=LATER, state="planned", audiences=[Heads("KOM", 10), Heads("AG", 3)])
    with moved_to(LATER):
        held = [Heads("KOM", 10, 6), Heads("GRU", None, 9), Heads("AG", 3, 2)]
        event = correct_event(by=cast.krause, activity=event, version=1, state="held", audiences=held)
    assert event.version == 2
    assert dict(Audience.objects.values_list("kind", "actual")) == {"KOM": 6, "GRU": 9, "AG": 2}


def test_a_cancelled_event_keeps_what_was_planned(cast):
    event = training(cast.krause, day=LATER, state="planned", audiences=[Heads("KOM", 10)])
    cancel_event(by=cast.krause, activity=event, version=1)
    assert Occasion.objects.get().state == "cancelled"
    assert Audience.objects.get().planned == 10


def test_an_event_of_a_former_task_is_still_corrected_and_cancelled(cast):
    event = training(cast.krause, day=LATER, state="planned", audiences=[Heads("KOM", 10)])
    cast.krause.partner.kind = "other"
    cast.krause.partner.save()
    event = Activity.objects.get(pk=event.pk)  # with the partner of now
    event = correct_event(by=cast.krause, activity=event, version=1, title="Neu")
    with refused("kind"):
        correct_event(by=cast.krause, activity=event, version=2, kind="STL-LV")
    cancel_event(by=cast.krause, activity=event, version=2)
    assert Occasion.objects.get().state == "cancelled"


def test_a_held_event_is_not_cancelled_at_a_click(cast):
    event = training(cast.krause)
    with refused("state"):
        cancel_event(by=cast.krause, activity=event, version=1)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"kind": "DAA-BER"}, "kind", "Beratung zu Arbeitsmarkt"),
        ({"kind": "ALL-VW"}, "kind", "Verweisberatung"),
        ({"kind": "\0"}, "kind", ""),
        ({"state": "perhaps"}, "state", ""),
        ({"state": "planned", "day": date(2017, 2, 5)}, "state", "05.02.2017"),
        ({"day": date(2017, 2, 7)}, "day", "07.02.2017"),
        ({"day": date(2001, 1, 1)}, "day", "01.01.2001"),
        ({"state": "planned", "day": date(2027, 1, 1), "audiences": []}, "day", "01.01.2027"),
        ({"minutes": 0}, "minutes", "0"),
        ({"minutes": 1441}, "minutes", "1.441"),
        ({"audiences": []}, "audiences", ""),
        ({"audiences": [Heads("XXX", None, 1)]}, "audiences", "XXX"),
        ({"audiences": [Heads("KOM", 1, 1), Heads("KOM", 1, 1)]}, "audiences", ""),
        ({"audiences": [Heads("KOM", 1, None)]}, "audiences", ""),
        ({"audiences": [Heads("KOM", 1, -1)]}, "audiences", "−1"),
        ({"audiences": [Heads("KOM", 10_001, 1)]}, "audiences", "10.001"),
        ({"audiences": [Heads("KOM", 9**400, 1)]}, "audiences", ""),
        ({"state": "planned", "audiences": [Heads("KOM", 1, 1)]}, "audiences", ""),
        ({"state": "cancelled"}, "audiences", ""),
        ({"format": "XXX"}, "format", "XXX"),
        ({"topics": ["AR", "XXX"]}, "topics", "XXX"),
        ({"title": "x" * 121}, "title", ""),
    ],
)  # fmt: skip
def test_a_fault_names_its_field_and_value(cast, changes, field, said):
    found = fault(cast.krause, **changes)
    assert list(found) == [field]
    assert said in str(found)


@pytest.mark.parametrize("heads", [0, 10_000])
def test_the_edges_of_a_headcount_are_accepted(cast, heads):
    training(cast.krause, audiences=[Heads("KOM", heads, heads)])
    assert Audience.objects.get().actual == heads


def test_a_meeting_needs_no_headcount_and_internal_work_has_none(cast):
    training(cast.krause, kind="STL-AEM", audiences=[])
    training(cast.hoffmann, kind="AWL-KOO", audiences=[])
    with refused("audiences"):
        training(cast.hoffmann, kind="AWL-KOO")


ACCOUNTS = {"outreach": "weber", "career": "lehmann", "public": "krause", "coordination": "hoffmann"}
EVENTS = [
    (kind.code, partner) for kind in KINDS if kind.is_event for partner in kind.partner_kinds if partner != "other"
]


@pytest.mark.parametrize(("code", "partner"), EVENTS)
def test_every_partner_records_each_event_that_it_offers(cast, app_role, code, partner):
    account = getattr(cast, ACCOUNTS[partner])
    internal = Shape.INTERNAL in next(kind for kind in KINDS if kind.code == code).shapes
    with speaking_as(account):
        event = training(account, kind=code, audiences=[] if internal else [Heads("AG", None, 3)])
        event = correct_event(by=account, activity=event, version=1, title="Anders")
        assert (event.version, Activity.objects.get().title) == (2, "Anders")


@pytest.mark.parametrize("who", ["berger", "seidel"])
def test_administrators_record_nothing(cast, who):
    with pytest.raises(PermissionDenied):
        training(getattr(cast, who))


def test_another_organisation_corrects_nothing(cast):
    event = training(cast.krause)
    for write in (
        lambda: correct_event(by=cast.lehmann, activity=event, version=1, title="x"),
        lambda: set_organisations(by=cast.hoffmann, activity=event, version=1, organisations=[]),
    ):
        with pytest.raises(Activity.DoesNotExist):
            write()


def test_a_service_with_people_is_no_event(cast):
    person = make_participant(cast.lehmann)
    service = record_service(by=cast.lehmann, kind="DAA-BER", participants=[Taking(person)], day=DAY, minutes=45)
    with pytest.raises(Activity.DoesNotExist):
        correct_event(by=cast.lehmann, activity=service, version=1, title="x")


def test_a_second_one_to_save_is_told(cast):
    event = training(cast.krause)
    correct_event(by=cast.krause, activity=event, version=1, title="x")
    with pytest.raises(StaleRecord):
        correct_event(by=cast.krause, activity=event, version=1, title="y")


def test_saving_without_a_change_leaves_the_version(cast):
    event = training(cast.krause)
    assert correct_event(by=cast.krause, activity=event, version=1, title="").version == 1


def test_the_operation_follows_the_day(cast):
    OperationExtension.objects.all().delete()
    Operation.objects.filter(code="resque-2.0").update(first_planned_end=date(2017, 1, 31))
    assert training(cast.krause).operation is None
    event = correct_event(by=cast.krause, activity=Activity.objects.get(), version=1, day=date(2017, 1, 31))
    assert event.operation.code == "resque-2.0"


def test_no_participant_enters_an_event_by_any_way(cast):
    """The operation refuses it, and the database too, even from the owner of the tables."""
    person = make_participant(cast.lehmann)
    event = training(cast.lehmann, kind="NET-UNT", audiences=[Heads("AG", None, 3)])
    with pytest.raises(ValidationError):
        record_service(by=cast.lehmann, kind="NET-UNT", participants=[Taking(person)], day=DAY, minutes=45)
    with pytest.raises(ValidationError):
        change_attendance(by=cast.lehmann, activity=event, version=1, participants=[Taking(person)])
    planted = Attendance(activity=event, participation=person, partner=cast.daa, day=DAY, kind=event.kind, minutes=1)
    with pytest.raises(DatabaseError, match="without people"), transaction.atomic():
        Attendance.objects.bulk_create([planted])
    service = record_service(by=cast.lehmann, kind="DAA-BER", participants=[Taking(person)], day=DAY, minutes=45)
    with pytest.raises(DatabaseError, match="without people"), transaction.atomic():
        Attendance.objects.filter(activity=service).update(activity=event)
    for change in ({"with_people": True, "shape": "outreach"}, {"with_people": True}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Activity.objects.filter(pk=event.pk).update(**change)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Activity.objects.filter(pk=service.pk).update(with_people=False, shape="internal")


def test_organisations_of_an_event_are_set_as_a_whole(cast):
    one, two, three = (
        register_organisation(by=cast.krause, name=name, kind="employer") for name in ("Eins", "Zwei", "Drei")
    )
    event = training(cast.krause, organisations=[Part(one), Part(two, supported=True)])
    event = set_organisations(
        by=cast.krause, activity=event, version=1, organisations=[Part(one, supported=True), Part(three)]
    )
    assert dict(Involvement.objects.values_list("organisation__name", "supported")) == {"Eins": True, "Drei": False}
    assert event.version == 2
    same = [Part(one, supported=True), Part(three)]
    assert set_organisations(by=cast.krause, activity=event, version=2, organisations=same).version == 2
    with refused("organisations"):
        set_organisations(by=cast.krause, activity=event, version=2, organisations=[Part(one), Part(one)])
    meeting = training(cast.hoffmann, kind="AWL-BER", audiences=[])
    with refused("organisations"):
        set_organisations(by=cast.hoffmann, activity=meeting, version=1, organisations=[Part(one)])
