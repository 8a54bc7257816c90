"""The time a figure speaks of, as a short word in the address: all, 2016, 2016-h2, 2016-11."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

ALL = "all"
_CODE = re.compile(r"(?P<year>20\d\d)(?:-(?:h(?P<half>[12])|(?P<month>0[1-9]|1[0-2])))?", re.ASCII)


class UnknownPeriod(ValueError):
    """The word stands for no period of this operation."""


@dataclass(frozen=True)
class Period:
    """A span of calendar days, both ends included.

    Attributes:
        code: its word in the address.
        start: first day; None: since the beginning, whatever the records say (cumulative values).
        end: last day, never after the business day.
        since: first day as it is written, for periods without start the start of the operation.
    """

    code: str
    start: date | None
    end: date
    since: date

    def holds(self, field: str) -> Q:
        """Return the condition that the day in `field` lies in this period."""
        until = Q(**{f"{field}__lte": self.end})
        return until if self.start is None else until & Q(**{f"{field}__gte": self.start})

    @property
    def label(self) -> str:
        """The period in words, for a choice or a heading."""
        return label_of(self.code)

    @property
    def days(self) -> str:
        """First and last day as they are written."""
        first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in (self.since, self.end))
        return _("%(first)s to %(last)s") % {"first": first, "last": last}

    def months(self, *, at_most: int) -> list["Period"]:
        """Return the last months of this period, oldest first; the last one ends where this period ends."""
        found: list[Period] = []
        year, month = self.end.year, self.end.month
        while len(found) < at_most and date(year, month, 1) >= self.since.replace(day=1):
            first, last = month_of(year, month)
            clipped = max(first, self.start) if self.start else first
            found.append(Period(f"{year}-{month:02}", clipped, min(last, self.end), first))
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        return found[::-1]


def month_of(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def label_of(code: str) -> str:
    """Return a period's word in the address as a reader says it."""
    if code == ALL:
        return _("since the beginning, until today")
    parts = _CODE.fullmatch(code)
    if parts["half"]:
        return _("half-year %(year)s/%(half)s") % {"year": parts["year"], "half": parts["half"]}
    if parts["month"]:
        return date_format(date(int(parts["year"]), int(parts["month"]), 1), "YEAR_MONTH_FORMAT")
    return _("year %(year)s") % {"year": parts["year"]}


def period_of(code: str, *, start: date, today: date) -> Period:
    """Return the period of a word.

    Args:
        code: word of the address; empty means since the beginning.
        start: first day of the operation.
        today: business day; no period reaches further.

    Raises:
        UnknownPeriod: not such a word, or it lies wholly before the operation or after today.
    """
    if code in ("", ALL):
        return Period(ALL, None, max(today, start), start)
    parts = _CODE.fullmatch(code)
    if parts is None:
        raise UnknownPeriod(code)
    first, last = _span(parts)
    if last < start or first > today:
        raise UnknownPeriod(code)
    return Period(code, first, min(last, today), first)


def _span(parts: re.Match) -> tuple[date, date]:
    year = int(parts["year"])
    if parts["month"]:
        return month_of(year, int(parts["month"]))
    if parts["half"] == "1":
        return date(year, 1, 1), date(year, 6, 30)
    return date(year, 7 if parts["half"] else 1, 1), date(year, 12, 31)


def offered(*, start: date, today: date) -> Iterator[str]:
    """Yield the words to choose from, newest first: everything, half-years, years."""
    yield ALL
    years = range(today.year, start.year - 1, -1)
    for year in years:
        for half, first, last in (
            ("h2", date(year, 7, 1), date(year, 12, 31)),
            ("h1", date(year, 1, 1), date(year, 6, 30)),
        ):
            if first <= today and last >= start:
                yield f"{year}-{half}"
    yield from (str(year) for year in years)


def up_to_last_half_year(*, start: date, today: date) -> Period:
    """Return the time from the beginning to the last half-year that is over (today, before the first one is)."""
    ends = [day for year in (today.year, today.year - 1) for day in (date(year, 12, 31), date(year, 6, 30))]
    over = max(day for day in ends if day < today)
    end = over if over >= start else today
    return Period(ALL, None, max(end, start), start)
