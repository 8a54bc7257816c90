"""Random populations against plain Python: every code, sex and date of both periods, and the formulas as they are shown."""

from datetime import date, timedelta

import pytest

from participants.models import Operation, Participation, Person
from participants.months import add_months, age_on
from participants.operations.imports import import_file
from reporting.indicators.catalogue import INDICATORS, indicators_of
from reporting.indicators.counting import references_behind, stock, tallies
from reporting.indicators.facts import Basis
from reporting.indicators.listed import listed
from reporting.sql import AgeOn, MonthsLater, figures_role
from reporting.tests import plain_indicators as plain
from reporting.tests import random_people
from reporting.tests.random_people import REFERENCE_DATES
from resque.clock import moved_to
from resque.context.acting import acting_as, acting_as_system


def _bring_in(cast, seed: int, number: int, *, household: bool) -> list[plain.Record]:
    Operation.objects.filter(code="resque-2.0").update(household_questions=household)
    rows = random_people.people(seed, number)
    with moved_to(date(2019, 1, 31)), acting_as_system("random people"):
        result = import_file(
            by=None, partner=cast.daa, operation=Operation.objects.get(code="resque-2.0"),
            data=random_people.as_csv(rows), file_name="random.csv",
        )  # fmt: skip
    assert not result.faults, result.faults[:3]
    return [plain.Record.of(row) for row in rows]


@pytest.mark.parametrize("household", [False, True])
def test_every_number_is_what_plain_python_counts(cast, request, household):
    records = _bring_in(cast, 7 + household, 1400, household=household)
    theirs = dict(Participation.objects.values_list("reference", "external_reference"))
    request.getfixturevalue("app_role")
    for rules in ("2014", "2021"):
        basis = Basis(Operation.objects.get(code="resque-2.0"), rules)
        with acting_as(cast.hoffmann):
            found = tallies(basis, REFERENCE_DATES)
            present = [stock(basis, day) for day in REFERENCE_DATES]
        seen = set()
        for day, tally, references in zip(REFERENCE_DATES, found, present, strict=True):
            expected = plain.counted(records, rules, day, household=household)
            numbers = {code: {"m": n.m, "f": n.f, "nb": n.nb} for code, n in tally.indicators.items()}
            assert numbers == expected, (rules, day)
            totals = plain.summary(records, rules, day, household=household)
            assert (tally.complete, tally.grand_total, tally.exited) == (
                totals["complete"], totals["grand_total"], totals["exited"],
            ), (rules, day)  # fmt: skip
            assert sorted(theirs[one] for one in references) == totals["stock"]
            seen |= {code for code, row in expected.items() if sum(row.values())}
        # The population reaches everything: a formula that never counted would prove nothing.
        asked = {one.code for one in indicators_of(rules)}
        assert asked - seen == set()


def test_the_list_behind_a_number_has_its_rows(cast):
    _bring_in(cast, 3, 150, household=False)
    until, since = date(2018, 2, 28), date(2016, 12, 31)
    for rules in ("2014", "2021"):
        basis = Basis(Operation.objects.get(code="resque-2.0"), rules)
        with acting_as(cast.hoffmann):
            now, before = tallies(basis, [until, since])
            behind, period = references_behind(basis, until), references_behind(basis, until, since)
            for code, number in now.indicators.items():
                assert number.total == len(set(behind[code])), code
                assert (number - before.indicators[code]).total == len(period[code]), code
                rows = listed(code).records(basis, until, None)
                with figures_role():
                    assert sorted(one.reference for one in rows) == behind[code]


def test_the_formula_that_is_shown_says_what_is_counted():
    """Each formula of the catalogue, evaluated as Python, is true of the same random records."""
    records = [plain.Record.of(row) for row in random_people.people(11, 800)]
    for r in (one for one in records if plain.is_complete(one, "2021", household=False)):
        names = {**dict.fromkeys(_FIELDS), **r, "age": plain.age_at_entry(r), "add_months": add_months}
        truths = plain.true_of(r)
        for indicator in INDICATORS:
            names[indicator.code] = bool(eval(indicator.formula, {}, names))
            assert names[indicator.code] == truths[indicator.code], (indicator.code, r)


