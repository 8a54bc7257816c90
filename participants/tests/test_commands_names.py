"""The commands about similar names."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from participants.tests.builders import make_participant


def _run(*args) -> str:
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_find_similar_explains_its_candidates(cast):
    made = make_participant(cast.lehmann)
    [found] = json.loads(_run("find_similar", "--name", "Mohammed Alhasan", "--format", "json"))
    assert found["reference"] == made.reference and found["score"] > 0.9 and found["reasons"]
    assert made.reference in _run("find_similar", "--name", "Mohammed Alhasan", "--user", "lehmann")
    assert made.reference not in _run("find_similar", "--name", "Mohammed Alhasan", "--user", "weber")


def test_a_wrong_day_is_named():
    with pytest.raises(CommandError, match="1994-13-01"):
        call_command("find_similar", "--name", "Anna", "--birth-date", "1994-13-01")


def test_evaluate_matching_prints_figures(tmp_path):
    file = tmp_path / "pairs.csv"
    file.write_text("kind,a,b,same\ntoken,Mohamad,Muhammed,1\ntoken,Samir,Samira,0\nfull,Ali Reza,Hassan Omar,0\n")
    figures = json.loads(_run("evaluate_matching", str(file), "--format", "json"))
    assert figures["token"] == {
        "pairs": 2, "same": 1, "threshold": 0.86, "precision": 1.0, "recall": 1.0, "f1": 1.0,
    }  # fmt: skip
    assert "precision" in _run("evaluate_matching", str(file))


@pytest.mark.parametrize("text", ["a,b\n", "kind,a,b,same\nword,A,B,1\n", "kind,a,b,same\ntoken,A,B,yes\n"])
def test_a_wrong_file_of_pairs_is_refused(tmp_path, text):
    file = tmp_path / "pairs.csv"
    file.write_text(text)
    with pytest.raises(CommandError):
        call_command("evaluate_matching", str(file))
