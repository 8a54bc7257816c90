"""The records behind a difference to a report: who left the value since, who joined it, and what happened to them."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator

from participants.models import Participation
from reporting.models import KeptReport
from reporting.queries.indicators import HEADS
from reporting.queries.submission_lines import words_of
from reporting.submissions.access import basis_of
from reporting.submissions.causes import causes
from reporting.submissions.changes import moved
from reporting.submissions.content import content_of, is_special
from reporting.submissions.reported import records_of, reported_values

ROWS = 50


@dataclass(frozen=True)
class Moved:
    """One record that left a value or joined it.

    Attributes:
        reference: its number.
        joined: whether it counts now; else it was reported and counts no longer.
        cause: what happened to it since the report.
        partner: who keeps the case; "" where the record is gone.
    """

    reference: str
    joined: bool
    cause: str
    partner: str = ""


def moves_page(user, report: KeptReport, code: str, until: date, sex: str, number: str | None) -> dict:
    """Return the records by which a value of today differs from the reported one: joined less left is the difference.

    Args:
        user: the reader.
        report: the report.
        code: which value.
        until: reference date of today's value; that of the report, or a later one for the value of a period.
        sex: only this sex; "" all.
        number: page of the address.
    """
    basis = basis_of(report)
    content = content_of(basis, until)
    left, joined = moved(code, records_of([report])[report.pk], content.records, sex)
    everything = [(one, False) for one in left] + [(one, True) for one in joined]
    page = Paginator(everything, ROWS).get_page(number)
    shown = [one for one, _joined in page.object_list]
    why = causes(basis, {report: shown})[report.pk]
    visible = {
        one.reference: one
        for one in Participation.objects.visible_to(user).filter(reference__in=shown).select_related("partner")
    }
    told, now = reported_values([report])[report.pk][code], content.values[code]
    return {
        "report": report,
        **words_of(code),
        "until": until,
        "in_period": until != report.until,
        "sex": HEADS[sex] if sex else "",
        "told": getattr(told, sex or "total"),
        "now": getattr(now, sex or "total"),
        "difference": getattr(now, sex or "total") - getattr(told, sex or "total"),
        "left": len(left),
        "joined": len(joined),
        "is_special": is_special(code),
        "page": page,
        "rows": [
            Moved(one, is_joined, why[one], visible[one].partner.short_name if one in visible else "")
            for one, is_joined in page.object_list
        ],
    }  # fmt: skip
