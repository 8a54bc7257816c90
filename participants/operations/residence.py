"""The dated histories of a person: residence status and place of residence, row by row.

A row holds until the next one begins. Reports ask for the row of the day of entry, the daily work for the row of
today; so a change is a new row, and correcting a row is for slips only.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.access import KIND
from participants.models import Participation, Person, Residence, ResidenceStatus
from participants.operations.circumstances import PLACE_KEYS, REFUGE, STATUS_KEYS, forget_addresses, row_at_entry
from participants.operations.parts import faults_of
from participants.proposals import municipality_choices, with_proposals
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.codelists.queries import require_code
from resque.locking import lock_version

EARLIEST = date(1900, 1, 1)
DAYS_AHEAD = 366  # a permit may be granted from a later day on, a move may be planned
SHORT_ANSWERS = ("e_work_access", "degurba", "e_rural")  # follow from the row of the day of entry


@dataclass(frozen=True)
class History:
    """One kind of dated rows.

    Attributes:
        model: ResidenceStatus or Residence.
        fields: what a row says, beside the day it holds from.
        lists: code list by field.
        keys: names of the entry answers that the row of the day of entry gives -> field.
        audited: how the audit log calls a change.
    """

    model: type[models.Model]
    fields: tuple[str, ...]
    lists: dict[str, str]
    keys: dict[str, str]
    audited: str


HISTORIES = {
    "status": History(
        ResidenceStatus, ("status", "printed_until", "clause", "wording", "seen_on"),
        {"status": "residence_status", "clause": "work_note_on_document"}, STATUS_KEYS, "residence_status",
    ),
    "place": History(
        Residence, ("accommodation", "municipality"), {"accommodation": "accommodation"}, PLACE_KEYS, "residence"
    ),
}  # fmt: skip


@transaction.atomic
def add_row(*, by, participation: Participation, history: str, valid_from: date, **said) -> models.Model:
    """Add what holds from a day on; the row before it ends the day before by itself.

    Living in a women's refuge is stored without a municipality, and postal addresses of the person are removed.

    Args:
        by: the acting account; None inside `acting_as_system`.
        participation: through which the person is reached.
        history: "status" or "place".
        valid_from: first day, not before the birth and at most a year ahead.
        said: fields of the row (`HISTORIES`); a status needs its code, a place one of its two answers.

    Raises:
        ValidationError: wrong values or days, as messages by field name.
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    return _add(by, _owned(by, participation, None), history, {"valid_from": valid_from, **said})


@transaction.atomic
def add_rows(*, by, participation: Participation, rows: dict[str, dict]) -> None:
    """Add a row to several histories, all or none.

    Args:
        by, participation: as in `add_row`.
        rows: what a row says, `valid_from` included, by history.

    Raises:
        ValidationError: of the first history with faults, by "history-field".
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    participation = _owned(by, participation, None)
    for history, said in rows.items():
        with faults_of(history):
            _add(by, participation, history, said)


def _add(by, participation: Participation, history: str, said: dict) -> models.Model:
    kind, row = HISTORIES[history], HISTORIES[history].model(person_id=participation.person_id)
    _set(kind, row, said)
    _check(kind, row, participation.person)
    _store(by, participation, kind, row.save, changed=[name for name in said if said[name]])
    _keep_refuge_secret(by, participation, row)
    return row


@transaction.atomic
def correct_row(
    *, by, participation: Participation, history: str, row: int, version: int | None, valid_from: date, **said
) -> models.Model:
    """Correct a row that was noted wrongly. The change history keeps what it said before.

    Args:
        by, participation, history, valid_from, said: as in `add_row`; a field that is not named stays.
        row: key of the row.
        version: version of the participation that the form showed; None writes without comparing.

    Raises:
        ValidationError: wrong values or days, or the row is gone, as messages by field name.
        StaleRecord: somebody saved the participation since `version`.
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    participation = _owned(by, participation, version)
    kind = HISTORIES[history]
    stored = kind.model.objects.filter(person_id=participation.person_id, pk=row).first()
    if stored is None:
        raise ValidationError(_("This row is not there any more. Please open the page again."))
    changed = _set(kind, stored, {"valid_from": valid_from, **said})
    if not changed:
        return stored
    _check(kind, stored, participation.person, moved="valid_from" in changed)
    _store(by, participation, kind, stored.save, changed=changed)
    if "accommodation" in changed:
        _keep_refuge_secret(by, participation, stored)
    return stored


