"""Figures against the same definitions in plain Python, over small random worlds; and their edges, one by one."""

from datetime import date

import pytest
from django.db import connection

from participants.models import Person
from participants.operations.answers import enter
from participants.tests.builders import make_participant, share_case
from reporting.catalogue import FIGURES, PLACED, PROOFS, WAYS
from reporting.figures import MONTHLY, TABLE_BY_PARTNER, figures, rates
from reporting.queries.headline import few_figures, headline_figures
from reporting.sql import figures_role
from reporting.tests import counting, plain, world
from reporting.tests.counting import count
from resque.context.acting import acting_as
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service

pytestmark = pytest.mark.django_db
PERIODS = ("all", "2016-h2", "2016-11", "2017-02")
CODES = [figure.code for figure in FIGURES if figure.code != "services"]


def _scopes(cast, scope_of, periods=PERIODS):
    for period in periods:
        yield scope_of(cast.hoffmann, period=period)
        yield scope_of(cast.hoffmann, period=period, partner="daa")
        yield scope_of(cast.weber, period=period)


@pytest.mark.parametrize("seed", range(2))
def test_every_figure_is_what_plain_python_counts(cast, operation, scope_of, seed):
    world.build(cast, seed)
    loaded = plain.load(operation)
    for scope in _scopes(cast, scope_of):
        expected = plain.counted(loaded, scope.partner, scope.period.start, scope.period.end)
        counts = count(scope)
        assert counts == {code: expected[code] for code in CODES}, (scope.period.code, scope.partner, scope.user)
        assert counting.services(scope) == expected["services"]
        assert sum(counts[code] for code in PROOFS) == counts["integrated_a"]
        assert sum(counts[code] for code in WAYS) == counts["integrated_a"]


def test_the_list_has_as_many_rows_as_the_number_says(cast, scope_of):
    world.build(cast, 5)
    for scope in (scope_of(cast.hoffmann), scope_of(cast.weber, period="2016-h2")):
        for code, number in count(scope).items():
            assert len(counting.rows(code, scope)) == number, (code, scope.period.code, scope.partner)


def test_months_and_partners_are_the_figures_of_their_scope(cast, scope_of):
    world.build(cast, 5)
    for scope in _scopes(cast, scope_of, ("all", "2016-h2")):
        months = scope.period.months(at_most=12)
        persons, services = counting.monthly(scope, months)
        for month, of_month in zip(months, services, strict=True):
            inside = scope.during(month)
            counts = count(inside, MONTHLY)
            assert {code: persons[code][month.code] for code in MONTHLY} == counts, (month, scope.partner)
            for group, number in of_month.by_group.items():
                assert counting.services(inside, group) == number
        if scope.user == cast.hoffmann and scope.partner is None:
            table = counting.partners(scope)
            for partner in (cast.daa, cast.caritas):
                counts = count(scope.of(partner), TABLE_BY_PARTNER)
                assert table.get(partner.pk, dict.fromkeys(counts, 0)) == counts


@pytest.mark.parametrize("who", ["hoffmann", "krause", "lehmann", "weber"])
def test_the_roles_of_the_database_count_the_same_as_its_owner(cast, scope_of, who):
    world.build(cast, 7)
    user = getattr(cast, who)
    scope = scope_of(user)
    as_owner = count(scope)
    assert as_owner["reached"]
    with acting_as(user), connection.cursor() as cursor:
        cursor.execute("set local role resque_app")
        as_app = figures(scope)
        cursor.execute("reset role")
    assert as_app == as_owner


def test_the_former_role_is_back_after_counting(cast, app_role):
    with figures_role(), connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("resque_figures",)
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("resque_app",)


ENTRY = date(2016, 11, 10)


def _case(cast, **answers):
    return make_participant(cast.lehmann, **(world.COMPLETE | {"entry_date": ENTRY} | answers))


def _outcome(cast, case, start, **more):
    return record_outcome(
        by=cast.lehmann, participation=case,
        **({"kind": "SVB_VZ", "start": start, "evidence": "document", "evidence_on": start} | more),
    )  # fmt: skip


def _served(cast, case, by=None, day=date(2016, 11, 15), **taking):
    by = by or cast.lehmann
    kind = "DAA-BER" if by.partner == cast.daa else "CAR-SOZ"
    return record_service(by=by, kind=kind, participants=[Taking(case, **taking)], day=day, minutes=30)


def test_linked_records_of_one_human_count_once(cast, scope_of):
    ours, theirs = _case(cast), make_participant(cast.weber, **world.COMPLETE, entry_date=ENTRY)
    for case, by in ((ours, cast.lehmann), (theirs, cast.weber)):
        _served(cast, case, by)
    assert count(scope_of(cast.hoffmann), ("reached", "entered")) == {"reached": 2, "entered": 2}
    Person.objects.filter(pk__in=[ours.person_id, theirs.person_id]).update(cluster_id=ours.person_id)
    assert count(scope_of(cast.hoffmann), ("reached", "entered")) == {"reached": 1, "entered": 1}
    assert count(scope_of(cast.weber), ("reached", "entered")) == {"reached": 1, "entered": 1}
    assert counting.services(scope_of(cast.hoffmann)) == 2


