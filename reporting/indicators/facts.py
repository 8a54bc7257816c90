"""The records that indicators count, with the facts that their formulas need.

A human counts once in an operation. Records that partners have linked are one human, and the earliest complete one
speaks for it: so the parts of a total add up, and the entry stays the first one.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from participants.choices import ParticipationState
from participants.models import AnonymousRefusal, Operation, Participation, Person
from participants.querysets import answers_missing
from reporting.facts import verified
from reporting.indicators.catalogue import DAY_OF, Event, Indicator, indicators_of
from reporting.outcome_kinds import IVAF, kinds_that_count
from reporting.sql import AgeOn, MonthsLater
from resque.accounts.models import Partner
from services.choices import OutcomeState
from services.models import Outcome


@dataclass(frozen=True)
class Basis:
    """Whose records are judged, and by which rules.

    Attributes:
        operation: people count once in it.
        rules: funding period, "2014" or "2021"; decides about complete records and which indicators there are.
        partner: only the records that this partner keeps; None: the network. Someone kept by two counts with both.
        special: whether the reader may count answers of special categories. The database gives others none of
            them, and a 0 would look like a figure: so without the right such indicators are left out.
    """

    operation: Operation
    rules: str
    partner: Partner | None = None
    special: bool = True

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that the reader may count."""
        return tuple(one for one in indicators_of(self.rules) if self.special or not one.is_special)


def entered_records(basis: Basis) -> QuerySet[Participation]:
    """Return all records with an entry, complete or not; who does not belong to the target group is in no figure."""
    rows = Participation.objects.filter(operation=basis.operation, entry_date__isnull=False)
    rows = rows.exclude(state=ParticipationState.REJECTED)
    return rows.filter(partner=basis.partner) if basis.partner else rows


def refusals(basis: Basis) -> QuerySet[AnonymousRefusal]:
    """Return the refusals to be asked: people without a record."""
    rows = AnonymousRefusal.objects.filter(operation=basis.operation)
    return rows.filter(partner=basis.partner) if basis.partner else rows


def complete_records(basis: Basis) -> QuerySet[Participation]:
    """Return the records that count."""
    return entered_records(basis).filter(~answers_missing(basis.rules))


def counted_records(basis: Basis) -> QuerySet[Participation]:
    """Return one complete record a human, with the facts of the formulas: build outside, evaluate in figures_role()."""
    # Not "those with a cluster": the planner would compare every linked person with every record.
    linked = complete_records(basis).exclude(person__in=Person.objects.filter(cluster_id=None).values("pk"))
    first = linked.order_by("person__cluster_id", "entry_date", "pk").distinct("person__cluster_id")
    return (
        complete_records(basis)
        .filter(Q(person__cluster_id=None) | Q(pk__in=first.values("pk")))
        .alias(
            age=AgeOn("person__birth_date", "entry_date"),
            unemployed_six_months_on=MonthsLater("e_unemp_since", 6),
            unemployed_a_year_on=MonthsLater("e_unemp_since", 12),
            follow_up_on=MonthsLater("exit_date", 6),
        )
    )


def with_first_rated_outcome(records: QuerySet[Participation]) -> QuerySet[Participation]:
    """Add the day on which the first outcome of the integration rate began, as `integrated_on`."""
    outcomes = Outcome.objects.filter(
        verified(),
        participation=OuterRef("pk"),
        state=OutcomeState.BEGUN,
        start__gt=OuterRef("entry_date"),
        kind__in=kinds_that_count(IVAF),
    )
    return records.alias(integrated_on=Subquery(outcomes.order_by("start").values("start")[:1]))


def happened(event: Event, until: date, since: date | None = None) -> Q:
    """Return the condition that an event lies up to and including `until`, and after `since`."""
    day = DAY_OF[event]
    condition = Q(**{f"{day}__lte": until})
    return condition & Q(**{f"{day}__gt": since}) if since else condition


def in_stock(on: date) -> Q:
    """Return the condition of being in the project: the day of exit itself no longer counts."""
    return Q(entry_date__lte=on) & (Q(exit_date=None) | Q(exit_date__gt=on))
