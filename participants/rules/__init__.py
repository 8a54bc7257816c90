"""The data quality rules over one record, as pure functions (domain reference 1.7). They never reject anything.

Those over a whole report stand in reporting/quality/totals.py.
"""

from functools import cache
from types import SimpleNamespace

from participants.choices import NO_CONTACT_REASONS
from participants.choices import ParticipationState as State
from participants.rules.entry import ENTRY_RULES
from participants.rules.leaving import EXIT_RULES, FOLLOW_UP_RULES
from participants.rules.record import record
from participants.rules.rule import Fixer, Rule

__all__ = ["RULES", "Fixer", "Rule", "contradictions", "record", "violations"]

CONTACTS = (State.CONTACT, State.INITIATED)
RULES: tuple[Rule, ...] = (*ENTRY_RULES, *EXIT_RULES, *FOLLOW_UP_RULES)


@cache
def _rules_over(period: str, is_contact: bool) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if rule.holds_in(period) and (rule.contacts or not is_contact))


def violations(r: SimpleNamespace) -> list[Rule]:
    """Return the rules that a record violates, in the order of the questionnaire.

    Somebody who only came for a short talk owes no answers: of contacts only what is stored is judged.
    """
    is_contact = r.entry_date is None and r.state in CONTACTS
    return [rule for rule in _rules_over(r.rules, is_contact) if rule.violated(r)]


def contradictions(r: SimpleNamespace) -> list[Rule]:
    """Return what to look at on the page of a person.

    Without what only asks for a missing answer: completeness.py says these. And without the follow-up of somebody
    whom nobody may contact any more.
    """
    closed = "F01" if r.exit_reason in NO_CONTACT_REASONS else ""
    return [rule for rule in violations(r) if not rule.asks and rule.id != closed]