_FIELDS = (
    "e_unemp_since", "e_in_edu", "hh_jobless", "hh_jobless_dep", "hh_single_dep", "x_status", "x_in_edu",
    "x_job_search", "x_qualified", "f_status", "f_improved", "e_migrant", "e_disab", "e_other_dis", "e_minority",
    "e_homeless", "e_rural", "e_foreign_bg", "e_third_country",
)  # fmt: skip


def test_both_periods_have_all_their_codes():
    assert [one.code for one in indicators_of("2014")] == [
        *(f"CO{number:02}" for number in range(1, 20)), *(f"CR{number:02}" for number in range(1, 10)),
    ]  # fmt: skip
    assert [one.code for one in indicators_of("2021")] == [
        *(f"EECO{number:02}" for number in range(1, 18)), *(f"EECR{number:02}" for number in range(1, 7)),
    ]  # fmt: skip


def test_ages_and_months_of_the_database_are_those_of_python(cast):
    """Leap days, month ends and a birth after the entry, pair by pair."""
    days = [
        date(2015, 2, 28),
        date(2016, 2, 28),
        date(2016, 2, 29),
        date(2016, 3, 1),
        date(2016, 8, 31),
        date(2017, 2, 28),
    ]
    births = [date(1992, 2, 28), date(1992, 2, 29), date(1992, 3, 1), date(1961, 8, 31), date(1991, 12, 31)]
    operation = Operation.objects.get(code="resque-2.0")
    for number, (born, day) in enumerate((born, day) for born in births for day in days):
        person = Person.objects.create(partner=cast.daa, birth_date=born)
        Participation.objects.create(
            reference=f"R-{number}",
            person=person,
            operation=operation,
            partner=cast.daa,
            created_on=day,
            entry_date=day,
        )
    rows = Participation.objects.annotate(
        age=AgeOn("person__birth_date", "entry_date"),
        half=MonthsLater("entry_date", 6),
        year=MonthsLater("entry_date", 12),
    ).select_related("person")
    for row in rows:
        assert row.age == age_on(row.person.birth_date, row.entry_date)
        assert (row.half, row.year) == (add_months(row.entry_date, 6), add_months(row.entry_date, 12))


def test_linked_records_of_one_human_count_once(cast):
    """Two partners know the same person: the earliest complete record speaks, an incomplete one does not."""
    rows = random_people.people(1, 3)
    for place, row in enumerate(rows):
        row.clear()
        row |= {
            "reference": f"Z{place}", "family_name": "Muster", "entry_date": f"2016-0{place + 1}-10", "sex": "f",
            "birth_date": "1990-05-05" if place else "", "e_status": "employed" if place == 1 else "inactive",
            "e_in_edu": "false", "e_isced": "3",
        }  # fmt: skip
    with acting_as_system("linked"):
        operation = Operation.objects.get(code="resque-2.0")
        import_file(by=None, partner=cast.daa, operation=operation, data=random_people.as_csv(rows), file_name="l.csv")
    Person.objects.update(cluster_id=1)
    with acting_as(cast.hoffmann):
        (tally,) = tallies(Basis(operation, "2014"), [date(2016, 12, 31)])
    assert (tally.complete, tally.grand_total) == (1, 1)
    assert (tally.indicators["CO05"].total, tally.indicators["CO03"].total) == (1, 0)


@pytest.mark.parametrize(("exit_day", "counts"), [(timedelta(0), 1), (timedelta(days=1), 0)])
def test_an_exit_on_the_reference_date_belongs_to_it(cast, exit_day, counts):
    until = date(2016, 12, 31)
    row = {
        "reference": "Z1", "family_name": "Muster", "entry_date": "2016-01-10", "sex": "f", "birth_date": "1990-05-05",
        "e_status": "inactive", "e_in_edu": "false", "e_isced": "3", "exit_date": str(until + exit_day),
        "x_status": "employed",
    }  # fmt: skip
    with acting_as_system("exit"):
        operation = Operation.objects.get(code="resque-2.0")
        import_file(by=None, partner=cast.daa, operation=operation, data=random_people.as_csv([row]), file_name="e.csv")
        (tally,) = tallies(Basis(operation, "2014"), [until])
        present = stock(Basis(operation, "2014"), until)
    assert (tally.exited, tally.indicators["CR04"].total, len(present)) == (counts, counts, 1 - counts)
