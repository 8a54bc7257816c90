"""The daily ways of the budget: who asks for what, how long it may take, and the plain SQL beside it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from reporting.benchmark import sql
from reporting.benchmark.sql import Case
from resque.accounts.models import User
from resque.once.operations import FIELD

_KEY = re.compile(rf'name="{FIELD}"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in, and whose people the journeys ask for."""

    client: Client
    user: User
    case: Case

    def get(self, address: str) -> HttpResponse:
        """Open a page."""
        return self.client.get(address)

    def post(self, address: str, answers: dict) -> HttpResponse:
        """Send a form."""
        return self.client.post(address, answers)


@dataclass(frozen=True)
class Journey:
    """One way of the day.

    Attributes:
        code: its name on the command line.
        words: what happens.
        budget: milliseconds in which 95 of 100 answers are there, with 100,000 people and 1,000,000 services; None:
            the product names none.
        role: whose way it is.
        prepare: makes what the request needs and is not part of it; its result goes to `ask`.
        ask: one request, up to the whole answer.
        plain: the plain SQL of the same question.
        counts: whether the plain SQL runs in the role that counts.
    """

    code: str
    words: str
    budget: int | None
    role: str
    ask: Callable[[Visitor, object], HttpResponse]
    plain: Callable[[Visitor], None]
    prepare: Callable[[Visitor], object] = lambda visitor: None
    counts: bool = False


def _opens(address: Callable[[Case], str]) -> Callable[[Visitor, object], HttpResponse]:
    return lambda visitor, _: visitor.get(address(visitor.case))


def _runs(*statements: str) -> Callable[[Visitor], None]:
    return lambda visitor: sql.plain(visitor.case, *statements)


def _person(name: str) -> Callable[[Case], str]:
    return lambda case: reverse(name, args=[case.reference])


def _blank_form(visitor: Visitor) -> str:
    page = visitor.get(reverse("services:record")).content.decode()
    return _KEY.search(page)[1]


def _save(visitor: Visitor, key: object) -> HttpResponse:
    answers = {
        "participants": [visitor.case.reference], "kind": "ALL-VW", "minutes": "30", "note_scope": "team",
        "day": f"{visitor.case.today:%d.%m.%Y}", "title": "benchmark", FIELD: key,
    }  # fmt: skip
    return visitor.post(reverse("services:record"), answers)


WORKER, COORDINATOR = "caseworker", "coordinator"
_FILTERS = "?view=all&state=AKTIV&sex=f&nationality=SYR"

JOURNEYS: tuple[Journey, ...] = (
    Journey(
        "search", "near matches while a name is typed", 200, WORKER,
        lambda visitor, _: visitor.post(reverse("participants:similar"), {"name": visitor.case.fold}),
        lambda visitor: sql.plain_search(visitor.case),
    ),
    Journey(
        "person", "page of a participant", 150, WORKER,
        _opens(_person("participants:detail")), _runs(*sql.PERSON),
    ),
    Journey(
        "timeline", "timeline of a participant", 150, WORKER,
        _opens(_person("services:timeline")), _runs(*sql.TIMELINE),
    ),
    Journey(
        "list", "list of people with three filters", 200, WORKER,
        _opens(lambda case: reverse("participants:list") + _FILTERS), _runs(sql.LIST, sql.COUNT_OF_LIST),
    ),
    Journey(
        "save", "save a consultation", 150, WORKER,
        _save, lambda visitor: sql.plain_save(visitor.case, visitor.user.pk), prepare=_blank_form,
    ),
    Journey(
        "home", "home page of a caseworker", None, WORKER,
        _opens(lambda case: reverse("home:home")), _runs(sql.COUNT_OF_LIST),
    ),
    Journey(
        "dashboard", "overview of the coordinator", 500, COORDINATOR,
        _opens(lambda case: reverse("reporting:dashboard")), _runs(sql.PEOPLE_OF_ONE_OPERATION), counts=True,
    ),
    Journey(
        "reached", "persons reached by year, partner, sex, age group, one operation", 300, COORDINATOR,
        _opens(lambda case: reverse("reporting:reached")), _runs(sql.PEOPLE_OF_ONE_OPERATION), counts=True,
    ),
    Journey(
        "reached-all", "the same over all operations, each person once", 400, COORDINATOR,
        _opens(lambda case: reverse("reporting:reached") + "?operation=all"),
        _runs(sql.PEOPLE_OF_ALL_OPERATIONS), counts=True,
    ),
    Journey(
        "indicators", "all ESF indicators by sex", 500, COORDINATOR,
        _opens(lambda case: reverse("reporting:indicators")), _runs(sql.INDICATORS), counts=True,
    ),
)  # fmt: skip

BY_CODE = {journey.code: journey for journey in JOURNEYS}
