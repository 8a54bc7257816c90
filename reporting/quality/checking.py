"""Running all rules of a funding period over an operation."""

from dataclasses import dataclass
from datetime import date

from participants.rules import RULES, Rule, violations
from reporting.indicators.counting import by_sex, tallies
from reporting.indicators.facts import Basis
from reporting.quality.records import records
from reporting.quality.totals import BESIDE, TOTAL_RULES, counts_of
from resque.accounts.models import User
from resque.accounts.roles import Permission

ALL_RULES: tuple[Rule, ...] = (*RULES, *TOTAL_RULES)


@dataclass(frozen=True)
class Hit:
    """A rule that is violated, and by which record; the reference is empty for the report as a whole."""

    rule: Rule
    reference: str = ""


def check(basis: Basis, on: date, user: User | None = None) -> list[Hit]:
    """Return what contradicts the rules on a day: records in the order of their number, then the report.

    Args:
        basis: operation, and funding period whose rules hold.
        on: day of the check; services and outcomes after it are not seen.
        user: the reader, who is told of visible records only, and of the report if the figures of the network are
            for him or her; None: the system.
    """
    found = [Hit(rule, record.reference) for record in records(basis, on, user) for rule in violations(record)]
    if user is None or user.can(Permission.VIEW_FIGURES):
        found += [Hit(rule) for rule in _of_the_report(basis, on)]
    return found


def _of_the_report(basis: Basis, on: date) -> list[Rule]:
    (tally,), (beside,) = tallies(basis, [on]), by_sex(basis, BESIDE, [on])
    counts = counts_of(tally, beside)
    return [rule for rule in TOTAL_RULES if rule.holds_in(basis.rules) and rule.violated(counts)]
