"""Events: planned, held or cancelled work with organisations and audiences, and internal work. Nobody is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.locking import lock_version
from resque.references import free_reference
from services.catalogue import Shape
from services.choices import OccasionState
from services.models import Activity, Audience, Involvement, Occasion, Organisation
from services.operations import checking, checking_events
from services.operations.changes import take
from services.operations.checking_events import Heads
from services.operations.running import operation_on

KIND = "event"
HEADER = ("kind", "title", "day", "start", "minutes", "place", "topics")
OCCASION = ("state", "format", "estimated")
DERIVED = ("shape", "operation")


@dataclass(frozen=True)
class Part:
    """An organisation's part in an event: who, and whether it was directly supported."""

    organisation: Organisation
    supported: bool = False


@transaction.atomic
def record_event(
    *,
    by,
    kind: str,
    day: date,
    minutes: int,
    state: str = OccasionState.HELD,
    audiences: Sequence[Heads] = (),
    organisations: Sequence[Part] = (),
    format: str = "",
    topics: Sequence[str] = (),
    title: str = "",
    start: time | None = None,
    place: str = "",
    estimated: bool = False,
) -> Activity:
    """Record structural or internal work; no participant can take part in it.

    Args:
        by: the acting account; its partner is frozen in the record.
        kind: code of the catalogue, one of the partner's offers without people.
        day: calendar day: a planned one lies ahead, a held one does not.
        minutes: duration, 1 to 1,440.
        state: planned, held or cancelled.
        audiences: headcounts, 0 to 10,000: planned ones, and actual ones once it was held. None for internal work.
        organisations: who took part; none for internal work.
        format, topics: codes of the lists `training_format` and `training_topic`.
        title, start, place: further facts; never a person's name.
        estimated: the actual numbers are estimated and shown apart from counted ones.

    Raises:
        PermissionDenied: the role records no events.
        ValidationError: by field, with the value and what to do.
    """
    checking_events.check_right(by)
    said = {
        "kind": kind, "day": day, "minutes": minutes, "state": state, "audiences": list(audiences), "format": format,
        "topics": list(topics), "title": title, "start": start, "place": place, "estimated": estimated,
    }  # fmt: skip
    said |= _checked(by.partner, said)
    _check_organisations(said["shape"], organisations)
    activity = Activity(
        reference=free_reference(Activity, "L"), partner=by.partner, staff=by, with_people=False,
        **{name: said[name] for name in (*HEADER, *DERIVED)},
    )  # fmt: skip
    activity.clean_fields(exclude=["reference", "partner", "staff"])
    Activity.objects.bulk_create([activity])
    Occasion.objects.bulk_create([Occasion(activity=activity, **{name: said[name] for name in OCCASION})])
    _write_audiences(activity, audiences)
    _write_organisations(activity, organisations)
    note_deed(deed=Deed.CREATED, by=by, kind=KIND, reference=activity.reference, offer=kind, state=state)
    return activity


@transaction.atomic
def correct_event(*, by, activity: Activity, version: int, **facts) -> Activity:
    """Correct an event, or say that it was held or cancelled.

    Args:
        by: the acting account, of the organisation that keeps the event.
        activity: the event.
        version: version that the form showed.
        facts: any of `kind`, `day`, `minutes`, `state`, `audiences`, `format`, `topics`, `title`, `start`, `place`,
            `estimated`, as in `record_event`. Audiences that are not named any more are removed.

    Returns:
        the event, its version raised when something changed.

    Raises:
        StaleRecord: somebody saved the event since `version`.
        ValidationError: by field, with the value and what to do.
        Activity.DoesNotExist: another organisation keeps it, or it is a service with people.
    """
    row = lock_version(Activity.objects.events_kept_by(by).select_related("occasion"), activity.pk, version)
    stored = _facts_of(row)
    said = stored | facts
    if unknown := said.keys() - stored.keys():
        raise TypeError(f"no facts of an event: {unknown}")
    said |= _checked(row.partner, said, stored=row.kind)
    header, occasion = take(row, said, (*HEADER, *DERIVED)), take(row.occasion, said, OCCASION)
    row.clean_fields(exclude=["reference", "partner", "staff"])
    counted = _write_audiences(row, said["audiences"])
    if not (header or occasion or counted):
        return row
    if occasion:
        row.occasion.save(update_fields=occasion)
    row.version += 1
    row.save(update_fields=[*header, "version"])
    changed = [*header, *occasion, *(["audiences"] if counted else [])]
    note_deed(deed=Deed.CHANGED, by=by, kind=KIND, reference=row.reference, fields=changed)
    return row


