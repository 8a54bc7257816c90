"""Geometry of the charts: what must hold for any numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resque.ui import charts

counts = st.lists(st.integers(0, 100_000), min_size=1, max_size=5)


@given(st.integers(0, 10_000_000))
def test_an_axis_holds_its_highest_value_on_round_lines(highest):
    top, step = charts.nice_top(highest)
    assert top >= highest
    assert top % step == 0
    assert 1 <= top // step <= 5


@pytest.mark.parametrize(("highest", "top", "step"), [(0, 4, 1), (4, 4, 1), (9, 10, 2) , (303, 400, 100), (182, 200, 50)])
def test_an_axis_has_round_numbers(highest, top, step):
    found_top, found_step = charts.nice_top(highest)
    assert found_top >= highest
    assert str(found_step).rstrip("0") in {"1", "2", "25", "4", "5", "8"}
    assert found_top <= max(top, highest * 2)
    assert found_step <= max(step, highest)


@given(counts)
def test_pieces_of_a_bar_stay_inside_and_keep_their_order(values):
    pieces = charts.split(values)
    ends = [float(piece.x) + float(piece.width) for piece in pieces]
    assert all(end <= 258.2 for end in ends)
    assert [piece.series for piece in pieces] == list(charts.SERIES[: len(values)])
    assert all(float(piece.width) == 0 for piece, value in zip(pieces, values, strict=True) if value == 0)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_pace_bar_stays_inside(value, target):
    pace = charts.pace(value, target)
    assert 0 <= float(pace.bar) <= 260
    assert 0 <= float(pace.tick) <= 260


def test_a_pace_bar_is_cut_at_a_given_maximum():
    assert charts.pace(20, 5, maximum=8).bar == "260.0"


def test_a_spark_needs_two_values():
    assert charts.spark([5]) is None
    assert charts.spark([5, 5]).points == "0.0,28.0 260.0,28.0"


def test_a_funnel_names_the_share_of_the_step_before():
    steps = charts.funnel([612, 268, 0])
    assert steps[0].share is None
    assert steps[1].share == pytest.approx(268 / 612)
    assert steps[2].share == 0
    assert float(steps[0].width) == 400
    assert float(steps[2].width) == 0


def test_a_funnel_without_anybody_divides_by_nothing():
    assert [step.share for step in charts.funnel([0, 0])] == [None, None]


@given(st.lists(counts, max_size=40))
def test_columns_stand_on_the_baseline_and_below_the_top(stacks):
    shapes = charts.columns(stacks)
    assert len(shapes.columns) == len(stacks)
    for column in shapes.columns:
        assert 40 <= float(column.x) <= 760
        for block in column.blocks:
            assert float(block.y) >= 23.9
            assert float(block.y) + float(block.height) <= 268.9


def test_many_columns_name_every_second_month():
    assert [column.show_label for column in charts.columns([[1]] * 24).columns][:4] == [True, False, True, False]


@pytest.mark.parametrize(("value", "css"), [(80, "m3"), (40, "m2"), (10, "m1"), (0, "m1")])
def test_cells_are_tinted_by_size(value, css):
    assert charts.heat(value, 80) == css
