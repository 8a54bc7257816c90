"""Recording what a partner did with whom. One entry is the service, the hours and the row of the timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.models import Participation
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.locking import lock_version
from resque.references import free_reference
from services.catalogue import Shape
from services.choices import AttendanceStatus, NoteScope
from services.models import Activity, Attendance
from services.operations import checking
from services.operations.notes import write_note

KIND = "activity"


@dataclass(frozen=True)
class Taking:
    """One person's part in a service.

    Attributes:
        participation: who.
        status: attended, cancelled or no_show.
        minutes: own minutes; None: those of the service. Who did not come has none.
    """

    participation: Participation
    status: str = AttendanceStatus.ATTENDED
    minutes: int | None = None

    def counted_minutes(self, minutes_of_service: int) -> int:
        """Return the minutes that this person was there."""
        if self.status != AttendanceStatus.ATTENDED:
            return 0
        return minutes_of_service if self.minutes is None else self.minutes


@transaction.atomic
def record_service(
    *,
    by,
    kind: str,
    participants: Sequence[Taking],
    day: date,
    minutes: int,
    shape: str | None = None,
    start: time | None = None,
    travel_minutes: int = 0,
    place: str = "",
    interpreter: str = "",
    topics: Sequence[str] = (),
    title: str = "",
    note: str = "",
    note_scope: str = NoteScope.TEAM,
) -> Activity:
    """Record a service with one person or with a group.

    Args:
        by: the acting account; its partner is frozen in the record.
        kind: code of the catalogue, one of the partner's offers with people.
        participants: who took part; one for an individual service.
        day: calendar day, from the start of the operation to today.
        minutes: duration, 1 to 1,440.
        shape: individual or group; without it the first fitting shape of the kind.
        start, travel_minutes, place, interpreter, topics, title: further facts of the service; the interpreter
            is a code of the list `interpreter`, topics are codes of `Topic`.
        note: short factual text; with a group it is written for each person who took part.
        note_scope: who may read the note.

    Raises:
        ValidationError: by field, with the value and what to do.
        Participation.DoesNotExist: a case is not visible to the acting account.
    """
    offer = checking.offer_of(by.partner, kind)
    chosen = checking.shape_of(offer, shape, len(participants))
    cases = served_cases(by, participants)
    checking.check_day(day, cases)
    checking.check_minutes(minutes, least=1)
    checking.check_takings(participants, minutes)
    checking.check_codes(interpreter, topics)
    activity = Activity(
        reference=free_reference(Activity, "L"),
        kind=kind,
        shape=chosen,
        partner=by.partner,
        staff=by,
        title=title,
        day=day,
        start=start,
        minutes=minutes,
        travel_minutes=travel_minutes,
        place=place,
        interpreter=interpreter,
        topics=list(topics),
    )
    activity.clean_fields(exclude=["reference", "partner", "staff"])
    Activity.objects.bulk_create([activity])
    Attendance.objects.bulk_create([attendance_of(activity, taking) for taking in participants])
    if note.strip():
        for case in cases:
            write_note(by=by, participation=case, activity=activity, text=note, scope=note_scope)
    note_deed(deed=Deed.CREATED, by=by, kind=KIND, reference=activity.reference, offer=kind, people=len(cases))
    return activity


@transaction.atomic
def change_attendance(*, by, activity: Activity, version: int, participants: Sequence[Taking]) -> Activity:
    """Correct who came to a service, and for how long. Nobody is removed: who was not there "did not come".

    Args:
        by: the acting account, of the partner that recorded the service.
        activity: the service.
        version: version that the form showed.
        participants: the state of the people to correct; who is new is added where the offer takes groups.

    Returns:
        the service, its version raised when something changed.

    Raises:
        StaleRecord: somebody saved the service since `version`.
        ValidationError: nobody is named, minutes are out of range, or the operation of somebody new began later.
        Activity.DoesNotExist: the service belongs to another partner.
        Participation.DoesNotExist: a case is not visible to the acting account.
    """
    activity = lock_version(Activity.objects.editable_by(by), activity.pk, version)
    if not participants:
        raise checking.nobody_chosen()
    cases = served_cases(by, participants)
    checking.check_takings(participants, activity.minutes)
    known = {row.participation_id: row for row in activity.attendances.all()}
    added = [taking for taking in participants if taking.participation.pk not in known]
    checking.check_day(activity.day, [case for case in cases if case.pk not in known])
    _check_room(activity, known=len(known), added=len(added))
    changed = _corrected(activity, known, participants)
    if not added and not changed:
        return activity
    _write_in_order([attendance_of(activity, taking) for taking in added], changed)
    activity.version += 1
    activity.save(update_fields=["version"])
    note_deed(deed=Deed.CHANGED, by=by, kind=KIND, reference=activity.reference, fields=["attendance"])
    return activity


def _check_room(activity: Activity, *, known: int, added: int) -> None:
    """Refuse more people than the offer takes; a visit takes any number."""
    if not activity.with_people:
        raise ValidationError({checking.PEOPLE: _("This activity is recorded without participants.")})
    if activity.shape != Shape.OUTREACH:
        checking.shape_of(activity.offer, activity.shape if not added else None, known + added)


def _write_in_order(added: list[Attendance], changed: list[Attendance]) -> None:
    """Write person by person: a write holds the person's sums, so two groups of the same people never block each other."""
    for row in sorted([*added, *changed], key=lambda row: row.participation_id):
        row.save(update_fields=["status", "minutes"] if row.pk else None)


def _corrected(activity: Activity, known: dict[int, Attendance], participants: Sequence[Taking]) -> list[Attendance]:
    """Return the rows whose state differs from what was said now, already changed in memory."""
    changed = []
    for taking in participants:
        row = known.get(taking.participation.pk)
        said = (taking.status, taking.counted_minutes(activity.minutes))
        if row is not None and (row.status, row.minutes) != said:
            row.status, row.minutes = said
            changed.append(row)
    return changed


def attendance_of(activity: Activity, taking: Taking) -> Attendance:
    """Return the row of one person, not saved."""
    return Attendance(
        activity=activity,
        participation=taking.participation,
        partner=activity.partner,
        day=activity.day,
        kind=activity.kind,
        status=taking.status,
        minutes=taking.counted_minutes(activity.minutes),
    )


def served_cases(by, participants: Sequence[Taking]) -> list[Participation]:
    """Return the cases with their operation.

    Raises:
        ValidationError: somebody is named twice.
        Participation.DoesNotExist: a case is not visible to the acting account.
    """
    keys = [taking.participation.pk for taking in participants]
    if len(set(keys)) != len(keys):
        raise checking.chosen_twice()
    cases = list(Participation.objects.served_by(by).select_related("operation").filter(pk__in=keys))
    if len(cases) != len(keys):
        raise Participation.DoesNotExist("a chosen case is not visible")
    return cases
