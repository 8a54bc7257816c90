"""The history of a case speaks the language of the reader and says a thing once."""

import pytest
from django.utils.functional import Promise

from participants.models import CaseShare, Participation
from participants.queries.circumstances import circumstances_of
from participants.queries.history import _LABELS, FACTS, NAMES, OF_THE_OWNER, TECHNICAL, history_of
from participants.tests.builders import make_participant


@pytest.mark.parametrize("model", (Participation, *FACTS, *NAMES, CaseShare))
def test_every_column_that_the_history_shows_has_a_name_that_can_be_translated(model):
    shown = [
        column
        for column in model._meta.concrete_fields
        if not column.primary_key and column.name not in TECHNICAL and column.name not in OF_THE_OWNER
    ]
    nameless = [
        column.name
        for column in shown
        if (model, column.name) not in _LABELS and not isinstance(column._verbose_name, Promise)
    ]
    assert not nameless, f"{model.__name__}: name these columns in the model or in _LABELS: {nameless}"


@pytest.mark.django_db
def test_what_happened_several_times_in_one_step_is_said_once(cast):
    case = make_participant(
        cast.lehmann, "Al Hassan", "Mohamad", original_script="محمد", other_spellings=("Mohamed Hasan",)
    )
    (deed,) = history_of(circumstances_of(case, cast.lehmann))
    assert len(deed.what) == len(set(deed.what))
    assert sum(change.label == "Art der Schreibweise" for change in deed.changes) == 3
