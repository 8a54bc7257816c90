"""`seed_demo`: which world it makes, and when it makes none."""

import pytest
from django.core.management import CommandError, call_command

from participants.models import Participation
from reporting.management.commands import seed_demo
from reporting.management.commands.seed_demo import Size
from services.models import Activity


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ({}, Size(62)),
        ({"size": "m"}, Size(642)),
        ({"size": "l"}, Size(100_000, 1_000_000)),
        ({"participants": 900}, Size(900)),
        ({"participants": 20_000}, Size(20_000, 200_000)),
        ({"participants": 20_000, "services": 90_000}, Size(20_000, 90_000)),
        ({"size": "l", "participants": 500}, Size(500, 5_000)),
    ],
)
def test_which_world_is_made(options, size, monkeypatch, db):
    made = []
    monkeypatch.setattr(seed_demo.Command, "_make", lambda self, wanted: made.append(wanted))
    call_command("seed_demo", verbosity=0, **options)
    assert made == [size]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"participants": 0}, "1 or more"),
        ({"participants": -5}, "1 or more"),
        ({"services": 5}, "everybody comes once"),
        ({"participants": 30, "services": 29}, "everybody comes once"),
    ],
)
def test_impossible_numbers_are_refused(options, words, db):
    with pytest.raises(CommandError, match=words):
        call_command("seed_demo", **options)
    assert not Participation.objects.exists()


def test_a_bulk_world_is_whole_and_enters_an_empty_database_only(db, capsys):
    call_command("seed_demo", participants=20, services=60)
    assert "Demo world of 28 people" in capsys.readouterr().out  # eight more are those of the example
    assert Activity.objects.filter(shape="structural").exists()
    with pytest.raises(CommandError, match="already holds participants"):
        call_command("seed_demo", participants=20, services=60)
