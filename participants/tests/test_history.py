"""The history of a case speaks the language of the reader and says a thing once."""

from datetime import date

import pytest
from django.utils.functional import Promise

from participants.access import get_participant
from participants.models import CaseShare, Participation
from participants.operations.identities import add_contact, remove_contact
from participants.queries.circumstances import circumstances_of
from participants.queries.history import _LABELS, FACTS, NAMES, OF_THE_OWNER, TECHNICAL, history_of
from participants.tests.builders import make_participant, share_case
from resque.context.acting import acting_as


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


@pytest.mark.parametrize("belts", ["both", "application"])
def test_what_was_removed_stays_in_the_history_of_the_owner_and_of_nobody_else(cast, request, belts):
    if belts == "both":
        request.getfixturevalue("app_role")
    with acting_as(cast.lehmann):
        case = make_participant(cast.lehmann)
        contact = add_contact(by=cast.lehmann, participation=case, kind="phone", value="0341 4711")
        share_case(
            by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1)
        )
        remove_contact(by=cast.lehmann, participation=case, contact=contact.pk)
    for user, seen in ((cast.vogel, True), (cast.weber, False)):
        with acting_as(user):
            told = history_of(circumstances_of(get_participant(user, case.reference), user))
        assert ("0341 4711" in str(told)) is seen
