"""An outcome in words, for readers who do not change it."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from resque.ui.tags.numbers import day
from services.models import Outcome


def outcome_facts(outcome: Outcome, *, named: bool) -> list[tuple[str, str]]:
    """Return the facts as pairs.

    Args:
        outcome: the outcome.
        named: whether the reader sees the name of the person: employer and proof can tell who somebody is.
    """
    hours = outcome.hours_per_week
    pairs = [
        (_("State"), outcome.get_state_display()),
        (_("Begins on"), day(outcome.start)),
        (_("Ends on"), day(outcome.end)),
        (_("Hours a week"), "" if hours is None else number_format(hours.normalize() if hours % 1 else int(hours))),
        (_("Proof"), outcome.get_evidence_display()),
        (_("Seen on"), day(outcome.evidence_on)),
        (_("Recorded by"), outcome.partner.short_name),
    ]
    if named:
        pairs[3:3] = [(_("Employer or school"), outcome.employer)]
        pairs.insert(-1, (_("What was seen"), outcome.evidence_note))
    return pairs
