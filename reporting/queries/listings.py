"""The list behind a number of the indicators: as many rows as the number says, each with the facts of the formula."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from participants.models import AnonymousRefusal
from reporting.indicators.listed import Listing
from reporting.links import indicators_url
from reporting.queries.indicator_reasons import facts_of
from reporting.queries.indicators import HEADS
from reporting.queries.people import ROWS, Case, Row, row_of, visible_cases
from reporting.sql import figures_role
from resque.accounts.models import Partner
from resque.ui.tags.numbers import day


def listing_page(listing: Listing, number: str | None) -> dict:
    """Return one page of the people behind a number.

    Args:
        listing: what is shown.
        number: page of the address; whatever it is not leads to the nearest page.
    """
    people, refused = listing.people(), listing.refusals()  # read code lists, which the figures role cannot
    with figures_role():
        page = Paginator(Joined(people, refused), ROWS).get_page(number)
        found = list(page.object_list)
    without_record = [row for row in found if isinstance(row, AnonymousRefusal)]
    keys = [row["cases"] for row in found if isinstance(row, dict)]
    cases = visible_cases(listing.asked.user, [key for row in keys for key in row])
    reasons = facts_of(listing, cases)
    rows = [row_of(row, cases, reasons) for row in keys] + _refusals(without_record)
    return {"rows": rows} | _context(listing, page)


class Joined:
    """Two querysets, one after the other, as a paginator reads them."""

    def __init__(self, first: QuerySet, second: QuerySet):
        self.first, self.second = first, second
        self.size = 0

    def count(self) -> int:
        """Return how many rows both have."""
        self.size = self.first.count()
        return self.size + self.second.count()

    def __getitem__(self, rows: slice) -> list:
        """Return the rows of a page; the paginator has counted before."""
        found = list(self.first[rows])
        start, stop = (max(edge - self.size, 0) for edge in (rows.start, rows.stop))
        return found + (list(self.second[start:stop]) if stop else [])


def _refusals(refused: list[AnonymousRefusal]) -> list[Row]:
    """People without a record: a refusal is a day, and nobody can say whose it was."""
    partners = Partner.objects.in_bulk({one.partner_id for one in refused}) if refused else {}
    return [
        Row(
            cases=[Case("", _("without a record"), partners[one.partner_id].short_name)], entry=None, exit=None,
            reasons=[_("refused on %(day)s to be asked") % {"day": day(one.day)}],
        )
        for one in refused
    ]  # fmt: skip


def references_of(rows: list[Row]) -> list[str]:
    """Return the numbers of the records that a page shows."""
    return [case.reference for row in rows for case in row.cases if case.reference]


def _context(listing: Listing, page: Page) -> dict:
    asked, what = listing.asked, listing.what
    return {
        "page": page,
        "asked": asked,
        "words": {"code": what.anchor, "label": what.title, "definition": what.definition, "source": what.source},
        "sex": HEADS[listing.sex] if listing.sex else "",
        "in_period": listing.in_period,
        "is_special": what.is_special,
        "back_url": indicators_url(asked),
        "names": asked.user.people_partner_id is not None,
    }
