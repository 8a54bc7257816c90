"""The demo world of real size shows every dashboard alive: what the programme asks occurs, for women and for men."""

from datetime import date

import pytest

from participants.completeness import HOUSEHOLD
from participants.models import Operation
from reporting.demo.bulk.load import load
from reporting.demo.chapters import Library
from reporting.demo.occasions import let_occasions_happen
from reporting.demo.staff import teams_of
from reporting.demo.story import Teams
from reporting.demo.ten_people import bring_in_the_ten
from reporting.demo.world import SINCE_AUTUMN
from reporting.indicators.catalogue import indicators_of
from reporting.indicators.counting import Tally, tallies
from reporting.indicators.facts import Basis
from reporting.management.commands.seed_demo import SIZES
from resque.accounts.demo import create_demo_accounts
from resque.context.acting import acting_as_system

DAY, USUAL = date(2017, 2, 6), date(2016, 12, 31)  # the day of the demo, and the reference date that pages open with


@pytest.fixture
def counted(db) -> dict[str, list[Tally]]:
    """All indicators of the world by funding period; its plan is loaded in bulk, a hundred times as fast as lived."""
    create_demo_accounts()
    bring_in_the_ten(DAY)
    library = Library(SIZES["m"].participants, None, DAY, teams=Teams())
    load(library.chapters(SINCE_AUTUMN), teams_of(Teams()), DAY, tell_progress=lambda number: None)
    let_occasions_happen(DAY)
    operation = Operation.objects.get(code="resque-2.0")
    with acting_as_system("test"):
        return {rules: tallies(Basis(operation=operation, rules=rules), [USUAL, DAY]) for rules in ("2014", "2021")}


def asks_household(indicator) -> bool:
    """Whether an indicator rests on questions that this operation does not ask (domain reference 1.2)."""
    return not set(HOUSEHOLD).isdisjoint(indicator.facts)


@pytest.mark.parametrize("rules", ["2014", "2021"])
def test_every_indicator_that_is_asked_occurs_for_women_and_for_men(counted, rules):
    asked = [one.code for one in indicators_of(rules) if not asks_household(one)]
    for tally in counted[rules]:
        empty = [code for code in asked if not (tally.indicators[code].f and tally.indicators[code].m)]
        assert not empty


def test_the_household_is_not_asked_and_not_invented(counted):
    left_out = {one.code for one in indicators_of("2014") if asks_household(one)}
    assert left_out == {"CO12", "CO13", "CO14"}
    assert not any(tally.indicators[code].total for tally in counted["2014"] for code in left_out)


def test_totals_rates_and_supported_projects_occur(counted):
    """CO21 is truly 0: the operation is no project for women."""
    for tally in counted["2014"]:
        assert tally.stock and tally.exited and tally.incomplete and tally.refused
        assert 0.1 < tally.rates["A"].value < tally.rates["B"].value < 0.8
        assert {code for code, number in tally.entities.items() if not number} == {"CO21"}
    assert all(all(tally.entities.values()) for tally in counted["2021"])
