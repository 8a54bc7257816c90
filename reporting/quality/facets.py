"""How many records there are to check, by everything that can narrow them: one query, whatever their number."""

from dataclasses import dataclass

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.db.models.functions import ExtractQuarter, ExtractYear

from participants.querysets import answers_missing
from reporting.quality.inquiry import MINE, NO_ENTRY, SHARED, TEAM, Inquiry
from reporting.quality.records import judged


@dataclass(frozen=True)
class Facet:
    """Records that all narrowing filters treat alike.

    Attributes:
        partner: key of who keeps them.
        whose: MINE, TEAM or SHARED, as the reader sees them.
        entry: half-year of the entry, or NO_ENTRY.
        records: how many.
        complete: those of them that lack no answer which the funder asks.
    """

    partner: int
    whose: str
    entry: str
    records: int
    complete: int

    def lies_in(self, inquiry: Inquiry) -> bool:
        """Return whether the filters of an inquiry keep these records."""
        return (
            (inquiry.partner is None or inquiry.partner.pk == self.partner)
            and inquiry.whose in ("", self.whose)
            and inquiry.entry in ("", self.entry)
        )


def facets_of(inquiry: Inquiry) -> list[Facet]:
    """Count the records of the operation that the reader sees, whatever the filters are."""
    user = inquiry.user
    rows = (
        judged(inquiry.basis, user)
        .order_by()
        .values(
            "partner_id", year=ExtractYear("entry_date"), quarter=ExtractQuarter("entry_date"),
            mine=ExpressionWrapper(Q(referent=user.pk), BooleanField()),
        )
        .annotate(records=Count("pk"), complete=Count("pk", filter=~answers_missing(inquiry.basis.rules)))
    )  # fmt: skip
    return [
        Facet(
            row["partner_id"], _whose(row, user.people_partner_id), _entry(row), row["records"], row["complete"]
        )
        for row in rows
    ]  # fmt: skip


def _whose(row: dict, own: int | None) -> str:
    if row["partner_id"] != own:
        return SHARED
    return MINE if row["mine"] else TEAM


def _entry(row: dict) -> str:
    return f"{row['year']:04}-h{(row['quarter'] + 1) // 2}" if row["year"] else NO_ENTRY
