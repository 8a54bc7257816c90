"""Counting: every figure by its condition, and the rows behind it under the same condition."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from reporting.catalogue import FIGURES, PLACED, RATES, Figure, Unit, figure_of
from reporting.facts import (
    PRESS_NAMES,
    case_conditions,
    cases,
    facts,
    facts_with_cases,
    human,
    outcomes_in,
    served_years,
    services_in,
    true_or_false,
)
from reporting.outcome_kinds import PRESS, kinds_that_count
from reporting.periods import Period
from reporting.querysets import held_within
from reporting.rates import Share
from reporting.scopes import Scope
from reporting.sql import figures_role
from services.catalogue import KINDS, Category
from services.models import Attendance

# Series of the chart of services, in the fixed order of the colours.
GROUPS: dict[str, tuple[Category, ...]] = {
    "counselling": (Category.BERATUNG,),
    "qualification": (Category.QUALIFIZIERUNG,),
    "placement": (Category.VERMITTLUNG,),
    "support": (Category.BETREUUNG,),
    "other": (Category.GEWINNUNG, Category.INFORMATION, Category.STRUKTUR, Category.INTERN),
}
GROUP_OF = {kind.code: group for group, categories in GROUPS.items() for kind in KINDS if kind.category in categories}
TABLE_BY_PARTNER = ("reached", "entered", *PLACED, "base_a", "integrated_a")


def figures(scope: Scope, codes: Iterable[str] | None = None) -> dict[str, int]:
    """Count all figures of persons, or those of `codes`, in one query.

    Returns:
        number by code.
    """
    wanted = [figure for figure in FIGURES if figure.unit == Unit.PERSONS and (codes is None or figure.code in codes)]
    rows = facts(scope, _conditions(wanted, scope))
    counts = {f"n_{figure.code}": Count("human", filter=figure.counts) for figure in wanted}
    with figures_role():
        found = rows.aggregate(**counts)
    return {figure.code: found[f"n_{figure.code}"] for figure in wanted}


def _conditions(wanted: Iterable[Figure], scope: Scope) -> dict[str, Q]:
    """The conditions that these figures name, in a fixed order."""
    named = {name for figure in wanted for name in _leaves(figure.counts)}
    return {name: condition for name, condition in case_conditions(scope).items() if name in named}


def _leaves(condition: Q) -> Iterable[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _leaves(child)
        else:
            yield child[0]


def people_behind(code: str, scope: Scope) -> QuerySet:
    """Return the rows that a figure of persons counts, one a human, newest entry first, cases of others last.

    Each row has `human` and `cases` (keys of participations). Build it outside of
    `figures_role()`, evaluate it inside.

    Raises:
        KeyError: there is no such figure.
    """
    figure = figure_of(code)
    rows = facts_with_cases(scope, _conditions([figure], scope)).filter(figure.counts)
    return rows.order_by(F("kept_entry").desc(nulls_last=True), "human")


def count_services(scope: Scope, group: str = "") -> int:
    """Count the rows of `services_behind`; without a group the kept sums say it."""
    with figures_role():
        if group:
            return services_behind(scope, group).count()
        return served_years(scope).count_attended(scope.period.start, scope.period.end)


def services_behind(scope: Scope, group: str = "") -> QuerySet[Attendance]:
    """Return the attended services of the period, newest first; with `group` of one series of the chart."""
    rows = services_in(scope)
    if group:
        rows = rows.filter(kind__in=kinds_of_group(group))
    return rows.order_by("-day", "-pk")


def kinds_of_group(group: str) -> list[str]:
    """Return the codes of the offers that a series of the chart holds."""
    return [code for code, name in GROUP_OF.items() if name == group]


def rates(counts: dict[str, int]) -> dict[str, Share]:
    """Return by code the rates of which both figures were counted."""
    counted = [rate for rate in RATES if {rate.numerator, rate.denominator} <= counts.keys()]
    return {rate.code: Share(counts[rate.numerator], counts[rate.denominator]) for rate in counted}


def shares(counts: dict[str, int]) -> dict[str, Share]:
    """Return, for counted figures with a counted denominator, their share of it by code."""
    return {
        code: Share(number, counts[figure_of(code).denominator])
        for code, number in counts.items()
        if figure_of(code).denominator in counts
    }


@dataclass(frozen=True)
class MonthlyServices:
    """Services of one month by series of the chart."""

    month: Period
    by_group: dict[str, int]


def services_by_month(scope: Scope, months: list[Period]) -> list[MonthlyServices]:
    """Count attended services by month and series, in one query."""
    # By day, and put together here: finding the month of a million days would take the database longer than counting.
    rows = services_in(scope.during(_span(months))).order_by().values("day", "kind").annotate(n=Count("pk"))
    table = {month.code: dict.fromkeys(GROUPS, 0) for month in months}
    with figures_role():
        for row in rows:
            table[f"{row['day']:%Y-%m}"][GROUP_OF.get(row["kind"], "other")] += row["n"]
    return [MonthlyServices(month, table[month.code]) for month in months]


MONTHLY = ("reached", "entered", *PLACED)


def persons_by_month(scope: Scope, months: list[Period]) -> dict[str, dict[str, int]]:
    """Count persons by figure and month (of the service, the entry, the begin of the outcome), each once a month.

    Returns:
        code of the figure -> code of the month -> persons. A person may stand in several months.
    """
    inside = scope.during(_span(months))
    table = {code: {month.code: 0 for month in months} for code in MONTHLY}
    entries = cases(inside).filter(inside.period.holds("entry_date"))
    grouped = (
        _monthly(entries, "entry_date", entered=_humans()),
        _monthly(outcomes_in(inside), "start", **_placed_humans(PLACED)),
    )
    reached = _reached_in(inside, months)
    with figures_role():
        table["reached"] |= reached.aggregate(
            **{month.code: Count("human", filter=Q(**{f"in_{month.code}": True})) for month in months}
        )
        for rows in grouped:
            for row in rows:
                month = f"{row.pop('month'):%Y-%m}"
                for code, number in row.items():
                    table[code][month] = number
    return table


def _reached_in(scope: Scope, months: list[Period]) -> QuerySet:
    """Return one row a human with a boolean for every month in which a service was attended."""
    rows = served_years(scope).order_by().annotate(human=human("participation__")).values("human")
    return rows.annotate(
        **{f"in_{month.code}": BoolOr(true_or_false(held_within(month.start, month.end))) for month in months}
    )


def _monthly(rows: QuerySet, day: str, **counts: Count) -> QuerySet:
    return rows.annotate(month=TruncMonth(day)).order_by().values("month").annotate(**counts)


def _humans(path: str = "", condition: Q | None = None) -> Count:
    return Count(human(path), distinct=True, filter=condition)


def _placed_humans(codes: Iterable[str]) -> dict[str, Count]:
    """Count, for rows of outcomes, the humans of each category of the press figures."""
    return {code: _humans("participation__", Q(kind__in=kinds_that_count(PRESS, code))) for code in codes}


def _span(months: list[Period]) -> Period:
    return Period("span", months[0].start, months[-1].end, months[0].since)


def by_partner(scope: Scope) -> dict[int, dict[str, int]]:
    """Count the figures of TABLE_BY_PARTNER for every partner at once; a partner without any has no row.

    Returns:
        key of the partner -> code of the figure -> persons. A person may stand with two partners.
    """
    network = Scope(scope.user, scope.operation, scope.period, None, scope.fixed_partner, scope.default_operation)
    conditions = case_conditions(network)
    kept = {
        "entered": _humans("", conditions["entered"]),
        "base_a": _humans("", conditions["complete"]),
        "integrated_a": _humans("", conditions["integrated_a"]),
    }
    served = served_years(network).order_by().values("partner").annotate(reached=_humans("participation__"))
    placed = outcomes_in(network).order_by().values("partner").annotate(**_placed_humans(PRESS_NAMES))
    table: dict[int, dict[str, int]] = {}
    with figures_role():
        for rows in (cases(network).order_by().values("partner").annotate(**kept), served, placed):
            for row in rows:
                line = table.setdefault(row.pop("partner"), dict.fromkeys(TABLE_BY_PARTNER, 0))
                line.update(row)
    return {partner: line for partner, line in table.items() if any(line.values())}
