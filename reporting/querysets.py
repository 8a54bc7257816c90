"""Reading what this floor keeps, in words: the sums of services, and reports."""

from calendar import monthrange
from datetime import date

from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, Value, When

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

    def recorded_until(self, end: date):
        """Keep rows with anything recorded until `end`, attended or not."""
        return self.filter(Q(year__lt=end.year) | Q(year=end.year, first_recorded__lte=end))

    def count_attended(self, start: date | None, end: date) -> int:
        """Count the attended services from `start` (None: since the beginning) to `end`, whatever days these are."""
        rows = self.attended_within(start, end)
        return rows.aggregate(n=Sum(_services_within(start, end)))["n"] or 0


class KeptReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep all for who sees the figures of the network or works with people: a report bears no number itself."""
        sees = user.can(Permission.VIEW_FIGURES) or user.people_partner_id is not None
        return self.all() if sees else self.none()

    def newest_of_each_day(self):
        """Keep of several reports of one reference date the one that counts, by rules and date."""
        return self.order_by("operation_id", "rules", "until", "-pk").distinct("operation_id", "rules", "until")


class KeptNumberQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep all for who sees the figures of the network, nothing for others."""
        return self.all() if user.can(Permission.VIEW_FIGURES) else self.none()


class KeptRecordQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep all for who sees the figures of the network; of visible cases what no special answer decided."""
        if user.can(Permission.VIEW_FIGURES):
            return self.all()
        seen = Participation.objects.visible_to(user).values("reference")
        return self.filter(special=False, reference__in=seen)


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
    if start.day != 1 or not _ends_a_month(end):
        # Seldom asked: somebody came before and after these days, and they cut a month in two.
        held |= Q(Exists(came_within(start, end)))
    return inside | (around & held)


def _services_within(start: date | None, end: date) -> Case:
    """The number of attended services of a row, which holds one, from `start` to `end`."""
    parts = [When(year=end.year, then=_services_of_year(max(start or date.min, date(end.year, 1, 1)), end))]
    if start is not None and start.year < end.year:
        parts.append(When(year=start.year, then=_services_of_year(start, date(start.year, 12, 31))))
    return Case(*parts, default=F("attended"), output_field=IntegerField())


def _services_of_year(start: date, end: date) -> Case:
    """The same for days of one year: where no month is cut, its months say it; else, seldom, the services."""
    months = sum((F(f"m{month:02}") for month in range(start.month, end.month + 1)), start=Value(0))
    begins, ends = start.day == 1, _ends_a_month(end)
    said = [When(first_attended__gte=start, last_attended__lte=end, then=F("attended"))]
    if begins:
        said.append(When(last_attended__lte=end, then=months))
    if ends:
        said.append(When(first_attended__gte=start, then=months))
    counted = came_within(start, end).order_by().values("participation").annotate(n=Count("pk")).values("n")
    return Case(*said, default=months if begins and ends else Subquery(counted), output_field=IntegerField())


def came_within(start: date, end: date) -> models.QuerySet:
    """Return the attended services behind a row between two days."""
    return Attendance.objects.filter(
        participation=OuterRef("participation"),
        partner=OuterRef("partner"),
        status=AttendanceStatus.ATTENDED,
        day__range=(start, end),
    )


def _ends_a_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def whole_months(start: date, end: date) -> range:
    """Return the months that lie between two days of one year with all their days."""
    first = start.month if start.day == 1 else start.month + 1
    last = end.month if _ends_a_month(end) else end.month - 1
    return range(first, last + 1)