def test_a_cluster_and_a_person_of_the_same_number_are_two(cast, scope_of):
    one, other = _case(cast), _case(cast)
    Person.objects.filter(pk=other.person_id).update(cluster_id=one.person_id)
    assert count(scope_of(cast.hoffmann), ("entered",)) == {"entered": 2}


def test_planned_outcomes_never_count(cast, scope_of):
    _outcome(cast, _case(cast), date(2016, 12, 1), state="planned")
    counts = count(scope_of(cast.hoffmann))
    assert (counts["employment"], counts["integrated_a"]) == (0, 0)


@pytest.mark.parametrize(("start", "counts"), [(ENTRY, 0), (date(2016, 11, 11), 1)])
def test_an_outcome_counts_from_the_day_after_the_entry(cast, scope_of, start, counts):
    _outcome(cast, _case(cast), start)
    found = count(scope_of(cast.hoffmann))
    assert (found["employment"], found["integrated_a"]) == (counts, counts)


@pytest.mark.parametrize("status", ["cancelled", "no_show"])
def test_who_did_not_come_is_not_reached(cast, scope_of, status):
    _served(cast, _case(cast), status=status)
    scope = scope_of(cast.hoffmann)
    assert count(scope, ("reached",)) == {"reached": 0}
    assert counting.services(scope) == 0


@pytest.mark.parametrize(
    ("evidence", "on", "counts"), [("stated", None, 0), ("stated", ENTRY, 1), ("confirmed", None, 1)]
)
def test_a_rate_needs_proof(cast, scope_of, evidence, on, counts):
    _outcome(cast, _case(cast), date(2016, 12, 1), evidence=evidence, evidence_on=on)
    found = count(scope_of(cast.hoffmann))
    assert (found["integrated_a"], found["employment"]) == (counts, 1)


def test_both_rates_and_their_precedence(cast, scope_of):
    """Training before work before school; the strongest proof; B asks who left in the period."""
    case = _case(cast, entry_date=date(2016, 7, 1))
    _outcome(cast, case, date(2016, 7, 20), kind="VKA", evidence="lasting", evidence_on=date(2017, 2, 1))
    _outcome(cast, case, date(2016, 12, 1), kind="SVB_VZ", evidence="stated")
    _outcome(cast, case, date(2016, 12, 20), kind="AUSB_B", evidence="confirmed")
    enter(by=cast.lehmann, participation=case, answers={"exit_date": date(2017, 1, 15)})
    found = count(scope_of(cast.hoffmann))
    assert [found[code] for code in WAYS] == [1, 0, 0]
    assert [found[code] for code in PROOFS] == [1, 0, 0, 0]
    half = count(scope_of(cast.hoffmann, period="2016-h2"))
    assert (half["base_a"], half["integrated_a"], half["base_b"]) == (1, 1, 0)
    month = count(scope_of(cast.hoffmann, period="2017-01"))
    assert (month["base_a"], month["base_b"], month["integrated_b"]) == (0, 1, 1)


def test_an_incomplete_record_stands_in_no_rate(cast, scope_of):
    case = make_participant(cast.lehmann, entry_date=ENTRY, birth_date=date(1990, 1, 1))
    _outcome(cast, case, date(2016, 12, 1))
    found = count(scope_of(cast.hoffmann))
    assert (found["incomplete"], found["base_a"], found["integrated_a"], found["employment"]) == (1, 0, 0, 1)


@pytest.mark.parametrize(("period", "present"), [("2016-11", 1), ("2016-12", 0)])
def test_on_the_day_of_the_exit_nobody_is_present_any_more(cast, scope_of, period, present):
    enter(by=cast.lehmann, participation=_case(cast), answers={"exit_date": date(2016, 12, 31)})
    assert count(scope_of(cast.hoffmann, period=period), ("present",)) == {"present": present}


def test_a_service_for_a_shared_case_counts_for_who_held_it(cast, scope_of):
    case = _case(cast)
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="services", until=date(2017, 3, 1))
    _served(cast, case, cast.weber)
    assert count(scope_of(cast.weber), ("reached", "entered")) == {"reached": 1, "entered": 0}
    assert count(scope_of(cast.lehmann), ("reached", "entered")) == {"reached": 0, "entered": 1}


def test_placed_people_are_a_part_of_their_denominator(cast, scope_of):
    world.build(cast, 3)
    for scope in _scopes(cast, scope_of, ("all", "2016-11")):
        counts = count(scope)
        assert all(counts[code] <= counts["participants"] for code in PLACED)


def test_the_home_page_counts_less_and_the_same(cast, scope_of):
    world.build(cast, 5)
    for who in ("hoffmann", "weber"):
        scope = scope_of(getattr(cast, who))
        counts = count(scope)
        with acting_as(scope.user):
            few, headline = few_figures(scope), headline_figures(scope)
        for shown in (few["n"], headline["n"]):
            assert {code: number.value for code, number in shown.items()} == {code: counts[code] for code in shown}
        assert headline["rate"] == rates(counts)["rate_a"]
