"""Recording what a partner did with whom. One entry is the service, the hours and the row of the timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.models import Participation
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.locking import lock_version
from resque.references import free_reference
from services.catalogue import BY_CODE, Kind, Shape, kinds_for
from services.choices import AttendanceStatus, NoteScope
from services.models import Activity, Attendance
from services.models.activity import DAY_IN_MINUTES
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
        day: calendar day, today at the latest.
        minutes: duration, 1 to 1,440.
        shape: individual or group; without it the first fitting shape of the kind.
        start, travel_minutes, place, interpreter, topics, title: further facts of the service.
        note: short factual text; with a group it is written for each person who took part.
        note_scope: who may read the note.

    Raises:
        ValidationError: by field, with the value and what to do.
        Participation.DoesNotExist: a case is not visible to the acting account.
    """
    offer = _offer_of(by.partner, kind)
    chosen = _shape_of(offer, shape, len(participants))
    _check_time(day, minutes)
    cases = _served_cases(by, participants)
    activity = Activity.objects.create(
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
    Attendance.objects.bulk_create([_attendance(activity, taking) for taking in participants])
    if note.strip():
        for case in cases:
            write_note(by=by, participation=case, activity=activity, text=note, scope=note_scope)
    note_deed(deed=Deed.CREATED, by=by, kind=KIND, reference=activity.reference, offer=kind, people=len(cases))
    return activity


@transaction.atomic
def change_attendance(*, by, activity: Activity, version: int, participants: Sequence[Taking]) -> Activity:
    """Replace who came to a service, and for how long. People stay listed: who was not there is "did not come".

    Args:
        by: the acting account, of the partner that recorded the service.
        activity: the service.
        version: version that the form showed.
        participants: the state of every person; new people are added.

    Raises:
        StaleRecord: somebody saved the service since `version`.
        ValidationError: nobody is left, or minutes are out of range.
        Activity.DoesNotExist: the service belongs to another partner.
    """
    activity = lock_version(Activity.objects.editable_by(by), activity.pk, version)
    if not participants:
        raise ValidationError({"participants": _("Please choose at least one person.")})
    _served_cases(by, participants)
    known = {row.participation_id: row for row in activity.attendances.all()}
    for taking in participants:
        _check_minutes(taking.counted_minutes(activity.minutes), least=0)
        row = known.get(taking.participation.pk)
        if row is None:
            Attendance.objects.bulk_create([_attendance(activity, taking)])
        else:
            Attendance.objects.filter(pk=row.pk).update(
                status=taking.status, minutes=taking.counted_minutes(activity.minutes)
            )
    Activity.objects.filter(pk=activity.pk).update(version=activity.version + 1)
    note_deed(deed=Deed.CHANGED, by=by, kind=KIND, reference=activity.reference, fields=["attendance"])
    activity.version += 1
    return activity


def _attendance(activity: Activity, taking: Taking) -> Attendance:
    return Attendance(
        activity=activity,
        participation=taking.participation,
        partner=activity.partner,
        day=activity.day,
        kind=activity.kind,
        status=taking.status,
        minutes=taking.counted_minutes(activity.minutes),
    )


def _offer_of(partner, kind: str) -> Kind:
    if kind not in {offer.code for offer in kinds_for(partner)}:
        label = BY_CODE[kind].label if kind in BY_CODE else kind[:40]
        raise ValidationError(
            {
                "kind": _("“%(kind)s” is not an offer of %(partner)s. Please choose one from the list.")
                % {"kind": label, "partner": partner or _("your organisation")}
            }
        )
    return BY_CODE[kind]


def _shape_of(offer: Kind, shape: str | None, people: int) -> str:
    if not people:
        raise ValidationError({"participants": _("Please choose at least one person.")})
    possible = [one for one in offer.shapes if one in (Shape.INDIVIDUAL, Shape.GROUP)]
    wanted = [one for one in possible if one == shape] if shape else possible
    if people > 1:
        wanted = [one for one in wanted if one == Shape.GROUP]
    if not wanted:
        raise ValidationError(
            {"kind": _("“%(kind)s” cannot be recorded in this way.") % {"kind": offer.label}}
        )
    return wanted[0]


def _check_time(day: date, minutes: int) -> None:
    if day > today():
        raise ValidationError(
            {
                "day": _("%(day)s lies in the future. A service is recorded when it has taken place.")
                % {"day": date_format(day, "SHORT_DATE_FORMAT")}
            }
        )
    _check_minutes(minutes, least=1)


def _check_minutes(minutes: int, *, least: int) -> None:
    if not least <= minutes <= DAY_IN_MINUTES:
        raise ValidationError(
            {
                "minutes": _("%(minutes)s minutes are not possible. Please enter %(least)s to 1,440 minutes.")
                % {"minutes": minutes, "least": least}
            }
        )


def _served_cases(by, participants: Sequence[Taking]) -> list[Participation]:
    keys = [taking.participation.pk for taking in participants]
    if len(set(keys)) != len(keys):
        raise ValidationError({"participants": _("The same person was chosen twice.")})
    cases = list(Participation.objects.served_by(by).filter(pk__in=keys))
    if len(cases) != len(keys):
        raise Participation.DoesNotExist("a chosen case is not visible")
    return cases
