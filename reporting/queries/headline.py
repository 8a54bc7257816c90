"""The few figures for a home page: what the network is known for, and what is still open."""

from reporting.figures import figures, rates
from reporting.queries.overview import numbers
from reporting.scopes import Scope

HEADLINE = ("reached", "entered", "german_course", "employment", "qualification")
INTEGRATED = "integrated_a"
DENOMINATORS = ("participants", "base_a")
OPEN = ("incomplete", "quiet", "without_reason")


def headline_figures(scope: Scope) -> dict:
    """Return the headline figures of a scope with their shares, and what is incomplete in it, in one query."""
    counts = figures(scope, {*HEADLINE, INTEGRATED, *DENOMINATORS, *OPEN})
    return _shown(scope, counts) | {"rate": rates(counts)["rate_a"]}


def few_figures(scope: Scope) -> dict:
    """Return the headline figures alone, in one query: every condition costs time, on the page opened most of all."""
    return _shown(scope, figures(scope, {*HEADLINE, INTEGRATED}))


def _shown(scope: Scope, counts: dict[str, int]) -> dict:
    shown = numbers(scope, counts)
    return {"scope": scope, "shown": [shown[code] for code in HEADLINE], "n": shown}
