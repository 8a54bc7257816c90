"""Taking a person in step by step: what was saved stays, and an unfinished intake is found again.

The steps after the person was created; each is saved by itself through the operations of its subject.
"""

from django.db import transaction

from participants.access import KIND
from participants.models import Intake, Participation
from participants.operations.people import take_in
from participants.operations.residence import add_row
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today

IDENTITY, ENTRY = "identity", "entry"
STEPS = (IDENTITY, "contact", "languages", "background", "residence", "consents", ENTRY)
# Who stays a contact is asked no questionnaire; an intake is finished without it.
NEEDED = tuple(step for step in STEPS if step != ENTRY)


def next_step(intake: Intake | None) -> str:
    """Return the first step that is not done yet; the questionnaire when all others are."""
    done = intake.done if intake else ()
    return next((step for step in NEEDED if step not in done), ENTRY)


def step_after(intake: Intake, step: str) -> str:
    """Return where somebody goes on who has just done a step: the next open one behind it, else an earlier one.

    Nothing when all steps are done; the questionnaire comes last.
    """
    order = STEPS[STEPS.index(step) + 1 :] + STEPS[: STEPS.index(step)]
    still_open = [one for one in order if one not in intake.done]
    return next((one for one in still_open if one != ENTRY), ENTRY if ENTRY in still_open else "")


@transaction.atomic
def begin_intake(*, by, participation: Participation) -> Intake:
    """Note that the intake of a person has begun; one that was begun before stays as it is.

    Raises:
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    participation = _owned(by, participation)
    return Intake.objects.get_or_create(participation=participation, defaults={"begun_on": today()})[0]


@transaction.atomic
def finish_step(*, by, participation: Participation, step: str) -> Intake:
    """Note that a step is done, and with the last needed one that the intake is finished.

    Args:
        by: the acting account; None inside `acting_as_system`.
        participation: whose intake it is; it begins with its first step.
        step: one of STEPS.

    Raises:
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    if step not in STEPS:
        raise ValueError(f"no such step: {step}")
    intake = begin_intake(by=by, participation=participation)
    if step not in intake.done:
        intake.done = [one for one in STEPS if one in (*intake.done, step)]
        if intake.finished_on is None and set(NEEDED) <= set(intake.done):
            intake.finished_on = today()
        intake.save()
    return intake


@transaction.atomic
def close_intake(*, by, participation: Participation) -> Intake:
    """Finish an intake although steps are open: nothing more is asked now. Closing it twice is no fault.

    Raises:
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    intake = begin_intake(by=by, participation=participation)
    if intake.finished_on is None:
        intake.finished_on = today()
        intake.save()
        note_deed(deed=Deed.CHANGED, kind=KIND, reference=participation.reference, by=by, fields=["intake_closed"])
    return intake


@transaction.atomic
def begin_with(*, by, **known) -> Participation:
    """Take a person in and begin the intake: who the person is was asked already.

    Args:
        by: acting account.
        known: as in `take_in`.

    Returns:
        the participation with its `intake`.

    Raises:
        ValidationError, PermissionDenied: as `take_in`.
    """
    participation = take_in(by=by, **known)
    participation.intake = finish_step(by=by, participation=participation, step=IDENTITY)
    return participation


@transaction.atomic
def take_in_contact(*, by, accommodation: str = "", **known) -> Participation:
    """Take a person in as a short contact: who it is, the language, where the person lives.

    No intake begins: who stays below the limit of a short contact is asked nothing more.

    Args:
        by: acting account.
        accommodation: code of list `accommodation`; empty: not known.
        known: as in `take_in`.

    Raises:
        ValidationError, PermissionDenied: as `take_in`.
    """
    participation = take_in(by=by, **known)
    if accommodation:
        add_row(by=by, participation=participation, history="place", valid_from=participation.created_on,
                accommodation=accommodation)  # fmt: skip
    return participation


def _owned(by, participation: Participation) -> Participation:
    """Lock the case: two steps that are saved at the same moment must both be noted."""
    rows = Participation.objects.all() if by is None else Participation.objects.editable_by(by)
    return rows.select_for_update(of=("self",)).get(pk=participation.pk)
