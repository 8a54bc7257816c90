"""The few figures for a home page: what the network is known for, and what is still open."""

from reporting.figures import figures, rates
from reporting.queries.overview import numbers
from reporting.scopes import Scope

HEADLINE = ("reached", "entered", "german_course", "employment", "qualification")
DENOMINATORS = ("participants",)
RATE_A = ("base_a", "integrated_a")
RATE_B = ("base_b", "integrated_b")  # rates() answers both variants
OPEN = ("incomplete", "quiet", "without_reason")


def headline_figures(scope: Scope) -> dict:
    """Return the headline figures of a scope and what is incomplete in it, in one query."""
    codes = {*HEADLINE, *DENOMINATORS, *RATE_A, *RATE_B, *OPEN}
    counts = figures(scope, codes)
    shown = numbers(scope, counts)
    return {
        "scope": scope,
        "shown": [shown[code] for code in HEADLINE],
        "n": shown,
        "rate": rates(counts)["rate_a"],
    }
