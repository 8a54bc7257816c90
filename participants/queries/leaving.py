"""Exit and follow-up of one participation: whether they are asked, on which days, and what could be answered."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from participants.choices import NO_CONTACT_REASONS
from participants.models import Participation
from participants.months import end_of_window, follow_up_day
from participants.operations.answers import EXIT_FIELDS, FOLLOW_UP_FIELDS
from participants.queries.circumstances import Circumstances
from resque.clock import today
from resque.codelists.queries import entry_of
from resque.ui.tags.numbers import day as written

PROJECT_ENDED = "PROJENDE"  # code list exit_reason


@dataclass(frozen=True)
class Proposal:
    """What could be answered at the exit, and from what it follows. Nothing of it is stored by itself."""

    answers: dict
    why: str


@dataclass(frozen=True)
class Leaving:
    """Where a participation stands between its exit and the follow-up."""

    exit_date: date | None
    window_end: date | None
    follow_up_on: date | None
    no_contact: bool
    has_exit_answers: bool
    has_follow_up: bool

    @property
    def window_over(self) -> bool:
        """Whether the four weeks of observation lie behind."""
        return self.window_end is not None and self.window_end < today()

    @property
    def too_early(self) -> bool:
        """Whether the day of the follow-up is still to come."""
        return self.follow_up_on is not None and self.follow_up_on > today()

    @property
    def asks_follow_up(self) -> bool:
        """Whether the follow-up can be answered: its day has come, or answers are there that may be wrong."""
        return self.has_follow_up or bool(self.exit_date and not self.too_early and not self.no_contact)


def leaving_of(participation: Participation) -> Leaving:
    """Return where a participation stands between its exit and the follow-up."""
    left = participation.exit_date
    return Leaving(
        exit_date=left,
        window_end=end_of_window(left) if left else None,
        follow_up_on=follow_up_day(left) if left else None,
        no_contact=participation.exit_reason in NO_CONTACT_REASONS,
        has_exit_answers=_answered(participation, EXIT_FIELDS),
        has_follow_up=_answered(participation, FOLLOW_UP_FIELDS),
    )


def _answered(participation: Participation, names: tuple[str, ...]) -> bool:
    return any(getattr(participation, name) not in (None, "") for name in names)


def asks_exit(participation: Participation) -> bool:
    """Return whether an exit can be entered: who never entered cannot leave, but stored answers can be mended."""
    return participation.entry_date is not None or _answered(participation, EXIT_FIELDS)


def exit_proposals(around: Circumstances, user) -> list[Proposal]:
    """Return what the record itself, and the floors above, let expect of the exit; the first word on a field holds.

    Floors above are asked through the functions that `RESQUE_EXIT_PROPOSALS` names:
    `(participation, user) -> list[Proposal]`.

    Args:
        around: the participation as the reader sees it.
        user: the reader.
    """
    makers = map(import_string, settings.RESQUE_EXIT_PROPOSALS)
    above = [proposal for make in makers for proposal in make(around.participation, user)]
    return [*above, *_end_of_operation(around.participation), *_work_access(around)]


def open_answers(participation: Participation, proposals: list[Proposal]) -> dict:
    """Return proposed answers to questions that are still open, by field name."""
    found = {}
    for proposal in proposals:
        for name, value in proposal.answers.items():
            if getattr(participation, name) in (None, ""):
                found.setdefault(name, value)
    return found


def _end_of_operation(p: Participation) -> list[Proposal]:
    end = p.operation.end_on(today())
    if p.exit_date or today() <= end:
        return []
    why = _("The operation ended on %(day)s.") % {"day": written(end)}
    return [Proposal({"exit_date": end, "exit_reason": PROJECT_ENDED}, why)]


def _work_access(around: Circumstances) -> list[Proposal]:
    left = around.participation.exit_date or today()
    status = next((row for row in around.statuses if row.valid_from <= left), None)
    clause = entry_of("work_note_on_document", status.clause) if status and status.clause else None
    if clause is None:
        return []
    why = _("Clause on the residence document since %(day)s: %(clause)s")
    words = {"day": written(status.valid_from), "clause": clause.label}
    return [Proposal({"x_work_access": clause.attributes["e_work_access"]}, why % words)]
