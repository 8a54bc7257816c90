"""The list behind a number of the indicators: as many rows as the number says, each with the facts of the formula."""

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from reporting.indicators.counting import refusals
from reporting.indicators.listed import REFUSED, Listing
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
    if listing.what.code == REFUSED:
        return _refusals(listing, number)
    people = listing.people()  # reads code lists, which the figures role cannot
    with figures_role():
        page = Paginator(people, ROWS).get_page(number)
        found = list(page.object_list)
    cases = visible_cases(listing.asked.user, [key for row in found for key in row["cases"]])
    reasons = facts_of(listing, cases)
    return {"rows": [row_of(row["cases"], cases, reasons) for row in found]} | _context(listing, page)


def _refusals(listing: Listing, number: str | None) -> dict:
    """People without a record: a refusal is a day, and nobody can say whose it was."""
    refused = refusals(listing.asked.basis).filter(day__lte=listing.asked.until).order_by("-day", "pk")
    with figures_role():
        page = Paginator(refused, ROWS).get_page(number)
        found = list(page.object_list)
    partners = Partner.objects.in_bulk({one.partner_id for one in found})
    rows = [
        Row(
            cases=[Case("", _("without a record"), partners[one.partner_id].short_name)], entry=None, exit=None,
            reasons=[_("refused on %(day)s to be asked") % {"day": day(one.day)}],
        )
        for one in found
    ]  # fmt: skip
    return {"rows": rows} | _context(listing, page)


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
