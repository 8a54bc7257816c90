"""Persons reached by year, partner, sex and age group, with those among them who have an outcome."""

from collections import Counter
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

from django.db.models.functions import ExtractYear

from reporting.facts import countable, held_years, human, placed_ever
from reporting.groups import AGE_LIMITS, AGE_OF_CASE, AGES, sex_group
from reporting.scopes import Scope
from reporting.sql import FIRST_YEAR, Bits, masks_of_humans
from resque.accounts.models import Partner

EVER = None  # instead of a year or a partner: all of them together, each human once


class Cell(NamedTuple):
    """What a number counts.

    Attributes:
        year: calendar year, EVER for the whole time.
        partner: key of the partner who held the services, EVER for any.
        sex, age: group of reporting/groups.py, one of them at most; "" for everybody.
    """

    year: int | None = EVER
    partner: int | None = EVER
    sex: str = ""
    age: str = ""


@dataclass(frozen=True)
class Reached:
    """Persons by cell: all who were reached, and those of them with an outcome of the same partner and year."""

    persons: Counter
    with_outcome: Counter

    @property
    def years(self) -> list[int]:
        """Years in which anybody was reached, newest first."""
        return sorted({cell.year for cell in self.persons if cell.year is not EVER}, reverse=True)

    @property
    def partners(self) -> set[int]:
        """Keys of the partners who reached anybody."""
        return {cell.partner for cell in self.persons if cell.partner is not EVER}


def count_reached(scope: Scope) -> Reached:
    """Count every cell in one query, and one for the partners.

    The numbers are those of the figures `reached` and `reached_outcomes` in the scope of the cell.
    """
    partners = [scope.partner.pk] if scope.partner else list(Partner.objects.values_list("pk", flat=True))
    bits = Bits(tuple(partners), scope.period.end.year)
    rows = masks_of_humans(
        countable(scope)
        .annotate(human=human(), age=AGE_OF_CASE)
        .values_list("pk", "human", "sex", "age", "entry_date"),
        held_years(scope).values_list("participation", "partner", "year"),
        placed_ever(scope).annotate(year=ExtractYear("start")).values_list("participation", "partner", "year", "start"),
        bits,
        AGE_LIMITS,
    )
    ages = list(AGES)
    patterns: Counter = Counter()  # the same years with a partner are shared by many, whatever they did with others
    for *masks, sex, age, humans in rows:
        group = (sex_group(sex), ages[-1] if age is None else ages[age])
        reached, placed = bits.read(masks)
        pairs = [*zip(partners, reached, placed, strict=True), (EVER, reduce(or_, reached, 0), reduce(or_, placed, 0))]
        for partner, came, began in pairs:
            if came:
                patterns[partner, came, began, *group] += humans
    return _by_cell(patterns)


def _by_cell(patterns: Counter) -> Reached:
    """Add people to every cell that they stand in: reached by the partner; and with an outcome in the same time."""
    found = Reached(Counter(), Counter())
    for (partner, came, began, sex, age), humans in patterns.items():
        for counter, mask, ever in ((found.persons, came, came), (found.with_outcome, came & began, began)):
            for year in [*_years(mask), EVER] if ever else ():
                counter[Cell(year, partner)] += humans
                counter[Cell(year, partner, sex=sex)] += humans
                counter[Cell(year, partner, age=age)] += humans
    return found


@cache
def _years(mask: int) -> tuple[int, ...]:
    return tuple(FIRST_YEAR + bit for bit in range(mask.bit_length()) if mask >> bit & 1)
