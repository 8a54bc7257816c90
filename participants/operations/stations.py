"""Stations of a participation beyond its answers: coming back, moving on, outside the target group, refusing."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.access import KIND
from participants.choices import ParticipationState as State
from participants.models import AnonymousRefusal, Operation, Participation
from participants.operations.answers import EXIT_FIELDS, FOLLOW_UP_FIELDS, enter
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.locking import lock_version
from resque.references import free_reference


def re_enter(*, by, participation: Participation, version: int | None = None) -> Participation:
    """Continue a record after its exit: the first entry stays, answers of exit and follow-up are asked anew.

    The former answers stay in the change history; values already reported change and are reported again.

    Args:
        by: the acting account; None inside `acting_as_system`.
        participation: a record with an exit.
        version: as in `enter`.

    Raises:
        ValidationError: there is no exit to come back from.
        StaleRecord, Participation.DoesNotExist: as in `enter`.
    """
    if participation.exit_date is None:
        sentence = _("This person has not left; there is nothing to return from.")
        raise ValidationError({"exit_date": ValidationError(sentence, code="not_left")})
    emptied = dict.fromkeys((*EXIT_FIELDS, *FOLLOW_UP_FIELDS))
    return enter(by=by, participation=participation, answers=emptied, version=version)


# Moves that no date implies (domain reference 3.12). What dates imply is `enter`; what restricts is not open yet.
MOVES = {
    (State.CONTACT, State.INITIATED),
    (State.ACTIVE, State.DORMANT),
    (State.DORMANT, State.ACTIVE),
    (State.ENDED, State.AFTERCARE),
}
# How else a state is reached, for somebody who asks for it by name.
WAYS = {
    State.CONTACT: gettext_lazy("A contact is where a record begins. Who was turned away can be taken up again."),
    State.INITIATED: gettext_lazy("Being recruited follows on a short contact only."),
    State.ACTIVE: gettext_lazy("Active follows from the day of entry, and after an exit from a return."),
    State.DORMANT: gettext_lazy("Dormant can be who is active."),
    State.ENDED: gettext_lazy("Ended follows from the day of exit."),
    State.AFTERCARE: gettext_lazy("Aftercare follows on the exit."),
    State.REJECTED: gettext_lazy("Only contacts without an entry can lie outside the target group."),
    State.RESTRICTED: gettext_lazy("Restricting the processing is up to the data protection officer."),
}


@transaction.atomic
def move_state(*, by, participation: Participation, to: str, version: int | None = None) -> Participation:
    """Move a participation on where no date says it: being recruited, dormant, active again, aftercare.

    Nothing is written when it stands there already.

    Args:
        by: the acting account; None inside `acting_as_system`.
        participation: the record.
        to: a `ParticipationState`.
        version: version that the form showed; None writes without comparing.

    Raises:
        ValidationError: there is no such state, or no way to it from here; the message names the way there is.
        StaleRecord, Participation.DoesNotExist: as in `enter`.
    """
    if to not in State.values:
        sentence = _("“%(state)s” is not a state. Possible values: %(states)s.")
        words = {"state": str(to)[:40], "states": ", ".join(State.values)}
        raise ValidationError({"state": ValidationError(sentence, code="unknown", params=words)})
    row = _locked(by, participation, version)
    if row.state != to:
        if (row.state, to) not in MOVES:
            sentence = _("From “%(now)s” no way leads to “%(to)s”. %(way)s")
            words = {"now": row.get_state_display(), "to": State(to).label, "way": WAYS[State(to)]}
            raise ValidationError({"state": ValidationError(sentence, code="no_way", params=words)})
        _set_state(row, to, by)
    return row


def _locked(by, participation: Participation, version: int | None) -> Participation:
    rows = Participation.objects.all() if by is None else Participation.objects.editable_by(by)
    return lock_version(rows, participation.pk, version)


def _set_state(row: Participation, state: str, by) -> None:
    row.state = state
    row.version += 1
    row.save()
    note_deed(deed=Deed.CHANGED, kind=KIND, reference=row.reference, by=by, fields=["state"])


@transaction.atomic
def turn_away(*, by, participation: Participation, version: int | None = None) -> Participation:
    """Note that a contact does not belong to the target group: no entry, and in no figure.

    Args:
        by: the acting account; None inside `acting_as_system`.
        participation: a contact without entry.
        version: version that the form showed; None writes without comparing.

    Raises:
        ValidationError: the person has entered.
        StaleRecord, Participation.DoesNotExist: as in `enter`.
    """
    row = _locked(by, participation, version)
    if row.entry_date or row.state not in (State.CONTACT, State.INITIATED, State.REJECTED):
        sentence = _("This person is a participant. Only contacts without an entry can lie outside the target group.")
        raise ValidationError({"state": ValidationError(sentence, code="has_entered")})
    if row.state != State.REJECTED:
        _set_state(row, State.REJECTED, by)
    return row


@transaction.atomic
def take_up_again(*, by, participation: Participation, version: int | None = None) -> Participation:
    """Make somebody who was turned away a contact again: the judgement was wrong, or the situation is another.

    Args:
        by: the acting account; None inside `acting_as_system`.
        participation: a record outside the target group.
        version: version that the form showed; None writes without comparing.

    Raises:
        ValidationError: the person was not turned away.
        StaleRecord, Participation.DoesNotExist: as in `enter`.
    """
    row = _locked(by, participation, version)
    if row.state != State.REJECTED:
        sentence = _("This person was not turned away; there is nothing to take back.")
        raise ValidationError({"state": ValidationError(sentence, code="not_turned_away")})
    _set_state(row, State.CONTACT, by)
    return row


@transaction.atomic
def refuse_anonymously(*, by, operation: Operation, partner, day: date) -> AnonymousRefusal:
    """Count somebody who took part and does not want to be recorded, by the day alone.

    Args:
        by: the acting account; None inside `acting_as_system`.
        operation: operation in whose grand total the person counts.
        partner: who met the person; the own partner of `by`.
        day: from the start of the operation to today.

    Raises:
        ValidationError: the day lies outside.
    """
    if not operation.start <= day <= today():
        sentence = _("%(day)s lies outside. Possible are days from %(first)s to %(last)s.")
        days = {"day": day, "first": operation.start, "last": today()}
        words = {name: date_format(value, "SHORT_DATE_FORMAT") for name, value in days.items()}
        raise ValidationError({"day": ValidationError(sentence, code="outside", params=words)})
    row = AnonymousRefusal.objects.create(
        reference=free_reference(AnonymousRefusal, "V"), operation=operation, partner=partner, day=day
    )
    note_deed(deed=Deed.CREATED, kind="refusal", reference=row.reference, by=by, operation=operation.code)
    return row


@transaction.atomic
def take_back_refusal(*, by, refusal: AnonymousRefusal) -> None:
    """Remove a refusal that was noted by mistake.

    Args:
        by: who noted it, within the last 24 hours; the database lets nobody else.
        refusal: loaded through the door `get_fresh_refusal`.
    """
    refusal.delete()
    note_deed(deed=Deed.CHANGED, kind="refusal", reference=refusal.reference, by=by, taken_back=True)
