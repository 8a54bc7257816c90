"""Persons reached by year and partner, sex, age group: every number with the address of its list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reporting.catalogue import figure_of
from reporting.groups import AGES, SEXES, UNKNOWN
from reporting.links import people_url
from reporting.periods import period_of
from reporting.queries.definitions import definition_of
from reporting.reached import EVER, Cell, Reached, count_reached
from reporting.scopes import Scope
from resque.accounts.models import Partner
from resque.clock import today

FIGURES_OF_REACHED = ("reached", "reached_outcomes")  # whose lists know groups, and all operations at once


@dataclass(frozen=True)
class Column:
    """One column of a table: its head, and what its numbers count in a year."""

    label: str | Promise
    partner: Partner | None = EVER
    sex: str = ""
    age: str = ""

    def cell(self, year: int | None) -> Cell:
        """Return what is counted in a year."""
        return Cell(year, self.partner.pk if self.partner else EVER, self.sex, self.age)

    def scope(self, scope: Scope, year: int | None) -> Scope:
        """Return the scope of the lists behind a year."""
        if year is not EVER:
            scope = scope.during(period_of(str(year), start=scope.period.since, today=today()))
        return (scope.of(self.partner) if self.partner else scope).among(sex=self.sex, age=self.age)


@dataclass(frozen=True)
class Pair:
    """Persons reached, and those of them with an outcome, each with its list."""

    label: str | Promise
    value: int
    url: str
    with_outcome: int
    outcome_url: str


def reached_page(scope: Scope) -> dict:
    """Return the tables, in one query of counting.

    Args:
        scope: one operation or all, the whole time; the partner is the reader's own or none.
    """
    found = count_reached(scope)
    all_of_them = Column(_("all") if scope.partner is None else scope.partner.short_name)
    partners = [] if scope.partner else Partner.objects.filter(pk__in=found.partners).by_name()
    tables = [
        (_("By year and partner"), [all_of_them, *(Column(one.short_name, partner=one) for one in partners)]),
        (_("By year and sex"), [Column(label, sex=code) for code, label in SEXES.items()]),
        (_("By year and age group"), [Column(label, age=code) for code, label in AGES.items()]),
    ]
    return {
        "tables": [_table(found, scope, title, list(_needed(found, columns))) for title, columns in tables],
        "is_empty": not found.persons,
        "reached": definition_of(figure_of("reached")),
        "with_outcome": definition_of(figure_of("reached_outcomes")),
    }


def _needed(found: Reached, columns: Iterable[Column]) -> Iterable[Column]:
    """Leave out what nobody belongs to and nobody asks for: an answer that is missing nowhere, a sex of nobody."""
    for column in columns:
        if found.persons[column.cell(EVER)] or not (column.sex in ("nb", UNKNOWN) or column.age == UNKNOWN):
            yield column


def _table(found: Reached, scope: Scope, title: str, columns: list[Column]) -> dict:
    years = [year for year in found.years if year >= scope.period.since.year]
    return {
        "title": title,
        "heads": [column.label for column in columns],
        "rows": [
            (year, [_pair(found, scope, column, year) for column in columns])
            for year in [*years, EVER]
        ],
    }  # fmt: skip


def _pair(found: Reached, scope: Scope, column: Column, year: int | None) -> Pair:
    cell, within = column.cell(year), column.scope(scope, year)
    return Pair(
        label=column.label,
        value=found.persons[cell],
        url=people_url("reached", within),
        with_outcome=found.with_outcome[cell],
        outcome_url=people_url("reached_outcomes", within),
    )
