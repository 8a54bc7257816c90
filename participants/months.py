"""Calendar arithmetic of the ESF rules."""

from calendar import monthrange
from datetime import MAXYEAR, date


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
