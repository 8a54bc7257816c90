"""The ways on from where a participation stands: pages that are next, and moves that no date implies."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from participants.choices import ParticipationState as State
from participants.models import Participation
from participants.operations.stations import MOVES
from participants.queries.leaving import asks_exit, leaving_of


@dataclass(frozen=True)
class Way:
    """One way on: a page, or with `move` a state that a press of the button brings about.

    Attributes:
        label: what it does, a verb.
        note: what it means.
        icon: beside the label.
        url: the page; for a move the address that the form is sent to.
        move: the state.
    """

    label: str
    note: str
    icon: str
    url: str
    move: str = ""


def ways_of(participation: Participation) -> list[Way]:
    """Return the ways that are open to the owner, in the order of a participation."""
    p, ways = participation, []

    def page(name: str, label: str, note: str, icon: str) -> None:
        ways.append(Way(label, note, icon, reverse(f"participants:{name}", args=[p.reference])))

    ways += [_move(p, to) for now, to in sorted(MOVES) if now == p.state]
    if asks_exit(p):
        label = _("Change the exit") if p.exit_date else _("Enter the exit")
        page("exit", label, _("Day, reason, and the situation in the four weeks after it."), "box-arrow-right")
    if leaving_of(p).asks_follow_up:
        note = _("The situation on exactly one day: exit and six months.")
        page("followup", _("Situation after six months"), note, "clock-history")
    if p.exit_date:
        note = _("The person comes back: the same record goes on, with its first entry.")
        page("return", _("Enter a return"), note, "arrow-counterclockwise")
    if p.state == State.REJECTED:
        note = _("The person belongs to the target group after all, and is a contact again.")
        page("target_group", _("Take up again"), note, "arrow-counterclockwise")
    elif p.entry_date is None and p.state in (State.CONTACT, State.INITIATED):
        note = _("The record stays, without an entry, and counts in no figure.")
        page("target_group", _("Not target group"), note, "x-lg")
    return ways


def _move(p: Participation, to: str) -> Way:
    label, note, icon = {
        State.INITIATED: (
            _("Note: being recruited"), _("The entry is being prepared, or a hand-over is under way."), "arrow-right",
        ),
        State.DORMANT: (
            _("Let rest"), _("The participation pauses, for example in illness or a course. It is no exit."), "clock",
        ),
        State.ACTIVE: (_("Active again"), _("The pause is over."), "check-lg"),
        State.AFTERCARE: (
            _("Begin aftercare"), _("The exit stays as it is; the person is still accompanied, for example at work."),
            "person-check",
        ),
    }[State(to)]  # fmt: skip
    return Way(label, note, icon, reverse("participants:state", args=[p.reference]), to)
