"""What the city may compute from what it reads: never a small number."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.disclosure import HIDDEN, SHOWN, SMALL, STEP, THRESHOLD, Sum, publishable

WAYS = ("a", "b", "c")
SUMS = [Sum("whole", WAYS)]
SMALL_VALUES = set(range(THRESHOLD))


def _as_read(cell, limit: int) -> range:
    """All counts that a reader must think possible who knows the rules, but not our counts."""
    if cell.state == SMALL:
        return range(THRESHOLD)
    if cell.state == HIDDEN:
        return range(THRESHOLD, limit)
    return range(max(cell.value - STEP // 2, THRESHOLD), cell.value + STEP // 2 + 1)


def _possible(cells, code: str) -> set[int]:
    """Solve the sum by trying everything."""
    limit = 60
    found = set()
    for parts in itertools.product(*(_as_read(cells[way], limit) for way in WAYS)):
        if sum(parts) in _as_read(cells["whole"], limit):
            found.add(dict(zip(WAYS, parts, strict=True))[code])
    return found


@given(st.tuples(*[st.integers(0, 14)] * 3))
@settings(max_examples=150, deadline=None)
def test_no_small_part_can_be_computed_from_the_sum(parts):
    counts = dict(zip(WAYS, parts, strict=True)) | {"whole": sum(parts)}
    cells = publishable(counts, SUMS)
    for way in WAYS:
        if counts[way] < THRESHOLD:
            assert cells[way].state == SMALL
            assert _possible(cells, way) == SMALL_VALUES


def test_a_part_that_would_give_the_small_one_away_is_hidden():
    """12 + 22 + 4 = 38: shown as 10, 20 and 40, the small part could only be 4."""
    cells = publishable({"a": 12, "b": 22, "c": 4, "whole": 38}, SUMS)
    assert [cells[code].state for code in ("a", "b", "c", "whole")] == [HIDDEN, SHOWN, SMALL, SHOWN]


@given(st.integers(0, 400), st.integers(0, 400))
def test_no_difference_of_two_shown_counts_is_exact(one, other):
    """A whole and its part, or this half-year's page and the one before."""
    cells = publishable({"one": max(one, other), "other": min(one, other)})
    if cells["one"].state == cells["other"].state == SHOWN:
        most = cells["one"].high - cells["other"].low
        least = max(0, cells["one"].low - cells["other"].high)
        assert most - least >= 2  # at least three counts are possible


@pytest.mark.parametrize(("count", "state", "value"), [
    (0, SMALL, None), (4, SMALL, None), (5, SHOWN, 5), (7, SHOWN, 5), (8, SHOWN, 10), (12, SHOWN, 10), (13, SHOWN, 15),
])  # fmt: skip
def test_counts_are_rounded_and_small_ones_are_not_shown(count, state, value):
    cell = publishable({"x": count})["x"]
    assert (cell.state, cell.value) == (state, value)
