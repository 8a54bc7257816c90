"""Every figure in words, for a page and for print: the same objects count, so the words cannot go astray."""

from dataclasses import dataclass

from django.utils.functional import Promise

from reporting.catalogue import FIGURES, RATES, Figure, Rate, figure_of


@dataclass(frozen=True)
class Definition:
    """One figure in words.

    Attributes:
        code: anchor on the page of definitions.
        label, definition, source: words.
        denominator: what its share is taken of; "" without a share.
    """

    code: str
    label: str | Promise
    definition: str | Promise
    source: str | Promise
    denominator: str | Promise = ""


def definition_of(thing: Figure | Rate) -> Definition:
    """Return the words of a figure or a rate."""
    below = figure_of(thing.denominator).label if thing.denominator else ""
    return Definition(thing.code, thing.label, thing.definition, thing.source, below)


def definitions_page() -> dict:
    """Return the context of the page of definitions."""
    return {
        "rates": [definition_of(rate) for rate in RATES],
        "figures": [definition_of(figure) for figure in FIGURES],
    }
