"""What a page of figures speaks of: operation, period, partner, and who asks. It stands in the address."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from participants.models import Operation
from reporting.groups import AGES, SEXES
from reporting.periods import ALL, Period
from resque.accounts.models import Partner, User


@dataclass(frozen=True)
class Scope:
    """The filters of a figure, already checked for `user` (reporting/access.py makes them).

    Attributes:
        user: who asks; decides in facts.py which cases can be counted at all.
        operation: people are counted once per operation. None: persons reached over all operations, each once.
        period: days on which a service was held, a case was entered, an outcome began.
        partner: None: the whole network.
        fixed_partner: the reader has no choice of partner (workers); then it stays out of addresses.
        default_operation: code of the operation that an address without one means.
        sex, age: groups of reporting/groups.py that narrow a list of people; "" is everybody.
    """

    user: User
    operation: Operation | None
    period: Period
    partner: Partner | None = None
    fixed_partner: bool = False
    default_operation: str = ""
    sex: str = ""
    age: str = ""

    def during(self, period: Period) -> "Scope":
        """Return the same for another period."""
        return replace(self, period=period)

    def of(self, partner: Partner) -> "Scope":
        """Return the same for one partner."""
        return replace(self, partner=partner)

    def among(self, *, sex: str = "", age: str = "") -> "Scope":
        """Return the same for a group of people."""
        return replace(self, sex=sex, age=age)

    @property
    def is_of_a_group(self) -> bool:
        """Whether it speaks of what only the tables of persons reached count: a group of people, or all operations."""
        return bool(self.sex or self.age or self.operation is None)

    @property
    def group_words(self) -> str:
        """The group of people in words; "" for everybody."""
        return ", ".join(str(groups[code]) for groups, code in ((SEXES, self.sex), (AGES, self.age)) if code)

    def query_of_operation(self) -> str:
        """Return the end of an address that names the operation alone."""
        return replace(self, period=replace(self.period, code=ALL), partner=None, sex="", age="").query()

    def query(self, **more: str) -> str:
        """Return these filters as the end of an address, with the question mark; nothing for the usual ones."""
        operation = self.operation.code if self.operation else ALL
        chosen = {
            "operation": operation if operation != self.default_operation else "",
            "period": self.period.code if self.period.code != ALL else "",
            "partner": self.partner.code if self.partner and not self.fixed_partner else "",
            "sex": self.sex,
            "age": self.age,
        }
        pairs = {name: value for name, value in {**chosen, **more}.items() if value}
        return f"?{urlencode(pairs)}" if pairs else ""
