"""All 86 rules: each fires on its case and not right beside it, and says what the domain reference writes as formula."""

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from participants.countries import EU_MEMBERSHIP
from participants.months import add_months, age_on
from participants.rules import RULES, contradictions, violations
from reporting.quality.checking import ALL_RULES
from reporting.quality.totals import TOTAL_RULES
from reporting.tests.quality_cases import CASES, COUNT_CASES, TODAY, counts, record

WRITTEN = {
    row["id"]: row for row in json.loads((Path(__file__).parent / "data" / "dq_rules.json").read_text(encoding="utf-8"))
}
BY_ID = {rule.id: rule for rule in ALL_RULES}
EU = {code for code, (_first, last) in EU_MEMBERSHIP.items() if last == date.max}


def test_all_rules_stand_there_once_and_as_written():
    assert [rule.id for rule in ALL_RULES] == list(WRITTEN)
    assert len(BY_ID) == len(ALL_RULES) == 86
    for rule in ALL_RULES:
        written = WRITTEN[rule.id]
        assert (rule.severity, rule.period) == (
            written["severity"],
            {"both": ""}.get(written["period"], f"20{written['period']}"),
        )
        assert (rule in RULES, rule in TOTAL_RULES) == (written["scope"] == "R", written["scope"] == "A")
        assert rule.message


def test_a_faultless_record_and_report_violate_nothing():
    assert violations(record()) == []
    assert violations(record(rules="2021")) == []
    for rules in ("2014", "2021"):
        assert [rule.id for rule in TOTAL_RULES if rule.holds_in(rules) and rule.violated(counts(rules))] == []


@pytest.mark.parametrize("code", [rule.id for rule in RULES])
def test_a_rule_fires_on_its_case_and_not_beside_it(code):
    wrong, right = CASES[code]
    assert BY_ID[code] in violations(record(**wrong))
    assert BY_ID[code] not in violations(record(**right))


@pytest.mark.parametrize("code", [rule.id for rule in TOTAL_RULES])
def test_a_rule_over_counts_fires_on_its_case_and_not_beside_it(code):
    wrong, right = COUNT_CASES[code]
    assert BY_ID[code].violated(wrong)
    assert not BY_ID[code].violated(right)


def _noise(rng: Random) -> SimpleNamespace:
    """A record in which some answers come from cases of other rules, and some are missing."""
    changes: dict = {}
    for code in rng.sample(sorted(CASES), 3):
        changes |= rng.choice(CASES[code])
    changes["rules"] = rng.choice(("2014", "2021"))
    for name in rng.sample(NULLABLE, 3):
        changes[name] = None
    return record(**changes)


NULLABLE = [
    name for name, value in vars(record(**CASES["F02"][1])).items()
    if name not in ("reference", "state", "rules", "today", "op_start", "op_end", "small_contact_hours", "identity_known",
                    "special_known", "age", "sensitive_answered")
]  # fmt: skip


def test_every_rule_says_what_its_formula_says():
    rng = Random(5)
    fired = set()
    formulas = {rule.id: compile(WRITTEN[rule.id]["violated_if"], rule.id, "eval") for rule in RULES}
    for _ in range(3000):
        r = _noise(rng)
        shown = SimpleNamespace(**vars(r), get=vars(r).get)
        names = {
            "r": shown, "today": r.today, "timedelta": timedelta, "age_on": age_on, "add_months": add_months, "EU27": EU,
            "age": lambda one: one.age,
        }  # fmt: skip
        for rule in RULES:
            expected = bool(eval(formulas[rule.id], names))
            assert bool(rule.violated(r)) == expected, (rule.id, r)
            fired |= {rule.id} if expected else set()
    assert fired == {rule.id for rule in RULES}


def test_rules_over_counts_say_what_their_formulas_say():
    rng = Random(6)
    for rule in TOTAL_RULES:
        formula = compile(WRITTEN[rule.id]["violated_if"], rule.id, "eval")
        for _ in range(100):
            rules = "2021" if rule.period == "2021" else "2014"
            r = counts(rules, {code: rng.randint(0, 9) for code in counts(rules).c}, n=rng.randint(5, 13))
            r.published = {code: rng.choice((r.c[code], 3)) for code in rng.sample(sorted(r.c), 1)}
            assert bool(rule.violated(r)) == bool(eval(formula, vars(r))), (rule.id, r)


def test_nothing_at_all_crashes_no_rule():
    """A record of which only the dates of the check are known, and one at the end of the calendar."""
    nothing = dict.fromkeys(NULLABLE)
    assert {"E01", "E04", "E10", "E11"} <= {rule.id for rule in violations(record(**nothing))}
    end = {name: date.max for name in NULLABLE if isinstance(getattr(record(**CASES["F02"][1]), name), date)}
    for rules in ("2014", "2021"):
        assert violations(record(rules=rules, today=date.max, **end))


def test_a_contact_owes_no_answers():
    """Who came for a short talk is no participant: only what is stored about the person is judged."""
    contact = {
        "state": "KONTAKT",
        "entry_date": None,
        "e_status": None,
        "e_isced": None,
        "sex": None,
        "birth_date": None,
    }
    assert violations(record(**contact)) == []
    assert [rule.id for rule in violations(record(**contact, info_given_on=None, entry_form_on=None))] == ["E27", "E29"]
    assert [rule.id for rule in violations(record(**contact | {"state": "AKTIV"}))][:2] == ["E01", "E04"]


def test_the_page_of_a_person_does_not_say_twice_what_is_missing():
    incomplete = record(e_isced=None, e_migrant=False)
    assert [rule.id for rule in violations(incomplete)] == ["E11", "E23"]
    assert [rule.id for rule in contradictions(incomplete)] == ["E23"]


def test_who_may_not_know_is_told_nothing():
    hidden = record(
        identity_known=False, special_known=False, info_given_on=None, contact_consent=None, guardian_recorded=None,
        e_isced=0, e_other_dis=None, f_status="employed", exit_date=TODAY, exit_reason="ZIEL", x_status="inactive",
    )  # fmt: skip
    assert {"E07", "E22", "E27", "F08"} & {rule.id for rule in violations(hidden)} == set()
