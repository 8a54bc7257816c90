"""Stations of a participation beyond its answers: coming back, not belonging to the target group, refusing."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

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
    rows = Participation.objects.all() if by is None else Participation.objects.editable_by(by)
    row = lock_version(rows, participation.pk, version)
    if row.entry_date or row.state not in (State.CONTACT, State.INITIATED, State.REJECTED):
        sentence = _("This person is a participant. Only contacts without an entry can lie outside the target group.")
        raise ValidationError({"state": ValidationError(sentence, code="has_entered")})
    if row.state != State.REJECTED:
        row.state = State.REJECTED
        row.version += 1
        row.save()
        note_deed(deed=Deed.CHANGED, kind=KIND, reference=row.reference, by=by, fields=["state"])
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
