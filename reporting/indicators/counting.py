"""Counting: all indicators by sex in one query for any number of reference dates, and the records behind each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q

from participants.choices import Sex
from reporting.facts import human
from reporting.indicators.catalogue import Event, entities_of
from reporting.indicators.facts import (
    Basis,
    complete_records,
    counted_records,
    entered_records,
    happened,
    in_stock,
    refusals,
    with_first_rated_outcome,
)
from reporting.rates import Share
from reporting.sql import figures_role
from services.queries.network import supported_until

_STOCK, _EXITED, _EXITED_INTEGRATED = "STOCK", "EXITED", "EXITED_INTEGRATED"


@dataclass(frozen=True)
class BySex:
    """A number of persons by sex. `m - n` shows a difference as it is, negative too."""

    m: int = 0
    f: int = 0
    nb: int = 0

    @property
    def total(self) -> int:
        """All sexes: every complete record has one."""
        return self.m + self.f + self.nb

    def __sub__(self, other: "BySex") -> "BySex":
        return BySex(self.m - other.m, self.f - other.f, self.nb - other.nb)


@dataclass(frozen=True)
class Tally:
    """Everything that is counted up to a reference date, as it is known now.

    Attributes:
        indicators: persons by code.
        complete: persons with a complete record.
        grand_total: persons entered, complete or not, and anonymous refusals.
        refused: anonymous refusals.
        exited: persons with a complete record who left.
        integrated, exited_integrated: those of `complete` and of `exited` with an outcome of the integration rate.
        stock: persons with a complete record who were in the project on the day; a difference says how it changed.
        beside: persons by the code of what else was asked.
        entities: projects and organisations by code.
    """

    indicators: dict[str, BySex]
    complete: int
    grand_total: int
    refused: int
    exited: int
    integrated: int
    exited_integrated: int
    stock: int
    beside: dict[str, BySex]
    entities: dict[str, int] = field(default_factory=dict)

    @property
    def entered(self) -> int:
        """Persons entered, complete or not."""
        return self.grand_total - self.refused

    @property
    def incomplete(self) -> int:
        """Persons entered for whom no record is complete."""
        return self.entered - self.complete

    @property
    def rates(self) -> dict[str, Share]:
        """The integration rate of those who entered (A) and of those who left (B)."""
        return {"A": Share(self.integrated, self.complete), "B": Share(self.exited_integrated, self.exited)}

    def __sub__(self, earlier: "Tally") -> "Tally":
        """Return the value of the period between two reference dates; a re-entry can make it negative."""
        return Tally(
            {code: number - earlier.indicators[code] for code, number in self.indicators.items()},
            self.complete - earlier.complete,
            self.grand_total - earlier.grand_total,
            self.refused - earlier.refused,
            self.exited - earlier.exited,
            self.integrated - earlier.integrated,
            self.exited_integrated - earlier.exited_integrated,
            self.stock - earlier.stock,
            {code: number - earlier.beside[code] for code, number in self.beside.items()},
            {code: number - earlier.entities[code] for code, number in self.entities.items()},
        )


def tallies(
    basis: Basis, days: Sequence[date], beside: dict[str, tuple[Event, Q]] | None = None
) -> list[Tally]:  # fmt: skip
    """Count everything up to each of some reference dates: one query for all indicators, few for the totals.

    Args:
        basis: operation and rules.
        days: reference dates, each included.
        beside: what else to count of the same records, as in `by_sex`.

    Returns:
        one tally a day, in the order of `days`. The value of a period is the difference of two of them.
    """
    beside = beside or {}
    indicators = {indicator.code: (indicator.event, indicator.counts) for indicator in basis.indicators}
    wanted = [_until(day, indicators | beside) | _of_the_day(day) for day in days]
    numbers, totals, others = _numbers(basis, wanted), _totals(basis, days), entities(basis, days)
    return [
        Tally(
            {code: found[code] for code in indicators}, **total, stock=found[_STOCK].total,
            exited=found[_EXITED].total, exited_integrated=found[_EXITED_INTEGRATED].total,
            beside={code: found[code] for code in beside}, entities=other,
        )
        for found, total, other in zip(numbers, totals, others, strict=True)
    ]  # fmt: skip


def _of_the_day(day: date) -> dict[str, Q]:
    """Who is in the project and who has left: every complete record that speaks for its human is one or the other."""
    left = happened(Event.EXIT, day)
    return {_STOCK: in_stock(day), _EXITED: left, _EXITED_INTEGRATED: left & Q(integrated_on__lte=day)}


def by_sex(basis: Basis, conditions: dict[str, tuple[Event, Q]], days: Sequence[date]) -> list[dict[str, BySex]]:
    """Count complete records by sex under each condition up to each day, in one query.

    Args:
        basis: operation and rules.
        conditions: event whose day decides, and condition over the counted records, by name.
        days: reference dates.

    Returns:
        persons by name, for each day.
    """
    return _numbers(basis, [_until(day, conditions) for day in days])


def _until(day: date, conditions: dict[str, tuple[Event, Q]]) -> dict[str, Q]:
    return {name: condition & happened(event, day) for name, (event, condition) in conditions.items()}


def _numbers(basis: Basis, wanted: Sequence[dict[str, Q]]) -> list[dict[str, BySex]]:
    counts = {
        f"n{place}_{name}": Count("pk", filter=condition)
        for place, conditions in enumerate(wanted)
        for name, condition in conditions.items()
    }
    rows = with_first_rated_outcome(counted_records(basis)).order_by().values("sex").annotate(**counts)
    with figures_role():
        found = {row["sex"]: row for row in rows}
    return [
        {
            name: BySex(**{sex: found[sex][f"n{place}_{name}"] if sex in found else 0 for sex in Sex.values})
            for name in conditions
        }
        for place, conditions in enumerate(wanted)
    ]


def _totals(basis: Basis, days: Sequence[date]) -> list[dict[str, int]]:
    counts = {}
    for place, day in enumerate(days):
        entered = happened(Event.ENTRY, day)
        counts |= {
            f"complete_{place}": _people(entered),
            f"integrated_{place}": _people(entered & Q(integrated_on__lte=day)),
        }
    records = with_first_rated_outcome(complete_records(basis))
    grand = {f"grand_{place}": _people(happened(Event.ENTRY, day)) for place, day in enumerate(days)}
    refused = {f"refused_{place}": Count("pk", filter=Q(day__lte=day)) for place, day in enumerate(days)}
    with figures_role():
        found = {**records.aggregate(**counts), **entered_records(basis).aggregate(**grand)}
        found |= refusals(basis).aggregate(**refused)
    return [
        {
            **{name: found[f"{name}_{place}"] for name in ("complete", "integrated")},
            "grand_total": found[f"grand_{place}"] + found[f"refused_{place}"],
            "refused": found[f"refused_{place}"],
        }
        for place in range(len(days))
    ]


def _people(condition: Q) -> Count:
    return Count(human(), distinct=True, filter=condition)


def entities(basis: Basis, days: Sequence[date]) -> list[dict[str, int]]:
    """Return projects and organisations supported up to each of some days, by code, in one query."""
    wanted, operation = [entity.code for entity in entities_of(basis.rules)], basis.operation
    # What the letter of approval says is set with the operation; organisations are counted from the register.
    known = [found | operation.entities for found in supported_until(operation, days)]
    return [
        {code: found.get(code, 0) if day >= operation.start else 0 for code in wanted}
        for found, day in zip(known, days, strict=True)
    ]


def references_behind(basis: Basis, until: date, since: date | None = None) -> dict[str, list[str]]:
    """Return the numbers of the records behind every indicator, sorted, in one query."""
    wanted = {
        indicator.code: ArrayAgg(
            "reference", filter=indicator.counts & happened(indicator.event, until, since), default=[]
        )
        for indicator in basis.indicators
    }
    rows = counted_records(basis)
    with figures_role():
        found = rows.aggregate(**wanted)
    return {code: sorted(references) for code, references in found.items()}


def stock(basis: Basis, on: date) -> list[str]:
    """Return the numbers of the complete records that are in the project on a day, sorted."""
    rows = counted_records(basis).filter(in_stock(on)).values_list("reference", flat=True)
    with figures_role():
        return sorted(rows)
