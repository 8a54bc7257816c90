"""The pages of kept reports: the list, and one report beside what is counted today."""

from types import SimpleNamespace

from django.urls import reverse

from reporting.indicators.asked import Asked
from reporting.indicators.facts import Basis
from reporting.links import indicators_url
from reporting.models import KeptReport, KeptValue, Revision
from reporting.queries.submission_lines import groups_of, heads, rates_of, words_of
from reporting.submissions.access import basis_of
from reporting.submissions.changes import changed_codes, values_today
from reporting.submissions.content import ERRORS, code_lists, formulas
from reporting.submissions.reported import last_told, reported_values, reports_of


def submissions_page(asked: Asked) -> dict:
    """Return every kept report of an operation, newest first, with how many of its values have changed since."""
    kept = KeptReport.objects.visible_to(asked.user).filter(operation=asked.basis.operation)
    rows = list(kept.select_related("kept_by").order_by("-until", "-pk"))
    changed: dict[int, int] = {}
    for rules in sorted({one.rules for one in rows}):
        basis = Basis(asked.basis.operation, rules)
        counting = reports_of(basis)
        found = changed_codes(basis, counting, last_told(counting))
        changed |= {key: len(codes) for key, codes in found.items()}
    totals = KeptValue.objects.filter(report__in=rows, code__in=("COMPLETE", "GRAND_TOTAL"))
    numbers = {(report, code): total for report, code, total in totals.values_list("report_id", "code", "total")}
    return {
        "asked": asked,
        "rows": [
            SimpleNamespace(
                report=one, replaced=one.pk not in changed, changed=changed.get(one.pk, 0),
                complete=numbers[one.pk, "COMPLETE"], grand_total=numbers[one.pk, "GRAND_TOTAL"],
            )
            for one in rows
        ],
        "new_url": reverse("reporting:submission_new") + asked.query(),
    }  # fmt: skip


def submission_page(report: KeptReport, user) -> dict:
    """Return one report: reported then, counted today, the difference, and the reasons given since."""
    basis = basis_of(report)
    counting = reports_of(basis)
    before = next((one for one in counting if one.until < report.until and one.pk < report.pk), None)
    told = reported_values([report, *([before] if before else [])])
    now = values_today(basis, [report.until])[report.until]
    revised = Revision.objects.filter(of=report).select_related("report").order_by("pk")
    made = Revision.objects.filter(report=report).select_related("of").order_by("pk")
    return {
        "report": report,
        "basis": basis,
        "before": before,
        "replaced": next((one for one in counting if one.until == report.until and one.pk > report.pk), None),
        "errors": KeptValue.objects.filter(report=report, code=ERRORS).values_list("total", flat=True).first(),
        "same_formulas": report.formulas == formulas(),
        "same_lists": report.code_lists == code_lists(),
        **heads(report.rules, before),
        "groups": groups_of(report.rules, told[report.pk], told[before.pk] if before else None, now, report, {
            one.code: one.reason for one in revised
        }),
        "rates": rates_of(told[report.pk]),
        "made": [
            words_of(one.code) | {"of": one.of, "total": one.total, "reason": one.reason}
            for one in made
        ],
        "period_url": _period_url(user, report, before),
    }  # fmt: skip


def _period_url(user, report: KeptReport, before: KeptReport | None) -> str:
    since = before.until if before else None
    return indicators_url(Asked(user, basis_of(report), report.until, since))
