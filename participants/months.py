"""Calendar arithmetic of the ESF rules."""

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

FOUR_WEEKS = timedelta(days=28)
FOLLOW_UP_MONTHS = 6


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later; a day that the month lacks becomes its last one.

    31 August plus six months is 28 or 29 February. Behind the last year of the calendar there is its last day.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(birth_date: date, day: date) -> int:
    """Return full years completed on `day`: the 25th birthday itself gives 25."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def end_of_window(exit_date: date) -> date:
    """Return the last day on which a situation "upon leaving" is observed: four weeks after the exit."""
    return exit_date + FOUR_WEEKS if exit_date <= date.max - FOUR_WEEKS else date.max


def follow_up_day(exit_date: date) -> date:
    """Return the one day that the follow-up describes: six months after the exit."""
    return add_months(exit_date, FOLLOW_UP_MONTHS)
