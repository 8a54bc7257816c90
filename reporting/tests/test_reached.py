"""Persons reached by year, partner, sex and age group: the figures of their scope, and the plain computation."""

from datetime import date
from random import Random

import pytest

from participants.models import Operation, Participation, Person
from participants.tests.builders import make_participant
from reporting.groups import AGES, SEXES, age_group
from reporting.periods import period_of
from reporting.reached import EVER, Cell, count_reached
from reporting.tests import plain, world
from reporting.tests.counting import count
from reporting.tests.test_views import _walk
from resque.accounts.models import Partner
from resque.clock import today
from resque.context.acting import acting_as
from services.models import Attendance, Outcome
from services.operations.recording import Taking, record_service

pytestmark = pytest.mark.django_db
FIGURES = ("reached", "reached_outcomes")


@pytest.fixture(autouse=True)
def _german(settings):
    settings.LANGUAGE_CODE = "de"


def _mixed_world(cast, seed: int) -> None:
    """A random world whose people differ in sex and age, linked ones too."""
    world.build(cast, seed)
    rng = Random(seed)
    for case in Participation.objects.select_related("person"):
        Participation.objects.filter(pk=case.pk).update(sex=rng.choice(("f", "m", "m", "nb", "")))
        born = rng.choice((None, date(1991, 12, 31), date(1992, 1, 1), date(1961, 7, 1), date(1999, 2, 2)))
        Person.objects.filter(pk=case.person_id).update(birth_date=born)


def _counted(scope):
    with acting_as(scope.user):
        return count_reached(scope)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("who", ["hoffmann", "lehmann", "weber"])
def test_every_cell_is_the_figure_of_its_scope(cast, scope_of, seed, who):
    _mixed_world(cast, seed)
    scope = scope_of(getattr(cast, who))
    found = _counted(scope)
    partners = [EVER] if scope.partner else [EVER, cast.daa, cast.caritas]
    assert found.persons[Cell()]
    for year in (EVER, 2015, 2016, 2017):
        of_year = scope.during(period_of(str(year), start=scope.period.since, today=today())) if year else scope
        for partner in partners:
            within = of_year.of(partner) if partner else of_year
            groups = [{}, *({"sex": code} for code in SEXES), *({"age": code} for code in AGES)]
            for group in groups if partner is EVER else groups[:3]:
                cell = Cell(year, partner.pk if partner else EVER, **group)
                counts = count(within.among(**group), FIGURES)
                assert (found.persons[cell], found.with_outcome[cell]) == tuple(counts[code] for code in FIGURES), cell


def test_over_all_operations_each_human_counts_once(cast, operation):
    """The plain computation in Python, over records of two operations and linked people."""
    world.build(cast, 4)
    other = Operation.objects.exclude(pk=operation.pk).first()
    for case in list(Participation.objects.order_by("pk"))[:9]:
        again = make_participant(cast.lehmann)
        Participation.objects.filter(pk=again.pk).update(operation=other, person=case.person_id)
        record_service(by=cast.lehmann, kind="DAA-BER", participants=[Taking(again)], day=date(2017, 1, 9), minutes=30)
    humans = {case.pk: plain_human(case) for case in Participation.objects.select_related("person")}
    rejected = set(Participation.objects.filter(state="ABGEL").values_list("pk", flat=True))
    came = Attendance.objects.filter(status="attended").exclude(participation__in=rejected)
    expected: dict = {}
    for case, partner, day in came.values_list("participation", "partner", "day"):
        for key in ((day.year, partner), (day.year, None), (None, partner), (None, None)):
            expected.setdefault(key, set()).add(humans[case])
    with acting_as(cast.hoffmann):
        from reporting.access import get_scope

        found = count_reached(get_scope(cast.hoffmann, {"operation": "all"}, wide=True))
        one = count_reached(get_scope(cast.hoffmann, {}))
    assert {(cell.year, cell.partner): number for cell, number in found.persons.items() if not cell.sex + cell.age} == {
        key: len(people) for key, people in expected.items()
    }
    assert found.persons[Cell()] > one.persons[Cell()]


def plain_human(case: Participation):
    return ("c", case.person.cluster_id) if case.person.cluster_id else ("p", case.person_id)


@pytest.mark.parametrize("age", [(24, "below-25"), (25, "25-54"), (54, "25-54"), (55, "55-over"), (None, "unknown")])
def test_ages_fall_into_their_group(age):
    assert age_group(age[0]) == age[1]


@pytest.mark.parametrize(
    ("who", "start", "least"),
    [("hoffmann", "/reporting/reached/", 40), ("hoffmann", "/reporting/reached/?operation=all", 40),
     ("weber", "/reporting/reached/", 20)],
)  # fmt: skip
def test_every_number_of_the_tables_is_the_length_of_its_list(client, cast, who, start, least):
    _mixed_world(cast, 11)
    client.force_login(getattr(cast, who))
    assert _walk(client, start) >= least


def test_a_list_says_whom_it_holds_and_leads_back(client, cast):
    _mixed_world(cast, 11)
    client.force_login(cast.hoffmann)
    page = client.get("/reporting/figures/reached/people/?operation=all&sex=f&age=25-54").content.decode()
    assert 'href="/reporting/reached/?operation=all"' in page
    assert "25 bis 54" in page
    for address in ("entered/people/?operation=all", "reached/people/?sex=x", "reached/people/?age=%00"):
        assert client.get(f"/reporting/figures/{address}").status_code == 404
    assert client.get("/reporting/reached/?operation=%00").status_code == 404
    client.force_login(cast.krause)
    assert client.get("/reporting/reached/").status_code == 403


def test_before_the_first_service_the_page_says_so(client, cast):
    make_participant(cast.lehmann)
    assert not Attendance.objects.exists() and not Outcome.objects.exists() and Partner.objects.exists()
    for who in (cast.hoffmann, cast.lehmann):
        client.force_login(who)
        page = client.get("/reporting/reached/")
        assert page.context["is_empty"] and page.status_code == 200


def test_plain_python_counts_the_same_people(cast, operation, scope_of):
    world.build(cast, 6)
    loaded, scope = plain.load(operation), scope_of(cast.hoffmann)
    found = _counted(scope)
    for year in (2015, 2016, 2017):
        period = period_of(str(year), start=scope.period.since, today=today())
        expected = plain.counted(loaded, None, period.start, period.end)
        assert (found.persons[Cell(year)], found.with_outcome[Cell(year)]) == tuple(expected[code] for code in FIGURES)
