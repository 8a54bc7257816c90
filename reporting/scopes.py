"""What a page of figures speaks of: operation, period, partner, and who asks. It stands in the address."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from participants.models import Operation
from reporting.periods import ALL, Period
from resque.accounts.models import Partner, User


@dataclass(frozen=True)
class Scope:
    """The filters of a figure, already checked for `user` (reporting/access.py makes them).

    Attributes:
        user: who asks; decides in facts.py which cases can be counted at all.
        operation: people are counted once per operation, so there is always exactly one.
        period: days on which a service was held, a case was entered, an outcome began.
        partner: None: the whole network.
        fixed_partner: the reader has no choice of partner (workers); then it stays out of addresses.
        default_operation: code of the operation that an address without one means.
    """

    user: User
    operation: Operation
    period: Period
    partner: Partner | None = None
    fixed_partner: bool = False
    default_operation: str = ""

    def during(self, period: Period) -> "Scope":
        """Return the same for another period."""
        return replace(self, period=period)

    def of(self, partner: Partner) -> "Scope":
        """Return the same for one partner."""
        return replace(self, partner=partner)

    def query(self, **more: str) -> str:
        """Return these filters as the end of an address, with the question mark; nothing for the usual ones."""
        chosen = {
            "operation": self.operation.code if self.operation.code != self.default_operation else "",
            "period": self.period.code if self.period.code != ALL else "",
            "partner": self.partner.code if self.partner and not self.fixed_partner else "",
        }
        pairs = {name: value for name, value in {**chosen, **more}.items() if value}
        return f"?{urlencode(pairs)}" if pairs else ""
