"""Ways from one selection of data quality to another, each with its number."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reporting.quality.checking import Hit
from reporting.quality.facets import Facet
from reporting.quality.inquiry import BLOCKING, DECIDING, MINE, SHARED, TEAM, Inquiry, entry_label
from resque.accounts.models import Partner


@dataclass(frozen=True)
class Way:
    """A selection with its words.

    Attributes:
        key: short name.
        label: words.
        inquiry: the filters that keep it.
        note: words beside the label.
        count: records or hits in it; None: not counted.
        current: whether it is what the page shows.
    """

    key: str
    label: str | Promise
    inquiry: Inquiry
    note: str = ""
    count: int | None = None
    current: bool = False

    @property
    def url(self) -> str:
        """Its address, relative to the page."""
        return self.inquiry.query() or "?"


def shortcuts(inquiry: Inquiry, facets: Iterable[Facet], partners: dict[int, Partner]) -> list[Way]:
    """Return the tabs of the page: whose cases for workers, partners for the coordinator, with their records."""
    if inquiry.user.people_partner_id is None:
        return _by_partner(inquiry, facets, partners)
    counts = _sums((facet.whose, facet) for facet in facets if inquiry.entry in ("", facet.entry))
    words = {"": _("All"), MINE: _("My cases"), TEAM: _("Cases of colleagues"), SHARED: _("Shared with us")}
    return [
        Way(key or "all", label, inquiry.changed(whose=key), "", sum(counts.values()) if not key else counts.get(key, 0),
            inquiry.whose == key)
        for key, label in words.items()
        if key != SHARED or counts.get(SHARED) or inquiry.whose == SHARED
    ]  # fmt: skip


def _by_partner(inquiry: Inquiry, facets: Iterable[Facet], partners: dict[int, Partner]) -> list[Way]:
    counts = _sums((facet.partner, facet) for facet in facets if inquiry.entry in ("", facet.entry))
    chosen = inquiry.partner.pk if inquiry.partner else None
    ways = [Way("all", _("All partners"), inquiry.changed(partner=None), "", sum(counts.values()), chosen is None)]
    ways += [
        Way(partner.code, partner.short_name, inquiry.changed(partner=partner), "", counts.get(key, 0), chosen == key)
        for key, partner in partners.items()
        if key in counts or chosen == key
    ]
    return ways


def narrowing(inquiry: Inquiry, facets: Iterable[Facet], partners: dict[int, Partner]) -> list[Way]:
    """Return how a selection that is too large for a page can be narrowed, each way with its records."""
    facets = list(facets)
    ways = []
    if inquiry.user.people_partner_id is None and inquiry.partner is None:
        ways += [way for way in _by_partner(inquiry, facets, partners) if way.key != "all"]
    if inquiry.user.people_partner_id is not None and inquiry.whose != MINE:
        own = sum(facet.records for facet in facets if facet.whose == MINE)
        ways += [Way(MINE, _("My cases"), inquiry.changed(whose=MINE), "", own)]
    if not inquiry.entry:
        ways += entries(inquiry, facets)
    return ways


def entries(inquiry: Inquiry, facets: Iterable[Facet]) -> list[Way]:
    """Return the half-years of entry of some records, newest first, each with its records."""
    counts = _sums((facet.entry, facet) for facet in facets)
    return [
        Way(code, entry_label(code), inquiry.changed(entry=code), "", counts[code], inquiry.entry == code)
        for code in sorted(counts, reverse=True)
    ]


def severities(inquiry: Inquiry, hits: list[Hit]) -> list[Way]:
    """Return the choice between hits that block and those that somebody must decide, with their numbers."""
    blocking = sum(hit.rule.blocks for hit in hits)
    words = [("", _("All hits"), len(hits)), (BLOCKING, _("blocks the report"), blocking),
             (DECIDING, _("to decide"), len(hits) - blocking)]  # fmt: skip
    return [
        Way(key or "all", label, inquiry.changed(severity=key), "", count, inquiry.severity == key)
        for key, label, count in words
    ]


def _sums(pairs: Iterable[tuple]) -> dict:
    sums: dict = {}
    for key, facet in pairs:
        sums[key] = sums.get(key, 0) + facet.records
    return sums
