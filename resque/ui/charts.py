"""Geometry of the charts: numbers in, coordinates out. Paint comes from the classes s1 to s5 of the style sheet.

All lengths are units of the viewBox. Nothing here knows colours, languages or markup.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

SERIES = ("s1", "s2", "s3", "s4", "s5")
GAP = 2.0  # between the pieces of one bar


def length(value: float) -> str:
    """Return a coordinate with one decimal and a point, in every language."""
    return f"{value:.1f}"


def nice_top(highest: float, lines: int = 4) -> tuple[int, int]:
    """Return (top of the axis, distance of the grid lines) so that `highest` fits and the numbers are round."""
    if highest <= lines:
        return lines, 1
    raw = highest / lines
    power = 10 ** math.floor(math.log10(raw))
    step = next(
        int(factor * power)
        for factor in (1, 2, 2.5, 4, 5, 8, 10)
        if factor * power >= raw and (factor * power) % 1 == 0
    )
    return step * math.ceil(highest / step), step


@dataclass(frozen=True)
class Pace:
    """A bar with the mark of a target. Widths in a viewBox of 260 x 34."""

    bar: str
    tick: str
    anchor: str
    maximum: float


def pace(value: float, target: float, maximum: float | None = None) -> Pace:
    """Return the bar of `value` with a tick at `target`; the scale ends at `maximum` or a little above both."""
    top = maximum or max(value, target, 1) * 1.18
    tick = 260 * min(target / top, 1)
    anchor = "start" if tick < 40 else "end" if tick > 220 else "middle"
    return Pace(length(260 * min(max(value, 0) / top, 1)), length(tick), anchor, top)


@dataclass(frozen=True)
class Piece:
    """One piece of a bar."""

    x: str
    width: str
    series: str


def split(values: Sequence[float], width: float = 258.0) -> list[Piece]:
    """Return the pieces of one bar that stand for `values`, with small gaps; pieces of 0 have no width."""
    total = sum(values)
    pieces, x = [], 0.0
    usable = width - GAP * max(sum(1 for value in values if value) - 1, 0)
    for index, value in enumerate(values):
        share = usable * value / total if total else 0.0
        pieces.append(Piece(length(min(x, width)), length(share), SERIES[index % len(SERIES)]))
        x += share + (GAP if value else 0)
    return pieces


@dataclass(frozen=True)
class Spark:
    """A small line without axis. viewBox 260 x 34."""

    points: str
    x: str
    y: str


def spark(values: Sequence[float]) -> Spark | None:
    """Return the line of `values` from left to right; None for fewer than two."""
    if len(values) < 2:
        return None
    low, high = min(values), max(values)
    spread = (high - low) or 1
    places = [(260 * index / (len(values) - 1), 28 - 22 * (value - low) / spread) for index, value in enumerate(values)]
    return Spark(" ".join(f"{length(x)},{length(y)}" for x, y in places), length(258), length(places[-1][1]))


@dataclass(frozen=True)
class Step:
    """One bar of the funnel. viewBox 640 wide, 46 per step."""

    y: str
    text_y: str
    share_y: str
    width: str
    number_x: str
    series: str
    share: float | None


def funnel(values: Sequence[float]) -> list[Step]:
    """Return one bar per step, as long as its share of the first; `share` is the part of the step before."""
    top = max(values, default=0) or 1
    steps = []
    for index, value in enumerate(values):
        y, width = 6 + 46 * index, 400 * value / top
        before = values[index - 1] if index else 0
        # Every second bar is strong, as in the line: what we are measured by stands out.
        steps.append(
            Step(
                length(y), length(y + 18), length(y - 4), length(max(width, 1.5) if value else 0),
                length(128 + width + 10),
                "s1" if index in (1, len(values) - 1) else "st", value / before if before else None,
            )
        )  # fmt: skip
    return steps


@dataclass(frozen=True)
class Block:
    """One piece of a column."""

    y: str
    height: str
    series: str


@dataclass(frozen=True)
class Column:
    """One column with its pieces, from the bottom up."""

    x: str
    middle: str
    width: str
    total: float
    total_y: str
    show_label: bool
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Columns:
    """Stacked columns. viewBox 760 x 304, baseline at 268; left of `left` stand the numbers of the axis."""

    left: str
    tick_x: str
    lines: list[tuple[str, str, int]]
    columns: list[Column]


def columns(stacks: Sequence[Sequence[float]]) -> Columns:
    """Return stacked columns for `stacks` (one list of values per column, in the order of the series)."""
    top, step = nice_top(max((sum(stack) for stack in stacks), default=0))
    scale = 244 / top
    lines = [(length(268 - tick * scale), length(272 - tick * scale), tick) for tick in range(0, top + 1, step)]
    left = max(40, 12 + 7 * len(f"{top:,}"))  # 7: width of a figure, measured in the chart
    room = (760 - left) / max(len(stacks), 1)
    width = min(36.0, room * 0.6)
    every = max(1, math.ceil(len(stacks) / 14))
    made = []
    for index, stack in enumerate(stacks):
        x = left + room * index + (room - width) / 2
        blocks, y = [], 268.0
        for number, value in enumerate(stack):
            height = value * scale
            if value:
                y -= height
                blocks.append(Block(length(y), length(max(height - 1.5, 0.8)), SERIES[number % len(SERIES)]))
        made.append(
            Column(
                length(x), length(x + width / 2), length(width), sum(stack), length(y - 7),
                index % every == 0, blocks,
            )
        )  # fmt: skip
    return Columns(length(left), length(left - 8), lines, made)


def heat(value: float, highest: float) -> str:
    """Return the class of a matrix cell: m1 (few) to m3 (many)."""
    share = value / highest if highest else 0
    return "m3" if share > 0.6 else "m2" if share > 0.3 else "m1"
