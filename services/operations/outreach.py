"""Outreach: a visit with people whom the partner knows, and a number of people of whom nothing is known."""

from collections.abc import Sequence
from datetime import date, time

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.languages import require_language
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.codelists.queries import entry_of, require_code
from resque.locking import lock_version
from resque.references import free_reference
from resque.ui.tags.numbers import number
from services.catalogue import Kind, Shape
from services.choices import Topic
from services.models import Activity, Attendance, Outreach
from services.models.outreach import MOST_UNKNOWN
from services.operations import checking
from services.operations.changes import take
from services.operations.checking_events import check_heads, check_year
from services.operations.recording import KIND, Taking, attendance_of, served_cases
from services.operations.running import operation_on

HEADER = ("title", "day", "start", "minutes", "travel_minutes", "place", "interpreter", "topics")
NUMBERS = ("women", "men", "unknown")
CONTACTS = (*NUMBERS, "accommodation", "languages")


@transaction.atomic
def record_outreach(
    *,
    by,
    kind: str,
    day: date,
    minutes: int,
    place: str = "",
    participants: Sequence[Taking] = (),
    women: int = 0,
    men: int = 0,
    unknown: int = 0,
    languages: Sequence[str] = (),
    accommodation: str = "",
    start: time | None = None,
    travel_minutes: int = 0,
    interpreter: str = "",
    topics: Sequence[str] = (),
    title: str = "",
) -> Activity:
    """Record a visit, or a short contact without a file.

    Args:
        by: the acting caseworker; the partner is frozen in the record.
        kind: code of the catalogue, one of the partner's offers at a place.
        day: calendar day, not in the future.
        minutes: duration of the visit, 1 to 1,440.
        place: where; needed except for short contacts.
        participants: people whom the partner accompanies and met there; each is an attendance with own minutes
            (None: those of the visit). None for anonymous offers.
        women, men, unknown: how many others were spoken to, 0 to 10,000 each: contacts, no persons of a figure.
        languages: ISO 639-3 codes of what was spoken. accommodation: code of the list `accommodation`.
        start, travel_minutes, interpreter, topics, title: further facts; topics of counselling or of events.

    Raises:
        PermissionDenied: the account accompanies nobody.
        ValidationError: by field, with the value and what to do.
        Participation.DoesNotExist: a case is not visible to the acting account.
    """
    if not by.people_partner_id:
        raise PermissionDenied
    offer = _visit_of(by.partner, kind)
    said = {
        "day": day, "minutes": minutes, "place": place, "women": women, "men": men, "unknown": unknown,
        "languages": list(languages), "accommodation": accommodation, "start": start, "title": title,
        "travel_minutes": travel_minutes, "interpreter": interpreter, "topics": list(topics),
    }  # fmt: skip
    _check_people(offer, participants)
    cases = served_cases(by, participants)
    checking.check_day(day, cases)
    _check(offer, said)
    checking.check_takings(participants, minutes)
    activity = Activity(
        reference=free_reference(Activity, "L"), kind=kind, shape=Shape.OUTREACH, partner=by.partner, staff=by,
        with_people=not offer.is_anonymous, operation=operation_on(day), **{name: said[name] for name in HEADER},
    )  # fmt: skip
    activity.clean_fields(exclude=["reference", "partner", "staff"])
    Activity.objects.bulk_create([activity])
    Outreach.objects.bulk_create([Outreach(activity=activity, **{name: said[name] for name in CONTACTS})])
    Attendance.objects.bulk_create([attendance_of(activity, taking) for taking in participants])
    note_deed(deed=Deed.CREATED, by=by, kind=KIND, reference=activity.reference, offer=kind, people=len(cases))
    return activity


