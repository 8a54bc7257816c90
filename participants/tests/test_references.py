"""A drawn reference that somebody out of sight already bears is drawn again, not refused by the database."""

import pytest
from django.db import DatabaseError, transaction

from participants.models import Participation
from participants.tests.builders import make_participant
from resque.context.acting import acting_as
from resque.references import drawn_from, free_references
from resque.sql import taken_references


class Spelling:
    """A source of chance that spells out given letters."""

    def __init__(self, *words: str):
        self.letters = iter("".join(words))

    def choice(self, alphabet: str) -> str:
        """Return the next letter, whatever there is to choose from."""
        return next(self.letters)


@pytest.fixture
def foreign(cast):
    """A case of Caritas that the counsellor of the DAA cannot see."""
    return make_participant(cast.weber, "Fremd", "Person")


def test_a_reference_out_of_sight_is_taken_all_the_same(cast, foreign, app_role):
    with acting_as(cast.lehmann):
        assert not Participation.objects.visible_to(cast.lehmann).filter(reference=foreign.reference).exists()
        with drawn_from(Spelling(foreign.reference[2:], "23456")):
            ours = make_participant(cast.lehmann, "Eigen", "Person")
    assert ours.reference == "R-23456"


def test_many_references_are_free_and_different(cast, foreign, app_role):
    with acting_as(cast.lehmann), drawn_from(Spelling(foreign.reference[2:], "22222", "22222", "33333", "44444")):
        assert free_references(Participation, "R", 3) == ["R-22222", "R-33333", "R-44444"]


@pytest.mark.parametrize("table", ["participants_identity", "pg_authid", "nowhere", 'a"; drop table x'])
def test_only_tables_whose_rows_bear_references_are_asked(cast, app_role, table):
    with acting_as(cast.lehmann), pytest.raises(DatabaseError, match="bear a reference"), transaction.atomic():
        taken_references(table, ["R-22222"])
