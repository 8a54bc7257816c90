"""Shares with their uncertainty: a rate of nine people says less than the same rate of nine hundred."""

import math
from dataclasses import dataclass

Z95 = 1.959963984540054  # two-sided 95 % of the normal distribution
SMALL = 30  # below this many people a note says that the share is only a hint


@dataclass(frozen=True)
class Share:
    """A part of a whole, both counted in persons."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share between 0 and 1; None where there is nobody to divide by."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval after Wilson."""
        return wilson(self.part, self.whole)

    @property
    def is_small(self) -> bool:
        """Whether so few people stand behind it that the share is only a hint."""
        return self.whole < SMALL


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """Return the 95 % score interval of a share; honest for small numbers, unlike the usual one.

    Args:
        part: persons who have it, 0 to `whole`.
        whole: all persons.

    Returns:
        lower and upper end between 0 and 1; None where `whole` is 0.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212.
    """
    if not whole:
        return None
    share = part / whole
    scale = 1 + Z95**2 / whole
    middle = (share + Z95**2 / (2 * whole)) / scale
    half = Z95 * math.sqrt(share * (1 - share) / whole + Z95**2 / (4 * whole**2)) / scale
    return (0.0 if part == 0 else max(0.0, middle - half), 1.0 if part == whole else min(1.0, middle + half))
