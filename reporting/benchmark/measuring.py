"""Measuring a journey: the whole answer of the application and the plain SQL, turn by turn in one run."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from statistics import median

from django.conf import settings
from django.db.models import Count
from django.test import Client

from participants.models import Operation, Participation, Spelling
from reporting.access import usual_operation
from reporting.benchmark.journeys import Journey, Visitor
from reporting.benchmark.sql import Case
from reporting.sql import figures_role
from resque.accounts.models import Partner, User
from resque.accounts.roles import Role
from resque.clock import today
from resque.context.acting import acting_as, acting_as_system

WARM_UP = 2


class NothingToMeasure(Exception):
    """The database holds no people, or no account that could ask."""


@dataclass(frozen=True)
class Measured:
    """Times of one journey in milliseconds: every answer, and every run of the plain SQL."""

    journey: Journey
    answers: list[float]
    plain: list[float]

    @property
    def middle(self) -> float:
        """Half of the answers were faster."""
        return median(self.answers)

    @property
    def slow(self) -> float:
        """95 of 100 answers were faster."""
        return percentile(self.answers, 95)

    @property
    def ratio(self) -> float:
        """How many times the plain SQL the answer took, middle to middle."""
        return self.middle / median(self.plain)

    @property
    def within(self) -> bool:
        """Whether the budget is kept."""
        return self.journey.budget is None or self.slow <= self.journey.budget


def percentile(times: list[float], per_cent: int) -> float:
    """Return the time below or at which `per_cent` of 100 lie (nearest rank).

    Args:
        times: at least one.
        per_cent: 1 to 100.
    """
    ordered = sorted(times)
    return ordered[max(0, -(-len(ordered) * per_cent // 100) - 1)]


@contextmanager
def visitors() -> Iterator[Callable[[str], Visitor]]:
    """Give a function that signs in one account of a role; at the end all of them are signed out.

    Raises:
        NothingToMeasure: on entering, there is nobody to ask for; on asking, nobody to ask.
    """
    signed_in: dict[str, Visitor] = {}
    with acting_as_system("benchmark"):
        case = _case()

    def visitor(role: str) -> Visitor:
        if role not in signed_in:
            user = _account(role, case)
            client = Client(SERVER_NAME=_host(), raise_request_exception=False)
            client.force_login(user)
            signed_in[role] = Visitor(client, user, case)
        return signed_in[role]

    try:
        yield visitor
    finally:
        for one in signed_in.values():
            one.client.logout()


def _host() -> str:
    names = [name for name in settings.ALLOWED_HOSTS if name.strip("*.")]
    return names[0].lstrip(".") if names else "localhost"


def _account(role: str, case: Case) -> User:
    accounts = User.objects.filter(role=role, is_active=True).order_by("pk")
    user = (accounts.filter(partner=case.partner) if role == Role.CASEWORKER else accounts).first()
    if user is None:
        raise NothingToMeasure(role)
    return user


def _case() -> Case:
    """The partner with the most people, and its person with the most services among the first thousand."""
    operation = usual_operation(Operation.objects.all())
    partners = Partner.objects.annotate(people=Count("participations")).filter(people__gt=0)
    partner = partners.order_by("-people", "pk").first()
    if partner is None:
        raise NothingToMeasure
    newest = Participation.objects.filter(partner=partner, operation=operation).order_by("-pk")[:1000]
    found = (
        Participation.objects.filter(pk__in=list(newest.values_list("pk", flat=True)))
        .annotate(services=Count("attendances"))
        .order_by("-services", "pk")
        .first()
    )
    spelling = Spelling.objects.filter(person=found.person_id).order_by("pk").first() if found else None
    if spelling is None:
        raise NothingToMeasure
    return Case(
        operation=operation.pk, partner=partner.pk, participation=found.pk, person=found.person_id,
        reference=found.reference, today=today(), fold=spelling.fold, skeleton=spelling.skeleton,
    )  # fmt: skip


def measure(journey: Journey, visitor: Visitor, *, rounds: int) -> Measured:
    """Run a journey and its plain SQL in turn, after some rounds that warm up.

    Args:
        rounds: timed answers; as many runs of the plain SQL.

    Raises:
        RuntimeError: the application answered with an error; its time would say nothing.
    """
    answers, plain = [], []
    for number in range(WARM_UP + rounds):
        answer, statement = _answer(journey, visitor), _plain(journey, visitor)
        if number >= WARM_UP:
            answers.append(answer)
            plain.append(statement)
    return Measured(journey, answers, plain)


def _answer(journey: Journey, visitor: Visitor) -> float:
    made = journey.prepare(visitor)
    began = time.perf_counter()
    response = journey.ask(visitor, made)
    body = response.content
    took = time.perf_counter() - began
    if response.status_code >= 400 or (response.status_code == 200 and not body):
        raise RuntimeError(f"{journey.code}: answered {response.status_code}")
    return took * 1000


def _plain(journey: Journey, visitor: Visitor) -> float:
    began = time.perf_counter()
    with acting_as(visitor.user), figures_role() if journey.counts else nullcontext():
        journey.plain(visitor)
    return (time.perf_counter() - began) * 1000
