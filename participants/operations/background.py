"""What a person brought along: languages, schooling, work, credentials, row by row.

Every row has a version of its own, so that two colleagues who correct different rows do not meet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.access import KIND
from participants.countries import require_country
from participants.languages import require_language
from participants.models import (
    Credential,
    LanguageAssessment,
    Participation,
    Schooling,
    WorkExperience,
)
from participants.models.schooling import MOST_YEARS
from participants.names import tidy
from participants.operations.parts import faults_of
from participants.sheets.texts import GERMAN
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.codelists.queries import require_code
from resque.locking import lock_version

SKILLS = ("overall", "listening", "reading", "speaking", "writing")
CERTIFICATE = "ZERT"  # code list language_evidence: the only evidence that may count as a qualification
TESTED = frozenset(("A1", "A2", "B1", "B2", "C1", "C2"))  # levels that a certificate can state
MOTHER_TONGUE = "MUT"
EARLIEST_YEAR = 1900
Faults = dict[str, str | ValidationError]


@dataclass(frozen=True)
class Kind:
    """One kind of rows.

    Attributes:
        model: where they stand.
        fields: what a row says.
        lists: code list by field.
        required: sentence by field that may not be empty.
        check: finds what else is wrong; gets the row and the birth date of the person.
        audited: how the audit log calls a change.
    """

    model: type[models.Model]
    fields: tuple[str, ...]
    lists: dict[str, str]
    required: dict[str, str | Promise]
    check: Callable[[models.Model, date | None], Faults]
    audited: str


def _language_faults(row: LanguageAssessment, born: date | None) -> Faults:
    faults = _day_faults("assessed_on", row.assessed_on, born)
    levels = [getattr(row, skill) for skill in SKILLS]
    if not any((*levels, row.literacy)):
        faults["overall"] = _("Please choose a level. “Not assessed” is allowed.")
    if MOTHER_TONGUE in levels[1:]:
        faults["overall"] = _("Please enter a first language as the level, not as a single skill.")
    if row.evidence == CERTIFICATE and row.overall not in TESTED:
        faults["overall"] = _("A certificate states a level from A1 to C2. Please choose it, or another evidence.")
    if row.evidence == CERTIFICATE and not row.exam:
        faults["exam"] = _("Please choose which certificate you saw.")
    if row.exam and row.evidence != CERTIFICATE:
        faults["exam"] = _("This belongs to a certificate. Please choose that evidence, or leave this open.")
    return faults


def _schooling_faults(row: Schooling, born: date | None) -> Faults:
    faults = _year_faults(row, ("from_year", "until_year"), born)
    if row.years is not None and row.years > MOST_YEARS:
        faults["years"] = _("Please enter a number up to %(most)s.") % {"most": MOST_YEARS}
    return faults


def _work_faults(row: WorkExperience, born: date | None) -> Faults:
    return _year_faults(row, ("from_year", "until_year"), born)


def _credential_faults(row: Credential, born: date | None) -> Faults:
    faults = _year_faults(row, ("year",), born)
    return faults | (_day_faults("seen_on", row.seen_on, None) if row.seen_on else {})


def _day_faults(name: str, day: date | None, born: date | None) -> Faults:
    if day is None:
        return {}
    shown = {"day": date_format(day, "SHORT_DATE_FORMAT")}
    if day > today():
        return {name: _("%(day)s has not come yet. Please enter a day until today.") % shown}
    if day < (born or date(EARLIEST_YEAR, 1, 1)):
        return {name: _("%(day)s lies too far back. Please enter a later day.") % shown}
    return {}


def _year_faults(row: models.Model, names: tuple[str, ...], born: date | None) -> Faults:
    first, last = born.year if born else EARLIEST_YEAR, today().year
    span = {"first": first, "last": last}
    faults = {
        name: _("Please enter a year between %(first)s and %(last)s.") % span
        for name in names
        if (year := getattr(row, name)) is not None and not first <= year <= last
    }
    years = [getattr(row, name) for name in names]
    if not faults and len(years) == 2 and None not in years and years[1] < years[0]:
        faults[names[1]] = _("The last year cannot lie before the first one.")
    return faults


KINDS = {
    "language": Kind(
        LanguageAssessment, ("language", "assessed_on", "evidence", *SKILLS, "literacy", "exam"),
        {"evidence": "language_evidence", "literacy": "literacy", **dict.fromkeys(SKILLS, "cefr")},
        {
            "language": gettext_lazy("Please choose the language."),
            "assessed_on": gettext_lazy("Please enter the day from which the level is known."),
            "evidence": gettext_lazy("Please say how the level is known."),
        },
        _language_faults, "language",
    ),
    "schooling": Kind(
        Schooling, ("certificate", "country", "years", "university", "from_year", "until_year"),
        {"certificate": "education_isced"},
        {"certificate": gettext_lazy("Please choose the certificate; “no schooling” is one of the answers.")},
        _schooling_faults, "schooling",
    ),
    "work": Kind(
        WorkExperience, ("occupation", "kind", "country", "from_year", "until_year", "tasks"), {},
        {"occupation": gettext_lazy("Please enter the occupation.")},
        _work_faults, "work_experience",
    ),
    "credential": Kind(
        Credential, ("title", "route", "country", "year", "paper", "seen_on", "remark"),
        {"route": "recognition_kind"},
        {"title": gettext_lazy("Please enter what the certificate is called.")},
        _credential_faults, "credential",
    ),
}  # fmt: skip
_CHECKS = {"country": require_country}


@transaction.atomic
def add_entry(*, by, participation: Participation, of: str, **said) -> models.Model:
    """Add a row.

    Args:
        by: the acting account; None inside `acting_as_system`.
        participation: through which the person is reached.
        of: key of KINDS.
        said: fields of the row; what is not named stays empty.

    Raises:
        ValidationError: wrong values, as messages by field name.
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    return _add(by, _owned(by, participation), of, said)