@transaction.atomic
def remove_row(*, by, participation: Participation, history: str, row: int) -> None:
    """Remove a row that should never have been there; one that is already gone is no fault.

    Raises:
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    participation = _owned(by, participation, None)
    kind = HISTORIES[history]
    stored = kind.model.objects.filter(person_id=participation.person_id, pk=row).first()
    if stored is not None:
        _store(by, participation, kind, stored.delete, changed=["removed"])


def _owned(by, participation: Participation, version: int | None) -> Participation:
    rows = Participation.objects.all() if by is None else Participation.objects.editable_by(by)
    return lock_version(rows, participation.pk, version)


def _set(kind: History, row: models.Model, given: dict) -> list[str]:
    if unknown := given.keys() - {"valid_from", *kind.fields}:
        raise ValueError(f"no such fields: {', '.join(sorted(unknown))}")
    if given.get("accommodation") == REFUGE:
        given |= {"municipality": ""}
    given = {name: _empty(row, name) if value in ("", None) else value for name, value in given.items()}
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, given[name])
    return changed


def _empty(row: models.Model, name: str) -> str | None:
    return "" if isinstance(row._meta.get_field(name), models.CharField) else None


def _check(kind: History, row: models.Model, person: Person, *, moved: bool = True) -> None:
    faults = _code_faults(kind, row) | _day_faults(row, person)
    if kind.model is Residence and not (row.accommodation or row.municipality):
        faults["accommodation"] = _("Please say how or where the person lives; one of both is enough.")
    if moved and "valid_from" not in faults and _taken(kind, row):
        faults["valid_from"] = _("Something else is noted from this day on. Please correct that row instead.")
    if faults:
        raise ValidationError(faults)
    row.clean_fields(exclude=["person"])


def _code_faults(kind: History, row: models.Model) -> dict:
    faults = {}
    for name, code_list in kind.lists.items():
        try:
            if code := str(getattr(row, name)):
                require_code(code_list, code)
        except ValidationError as fault:
            faults[name] = fault
    if kind.model is ResidenceStatus and not row.status:
        faults["status"] = _("Please choose the status. “Unclear” is allowed.")
    if kind.model is Residence and row.municipality and row.municipality not in dict(municipality_choices()):
        faults["municipality"] = _("This is no municipality that can be chosen. Leave it open when it is not known.")
    return faults


def _day_faults(row: models.Model, person: Person) -> dict:
    first = person.birth_date or EARLIEST
    faults, latest = {}, today() + timedelta(days=DAYS_AHEAD)
    if row.valid_from is None:
        faults["valid_from"] = _("Please enter the day from which this holds.")
    elif row.valid_from > latest:
        faults["valid_from"] = _("%(day)s is too far ahead. Please enter a day until %(latest)s.") % {
            "day": _written(row.valid_from), "latest": _written(latest),
        }  # fmt: skip
    elif row.valid_from < first:
        faults["valid_from"] = _("%(day)s lies before %(first)s, the birth. Please correct one of both.") % {
            "day": _written(row.valid_from), "first": _written(first),
        } if first != EARLIEST else _("Please enter a day from 1900 on.")  # fmt: skip
    until, seen = getattr(row, "printed_until", None), getattr(row, "seen_on", None)
    if until and row.valid_from and until < row.valid_from:
        faults["printed_until"] = _("The document cannot end before %(day)s, the day from which it is valid.") % {
            "day": _written(row.valid_from)
        }
    if seen and seen > today():
        faults["seen_on"] = _("%(day)s has not come yet. Please enter the day on which you saw the document.") % {
            "day": _written(seen)
        }
    return faults


def _written(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _taken(kind: History, row: models.Model) -> bool:
    others = kind.model.objects.filter(person_id=row.person_id, valid_from=row.valid_from).exclude(pk=row.pk)
    return others.exists()


def _store(by, participation: Participation, kind: History, write, *, changed: list[str]) -> None:
    """Write, let the short answers of the entry follow, and make forms stale that show the old answers."""
    before = _at_entry(kind, participation)
    write()
    after = _at_entry(kind, participation)
    if before != after:
        _follow(participation, before, after)
    participation.version += 1
    participation.save()
    note_deed(
        deed=Deed.CHANGED, kind=KIND, reference=participation.reference, by=by, fields=[kind.audited],
        parts=sorted(changed),
    )  # fmt: skip


def _follow(participation: Participation, before: dict, after: dict) -> None:
    """Let short answers that are open, or followed from the old row of the entry, follow from the new one."""
    short = {name: getattr(participation, name) for name in SHORT_ANSWERS}
    followed = with_proposals({**before, **dict.fromkeys(SHORT_ANSWERS)}, before={}, nationality="")
    follows = with_proposals({**after, **short}, before={**before, **short}, nationality="")
    for name in SHORT_ANSWERS:
        if short[name] in ("", None, followed[name]):
            setattr(participation, name, follows[name])


def _at_entry(kind: History, participation: Participation) -> dict:
    row = row_at_entry(kind.model, participation)
    return {key: (getattr(row, field) if row else "") or "" for key, field in kind.keys.items()}


def _keep_refuge_secret(by, participation: Participation, row: models.Model) -> None:
    if getattr(row, "accommodation", "") == REFUGE and forget_addresses(participation):
        note_deed(deed=Deed.CHANGED, kind=KIND, reference=participation.reference, by=by, fields=["contacts"])
