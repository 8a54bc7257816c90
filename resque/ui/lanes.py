"""Geometry of a chart of lanes: one lane a series, a step line over days, a sign for each day something was known.

Lengths are units of a viewBox 360 wide, so that it fits on a telephone without scrolling. Paint comes from the style
sheet, words from the caller.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from resque.ui.charts import length

LANE, FOOT = 78, 24  # height of one lane, and of the axis below all
LEFT, RIGHT = 16.0, 336.0
_TOP, _LOW = 41.0, 68.0  # inside a lane: room for its name and the word above the highest sign, and below the lowest
_WORD = 40.0  # two words nearer than this would touch
_YEAR = 90.0  # a year nearer to the days at both ends would touch them


@dataclass(frozen=True)
class Stop:
    """What was known on one day.

    Attributes:
        day: the day.
        height: rank of the value, the higher the better.
        word: the value as written.
        sign: "open", "full" or "proof".
    """

    day: date
    height: int
    word: str
    sign: str


@dataclass(frozen=True)
class Mark:
    """A stop as drawn; without `word` where the next one is too near."""

    x: str
    y: str
    word_y: str
    word: str
    sign: str
    diamond: str


@dataclass(frozen=True)
class Lane:
    """One lane as drawn: the line between its stops, and the dashed one until the last day of the axis."""

    name: str
    name_y: str
    base_y: str
    line: str
    rest: str
    marks: list[Mark]


@dataclass(frozen=True)
class Lanes:
    """The chart: lanes from above, years as (x, text), the y of the axis' words."""

    lanes: list[Lane]
    years: list[tuple[str, str]]
    height: str
    axis_y: str
    years_end: str


def lanes(series: Sequence[tuple[str, Sequence[Stop]]], *, until: date) -> Lanes:
    """Return the lanes of `series` (name, stops by day) on one axis from the first stop to `until` or the last one."""
    stops = [stop for _name, lane in series for stop in lane]
    first = min(stop.day for stop in stops)
    last = max(until, *(stop.day for stop in stops))
    low, high = min(stop.height for stop in stops), max(stop.height for stop in stops)
    days = (last - first).days or 1

    def x(day: date) -> float:
        return LEFT + (RIGHT - LEFT) * (day - first).days / days

    def y(height: int) -> float:
        return _LOW - (_LOW - _TOP) * ((height - low) / (high - low) if high > low else 0.5)

    drawn = [
        _lane(name, LANE * index, [(x(stop.day), LANE * index + y(stop.height), stop) for stop in lane])
        for index, (name, lane) in enumerate(series)
    ]
    years = ((x(date(year, 1, 1)), str(year)) for year in range(first.year + 1, last.year + 1))
    kept = [(length(place), text) for place, text in years if LEFT + _YEAR < place < RIGHT - _YEAR]
    bottom = LANE * len(series)
    return Lanes(drawn, _sparse(kept), str(bottom + FOOT), str(bottom + 16), str(bottom))


def _sparse(years: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep every second, third ... year where they would touch."""
    gaps = [float(later[0]) - float(earlier[0]) for earlier, later in pairwise(years)]
    return years[:: math.ceil(_WORD / min(gaps))] if gaps else years


def _lane(name: str, top: int, places: list[tuple[float, float, Stop]]) -> Lane:
    line = f"M{length(places[0][0])} {length(places[0][1])}"
    line += "".join(f"H{length(x)}V{length(y)}" for x, y, _stop in places[1:])
    end_x, end_y, _last = places[-1]
    rest = f"M{length(end_x)} {length(end_y)}H{length(RIGHT)}" if end_x < RIGHT else ""
    return Lane(name, length(top + 14), length(top + LANE - 1), line, rest, list(_marks(places)))


def _marks(places: list[tuple[float, float, Stop]]) -> Iterable[Mark]:
    marks, free = [], float("inf")
    for x, y, stop in reversed(places):  # the newest word matters most
        word = stop.word if x < free else ""
        free = x - _WORD if word else free
        diamond = f"M{length(x)} {length(y - 6.5)}l6.5 6.5l-6.5 6.5l-6.5 -6.5z"
        marks.append(Mark(length(x), length(y), length(y - 10), word, stop.sign, diamond))
    return reversed(marks)
