"""Reading the sums of services, in words."""

from calendar import monthrange
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from participants.models import Participation
from resque.accounts.roles import Permission
from services.choices import AttendanceStatus
from services.models import Attendance


class ServiceYearQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep rows of visible participations."""
        if user.can(Permission.VIEW_PSEUDONYMS):
            return self.all()
        return self.filter(participation__in=Participation.objects.visible_to(user))

    def attended_within(self, start: date | None, end: date):
        """Keep rows that hold at least one attended service from `start` to `end`, whatever days these are.

        Args:
            start: first day; None: since the beginning.
            end: last day, included.
        """
        return self.filter(held_within(start, end))


def held_within(start: date | None, end: date) -> Q:
    """Return the condition that a row holds an attended service from `start` (None: ever) to `end`, both included."""
    last_of_year = Q(year=end.year) & _within_year(max(start or date.min, date(end.year, 1, 1)), end)
    if start is None:
        return Q(year__lt=end.year, attended__gt=0) | last_of_year
    if start.year == end.year:
        return last_of_year
    first_of_year = Q(year=start.year) & _within_year(start, date(start.year, 12, 31))
    return first_of_year | Q(year__gt=start.year, year__lt=end.year, attended__gt=0) | last_of_year


def _within_year(start: date, end: date) -> Q:
    """The same for days of one year. Its first and last day decide nearly always, then its months, then the services."""
    if (start.month, start.day) == (1, 1):
        return Q(first_attended__lte=end)
    if (end.month, end.day) == (12, 31):
        return Q(last_attended__gte=start)
    inside = Q(first_attended__range=(start, end)) | Q(last_attended__range=(start, end))
    around = Q(first_attended__lt=start, last_attended__gt=end)
    held = Q()
    for month in whole_months(start, end):
        held |= Q(**{f"m{month:02}__gt": 0})
    if start.day != 1 or end.day != monthrange(end.year, end.month)[1]:
        # Seldom asked: somebody came before and after these days, and they cut a month in two.
        came = Attendance.objects.filter(
            participation=OuterRef("participation"),
            partner=OuterRef("partner"),
            status=AttendanceStatus.ATTENDED,
            day__range=(start, end),
        )
        held |= Q(Exists(came))
    return inside | (around & held)


def whole_months(start: date, end: date) -> range:
    """Return the months that lie between two days of one year with all their days."""
    first = start.month if start.day == 1 else start.month + 1
    last = end.month if end.day == monthrange(end.year, end.month)[1] else end.month - 1
    return range(first, last + 1)
