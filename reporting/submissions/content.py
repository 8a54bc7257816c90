"""What a report says up to a reference date, made from its records: a value is the number of its records."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from participants.choices import Sex
from reporting.facts import human
from reporting.indicators.catalogue import BY_CODE, DATA, ENTITIES, INDICATORS, Event, indicators_of
from reporting.indicators.counting import Tally, entities
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
from reporting.indicators.listed import TOTALS as LISTED
from reporting.sql import figures_role
from resque.codelists.queries import fingerprint_of_lists

COMPLETE, EXITED, STOCK = "COMPLETE", "EXITED", "STOCK"
GRAND_TOTAL, INCOMPLETE, REFUSED = "GRAND_TOTAL", "INCOMPLETE", "REFUSED"
INTEGRATED_A, INTEGRATED_B = "INTEGRATED_A", "INTEGRATED_B"
TOTALS = (GRAND_TOTAL, COMPLETE, INCOMPLETE, REFUSED, EXITED, STOCK, INTEGRATED_A, INTEGRATED_B)
_TOTAL_WORDS = {one.code: one.label for one in LISTED}
DAYS_AT_ONCE = 40  # reference dates in one query: PostgreSQL takes 1,664 columns
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


def name_of(code: str) -> str:
    """Return what a value is called in a sentence: indicators by their code, totals by their words."""
    return str(_TOTAL_WORDS.get(code, code))


def codes_of(rules: str) -> list[str]:
    """Return the codes of a report by the rules of a funding period, totals first."""
    return [
        *TOTALS,
        *(one.code for one in indicators_of(rules)),
        *(one.code for one in ENTITIES if one.period == rules),
    ]


def content_of(basis: Basis, until: date) -> Content:
    """Return the report of an operation as it would be kept now; arguments as in `contents_of`."""
    return contents_of(basis, [until])[0]


def contents_of(basis: Basis, days: Sequence[date]) -> list[Content]:
    """Return the reports of an operation as they would be kept now, in a fixed number of queries.

    Args:
        basis: operation and rules; a report speaks of all partners and of special answers.
        days: reference dates, each included; at most DAYS_AT_ONCE.
    """
    made = [_Records({}, {}) for _day in days]
    _add_complete(basis, days, made)
    _add_entered(basis, days, made)
    integrated = with_first_rated_outcome(complete_records(basis)).filter(happened(Event.ENTRY, max(days)))
    integrated = integrated.annotate(human=human(), on=F("integrated_on")).filter(on__lte=max(days))
    refused = refusals(basis).filter(day__lte=max(days)).values_list("reference", "day")
    with figures_role():
        outcomes, refused = list(integrated.values_list("human", "entry_date", "on")), list(refused)
    for day, one in zip(days, made, strict=True):
        for key in {key for key, entered, began in outcomes if entered <= day and began <= day}:
            one.records[one.speaking[key]].codes.append(INTEGRATED_A)
        one.records.update({number: Counted("", [GRAND_TOTAL, REFUSED]) for number, on in refused if on <= day})
    codes = codes_of(basis.rules)
    return [
        Content(basis, day, one.records, _counted(one.records.values(), codes) | _values(others))
        for day, one, others in zip(days, made, entities(basis, days), strict=True)
    ]


@dataclass(frozen=True)
class _Records:
    """Records of one reference date, and the number of the one that speaks for its human."""

    records: dict[str, Counted]
    speaking: dict[int, str]


def _add_complete(basis: Basis, days: Sequence[date], made: list[_Records]) -> None:
    """The complete records that speak for their human, with every code."""
    conditions = {
        (place, code): condition
        for place, day in enumerate(days)
        for code, condition in _conditions(basis, day).items()
    }  # fmt: skip
    rows = with_first_rated_outcome(counted_records(basis)).order_by("reference").annotate(
        human=human(),
        **{f"is{place}_{code}": ExpressionWrapper(one, BooleanField()) for (place, code), one in conditions.items()},
    )  # fmt: skip
    rows = rows.values_list("human", "reference", "sex", *(f"is{place}_{code}" for place, code in conditions))
    with figures_role():
        for key, reference, sex, *holds in rows.iterator(chunk_size=2000):
            for (place, code), held in zip(conditions, holds, strict=True):
                if held:
                    made[place].records.setdefault(reference, Counted(sex)).codes.append(code)
                    if code == COMPLETE:
                        made[place].speaking[key] = reference


def _conditions(basis: Basis, day: date) -> dict[str, Q]:
    left = happened(Event.EXIT, day)
    return {one.code: one.counts & happened(one.event, day) for one in basis.indicators} | {
        COMPLETE: happened(Event.ENTRY, day), EXITED: left, STOCK: in_stock(day),
        INTEGRATED_B: left & Q(integrated_on__lte=day),
    }  # fmt: skip


def _add_entered(basis: Basis, days: Sequence[date], made: list[_Records]) -> None:
    """Count everybody who entered once: by the complete record, else by the earliest one."""
    rows = entered_records(basis).filter(happened(Event.ENTRY, max(days))).order_by("entry_date", "pk")
    rows = rows.annotate(human=human()).values_list("human", "reference", "sex", "entry_date")
    with figures_role():
        for key, reference, sex, entered in rows.iterator(chunk_size=2000):
            for day, one in zip(days, made, strict=True):
                if entered <= day and key not in one.speaking:
                    one.speaking[key] = reference
                    one.records.setdefault(reference, Counted(sex)).codes.append(INCOMPLETE)
    for one in made:
        for reference in one.speaking.values():
            one.records[reference].codes.append(GRAND_TOTAL)


def _values(numbers: Mapping[str, int]) -> dict[str, Value]:
    return {code: Value(total=number) for code, number in numbers.items()}


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
