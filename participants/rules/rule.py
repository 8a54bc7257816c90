"""What a rule of data quality is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from types import SimpleNamespace

from django.utils.functional import Promise


class Fixer(StrEnum):
    """Who can put it right."""

    WORKER = "worker"  # whoever keeps the case
    COORDINATION = "coordination"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule, equal to nothing but itself. It never rejects anything; it shows what to look at.

    Attributes:
        id: identifier of the domain reference 1.7.
        field: answer to look at, the place on the page; empty for rules over a whole report.
        message: what is wrong, for whom can mend it.
        violated: pure condition over a record (participants/rules/record.py) or over counts (reporting/quality).
        blocks: whether the record or report does not count until it is settled (E), or somebody must decide (W).
        page: url name of the page with that answer.
        period: funding period whose rules know it, "2014" or "2021"; empty: both.
        asks: whether it only says that an answer of a complete record is missing.
        contacts: whether it speaks of contacts without an entry too.
        fixer: who can put it right.
        private: whether only the partner who keeps the case is told: it hangs on permissions, custody or special answers.
        special: whether a hit tells something of the special answers; who sees it leaves a trace.
        waits: what must exist before it can find anything, for readers; empty: it is checked.
    """

    id: str
    field: str
    message: str | Promise
    violated: Callable[[SimpleNamespace], object]
    blocks: bool = False
    page: str = field(default="participants:esf")
    period: str = ""
    asks: bool = False
    contacts: bool = False
    fixer: Fixer = Fixer.WORKER
    private: bool = False
    special: bool = False
    waits: str | Promise = ""

    @property
    def severity(self) -> str:
        """E (error) or W (warning), as the domain reference writes it."""
        return "E" if self.blocks else "W"

    def holds_in(self, rules: str) -> bool:
        """Return whether a funding period, "2014" or "2021", knows this rule."""
        return self.period in ("", rules)
