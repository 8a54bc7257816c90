"""Shares and their intervals."""

import pytest

from reporting.rates import Share, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [  # published examples of the score interval, e.g. Newcombe 1998, table I
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_wilson_interval(part, whole, low, high):
    found = wilson(part, whole)
    assert found == pytest.approx((low, high), abs=0.0001)


def test_nobody_to_divide_by_is_no_share():
    assert (Share(0, 0).value, Share(0, 0).interval) == (None, None)


def test_few_people_are_only_a_hint():
    assert Share(1, 29).is_small and not Share(1, 30).is_small
