"""What the page of data quality is asked: whose records, by which rules, on which day. It stands in the address."""

import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext as _

from participants.rules import Rule
from reporting.indicators.facts import Basis
from reporting.quality.records import EVERYBODY
from resque.accounts.models import Partner, User
from resque.clock import today

MINE, TEAM, SHARED = "mine", "team", "shared"
WHOSE = (MINE, TEAM, SHARED)
BLOCKING, DECIDING = "e", "w"
NO_ENTRY = "none"
HALF_YEAR = re.compile(r"(?P<year>(?!0000)\d{4})-h(?P<half>[12])", re.ASCII)


@dataclass(frozen=True)
class Inquiry:
    """The filters of the page, already checked for `user` (reporting/quality/access.py makes them).

    Attributes:
        user: who asks.
        basis: operation, and funding period whose rules hold.
        on: day of the check.
        usual: code of the operation that an address without one means.
        partner: only cases of this partner (for the coordinator).
        whose: MINE, TEAM or SHARED for workers; "" for all.
        entry: half-year of the entry, "2016-h2", or NO_ENTRY; "" for all.
        severity: BLOCKING or DECIDING; "" for both.
        rule: only hits of this rule.
    """

    user: User
    basis: Basis
    on: date
    usual: str = ""
    partner: Partner | None = None
    whose: str = ""
    entry: str = ""
    severity: str = ""
    rule: Rule | None = None

    def changed(self, **changes) -> "Inquiry":
        """Return the same with other filters."""
        return replace(self, **changes)

    @property
    def lies_ahead(self) -> bool:
        """Whether the day of the check has not come yet: then nothing can be said."""
        return self.on > today()

    @property
    def of_everything(self) -> bool:
        """Whether no filter narrows the records: only then the whole report is spoken of."""
        return not (self.partner or self.whose or self.entry)

    @property
    def within(self) -> Q:
        """The condition over the records."""
        condition = Q(partner=self.partner) if self.partner else EVERYBODY
        if self.whose:
            ours, mine = Q(partner=self.user.people_partner_id), Q(referent=self.user.pk)
            condition &= {MINE: ours & mine, TEAM: ours & ~mine, SHARED: ~ours}[self.whose]
        if self.entry == NO_ENTRY:
            condition &= Q(entry_date=None)
        elif self.entry:
            condition &= Q(entry_date__range=half_year(self.entry))
        return condition

    def wants(self, rule: Rule) -> bool:
        """Return whether hits of a rule are asked for, by severity and rule."""
        return self.rule in (None, rule) and self.severity in ("", rule.severity.lower())

    def words(self) -> dict[str, str]:
        """Return the filters as parameters of an address, without the usual ones."""
        operation, rules = self.basis.operation, self.basis.rules
        chosen = {
            "operation": operation.code if operation.code != self.usual else "",
            "on": self.on.isoformat() if self.on != today() else "",
            "rules": rules if rules != operation.rules else "",
            "partner": self.partner.code if self.partner else "",
            "whose": self.whose,
            "entry": self.entry,
            "severity": self.severity,
            "rule": self.rule.id if self.rule else "",
        }
        return {name: value for name, value in chosen.items() if value}

    def query(self, **more: str) -> str:
        """Return the filters as the end of an address, with the question mark; nothing for the usual ones."""
        pairs = {name: value for name, value in {**self.words(), **more}.items() if value}
        return f"?{urlencode(pairs)}" if pairs else ""


def half_year(code: str) -> tuple[date, date]:
    """Return first and last day of a half-year, "2016-h2"."""
    parts = HALF_YEAR.fullmatch(code)
    year = int(parts["year"])
    return (date(year, 1, 1), date(year, 6, 30)) if parts["half"] == "1" else (date(year, 7, 1), date(year, 12, 31))


def entry_label(code: str) -> str:
    """Return a half-year of entries in words."""
    if code == NO_ENTRY:
        return _("without entry")
    year, half = code.split("-h")
    return _("entry in half-year %(half)s/%(year)s") % {"half": half, "year": year}
