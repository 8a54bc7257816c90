"""Coming back, moving on, not belonging to the target group, and refusing to be recorded."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from participants.choices import ParticipationState as State
from participants.models import AnonymousRefusal, Operation, Participation
from participants.operations.answers import EXIT_FIELDS, FOLLOW_UP_FIELDS, enter
from participants.operations.stations import (
    WAYS,
    move_state,
    re_enter,
    refuse_anonymously,
    take_back_refusal,
    take_up_again,
    turn_away,
)
from participants.queries.refusals import own_fresh_refusals
from participants.tests.builders import make_participant
from resque.audit.models import AccessEntry
from resque.context.acting import acting_as
from resque.locking import StaleRecord

LEFT = {
    "exit_date": date(2016, 9, 1), "exit_reason": "ARB", "x_status": "employed", "x_in_edu": True,
    "x_qualified": True, "x_qual_kind": "exam", "x_qual_evidence": "seen", "x_observed": date(2016, 9, 1),
    "f_status": "employed", "f_improved": False, "f_unreachable": True,
}  # fmt: skip


@pytest.fixture
def left(cast):
    return make_participant(cast.lehmann, entry_date=date(2016, 4, 12), e_status="inactive", e_isced=3, **LEFT)


def test_who_comes_back_keeps_the_first_entry_and_is_asked_anew(cast, left):
    back = re_enter(by=cast.lehmann, participation=left, version=left.version)
    assert (back.state, back.entry_date, back.e_status, back.e_isced) == ("AKTIV", date(2016, 4, 12), "inactive", 3)
    assert {getattr(back, name) for name in (*EXIT_FIELDS, *FOLLOW_UP_FIELDS)} == {None, ""}
    assert back.version == left.version + 1


def test_the_former_answers_stay_in_the_history(cast, left):
    re_enter(by=cast.lehmann, participation=left)
    events = Participation._meta.get_field("events").related_model.objects.filter(pgh_obj_id=left.pk)
    assert events.filter(exit_date=date(2016, 9, 1), x_status="employed", f_unreachable=True).exists()


def test_who_comes_back_from_aftercare_is_active(cast, left):
    Participation.objects.filter(pk=left.pk).update(state="NACHB")
    assert re_enter(by=cast.lehmann, participation=left).state == "AKTIV"


def test_nobody_returns_without_having_left(cast, left):
    back = re_enter(by=cast.lehmann, participation=left)
    with pytest.raises(ValidationError) as fault:
        re_enter(by=cast.lehmann, participation=back)
    assert set(fault.value.message_dict) == {"exit_date"}


def test_a_return_is_for_the_partner_and_for_the_record_that_was_shown(cast, left):
    with pytest.raises(Participation.DoesNotExist):
        re_enter(by=cast.weber, participation=left)
    with pytest.raises(StaleRecord):
        re_enter(by=cast.lehmann, participation=left, version=left.version + 7)


def test_a_contact_outside_the_target_group(cast):
    contact = make_participant(cast.lehmann)
    away = turn_away(by=cast.lehmann, participation=contact, version=contact.version)
    assert (away.state, away.entry_date, away.version) == ("ABGEL", None, contact.version + 1)
    assert turn_away(by=cast.lehmann, participation=away).version == away.version
    with pytest.raises(Participation.DoesNotExist):
        turn_away(by=cast.weber, participation=contact)


def test_a_participant_cannot_be_turned_away(cast):
    case = enter(
        by=cast.lehmann, participation=make_participant(cast.lehmann), answers={"entry_date": date(2017, 1, 9)}
    )
    with pytest.raises(ValidationError):
        turn_away(by=cast.lehmann, participation=case)
    case.refresh_from_db()
    assert case.state == "AKTIV"


def test_a_refusal_is_a_day_and_nothing_about_the_person(cast, app_role):
    with acting_as(cast.lehmann):
        operation = Operation.objects.get(code="resque-2.0")
        refuse_anonymously(by=cast.lehmann, operation=operation, partner=cast.daa, day=date(2017, 2, 6))
        row = AnonymousRefusal.objects.get()
    assert {field.name for field in row._meta.fields} == {"id", "reference", "operation", "partner", "day"}
    assert row.reference.startswith("V-")


def test_a_refusal_is_written_down(cast):
    operation = Operation.objects.get(code="resque-2.0")
    row = refuse_anonymously(by=cast.lehmann, operation=operation, partner=cast.daa, day=date(2016, 4, 12))
    entry = AccessEntry.objects.get(kind="refusal")
    assert (entry.reference, entry.detail) == (row.reference, {"operation": "resque-2.0"})


@pytest.mark.parametrize("day", [date(2015, 6, 30), date(2017, 2, 7)])
def test_a_refusal_lies_between_the_start_and_today(cast, day):
    operation = Operation.objects.get(code="resque-2.0")
    with pytest.raises(ValidationError) as fault:
        refuse_anonymously(by=cast.lehmann, operation=operation, partner=cast.daa, day=day)
    assert set(fault.value.message_dict) == {"day"}


LEGAL = {("KONTAKT", "ANGEBAHNT"), ("AKTIV", "RUHT"), ("RUHT", "AKTIV"), ("BEENDET", "NACHB")}
ENTERED = ("AKTIV", "RUHT", "BEENDET", "NACHB", "GESPERRT")


def standing(cast, state):
    """Return a record in a state, with the dates that belong to it."""
    dates = {"entry_date": date(2016, 4, 12)} if state in ENTERED else {}
    dates |= {"exit_date": date(2016, 9, 1)} if state in ("BEENDET", "NACHB") else {}
    case = make_participant(cast.lehmann, **dates)
    Participation.objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("now", State.values)
def test_every_pair_of_states(cast, now):
    case = standing(cast, now)
    for to in State.values:
        if (now, to) in LEGAL or now == to:
            with transaction.atomic():
                moved = move_state(by=cast.lehmann, participation=case, to=to, version=case.version)
                assert (moved.state, moved.version) == (to, case.version + (now != to))
                transaction.set_rollback(True)
        else:
            with pytest.raises(ValidationError) as fault:
                move_state(by=cast.lehmann, participation=case, to=to, version=case.version)
            (message,) = fault.value.message_dict["state"]
            assert str(State(now).label) in message and str(WAYS[State(to)]) in message
        case.refresh_from_db()
        assert case.state == now


@pytest.mark.parametrize("to", ["", "aktiv", "\x00", "x" * 5000, "9" * 400])
def test_a_state_that_is_none(cast, to):
    with pytest.raises(ValidationError) as fault:
        move_state(by=cast.lehmann, participation=standing(cast, "AKTIV"), to=to)
    assert set(fault.value.message_dict) == {"state"}


def test_a_move_is_for_the_partner_and_for_the_record_that_was_shown(cast):
    case = standing(cast, "AKTIV")
    with pytest.raises(Participation.DoesNotExist):
        move_state(by=cast.weber, participation=case, to="RUHT")
    with pytest.raises(StaleRecord):
        move_state(by=cast.lehmann, participation=case, to="RUHT", version=case.version + 7)
    move_state(by=cast.lehmann, participation=case, to="RUHT", version=case.version)
    assert AccessEntry.objects.filter(reference=case.reference, detail={"fields": ["state"]}).count() == 1


def test_who_was_turned_away_by_mistake_is_taken_up_again(cast):
    contact = make_participant(cast.lehmann)
    with pytest.raises(ValidationError):
        take_up_again(by=cast.lehmann, participation=contact)
    away = turn_away(by=cast.lehmann, participation=contact)
    with pytest.raises(ValidationError) as fault:
        enter(by=cast.lehmann, participation=away, answers={"entry_date": date(2017, 1, 9)})
    assert set(fault.value.message_dict) == {"entry_date"}
    with pytest.raises(Participation.DoesNotExist):
        take_up_again(by=cast.weber, participation=away)
    back = take_up_again(by=cast.lehmann, participation=away, version=away.version)
    assert (back.state, back.version) == ("KONTAKT", away.version + 1)
    entered = enter(by=cast.lehmann, participation=back, answers={"entry_date": date(2017, 1, 9)})
    assert entered.state == "AKTIV"


def test_a_refusal_is_taken_back_by_its_author_alone_and_for_a_day(cast, app_role):
    for by in (cast.lehmann, cast.weber):
        with acting_as(by):
            operation = Operation.objects.get(code="resque-2.0")
            row = refuse_anonymously(by=by, operation=operation, partner=by.partner, day=date(2017, 2, 6))
    with acting_as(cast.vogel):
        assert own_fresh_refusals(cast.vogel) == []
        assert AnonymousRefusal.objects.all().delete()[0] == 0
    with acting_as(cast.weber):
        assert own_fresh_refusals(cast.weber) == [row]
        take_back_refusal(by=cast.weber, refusal=row)
        assert own_fresh_refusals(cast.weber) == []
    with acting_as(cast.lehmann):
        assert AnonymousRefusal.objects.count() == 1


def test_after_a_day_a_refusal_stands(cast):
    operation = Operation.objects.get(code="resque-2.0")
    row = refuse_anonymously(by=cast.lehmann, operation=operation, partner=cast.daa, day=date(2017, 2, 6))
    entries = AccessEntry.objects.filter(reference=row.reference)
    for hours, known in ((23, [row]), (25, [])):
        entries.update(at=timezone.now() - timedelta(hours=hours))
        with acting_as(cast.lehmann):
            assert own_fresh_refusals(cast.lehmann) == known
