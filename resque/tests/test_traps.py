"""Known ways to get it wrong: each with the tests that would notice (data/traps.csv)."""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest
from django.urls import reverse

from participants.tests.builders import make_participant

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).parent / "data" / "traps.csv"
# Nothing of this exists in the application yet, so there is nothing to get wrong; whoever builds it adds the line.
NOT_BUILT = {
    "T25": "precision of the entry day in import files",
    "T54": "time of travel and interpreting beside the time of a service",
    "T55": "a warning about long or overlapping days of a worker",
    "T64": "lists of people that leave as files",
    "T65": "erasing a person",
    "T66": "restoring a backup after an erasure",
    "T68": "booking interpreters",
}


def _rows() -> dict[str, list[str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["trap"]: row["tests"].split() for row in csv.DictReader(file)}


@cache
def _tests_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def _missing(rows: dict[str, list[str]]) -> list[str]:
    """Return what is named and is not there."""
    named = [(trap, *test.split("::")) for trap, tests in rows.items() for test in tests]
    return [
        f"{trap}: {path}::{name}"
        for trap, path, name in named
        if not (ROOT / path).exists() or name not in _tests_of(path)
    ]


def test_every_trap_names_tests_that_exist():
    rows = _rows()
    assert sorted([*rows, *NOT_BUILT]) == [f"T{number:02}" for number in range(1, 79)]
    assert all(rows.values())
    assert _missing(rows) == []


def test_finds_a_test_that_is_gone():
    here = "resque/tests/test_traps.py"
    assert _missing({"T01": [f"{here}::test_of_yesterday", f"{here}::test_finds_a_test_that_is_gone", "no/file.py::test_x"]}) == [
        f"T01: {here}::test_of_yesterday", "T01: no/file.py::test_x",
    ]  # fmt: skip


_CHOSEN = re.compile(
    r'<input[^>]*type="(?:radio|checkbox)"[^>]*checked[^>]*>|<option[^>]*value="[^"]+"[^>]*selected[^>]*>'
)
_NAME, _VALUE = re.compile(r'name="([^"]+)"'), re.compile(r'value="([^"]*)"')


def _chosen(page: str) -> list[str]:
    """Return the answers that a page of forms gives before anybody did; who acts may be proposed."""
    forms = page[page.index("<main") :]
    return [
        tag for tag in _CHOSEN.findall(forms)
        if _VALUE.search(tag) and _VALUE.search(tag)[1] and not re.search(r'name="(?:operation|referent|partner|given_by_kind)"', tag)
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["create", "esf", "special", "consent_record"])
def test_no_form_answers_before_a_person_does(client, cast, form):
    client.force_login(cast.lehmann)
    if form == "create":
        answer = client.post(reverse("participants:create"), {"begin": "1", "name": "Abebe Bikila"})
    else:
        case = make_participant(cast.lehmann, sex="")
        answer = client.get(reverse(f"participants:{form}", args=[case.reference]))
    found = [(_NAME.search(tag) and _NAME.search(tag)[1]) or tag for tag in _chosen(answer.content.decode())]
    assert answer.status_code == 200 and found == []
