"""The data quality rules over one record, as pure functions (domain reference 1.7). They never reject anything.

Those over a whole report stand in reporting/quality/totals.py.
"""

from types import SimpleNamespace

from participants.choices import ParticipationState as State
from participants.rules.entry import ENTRY_RULES
from participants.rules.leaving import EXIT_RULES, FOLLOW_UP_RULES
from participants.rules.record import record
from participants.rules.rule import Fixer, Rule

__all__ = ["RULES", "Fixer", "Rule", "contradictions", "record", "violations"]

RULES: tuple[Rule, ...] = (*ENTRY_RULES, *EXIT_RULES, *FOLLOW_UP_RULES)


def violations(r: SimpleNamespace) -> list[Rule]:
    """Return the rules that a record violates, in the order of the questionnaire.

    Somebody who only came for a short talk owes no answers: of contacts only what is stored is judged.
    """
    is_contact = r.entry_date is None and r.state in (State.CONTACT, State.INITIATED)
    return [
        rule for rule in RULES if rule.holds_in(r.rules) and (rule.contacts or not is_contact) and rule.violated(r)
    ]  # fmt: skip


def contradictions(r: SimpleNamespace) -> list[Rule]:
    """Return violations without those that only ask for a missing answer: completeness.py says these."""
    return [rule for rule in violations(r) if not rule.asks]