@transaction.atomic
def add_entries(*, by, participation: Participation, entries: dict[str, dict]) -> None:
    """Add a row of several kinds, all or none.

    Args:
        by, participation: as in `add_entry`.
        entries: fields of the row by key of KINDS.

    Raises:
        ValidationError: of the first kind with faults, by "kind-field".
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    participation = _owned(by, participation)
    for of, said in entries.items():
        with faults_of(of):
            _add(by, participation, of, said)


def _add(by, participation: Participation, of: str, said: dict) -> models.Model:
    known = KINDS[of]
    row = known.model(person_id=participation.person_id)
    _set(known, row, said)
    _check(known, row, participation.person.birth_date)
    row.save(force_insert=True)
    _note(by, participation, known)
    return row


@transaction.atomic
def correct_entry(*, by, participation: Participation, of: str, row: int, version: int | None, **said) -> models.Model:
    """Correct a row; the change history keeps what it said before. Nothing is written when nothing changes.

    Args:
        by, participation, of, said: as in `add_entry`; a field that is not named stays as it is.
        row: key of the row.
        version: version of the row that the form showed; None writes without comparing.

    Raises:
        ValidationError: wrong values, or the row is gone.
        StaleRecord: somebody saved the row since `version`.
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    participation, known = _owned(by, participation), KINDS[of]
    try:
        stored = lock_version(known.model.objects.filter(person_id=participation.person_id), row, version)
    except known.model.DoesNotExist:
        raise ValidationError(_("This row is not there any more. Please open the page again.")) from None
    if _set(known, stored, said):
        _check(known, stored, participation.person.birth_date)
        stored.version += 1
        stored.save()
        _note(by, participation, known)
    return stored


@transaction.atomic
def remove_entry(*, by, participation: Participation, of: str, row: int) -> None:
    """Remove a row that should not be there; one that is already gone is no fault.

    Raises:
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    participation, known = _owned(by, participation), KINDS[of]
    if known.model.objects.filter(person_id=participation.person_id, pk=row).delete()[0]:
        _note(by, participation, known)


def _owned(by, participation: Participation) -> Participation:
    """Lock the case: two rows of the same day must queue up."""
    rows = Participation.objects.all() if by is None else Participation.objects.editable_by(by)
    return rows.select_for_update(of=("self",)).get(pk=participation.pk)


def _set(kind: Kind, row: models.Model, said: dict) -> list[str]:
    if unknown := said.keys() - set(kind.fields):
        raise ValueError(f"no such fields: {', '.join(sorted(unknown))}")
    changed = []
    for name, value in said.items():
        column = row._meta.get_field(name)
        if isinstance(column, models.CharField):
            value = tidy(value or "")
        elif value == "":
            value = None
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.append(name)
    return changed


def _check(kind: Kind, row: models.Model, born: date | None) -> None:
    faults: Faults = {name: text for name, text in kind.required.items() if getattr(row, name) in ("", None)}
    for name in kind.fields:
        check = _CHECKS.get(name)
        if name in kind.lists:
            faults |= _code_fault(name, row, lambda code, name=name: require_code(kind.lists[name], code))
        elif name == "language":
            faults |= _code_fault(name, row, lambda code: code if code == GERMAN else require_language(code))
        elif check:
            faults |= _code_fault(name, row, check)
    try:
        row.clean_fields(exclude=["person", *faults])
    except ValidationError as fault:
        faults |= fault.error_dict
    if not faults:
        faults = kind.check(row, born) or _twice(kind, row)
    if faults:
        raise ValidationError(faults)


def _code_fault(name: str, row: models.Model, check: Callable[[str], str]) -> Faults:
    try:
        if code := str(getattr(row, name)):
            check(code)
    except ValidationError as fault:
        return {name: fault}
    return {}


def _twice(kind: Kind, row: models.Model) -> Faults:
    if kind.model is not LanguageAssessment:
        return {}
    same = {name: getattr(row, name) for name in ("person_id", "language", "assessed_on", "evidence")}
    if LanguageAssessment.objects.filter(**same).exclude(pk=row.pk).exists():
        return {"assessed_on": _("This language is noted for this day already. Please correct that row instead.")}
    return {}


def _note(by, participation: Participation, kind: Kind) -> None:
    note_deed(deed=Deed.CHANGED, kind=KIND, reference=participation.reference, by=by, fields=[kind.audited])
