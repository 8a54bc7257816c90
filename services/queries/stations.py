"""Stations of the participation itself: contact, entry, exit, six months later, and a birthday that changes much."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from participants.models import Participation
from participants.months import add_months
from resque.clock import today
from resque.codelists.queries import label

FULL_AGE_MONTHS = 18 * 12


@dataclass(frozen=True)
class Station:
    """One station in words."""

    day: date
    title: str
    icon: str
    words: str = ""

    @property
    def ahead(self) -> bool:
        """Whether its day is still to come."""
        return self.day > today()


def stations_of(participation: Participation) -> Iterator[Station]:
    """Yield the stations that are known, past and to come, the later ones first.

    Args:
        participation: with `person` and `operation` loaded.
    """
    p = participation
    if p.person.birth_date and (birthday := add_months(p.person.birth_date, FULL_AGE_MONTHS)) > today():
        yield Station(birthday, _("18th birthday: own consent needed"), "cake2")
    if p.exit_date:
        yield _follow_up(p)
        yield Station(p.exit_date, _("Exit"), "box-arrow-right", label("exit_reason", p.exit_reason))
    if p.entry_date:
        yield Station(p.entry_date, _("Entry into %(operation)s") % {"operation": p.operation.name}, "door-open")
    yield Station(p.created_on, _("First contact"), "chat-dots")


def _follow_up(p: Participation) -> Station:
    day = p.f_refers_to if p.f_status and p.f_refers_to else add_months(p.exit_date, 6)
    if p.f_status:
        words = p.get_f_status_display()
    elif p.f_unreachable:
        words = _("not reached")
    else:
        words = _("to be asked on this day") if day > today() else _("not asked yet")
    return Station(day, _("Situation six months after the exit"), "clock-history", words)
