"""Settings of a funded operation and its extensions, noted by the coordination or a system administrator."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.choices import FundingPeriod
from participants.entities import MOST, SET_HERE
from participants.models import Operation, OperationExtension
from participants.sql import work_between
from resque.accounts.access import NotAllowedHere
from resque.accounts.roles import Permission
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.locking import lock_version

KIND = "operation"
SETTINGS = (
    "name", "start", "first_planned_end", "rules", "small_contact_hours", "household_questions", "accepts_entries",
)  # fmt: skip
MOST_HOURS = 100
LONGEST_YEARS = 10  # between an end and the next one: more is a slip of the finger


@transaction.atomic
def note_extension(*, by, operation: Operation, end: date, decided_on: date, source: str = "") -> OperationExtension:
    """Note that the funder has moved the end of an operation. It counts from the day of the decision on.

    Only a later end is an extension. A shorter time is no decision that the programme knows; an extension that was
    noted by mistake is taken back instead.

    Args:
        by: a coordinator or a system administrator.
        operation: which one.
        end: new last day, after the one that held on the day of the decision.
        decided_on: day of the decision, from the start until today.
        source: letter that says so, at most 120 characters.

    Raises:
        NotAllowedHere: `by` lacks the right.
        ValidationError: wrong days, as messages by field name.
    """
    operation = _locked(by, operation, None)
    extension = OperationExtension(operation=operation, end=end, decided_on=decided_on, source=source.strip())
    if faults := _extension_faults(operation, extension):
        raise ValidationError(faults)
    extension.clean_fields()
    extension.save()
    note_deed(
        deed=Deed.CHANGED, kind=KIND, reference=operation.code, by=by, end=end.isoformat(),
        decided_on=decided_on.isoformat(),
    )  # fmt: skip
    return extension


@transaction.atomic
def take_back_extension(*, by, operation: Operation, extension: int) -> None:
    """Remove an extension that was noted by mistake, named by its key; one that is already gone is no fault.

    Raises:
        NotAllowedHere: `by` lacks the right.
    """
    operation = _locked(by, operation, None)
    stored = OperationExtension.objects.filter(operation=operation, pk=extension).first()
    if stored is not None:
        stored.delete()
        note_deed(
            deed=Deed.TOOK_BACK, kind=KIND, reference=operation.code, by=by, end=stored.end.isoformat(),
            decided_on=stored.decided_on.isoformat(),
        )  # fmt: skip


@transaction.atomic
def change_operation(
    *, by, operation: Operation, version: int | None, entities: dict[str, int | None] | None = None, **settings
) -> Operation:
    """Change settings of an operation. Figures and rules of data quality follow at once.

    Args:
        by: a coordinator or a system administrator.
        operation: which one.
        version: version that the form was opened with; None writes without comparing.
        entities: number by code of `SET_HERE`, None for "not set"; codes that are not named stay.
        settings: any of `SETTINGS`.

    Raises:
        NotAllowedHere: `by` lacks the right.
        StaleRecord: somebody changed the operation in between.
        ValidationError: wrong values, as messages by field name.
    """
    if unknown := set(settings) - set(SETTINGS):
        raise ValueError(f"no such settings: {', '.join(sorted(unknown))}")
    row = _locked(by, operation, version)
    began = row.start
    numbers = _merged(row.entities, entities or {})
    changed = [name for name in SETTINGS if name in settings and getattr(row, name) != settings[name]]
    changed += ["entities"] if numbers != row.entities else []
    if not changed:
        return row
    for name in changed:
        setattr(row, name, numbers if name == "entities" else settings[name])
    row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name not in settings])
    if faults := _setting_faults(row) | (_start_faults(row, before=began) if "start" in changed else {}):
        raise ValidationError(faults)
    row.version += 1
    row.save(update_fields=[*changed, "version"])
    note_deed(deed=Deed.CHANGED, kind=KIND, reference=row.code, by=by, fields=sorted(changed))
    return row


def _locked(by, operation: Operation, version: int | None) -> Operation:
    if by is not None and not by.can(Permission.MANAGE_OPERATIONS):
        raise NotAllowedHere(_("Operations are kept by the coordination and by system administrators."))
    return lock_version(Operation.objects.all(), operation.pk, version)


def _extension_faults(operation: Operation, extension: OperationExtension) -> dict:
    faults, decided, end = {}, extension.decided_on, extension.end
    if decided is None:
        faults["decided_on"] = _("Please enter the day of the decision.")
    elif decided > today():
        faults["decided_on"] = _("%(day)s has not come yet. An extension is noted when it has been decided.") % {
            "day": _written(decided)
        }
    elif decided < operation.start:
        faults["decided_on"] = _("The decision cannot lie before %(day)s, the start of the operation.") % {
            "day": _written(operation.start)
        }
    before = operation.end_on(decided or today())
    if end is None:
        faults["end"] = _("Please enter the new last day.")
    elif end <= before:
        faults["end"] = _("At that time the end was %(before)s already. An extension ends later.") % {
            "before": _written(before)
        }
    elif end.year > before.year + LONGEST_YEARS:
        faults["end"] = _("%(day)s is too far ahead. Please check the year.") % {"day": _written(end)}
    return faults


def _merged(stored: dict, given: dict[str, int | None]) -> dict:
    """Return the numbers of projects with those that are given now; a number that is None is taken out."""
    faults = {}
    for code, number in given.items():
        if code not in SET_HERE:
            raise ValueError(f"no number that is set here: {code}")
        if number is not None and (type(number) is not int or not 0 <= number <= MOST):
            faults[code] = _("Please enter a whole number from 0 to %(most)s.") % {"most": MOST}
    if faults:
        raise ValidationError(faults)
    merged = stored | given
    return {code: number for code, number in sorted(merged.items()) if number is not None}


def _setting_faults(row: Operation) -> dict:
    faults = {}
    if not row.name.strip():
        faults["name"] = _("Please enter the name.")
    if row.first_planned_end <= row.start:
        faults["first_planned_end"] = _("The end lies after %(day)s, the start.") % {"day": _written(row.start)}
    elif row.first_planned_end.year > row.start.year + LONGEST_YEARS:
        faults["first_planned_end"] = _("%(day)s is too far ahead. Please check the year.") % {
            "day": _written(row.first_planned_end)
        }
    if row.rules not in FundingPeriod.values:
        faults["rules"] = _("Please choose the funding period.")
    if not 1 <= row.small_contact_hours <= MOST_HOURS:
        faults["small_contact_hours"] = _("Please enter a number of hours from 1 to %(most)s.") % {"most": MOST_HOURS}
    if row.extensions.filter(decided_on__lt=row.start).exists():
        faults["start"] = _("An extension was decided before that day. Please check the start.")
    return faults


def _start_faults(row: Operation, *, before: date) -> dict:
    """Refuse a later start that would put days behind it on which work was done. It tells no day of anybody."""
    if before <= today() < row.start:
        return {"start": _("The operation has begun. Please enter a day until %(day)s.") % {"day": _written(today())}}
    if row.start > before and work_between(row.pk, before, row.start - timedelta(days=1)):
        return {"start": _("Somebody entered before that day already. Please check the start.")}
    return {}


def _written(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
