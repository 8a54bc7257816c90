"""How numbers, days and names are written, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from resque.ui.tags import numbers


@pytest.mark.parametrize(("value", "german", "english"), [(1290, "1.290", "1,290"), (31.5, "31,5", "31.5"), (None, "", "")])
def test_numbers_are_grouped(value, german, english):
    assert numbers.number(value) == german
    with translation.override("en"):
        assert numbers.number(value) == english


def test_a_share_is_written_as_percent():
    assert numbers.percent(71 / 268) == "26,5 %"
    assert numbers.percent(0.5, 0) == "50 %"
    assert numbers.percent(None) == "–"


def test_a_year_is_never_grouped():
    assert numbers.plain(2017) == "2017"


@pytest.mark.parametrize("language", ["de", "en"])
def test_days_look_alike_in_both_languages(language):
    with translation.override(language):
        assert numbers.day(date(2016, 12, 31)) == "31.12.2016"


def test_weekdays_stand_before_the_day():
    assert numbers.weekday(date(2017, 2, 6)) == "Montag, 06.02.2017"
    assert numbers.short_weekday(date(2017, 2, 6)) == "Mo, 06.02.2017"


def test_times_are_those_of_leipzig():
    assert numbers.clock(datetime(2017, 2, 6, 8, 41, tzinfo=UTC)) == "09:41"
    assert numbers.day(datetime(2017, 2, 6, 23, 30, tzinfo=UTC)) == "07.02.2017"


@pytest.mark.parametrize(("value", "text"), [(45, "45 Min."), (90, "90 Min."), (120, "2 Std."), (135, "2 Std. 15 Min."), (None, "")])
def test_durations(value, text):
    assert numbers.minutes(value) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [(date(2017, 2, 6), "heute"), (date(2017, 2, 7), "in 1 Tag"), (date(2017, 2, 2), "vor 4 Tagen"), (None, "")],
)
def test_distance_from_the_business_day(day, text):
    assert numbers.days_until(day) == text


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (4, "< 5"), (5, "5"), (1290, "1.290")])
def test_small_numbers_are_hidden(value, text):
    assert numbers.suppressed(value) == text


def test_native_script_says_language_and_direction():
    assert 'lang="ar" dir="rtl"' in numbers.native("محمد")
    assert 'lang="am" dir="ltr"' in numbers.native("ትግስት")
    assert 'lang="ti"' in numbers.native("ፊልሞን", "ti")
    assert "lang" not in numbers.native("Петро")
    assert "&lt;b&gt;" in numbers.native("<b>")
    assert numbers.native("") == ""
