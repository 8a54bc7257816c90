"""Operations as their pages show them: the end as it is decided today, and what would be decided later."""

from dataclasses import dataclass
from datetime import date

from participants.entities import FROM_REGISTER, SET_HERE, set_here
from participants.models import Operation
from resque.clock import today


@dataclass(frozen=True)
class End:
    """One end of an operation.

    Attributes:
        end: last day.
        decided_on: day of the decision; None for the end of the approval.
        source: letter that says so.
        key: primary key of the extension, None for the end of the approval.
        holds: it is the end today.
        counts: it has been decided; before its decision no rule and no report knows it.
    """

    end: date
    decided_on: date | None
    source: str
    key: int | None
    holds: bool
    counts: bool

    @property
    def sent(self) -> dict[str, str]:
        """What the button that takes it back sends."""
        return {"extension": str(self.key)}


def operations_today() -> list[tuple[Operation, date, int]]:
    """Return every operation, newest first, with its end as decided today and the number of its extensions so far."""
    found = Operation.objects.prefetch_related("extensions").order_by("-start", "pk")
    return [(one, one.end_on(today()), sum(row.decided_on <= today() for row in one.extensions.all())) for one in found]


def ends_of(operation: Operation) -> list[End]:
    """Return the end of the approval and every extension, in the order of their decisions."""
    now = operation.end_on(today())
    rows = sorted(operation.extensions.all(), key=lambda row: (row.decided_on, row.end))
    ends = [(operation.first_planned_end, None, "", None), *((r.end, r.decided_on, r.source, r.pk) for r in rows)]
    found = []
    for end, decided_on, source, key in ends:
        counts = decided_on is None or decided_on <= today()
        found.append(End(end, decided_on, source, key, holds=counts and end == now, counts=counts))
    return found


def entities_of(operation: Operation) -> list[tuple[str, str, int | None]]:
    """Return code, words and number of the projects that are set with the operation; None: not set."""
    return [(code, str(SET_HERE[code][0]), operation.entities.get(code)) for code in set_here(operation.rules)]


def from_register(operation: Operation) -> tuple[str, ...]:
    """Return the codes that are counted from the register of organisations."""
    return FROM_REGISTER[operation.rules]
