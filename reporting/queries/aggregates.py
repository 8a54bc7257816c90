"""Figures for the city: the network as a whole, up to the last half-year that is over, small numbers hidden.

No months, no partners, no choice of a period: figures of parts could be subtracted from each other.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reporting.catalogue import PLACED, RATES, WAYS, figure_of
from reporting.disclosure import HIDDEN, SHOWN, STEP, THRESHOLD, Cell, Sum, publishable
from reporting.figures import figures
from reporting.queries.definitions import Definition, definition_of
from reporting.queries.published import published_figures
from reporting.scopes import Scope
from resque.clock import today
from resque.ui.tags.numbers import number, percent

CODES = ("reached", "participants", *PLACED, "base_a", "integrated_a", *WAYS, "base_b", "integrated_b")
SUMS = (Sum("integrated_a", WAYS),)


@dataclass(frozen=True)
class Aggregate:
    """One figure as the city reads it: words instead of a number where that is small."""

    words: Definition
    text: str
    share: str = ""


def published_cells(scope: Scope) -> dict[str, Cell]:
    """Count the figures of the city and return what may be shown of them, by code."""
    return publishable(figures(scope, CODES), SUMS)


def aggregates_page(scope: Scope) -> dict:
    """Return the context of the page of the city."""
    cells = published_cells(scope)
    too_few = cells["reached"].state != SHOWN and cells["participants"].state != SHOWN
    # Before the first half-year is over the period ends today, and figures of every day could be subtracted.
    is_over = scope.period.end < today()
    return {
        "scope": scope,
        "is_over": is_over,
        "is_empty": too_few or not is_over,
        "tiles": [_aggregate(code, cells) for code in ("reached", "participants")],
        "placed": [_aggregate(code, cells) for code in PLACED],
        "ways": [_aggregate(code, cells) for code in WAYS],
        "rates": [
            (definition_of(rate), share_of(cells[rate.numerator], cells[rate.denominator]),
             text_of(cells[rate.numerator]), text_of(cells[rate.denominator]))
            for rate in RATES
        ],
        "threshold": THRESHOLD,
        "step": STEP,
        "published": published_figures(),
    }  # fmt: skip


def _aggregate(code: str, cells: dict[str, Cell]) -> Aggregate:
    below = figure_of(code).denominator
    return Aggregate(
        definition_of(figure_of(code)), text_of(cells[code]), share_of(cells[code], cells[below]) if below else ""
    )


def text_of(cell: Cell) -> str:
    """Return a cell as it is written."""
    if cell.state == SHOWN:
        return number(cell.value)
    return _("hidden") if cell.state == HIDDEN else f"< {THRESHOLD}"


def share_of(part: Cell, whole: Cell) -> str:
    """Return the share of two cells in whole per cent, made of what is shown of them; "hidden" where that is too little.

    A share near 100 % would say the same of everybody, so it needs THRESHOLD people on both sides.
    """
    if part.state != SHOWN or whole.state != SHOWN or whole.value - part.value < THRESHOLD:
        return _("hidden")
    return percent(part.value / whole.value, 0)
