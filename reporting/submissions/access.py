"""The door to kept reports. What does not exist and what is not for the reader fail alike, with 404."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404

from participants.choices import Sex
from reporting.access import usual_question
from reporting.indicators.asked import Asked, days_of
from reporting.indicators.facts import Basis
from reporting.models import KeptReport
from reporting.submissions.content import codes_of, is_special
from resque.accounts.roles import Permission
from resque.audit.models import Deed
from resque.audit.operations import note_deed, note_deeds


def get_submission(user, reference: str) -> KeptReport:
    """Return a kept report.

    Raises:
        Http404: there is none, or it is not for this reader.
    """
    rows = KeptReport.objects.visible_to(user).select_related("operation", "kept_by")
    found = rows.filter(reference=reference).first() if user.can(Permission.VIEW_FIGURES) else None
    if found is None:
        raise Http404
    return found


def basis_of(report: KeptReport) -> Basis:
    """Return whose records a report counted, by which rules."""
    return Basis(report.operation, report.rules)


def network_question(user, query: Mapping[str, str]) -> Asked:
    """Return the question of an address for all partners, at the usual reference date.

    Raises:
        Http404: a word means nothing.
    """
    return usual_question(user, {name: query.get(name, "") for name in ("operation", "rules")})


def get_moved(report: KeptReport, code: str, query: Mapping[str, str]) -> tuple[date, str]:
    """Return day and sex of the comparison that an address names: today's value up to `date`, of `sex`.

    Args:
        report: what is compared.
        code: code of a value.
        query: parameters `date` (empty: the day of the report) and `sex` (empty: all).

    Raises:
        Http404: a word means nothing, or the day lies before the report.
    """
    try:
        until, _since = days_of({"date": query.get("date", "")}, report.until)
    except ValidationError as fault:
        raise Http404 from fault
    sex = query.get("sex", "")
    if code not in codes_of(report.rules) or until < report.until or sex not in ("", *Sex.values):
        raise Http404
    return until, sex


def note_special(user, references: Iterable[str], code: str) -> None:
    """Write down that the numbers of these records were shown as those of people who gave a special answer."""
    if is_special(code):
        note_deeds(deed=Deed.OPENED_SPECIAL, kind="participation", references=references, by=user, figure=code)


def get_kind(kind: str, kinds: Mapping[str, object]) -> object:
    """Return the kind of file that an address names.

    Raises:
        Http404: there is none.
    """
    if kind not in kinds:
        raise Http404
    return kinds[kind]


def note_file(user, report: KeptReport, kind: str) -> None:
    """Write down that the values of a report were taken away as a file."""
    note_deed(deed=Deed.EXPORTED, kind="submission", reference=report.reference, by=user, format=kind)
