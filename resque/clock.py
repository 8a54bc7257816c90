"""The business clock: one function that says which day it is.

Everything that decides about people (ages, deadlines, proposals) asks `today()`. Sessions, tokens and the
audit log stay on real time. Tests move the clock with `moved_to`, the demo with `RESQUE_TODAY`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_moved: ContextVar[date | None] = ContextVar("resque_today", default=None)


def today() -> date:
    """Return the current business date as a calendar date of Europe/Berlin."""
    return _moved.get() or settings.RESQUE_TODAY or timezone.localdate()


def business_day(moment: datetime) -> date:
    """Return the business date of a moment of real time: where the clock was moved, moments move with it."""
    return timezone.localtime(moment).date() - (timezone.localdate() - today())


@contextmanager
def moved_to(day: date) -> Iterator[None]:
    """Let `today()` answer `day` inside the block."""
    token = _moved.set(day)
    try:
        yield
    finally:
        _moved.reset(token)
