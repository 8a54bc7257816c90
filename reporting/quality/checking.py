"""Running all rules of a funding period over an operation."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

from django.db.models import Q

from participants.rules import RULES, Rule, violations
from reporting.indicators.counting import by_sex, tallies
from reporting.indicators.facts import Basis
from reporting.quality.inquiry import Inquiry
from reporting.quality.partners import sums_of_partners
from reporting.quality.records import EVERYBODY, records
from reporting.quality.totals import BESIDE, TOTAL_RULES, counts_of
from reporting.submissions.changes import values_today
from reporting.submissions.content import comparable
from reporting.submissions.reported import last_told, reports_of
from resque.accounts.models import User
from resque.accounts.roles import Permission
from resque.clock import today

AT_ONCE = 5000  # records that a page checks while the reader waits, within half a second (docs/adr/0016)
ALL_RULES: tuple[Rule, ...] = (*RULES, *TOTAL_RULES)
BY_ID: dict[str, Rule] = {rule.id: rule for rule in ALL_RULES}
REPORTED_CHANGED = BY_ID["A24"]
IN_THE_FUTURE = frozenset((BY_ID["E03"], BY_ID["X02"]))  # the day of entry, of exit


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that is violated, and by which record; without reference it is the report as a whole.

    Attributes:
        rule: what is violated.
        reference, key: number and key of the record.
        partner, referent: keys of who keeps the case.
    """

    rule: Rule
    reference: str = ""
    key: int | None = None
    partner: int | None = None
    referent: int | None = None


@dataclass
class Checked:
    """What a check of records found: their hits, how many were looked at, and how many are without any."""

    hits: list[Hit] = field(default_factory=list)
    records: int = 0
    clean: int = 0


def check(basis: Basis, on: date, user: User | None = None) -> list[Hit]:
    """Return what contradicts the rules on a day: records in the order of their number, then the report.

    Args:
        basis: operation, and funding period whose rules hold.
        on: day of the check; services and outcomes after it are not seen.
        user: the reader, who is told of visible records only, and of the report if the figures of the network are
            for him or her; None: the system.
    """
    return check_records(basis, on, user).hits + check_report(basis, on, user)


def check_asked(inquiry: Inquiry) -> Checked:
    """Check the records that the page is asked for.

    Seen from a day that is over, whatever came since lies in the future: there that is no mistake of anybody, and the
    real ones are found on the day of today.
    """
    is_over = inquiry.on < today()
    return check_records(
        inquiry.basis, inquiry.on, inquiry.user, inquiry.within, without=IN_THE_FUTURE if is_over else frozenset()
    )


def check_records(
    basis: Basis, on: date, user: User | None = None, within: Q = EVERYBODY, without: frozenset[Rule] = frozenset()
) -> Checked:
    """Check every visible record by all rules but those of `without`; arguments as in `check`, `within` narrows them."""
    checked = Checked()
    for record in records(basis, on, user, within):
        found = [rule for rule in violations(record) if rule not in without]
        checked.records += 1
        checked.clean += not found
        checked.hits += [
            Hit(rule, record.reference, record.pk, record.partner_id, record.referent_id) for rule in found
        ]
    return checked


def check_report(basis: Basis, on: date, user: User | None = None) -> list[Hit]:
    """Check what is reported of the operation; nothing for readers who do not see the figures of the network."""
    if user is not None and not user.can(Permission.VIEW_FIGURES):
        return []
    (tally,), (beside,) = tallies(basis, [on]), by_sex(basis, BESIDE, [on])
    counts = counts_of(tally, beside, **sums_of_partners(basis, on))
    found = [rule for rule in TOTAL_RULES if rule.holds_in(basis.rules) and rule.violated(counts)]
    if any(REPORTED_CHANGED.violated(numbers) for numbers in _reported_and_now(basis, on)):
        found.append(REPORTED_CHANGED)
    return [Hit(rule) for rule in found]


def _reported_and_now(basis: Basis, on: date) -> Iterator[SimpleNamespace]:
    """Yield what was told last of each reference date (`published`) beside what is counted now up to it (`c`)."""
    reports = reports_of(basis, on)
    if reports:
        told, now = last_told(reports), values_today(basis, [one.until for one in reports])
        for one in reports:
            yield SimpleNamespace(published=comparable(told[one.pk]), c=comparable(now[one.until]))


def open_errors(basis: Basis, by: User | None) -> list[Hit] | None:
    """Return what blocks the report today; None where there are too many records to check while somebody waits.

    Args:
        basis: operation and rules.
        by: who asks; hits of special answers are told to whom may know them.
    """
    if basis.operation.participations.count() > AT_ONCE:
        return None
    return [hit for hit in check(basis, today(), by) if hit.rule.blocks]
