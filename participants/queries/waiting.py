"""What can wait for the referent of a case: each condition is a number on the home page and a filter of the list.

The settings name all conditions (`RESQUE_WAITING`), so that higher floors add theirs and the list can show the
people behind a number that it cannot compute itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from participants.choices import NO_CONTACT_REASONS
from participants.models import Participation, ResidenceStatus
from participants.months import FOLLOW_UP_MONTHS, add_months
from participants.queries.listing import FINISHED
from participants.queries.next_steps import PAPERS_AHEAD
from participants.querysets import answers_missing
from resque.clock import today


@dataclass(frozen=True)
class Condition:
    """A reason to look at a case.

    Attributes:
        key: value of the filter in the address.
        label: words beside the number, and in the filter.
        applies: makes the condition over participations for the business day.
        late: something is overdue: the number is drawn as such.
    """

    key: str
    label: str | Promise
    applies: Callable[[], Q]
    late: bool = False


@dataclass(frozen=True)
class Waiting:
    """A number with the address of the people behind it."""

    number: int
    text: str | Promise
    url: str
    bad: bool


@cache
def conditions() -> dict[str, Condition]:
    """Return all conditions by key, in the order of the home page."""
    return {condition.key: condition for condition in map(import_string, settings.RESQUE_WAITING)}


def waiting_of(user) -> tuple[int, list[Waiting]]:
    """Return how many open cases `user` accompanies, and what waits there; one query.

    Only numbers above 0 are named; each leads to a list with exactly as many rows.
    """
    own = Participation.objects.visible_to(user).filter(referent=user)
    counted = {key: Count("pk", filter=condition.applies()) for key, condition in conditions().items()}
    numbers = own.aggregate(**counted, open_cases=Count("pk", filter=~Q(state__in=FINISHED)))
    found = [
        Waiting(numbers[key], condition.label, _address(user, key), condition.late)
        for key, condition in conditions().items()
        if numbers[key]
    ]
    return numbers["open_cases"], found


def _address(user, key: str) -> str:
    query = {"view": "all", "referent": user.reference, "waiting": key}
    return f"{reverse('participants:list')}?{urlencode(query)}"


def _answers() -> Q:
    # Nobody can answer a withdrawn consent away.
    return Q(entry_date__isnull=False, esf_withdrawn_on=None) & answers_missing()


def papers_end() -> Subquery:
    """The day on which the document ends that is valid today, as part of a query over participations."""
    newest = ResidenceStatus.objects.filter(person=OuterRef("person")).valid_on(today())
    return Subquery(newest.order_by("-valid_from", "-pk").values("printed_until")[:1])


def _papers_until(day: date) -> Q:
    """Open cases whose newest document, as it is valid today, ends up to a day."""
    return ~Q(state__in=FINISHED) & Q(LessThanOrEqual(papers_end(), day))


def _papers_expired() -> Q:
    return _papers_until(today() - timedelta(days=1))


def _papers_ending() -> Q:
    return _papers_until(today() + PAPERS_AHEAD) & ~_papers_expired()


def _exit_open() -> Q:
    return Q(exit_date__lte=today(), x_status="") & ~Q(x_unreachable=True)


def _follow_up() -> Q:
    due = Q(exit_date__lte=latest_exit(today()), f_status="") & ~Q(f_unreachable=True)
    return due & ~Q(exit_reason__in=NO_CONTACT_REASONS)


def latest_exit(due: date) -> date:
    """Return the last day of exit whose follow-up falls on `due` or before; months end on different days."""
    day = add_months(due, -FOLLOW_UP_MONTHS)
    while add_months(day + timedelta(days=1), FOLLOW_UP_MONTHS) <= due:
        day += timedelta(days=1)
    return day


ANSWERS = Condition("answers", _("with missing ESF answers"), _answers)
PAPERS_EXPIRED = Condition("papers_expired", _("with expired residence papers"), _papers_expired, late=True)
PAPERS_ENDING = Condition("papers_ending", _("whose residence papers end within 60 days"), _papers_ending)
EXIT_OPEN = Condition("exit", _("whose situation at exit is not recorded"), _exit_open)
FOLLOW_UP = Condition("follow_up", _("to be asked six months after the exit"), _follow_up, late=True)
