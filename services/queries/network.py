"""Work of the network without participants, in numbers: events, contacts, organisations. No person is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from participants.models import Operation
from resque.accounts.models import Partner
from resque.codelists.queries import choices
from services.catalogue import KINDS, Shape
from services.choices import OccasionState, OrganisationKind, SizeClass
from services.models import Activity, Audience, Involvement, Organisation, Outreach

_ENTERPRISE = Q(kind=OrganisationKind.EMPLOYER, size__in=(SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM))
# Entity indicators of the funder that the register answers: each organisation once, and never its visits.
SUPPORTED: dict[str, Q] = {
    "CO23": _ENTERPRISE,
    "EECO19": _ENTERPRISE,
    "EECO18": Q(kind=OrganisationKind.ADMINISTRATION),
}
MEETINGS = tuple(kind.code for kind in KINDS if kind.is_meeting)


def supported(code: str, operation: Operation, until: date, since: date | None = None) -> QuerySet[Organisation]:
    """Return the organisations that an entity indicator counts: directly supported by an event that was held.

    Args:
        code: a key of SUPPORTED.
        operation: that paid for the event.
        until: last day of the event.
        since: first day; None: since the beginning.

    Raises:
        KeyError: the register does not answer this indicator.
    """
    rows = Organisation.objects.taking_part(operation=operation, since=since, until=until, supported=True)
    return rows.filter(SUPPORTED[code]).by_name()


def supported_until(operation: Operation, days: Sequence[date]) -> list[dict[str, int]]:
    """Return every entity indicator of the register up to each of some days, included, in one query."""
    parts = Involvement.objects.filter(
        organisation=OuterRef("pk"), supported=True, activity__operation=operation,
        activity__occasion__state=OccasionState.HELD,
    )  # fmt: skip
    rows = Organisation.objects.alias(first=Subquery(parts.order_by("activity__day").values("activity__day")[:1]))
    found = rows.filter(first__isnull=False).aggregate(**{
        f"{code}_{place}": Count("pk", filter=condition & Q(first__lte=day))
        for place, day in enumerate(days) for code, condition in SUPPORTED.items()
    })  # fmt: skip
    return [{code: found[f"{code}_{place}"] for code in SUPPORTED} for place in range(len(days))]


@dataclass(frozen=True)
class AudienceContacts:
    """Contacts of one audience in events that were held; `estimated` of them were not counted but estimated."""

    kind: str
    label: str
    came: int
    estimated: int


@dataclass(frozen=True)
class NetworkWork:
    """What the network did beside its work with participants.

    Attributes:
        events: held events, internal work not among them.
        audiences: contacts by audience, in the order of the list, only those that came.
        contacts, estimated: their sums.
        organisations: how many took part in a held event, each once; `supported` of them directly.
        visits, unknown: outreach visits, and the contacts of whom nothing is known.
    """

    events: int
    audiences: list[AudienceContacts]
    organisations: int
    supported: int
    visits: int
    unknown: int

    @property
    def contacts(self) -> int:
        """Contacts of all audiences: somebody who comes twice is counted twice."""
        return sum(one.came for one in self.audiences)

    @property
    def estimated(self) -> int:
        """Of the contacts those that were estimated."""
        return sum(one.estimated for one in self.audiences)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it happened."""
        return not (self.events or self.visits)


def network_work(
    user, *, operation: Operation, until: date, since: date | None = None, partner: Partner | None = None
) -> NetworkWork:
    """Return the work of a time, in five queries.

    Args:
        user: the reader; visits are those whose numbers this account may read.
        operation, since, until, partner: as the lists behind the numbers filter them.
    """
    asked = {"operation": operation, "day__gte": since, "day__lte": until, "partner": partner}
    asked = {name: value for name, value in asked.items() if value is not None}
    events = Activity.objects.visible_to(user).events().filter(shape=Shape.STRUCTURAL)
    held = events.filter(occasion__state=OccasionState.HELD, **asked)
    parts = Organisation.objects.visible_to(user)
    days = {"partner": partner, "operation": operation, "since": since, "until": until}
    visits = Outreach.objects.visible_to(user).filter(**{f"activity__{name}": value for name, value in asked.items()})
    heads = {name: Sum(name, default=0) for name in ("women", "men", "unknown")}
    found = visits.aggregate(visits=Count("pk"), **heads)
    return NetworkWork(
        events=held.count(),
        audiences=_audiences(held),
        organisations=parts.taking_part(**days).count(),
        supported=parts.taking_part(**days, supported=True).count(),
        visits=found["visits"],
        unknown=found["women"] + found["men"] + found["unknown"],
    )


def _audiences(held: QuerySet[Activity]) -> list[AudienceContacts]:
    rows = Audience.objects.filter(activity__in=held.exclude(kind__in=MEETINGS).order_by().values("pk"))
    guessed = Sum("actual", filter=Q(activity__occasion__estimated=True), default=0)
    sums = rows.order_by().values("kind").annotate(came=Sum("actual", default=0), estimated=guessed)
    counted = {row["kind"]: row for row in sums}
    return [
        AudienceContacts(kind, words, counted[kind]["came"], counted[kind]["estimated"])
        for kind, words in choices("audience")
        if kind in counted and counted[kind]["came"]
    ]
