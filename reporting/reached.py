"""Persons reached by year, partner, sex and age group, with those among them who have an outcome."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models.functions import ExtractYear

from reporting.facts import countable, held_years, human, outcomes_in
from reporting.groups import AGE_LIMITS, AGE_OF_CASE, AGES, sex_group
from reporting.scopes import Scope
from reporting.sql import FIRST_YEAR, masks_of_humans
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
    rows = masks_of_humans(
        countable(scope).annotate(human=human(), age=AGE_OF_CASE).values_list("pk", "human", "sex", "age"),
        held_years(scope).values_list("participation", "partner", "year"),
        outcomes_in(scope).annotate(year=ExtractYear("start")).values_list("participation", "partner", "year"),
        partners,
        AGE_LIMITS,
    )
    found = Reached(Counter(), Counter())
    ages = list(AGES)
    for *masks, sex, age, humans in rows:
        group = (sex_group(sex), ages[-1] if age is None else ages[age])
        reached, placed = masks[: len(partners)], masks[len(partners) :]
        for key, came, began in zip(partners, reached, placed, strict=True):
            _add(found, key, came or 0, began or 0, group, humans)
        _add(found, EVER, _together(reached), _together(placed), group, humans)
    return found


def _together(masks: Iterable[int | None]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask or 0
    return whole


def _add(found: Reached, partner: int | None, came: int, began: int, group: tuple[str, str], humans: int) -> None:
    """Add people of one pattern to every cell of a partner that they stand in."""
    for counter, mask in ((found.persons, came), (found.with_outcome, came & began)):
        years: list[int | None] = [FIRST_YEAR + bit for bit in range(mask.bit_length()) if mask >> bit & 1]
        if came and (began or counter is found.persons):
            years.append(EVER)
        for year in years:
            counter[Cell(year, partner)] += humans
            counter[Cell(year, partner, sex=group[0])] += humans
            counter[Cell(year, partner, age=group[1])] += humans
