"""What can wait on a case because of services: long silence, short contacts that become participants, plans."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from participants.queries.listing import FINISHED
from participants.queries.waiting import Condition
from resque.clock import today
from services.choices import AttendanceStatus, OutcomeState
from services.models import Attendance, Outcome

QUIET = timedelta(days=30)
MINUTES_BEFORE = 120  # so long before the limit of short contacts the questionnaire is prepared


def _attended():
    return Attendance.objects.filter(participation=OuterRef("pk"), status=AttendanceStatus.ATTENDED)


def _quiet() -> Q:
    since = today() - QUIET
    return ~Q(state__in=FINISHED) & Q(created_on__lt=since) & ~Q(Exists(_attended().filter(day__gte=since)))


def _short_contact() -> Q:
    minutes = Subquery(_attended().values("participation").annotate(sum=Sum("minutes")).values("sum"))
    limit = F("operation__small_contact_hours") * 60 - MINUTES_BEFORE
    return ~Q(state__in=FINISHED) & Q(entry_date=None) & Q(GreaterThanOrEqual(minutes, limit))


def _planned_overdue() -> Q:
    planned = Outcome.objects.filter(participation=OuterRef("pk"), state=OutcomeState.PLANNED, start__lt=today())
    return Q(Exists(planned))


QUIET_CASES = Condition("quiet", _("without contact for more than 30 days"), _quiet)
SHORT_CONTACTS = Condition("short_contact", _("as short contact with less than 2 hours left"), _short_contact)
OVERDUE_OUTCOMES = Condition("planned", _("with a planned outcome whose day has passed"), _planned_overdue, late=True)
