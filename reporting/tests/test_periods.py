"""Words of periods and their edges."""

from datetime import date

import pytest

from reporting.periods import UnknownPeriod, offered, period_of, up_to_last_half_year

START, TODAY = date(2015, 7, 1), date(2017, 2, 6)


@pytest.mark.parametrize(
    ("word", "start", "end"),
    [
        ("", None, TODAY),
        ("all", None, TODAY),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2017", date(2017, 1, 1), TODAY),
        ("2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("2016-h1", date(2016, 1, 1), date(2016, 6, 30)),
        ("2016-h2", date(2016, 7, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2017-02", date(2017, 2, 1), TODAY),
    ],
)
def test_a_word_is_a_period_that_never_reaches_beyond_today(word, start, end):
    period = period_of(word, start=START, today=TODAY)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "word",
    [
        "abc",
        "2016-13",
        "2016-00",
        "2016-h3",
        "2015-06",
        "2017-03",
        "2018",
        "1999",
        "2016-1",
        "２０１６",
        "2016\x00",
        " ",
    ],
)
def test_what_is_no_period_of_the_operation_is_refused(word):
    with pytest.raises(UnknownPeriod):
        period_of(word, start=START, today=TODAY)


def test_months_are_the_last_ones_and_stay_inside_the_period():
    months = period_of("", start=START, today=TODAY).months(at_most=12)
    assert (months[0].code, months[-1].code, len(months)) == ("2016-03", "2017-02", 12)
    assert months[-1].end == TODAY
    half = period_of("2016-h2", start=START, today=TODAY).months(at_most=12)
    assert [month.code for month in half] == [f"2016-{month:02}" for month in range(7, 13)]
    assert [month.code for month in period_of("2016-11", start=START, today=TODAY).months(at_most=12)] == ["2016-11"]


def test_every_offered_word_can_be_read():
    words = list(offered(start=START, today=TODAY))
    assert words[0] == "all" and "2017-h1" in words and "2015-h1" not in words
    for word in words:
        period_of(word, start=START, today=TODAY)


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (date(2017, 2, 6), date(2016, 12, 31)),
        (date(2016, 12, 31), date(2016, 6, 30)),
        (date(2017, 1, 1), date(2016, 12, 31)),
        (date(2017, 7, 1), date(2017, 6, 30)),
        (date(2015, 8, 1), date(2015, 8, 1)),
    ],
)
def test_the_last_half_year_is_one_that_is_over(today, end):
    assert up_to_last_half_year(start=START, today=today).end == end
