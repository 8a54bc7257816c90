"""The golden scenario: every code, sex and total of both reference dates, by the command."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from participants.models import Operation, Participation
from reporting.indicators.counting import references_behind, tallies
from reporting.indicators.facts import Basis
from reporting.indicators.listed import listed
from reporting.sql import figures_role
from reporting.tests.golden_story import GOLDEN, case_of, live, names_of
from resque.context.acting import acting_as_system

FIRST, SECOND = date(2016, 12, 31), date(2017, 6, 30)
REPORTS = {date(2017, 2, 6): (FIRST, "ref_2016_12_31"), date(2017, 7, 31): (SECOND, "ref_2017_06_30")}


def run(until: date, **options) -> dict:
    out = StringIO()
    call_command(
        "indicators", operation="resque-2.0", reference_date=str(until), format="json", stdout=out, **options
    )  # fmt: skip
    return json.loads(out.getvalue())


def test_both_columns_of_the_golden_table(cast, app_role):
    checked = []

    def at_check(day: date) -> None:
        until, column = REPORTS[day]
        for options in ({}, {"user": "hoffmann"}):
            _compare(run(until, **options), GOLDEN[column])
        checked.append(column)

    with acting_as_system("the golden story"):
        live(cast.lehmann, at_check)
    assert checked == ["ref_2016_12_31", "ref_2017_06_30"]


def _compare(found: dict, golden: dict) -> None:
    for code, expected in golden["indicators"].items():
        row = found["indicators"][code]
        assert (row["m"], row["f"], row["nb"], row["total"]) == (expected["m"], expected["f"], 0, expected["total"]), (
            code
        )
        assert names_of(row["references"]) == expected["who"], code
    summary = golden["summary"]
    assert {name: found[name] for name in ("complete", "grand_total", "exited")} == {
        name: summary[name] for name in ("complete", "grand_total", "exited")
    }
    assert names_of(found["stock"]) == summary["stock"]
    assert found["integration_rate"] == {"A": summary["rate_A"], "B": summary["rate_B"]}
    assert set(found["indicators"]) == {*golden["indicators"], *(f"CO{n}" for n in (12, 13, 14, 20, 21, 22, 23))}


def test_a_reentry_takes_back_a_reported_result(cast):
    """CR04 falls from 2 to 1 although the later value counts more days: the period is negative and shown so."""
    kept = {}
    basis = Basis(Operation.objects.get(code="resque-2.0"), "2014")

    def at_check(day: date) -> None:
        until = REPORTS[day][0]
        (kept[until],) = tallies(basis, [until])

    with acting_as_system("the golden story"):
        live(cast.lehmann, at_check)
        again = tallies(basis, [FIRST])[0]
        difference = kept[SECOND] - kept[FIRST]
    assert (kept[FIRST].indicators["CR04"].total, kept[SECOND].indicators["CR04"].total) == (2, 1)
    assert (difference.indicators["CR04"].m, difference.indicators["CR04"].total) == (-1, -1)
    assert again.indicators["CR04"].total == 1
    eight = case_of("P8")
    assert (eight.entry_date, eight.f_unreachable, eight.state) == (date(2015, 10, 5), None, "BEENDET")
    assert eight.person.birth_date
    assert Participation.objects.get(external_reference="P4").state == "ABGEL"


def test_the_period_is_the_difference_and_the_list_is_the_number(cast):
    with acting_as_system("the golden story"):
        live(cast.lehmann, lambda day: None)
        basis = Basis(Operation.objects.get(code="resque-2.0"), "2014")
        references = references_behind(basis, SECOND, FIRST)
        for code, row in run(SECOND, since=str(FIRST))["indicators"].items():
            assert row["total"] == len(row["references"])
            if code in references:
                people = listed(code).records(basis, SECOND, FIRST)
                with figures_role():
                    assert sorted(one.reference for one in people) == row["references"] == references[code]


def test_rules_of_2021_count_the_same_people_by_other_classes(cast):
    with acting_as_system("the golden story"):
        live(cast.lehmann, lambda day: None)
    found = run(SECOND, rules="2021")
    assert found["complete"] == 7
    assert {code: row["total"] for code, row in found["indicators"].items() if row["total"]} == {
        "EECO01": 7, "EECO02": 3, "EECO03": 1, "EECO04": 3, "EECO05": 1, "EECO06": 1, "EECO07": 4, "EECO08": 1,
        "EECO09": 4, "EECO10": 2, "EECO11": 1, "EECR02": 2, "EECR03": 1, "EECR04": 1, "EECR05": 1, "EECR06": 1,
    }  # fmt: skip


def test_entities_come_from_the_settings_of_the_operation(cast):
    Operation.objects.filter(code="resque-2.0").update(entities={"CO20": 1, "CO23": 14})
    found = run(FIRST)["indicators"]
    assert {code: found[code]["total"] for code in ("CO20", "CO21", "CO22", "CO23")} == {
        "CO20": 1, "CO21": 0, "CO22": 0, "CO23": 14,
    }  # fmt: skip
    assert run(FIRST, since="2015-12-31")["indicators"]["CO23"]["total"] == 0


def test_the_table_is_for_people(cast):
    out = StringIO()
    call_command("indicators", operation="resque-2.0", reference_date="2016-12-31", stdout=out)
    lines = out.getvalue().splitlines()
    assert any(line.startswith("CO02") and "Langzeitarbeitslose" in line for line in lines)
    assert lines[-1].endswith("A –, B –")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"operation": "resque-3.0"}, "resque-2.0"),
        ({"reference_date": "31.12.2016"}, "31.12.2016"),
        ({"since": "2017-01-01"}, "--since"),
        ({"user": "nobody"}, "nobody"),
        ({"user": "lehmann"}, "lehmann"),
        ({"user": "krause"}, "krause"),
    ],
)
def test_what_cannot_be_answered_is_said(cast, options, words):
    with pytest.raises(CommandError, match=words):
        call_command("indicators", **{"operation": "resque-2.0", "reference_date": "2016-12-31", **options})