@transaction.atomic
def correct_outreach(*, by, activity: Activity, version: int, **facts) -> Activity:
    """Correct what a visit says; who of the known people came is corrected with `change_attendance`.

    Args:
        by: the acting account, of the partner that recorded the visit.
        activity: the visit.
        version: version that the form showed.
        facts: any fact of `record_outreach` except `kind` and `participants`.

    Returns:
        the visit, its version raised when something changed.

    Raises:
        StaleRecord: somebody saved the visit since `version`.
        ValidationError: by field, with the value and what to do.
        Activity.DoesNotExist: another partner recorded it, or it is no visit.
    """
    visits = Activity.objects.editable_by(by).visits().select_related("outreach")
    row = lock_version(visits, activity.pk, version)
    stored = {name: getattr(row, name) for name in HEADER} | {name: getattr(row.outreach, name) for name in CONTACTS}
    said = stored | facts
    if unknown := said.keys() - stored.keys():
        raise TypeError(f"no facts of a visit: {unknown}")
    checking.check_day(said["day"], [])
    _check(row.offer, said, known=row.attendances.exists())
    header, contacts = take(row, said, HEADER), take(row.outreach, said, CONTACTS)
    if not (header or contacts):
        return row
    if {"day", "minutes"} & set(header):
        _follow(row)
    row.operation = operation_on(row.day)
    row.version += 1
    row.clean_fields(exclude=["reference", "partner", "staff"])
    row.save(update_fields=[*header, "operation", "version"])
    if contacts:
        row.outreach.save(update_fields=contacts)
    note_deed(deed=Deed.CHANGED, by=by, kind=KIND, reference=row.reference, fields=[*header, *contacts])
    return row


def _visit_of(partner, kind: str) -> Kind:
    offer = checking.offer_of(partner, kind)
    if Shape.OUTREACH not in offer.shapes:
        text = _("“%(kind)s” is not recorded at a place. Please choose an offer of outreach.")
        raise ValidationError({"kind": text % {"kind": offer.label}})
    return offer


def _check_people(offer: Kind, participants: Sequence[Taking]) -> None:
    if offer.is_anonymous and participants:
        text = _("“%(kind)s” is recorded without names. Please choose another offer for people whom you accompany.")
        raise ValidationError({checking.PEOPLE: text % {"kind": offer.label}})


def _check(offer: Kind, said: dict, *, known: bool = False) -> None:
    check_year(said["day"])
    checking.check_minutes(said["minutes"], least=1)
    for name in NUMBERS:
        check_heads(said[name], most=MOST_UNKNOWN, field=name)
    if offer.is_anonymous and not any(said[name] for name in NUMBERS):
        raise ValidationError({"unknown": _("Please enter how many people you spoke to.")})
    if not offer.is_anonymous and not said["place"].strip():
        raise ValidationError({"place": _("Please enter where you were, for example the name of the accommodation.")})
    checking.check_codes(said["interpreter"], ())
    _check_topics(said["topics"])
    _check_languages(said["languages"])
    if said["accommodation"]:
        try:
            require_code("accommodation", said["accommodation"])
        except ValidationError as fault:
            raise ValidationError({"accommodation": fault}) from fault


def _check_topics(topics: Sequence[str]) -> None:
    for topic in topics:
        if topic not in Topic.values and entry_of("training_topic", topic) is None:
            text = _("“%(topic)s” is not a topic of this list.")
            raise ValidationError({"topics": text % {"topic": str(topic)[:40]}})


def _check_languages(languages: Sequence[str]) -> None:
    try:
        for code in languages:
            require_language(code)
    except ValidationError as fault:
        raise ValidationError({"languages": fault}) from fault


def _follow(row: Activity) -> None:
    """Let the attendances have the day of the visit; nobody was there longer than it lasted."""
    rows = list(row.attendances.select_related("participation__operation"))
    if longest := max((one.minutes for one in rows if one.minutes > row.minutes), default=0):
        text = _("Somebody was there for %(own)s minutes. Please shorten that first, or leave the visit as long.")
        raise ValidationError({"minutes": text % {"own": number(longest)}})
    checking.check_day(row.day, [one.participation for one in rows])
    for one in rows:
        one.day = row.day
        one.save(update_fields=["day"])
