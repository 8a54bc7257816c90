"""Reading kept reports: which one counts for a day, what it says, and under what it counted a record."""

from collections.abc import Iterable
from datetime import date

from participants.models import Operation, Participation
from reporting.indicators.facts import Basis
from reporting.models import KeptRecord, KeptReport, KeptValue, Revision
from reporting.submissions.content import ERRORS, Counted, Value
from resque.clock import today

# Names that the rules of data quality give to results (participants/rules/leaving.py): those of 2014.
CLAIMS = {
    **{code: code for code in ("CR01", "CR02", "CR04", "CR06", "CR07", "CR08")},
    "EECR01": "CR01", "EECR02": "CR02", "EECR04": "CR04", "EECR05": "CR06", "EECR06": "CR07",
}  # fmt: skip


def reports_of(basis: Basis, on: date | None = None) -> list[KeptReport]:
    """Return the report that counts for each reference date, newest date first.

    Args:
        basis: operation and rules.
        on: reports kept after this day are not seen; None: today.
    """
    kept = KeptReport.objects.filter(operation=basis.operation, rules=basis.rules, kept_on__lte=on or today())
    return sorted(kept.newest_of_each_day().select_related("kept_by"), key=lambda one: one.until, reverse=True)


def report_on(basis: Basis, until: date) -> KeptReport | None:
    """Return the report that counts for a reference date, None where none was kept."""
    kept = KeptReport.objects.filter(operation=basis.operation, rules=basis.rules, until=until)
    return kept.filter(kept_on__lte=today()).order_by("-pk").first()


def reported_values(reports: Iterable[KeptReport]) -> dict[int, dict[str, Value]]:
    """Return what each report says, by its key and code."""
    rows = KeptValue.objects.filter(report__in=list(reports)).exclude(code=ERRORS)
    return _by_report(rows.order_by("pk"), "report_id")


def last_told(reports: Iterable[KeptReport]) -> dict[int, dict[str, Value]]:
    """Return what was told last of each report: its values, and revisions that later reports gave a reason for."""
    told = reported_values(reports)
    later = Revision.objects.filter(of__in=list(told), report__kept_on__lte=today()).order_by("pk")
    for key, values in _by_report(later, "of_id").items():
        told[key] |= values
    return told


def _by_report(rows, key: str) -> dict[int, dict[str, Value]]:
    found: dict[int, dict[str, Value]] = {}
    for report, code, *numbers in rows.values_list(key, "code", "m", "f", "nb", "total"):
        found.setdefault(report, {})[code] = Value(*numbers)
    return found


def records_of(reports: Iterable[KeptReport]) -> dict[int, dict[str, Counted]]:
    """Return the records that each report counted, by its key and their number, as Content.records holds them."""
    found: dict[int, dict[str, Counted]] = {one.pk: {} for one in reports}
    rows = KeptRecord.objects.filter(report__in=list(found)).order_by("pk")
    for report, reference, sex, codes in rows.values_list("report_id", "reference", "sex", "codes").iterator(2000):
        found[report].setdefault(reference, Counted(sex)).codes.extend(codes)
    return found


def claims(operation: Operation, on: date) -> dict[str, frozenset[str]]:
    """Return the results under which the last report of an operation counted records, as the rules name them.

    The last report is the one with the latest reference date; of several ones, the newest.

    Args:
        operation: whose reports.
        on: reports kept after this day are not seen.
    """
    kept = KeptReport.objects.filter(operation=operation, kept_on__lte=on).order_by("-until", "-pk")
    rows = KeptRecord.objects.filter(report=kept.values("pk")[:1], special=False, codes__overlap=list(CLAIMS))
    return {reference: _named(codes) for reference, codes in rows.values_list("reference", "codes")}


def rule_facts(participation: Participation, user) -> dict:
    """Return what the rules of the page of a person ask of this floor: results that the last report claims."""
    kept = KeptReport.objects.filter(operation=participation.operation, kept_on__lte=today())
    last = kept.order_by("-until", "-pk").values("pk")[:1]
    rows = KeptRecord.objects.filter(report=last, special=False, reference=participation.reference)
    return {"claimed": next((_named(codes) for codes in rows.values_list("codes", flat=True)), None)}


def _named(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(CLAIMS[code] for code in codes if code in CLAIMS)
