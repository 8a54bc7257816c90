"""What may be published of counts: nothing from which a group of fewer than five could be read or computed.

Three rules (domain reference 4.9):

* A count below THRESHOLD is not shown, zero neither: "< 5".
* Every other count is rounded to a multiple of STEP. So no difference of two shown counts is exact, neither of a
  whole and its part, nor of this page and an earlier one.
* Where shown parts add up to a shown whole, rounding alone is not enough: several roundings in the same direction
  can still give a small part away. Then another part is hidden too, the smallest first, in the end the whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

THRESHOLD = 5  # persons
STEP = 5  # shown counts are multiples of it
SHOWN, SMALL, HIDDEN = "shown", "small", "hidden"


@dataclass(frozen=True)
class Sum:
    """A whole and all its parts, by code: part + part + ... = whole."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """One count as it may leave the house.

    Attributes:
        state: SHOWN, SMALL ("< 5") or HIDDEN ("hidden", because it would give a small one away).
        value: the rounded count where it is shown, else None.
    """

    state: str
    value: int | None = None

    @property
    def low(self) -> int:
        """The least count that a reader must think possible."""
        return {SHOWN: max((self.value or 0) - STEP // 2, THRESHOLD), SMALL: 0, HIDDEN: THRESHOLD}[self.state]

    @property
    def high(self) -> float:
        """The greatest count that a reader must think possible."""
        return {SHOWN: (self.value or 0) + STEP // 2, SMALL: THRESHOLD - 1, HIDDEN: float("inf")}[self.state]


def publishable(counts: Mapping[str, int], sums: Iterable[Sum] = ()) -> dict[str, Cell]:
    """Return the cells of a page by code.

    Args:
        counts: exact counts by code.
        sums: all sums among them.
    """
    cells = {code: _cell(count) for code, count in counts.items()}
    sums = list(sums)
    while (given_away := next((one for one in sums if not _is_safe(one, cells)), None)) is not None:
        shown = [code for code in given_away.parts if cells[code].state == SHOWN] or [given_away.whole]
        chosen = min(shown, key=lambda code: counts[code])
        cells[chosen] = replace(cells[chosen], state=HIDDEN, value=None)
    return cells


def _cell(count: int) -> Cell:
    return Cell(SMALL) if count < THRESHOLD else Cell(SHOWN, STEP * round(count / STEP))


def _is_safe(one: Sum, cells: Mapping[str, Cell]) -> bool:
    """Whether every small part could still be anything from 0 to THRESHOLD - 1, for all that the sum says."""
    whole, parts = cells[one.whole], [cells[code] for code in one.parts]
    if whole.state != SHOWN:
        return True
    for part in (part for part in parts if part.state == SMALL):
        others = list(parts)
        others.remove(part)
        least = whole.low - sum(other.high for other in others)
        most = whole.high - sum(other.low for other in others)
        if least > 0 or most < THRESHOLD - 1:
            return False
    return True
