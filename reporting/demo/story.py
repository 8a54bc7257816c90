"""What happened to one invented person until the day of the demo, as a plan that can be lived through or loaded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from participants.choices import GivenBy
from participants.months import age_on
from participants.operations.answers import EXIT_FIELDS, FOLLOW_UP_FIELDS
from participants.operations.consents import Paper
from reporting.demo.names import InventedName

AFTER_A_RETURN = dict.fromkeys((*EXIT_FIELDS, *FOLLOW_UP_FIELDS))  # what is asked anew


@dataclass(frozen=True)
class Era:
    """The time of one operation as far as the demo knows it.

    Attributes:
        operation: its code.
        first_day: from which people come.
        last_day: until which something happens; before the demo day the operation is over and everybody has left.
        share: of all people, where several operations are told of.
    """

    operation: str
    first_day: date
    last_day: date
    share: float = 1.0


@dataclass(frozen=True)
class Teams:
    """How many colleagues each partner has, by its code."""

    daa: int = 2
    caritas: int = 2

    def size(self, partner: str) -> int:
        """Return how many colleagues a partner has."""
        return getattr(self, partner)


@dataclass(frozen=True)
class PlannedService:
    """A service on a day.

    Attributes:
        day, kind, minutes, status: as it is recorded.
        by_other: whether the partner with whom the case is shared recorded it.
        note: what was written down, "" for nothing.
        topics: what was talked about.
        companions: who else came, as positions in the chapter.
    """

    day: date
    kind: str
    minutes: int
    status: str
    by_other: bool = False
    note: str = ""
    topics: tuple[str, ...] = ()
    companions: tuple[int, ...] = ()


@dataclass(frozen=True)
class PlannedOutcome:
    """An outcome with the strength of its evidence, seen and noted on a day; a planned one begins after it."""

    noted: date
    start: date
    kind: str
    evidence: str
    state: str = "begun"

    @property
    def seen(self) -> date | None:
        """Day on which the evidence was seen."""
        return self.noted if self.state == "begun" else None


@dataclass
class Story:
    """The plan of one person.

    Attributes:
        shared_with: code of the partner, "" for nobody; `share_scope` says how far.
        share_ended: day on which the share was revoked, None while it lives.
        entry, later, follow_up: answers, empty while they are not given.
        returns: day of coming back after the exit.
        moved: day and state to which a colleague moved the record last, None for never.
        former: an earlier story of the same record, in an operation before.
        double: a story of the same human at the other partner, told before; of the first of the two it is itself.
        person: key of the record, once it is written.
    """

    name: InventedName
    operation: str
    partner: str
    colleague: int
    other_colleague: int
    sex: str
    birth_date: date
    birth_precision: str
    arrival: date
    first_contact: date
    phone: str
    shared_with: str
    share_scope: str
    share_ended: date | None = None
    entry: dict = field(default_factory=dict)
    special: dict | None = None
    services: list[PlannedService] = field(default_factory=list)
    outcomes: list[PlannedOutcome] = field(default_factory=list)
    later: dict = field(default_factory=dict)
    follow_up: dict = field(default_factory=dict)
    returns: date | None = None
    moved: tuple[date, str] | None = None
    former: "Story | None" = None
    double: "Story | None" = None
    person: int = 0

    def paper(self) -> Paper:
        """Return what the paper says on which the person agreed that the case is shared."""
        day = self.first_contact
        minor = age_on(self.birth_date, day) < 18
        signed = {"given_by_kind": GivenBy.BOTH, "given_by": "Amtsvormund DEMO"} if minor else {}
        return Paper(day=day, location=f"Ordner Einwilligungen {day.year}", **signed)

    def steps(self) -> Iterator[tuple[date, dict]]:
        """Yield the answers of entry, exit, follow-up and return that there are, each with the day of its form."""
        for answers, day in ((self.entry, "entry_date"), (self.later, "exit_date"), (self.follow_up, "f_refers_to")):
            if answers:
                yield answers[day], answers
        if self.returns:
            yield self.returns, AFTER_A_RETURN

    def recorder(self, service: PlannedService) -> tuple[str, int]:
        """Return the partner and the colleague who recorded a service."""
        if service.by_other:
            return self.shared_with, self.other_colleague
        return self.partner, self.colleague
