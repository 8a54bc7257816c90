"""What a report says up to a reference date, made from its records: a value is the number of its records."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db.models import BooleanField, ExpressionWrapper, Q

from participants.choices import Sex
from reporting.facts import human
from reporting.indicators.catalogue import BY_CODE, DATA, ENTITIES, INDICATORS, Event, indicators_of
from reporting.indicators.counting import Tally, entities
from reporting.indicators.facts import (
    Basis,
    counted_records,
    entered_records,
    happened,
    in_stock,
    refusals,
    with_first_rated_outcome,
)
from reporting.indicators.listed import listed
from reporting.sql import figures_role
from resque.codelists.queries import fingerprint_of_lists

COMPLETE, EXITED, STOCK = "COMPLETE", "EXITED", "STOCK"
GRAND_TOTAL, INCOMPLETE, REFUSED = "GRAND_TOTAL", "INCOMPLETE", "REFUSED"
INTEGRATED_A, INTEGRATED_B = "INTEGRATED_A", "INTEGRATED_B"
TOTALS = (GRAND_TOTAL, COMPLETE, INCOMPLETE, REFUSED, EXITED, STOCK, INTEGRATED_A, INTEGRATED_B)
ERRORS = "ERRORS"  # hits of blocking rules at that moment: kept beside the values, compared with nothing


@dataclass(frozen=True)
class Value:
    """A number of persons, or of projects. Not everybody has a sex recorded, so the total is its own."""

    m: int = 0
    f: int = 0
    nb: int = 0
    total: int = 0

    def __sub__(self, other: "Value") -> "Value":
        return Value(self.m - other.m, self.f - other.f, self.nb - other.nb, self.total - other.total)


@dataclass
class Counted:
    """One record of a report: the sex it is counted under, and the codes."""

    sex: str
    codes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Content:
    """A whole report.

    Attributes:
        basis, until: operation and rules, reference date.
        records: what was counted, by number of the record or of the refusal.
        values: by code, in the order of the report.
    """

    basis: Basis
    until: date
    records: dict[str, Counted]
    values: dict[str, Value]

    @property
    def checksum(self) -> str:
        """The fingerprint of everything that is kept."""
        records = {number: [one.sex, *sorted(one.codes)] for number, one in self.records.items()}
        values = {code: [one.m, one.f, one.nb, one.total] for code, one in self.values.items()}
        return fingerprint(self.basis.operation.code, self.basis.rules, self.until, formulas(), records, values)


def fingerprint(*parts) -> str:
    """Return the SHA-256 of some values, the same for the same values."""
    return hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()


@cache
def formulas() -> str:
    """Return the fingerprint of the indicators: words and formulas, and the conditions made of them."""
    return fingerprint(DATA.read_text(encoding="utf-8"), [(one.code, repr(one.counts)) for one in INDICATORS])


def code_lists() -> str:
    """Return the fingerprint of the code lists as they are today."""
    return fingerprint_of_lists()


def is_special(code: str) -> bool:
    """Return whether special answers decide who is counted under a code."""
    return code in BY_CODE and BY_CODE[code].is_special


def codes_of(rules: str) -> list[str]:
    """Return the codes of a report by the rules of a funding period, totals first."""
    return [
        *TOTALS,
        *(one.code for one in indicators_of(rules)),
        *(one.code for one in ENTITIES if one.period == rules),
    ]


def content_of(basis: Basis, until: date) -> Content:
    """Return the report of an operation as it would be kept now, in a fixed number of queries.

    Args:
        basis: operation and rules; a report speaks of all partners and of special answers.
        until: reference date, included.
    """
    records, speaking = _complete(basis, until)
    _add_entered(basis, until, records, speaking)
    integrated = listed(INTEGRATED_A).records(basis, until, None).annotate(human=human())
    refused = refusals(basis).filter(day__lte=until)
    with figures_role():
        for one in set(integrated.values_list("human", flat=True)):
            records[speaking[one]].codes.append(INTEGRATED_A)
        for reference in refused.values_list("reference", flat=True):
            records[reference] = Counted("", [GRAND_TOTAL, REFUSED])
    values = _counted(records.values(), codes_of(basis.rules))
    values |= {code: Value(total=number) for code, number in entities(basis, until).items()}
    return Content(basis, until, records, values)


def _complete(basis: Basis, until: date) -> tuple[dict[str, Counted], dict[int, str]]:
    """The records that speak for their human, with every code, and the number of the record by human."""
    left = happened(Event.EXIT, until)
    conditions = {one.code: one.counts & happened(one.event, until) for one in basis.indicators} | {
        COMPLETE: happened(Event.ENTRY, until), EXITED: left, STOCK: in_stock(until),
        INTEGRATED_B: left & Q(integrated_on__lte=until),
    }  # fmt: skip
    codes = list(conditions)
    rows = with_first_rated_outcome(counted_records(basis)).order_by("reference")
    rows = rows.annotate(
        human=human(),
        **{f"is_{code}": ExpressionWrapper(condition, BooleanField()) for code, condition in conditions.items()},
    ).values_list("human", "reference", "sex", *(f"is_{code}" for code in codes))
    records, speaking = {}, {}
    with figures_role():
        for key, reference, sex, *holds in rows.iterator(chunk_size=2000):
            found = [code for code, held in zip(codes, holds, strict=True) if held]
            if found:
                records[reference] = Counted(sex, found)
            if COMPLETE in found:
                speaking[key] = reference
    return records, speaking


def _add_entered(basis: Basis, until: date, records: dict[str, Counted], speaking: dict[int, str]) -> None:
    """Count everybody who entered once: by the complete record, else by the earliest one."""
    rows = entered_records(basis).filter(happened(Event.ENTRY, until)).order_by("entry_date", "pk")
    rows = rows.annotate(human=human()).values_list("human", "reference", "sex")
    with figures_role():
        for key, reference, sex in rows.iterator(chunk_size=2000):
            if key not in speaking:
                speaking[key] = reference
                records.setdefault(reference, Counted(sex)).codes.append(INCOMPLETE)
    for reference in speaking.values():
        records[reference].codes.append(GRAND_TOTAL)


def _counted(records: Iterable[Counted], codes: Iterable[str]) -> dict[str, Value]:
    numbers = Counter((code, one.sex) for one in records for code in one.codes)
    sexes = ("", *Sex.values)
    return {
        code: Value(
            **{sex: numbers[code, sex] for sex in Sex.values}, total=sum(numbers[code, sex] for sex in sexes)
        )
        for code in codes
    }  # fmt: skip


def values_of(tally: Tally) -> dict[str, Value]:
    """Return the values of a report that was only counted: of totals nobody asked by sex."""
    totals = {
        GRAND_TOTAL: tally.grand_total, COMPLETE: tally.complete, INCOMPLETE: tally.incomplete,
        REFUSED: tally.refused, EXITED: tally.exited, STOCK: tally.stock, INTEGRATED_A: tally.integrated,
        INTEGRATED_B: tally.exited_integrated,
    }  # fmt: skip
    return {
        **{code: Value(total=number) for code, number in (totals | tally.entities).items()},
        **{code: Value(one.m, one.f, one.nb, one.total) for code, one in tally.indicators.items()},
    }


def comparable(values: Mapping[str, Value]) -> dict[str, int]:
    """Return all single numbers that values tell, by code, and by sex too where they are reported so."""
    told = {code: value.total for code, value in values.items()}
    by_sex = {f"{code} {sex}": getattr(values[code], sex) for code in values if code in BY_CODE for sex in Sex.values}
    return told | by_sex


def differs(code: str, one: Value, other: Value) -> bool:
    """Return whether two values of a code tell different numbers."""
    return comparable({code: one}) != comparable({code: other})