def cancel_event(*, by, activity: Activity, version: int) -> Activity:
    """Say that a planned event does not take place; what was planned stays readable.

    Raises:
        StaleRecord, ValidationError, Activity.DoesNotExist: as `correct_event`.
    """
    if activity.occasion.is_held:
        raise ValidationError(
            {"state": _("The event was held. To correct that, open “Edit” and empty the numbers of those who came.")}
        )
    return correct_event(by=by, activity=activity, version=version, state=OccasionState.CANCELLED)


@transaction.atomic
def set_organisations(*, by, activity: Activity, version: int, organisations: Sequence[Part]) -> Activity:
    """Say which organisations took part in an event, and which of them it directly supported.

    Args:
        by: the acting account, of the organisation that keeps the event.
        version: version that the form showed.
        organisations: all of them; who is not named is removed.

    Raises:
        StaleRecord: somebody saved the event since `version`.
        ValidationError: internal work, or an organisation twice.
        Activity.DoesNotExist: another organisation keeps it, or it is a service with people.
    """
    row = lock_version(Activity.objects.events_kept_by(by), activity.pk, version)
    _check_organisations(row.shape, organisations)
    if _write_organisations(row, organisations):
        row.version += 1
        row.save(update_fields=["version"])
        note_deed(deed=Deed.CHANGED, by=by, kind=KIND, reference=row.reference, fields=["organisations"])
    return row


def _checked(partner, said: dict, *, stored: str = "") -> dict:
    """Check everything that was said, and return what follows from it."""
    offer, shape = checking_events.event_of(partner, said["kind"], stored=stored)
    checking_events.check_event_day(said["state"], said["day"])
    checking.check_minutes(said["minutes"], least=1)
    checking_events.check_audiences(offer, shape, said["state"], said["audiences"])
    checking_events.check_event_codes(said["format"], said["topics"])
    return {"shape": shape, "operation": operation_on(said["day"])}


def _check_organisations(shape: str, parts: Sequence[Part]) -> None:
    if shape == Shape.INTERNAL and parts:
        raise ValidationError({checking_events.ORGANISATIONS: _("No organisation takes part in internal work.")})
    if len({part.organisation.pk for part in parts}) != len(parts):
        raise ValidationError(
            {checking_events.ORGANISATIONS: _("An organisation was chosen twice. Please name each one once.")}
        )


def _facts_of(row: Activity) -> dict:
    audiences = [Heads(heads.kind, heads.planned, heads.actual) for heads in row.audiences.all()]
    header = {name: getattr(row, name) for name in HEADER}
    return header | {name: getattr(row.occasion, name) for name in OCCASION} | {"audiences": audiences}


def _write_audiences(activity: Activity, audiences: Sequence[Heads]) -> bool:
    known = {row.kind: row for row in activity.audiences.all()}
    said = {heads.kind: heads for heads in audiences}
    gone = [row.pk for kind, row in known.items() if kind not in said]
    new = [Audience(activity=activity, kind=kind, planned=one.planned, actual=one.actual)
           for kind, one in said.items() if kind not in known]  # fmt: skip
    changed = [
        row for kind, row in known.items()
        if kind in said and (row.planned, row.actual) != (said[kind].planned, said[kind].actual)
    ]  # fmt: skip
    if gone:
        activity.audiences.filter(pk__in=gone).delete()
    for row in changed:
        row.planned, row.actual = said[row.kind].planned, said[row.kind].actual
        row.save(update_fields=["planned", "actual"])
    Audience.objects.bulk_create(new)
    return bool(gone or new or changed)


def _write_organisations(activity: Activity, parts: Sequence[Part]) -> bool:
    known = {row.organisation_id: row for row in activity.involvements.all()}
    said = {part.organisation.pk: part for part in parts}
    gone = [row.pk for key, row in known.items() if key not in said]
    new = [Involvement(activity=activity, organisation=part.organisation, supported=part.supported)
           for key, part in said.items() if key not in known]  # fmt: skip
    changed = [row for key, row in known.items() if key in said and row.supported != said[key].supported]
    if gone:
        activity.involvements.filter(pk__in=gone).delete()
    for row in changed:
        row.supported = said[row.organisation_id].supported
        row.save(update_fields=["supported"])
    Involvement.objects.bulk_create(new)
    return bool(gone or new or changed)
