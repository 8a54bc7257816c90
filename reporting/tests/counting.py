"""Counting as a page does: the reader's context is set, and the figures role counts under its policies."""

from reporting.figures import by_partner, figures, people_behind, persons_by_month, services_behind, services_by_month
from reporting.sql import figures_role
from resque.context.acting import acting_as


def count(scope, codes=None) -> dict[str, int]:
    """Return figures by code."""
    with acting_as(scope.user):
        return figures(scope, codes)


def rows(code: str, scope) -> list[dict]:
    """Return the people behind a figure."""
    with acting_as(scope.user):
        people = people_behind(code, scope)
        with figures_role():
            return list(people)


def services(scope, group: str = "") -> int:
    """Return how many services stand behind the figure."""
    with acting_as(scope.user):
        found = services_behind(scope, group)
        with figures_role():
            return len(found)


def monthly(scope, months) -> tuple[dict, list]:
    """Return persons and services by month."""
    with acting_as(scope.user):
        return persons_by_month(scope, months), services_by_month(scope, months)


def partners(scope) -> dict[int, dict[str, int]]:
    """Return the figures by partner."""
    with acting_as(scope.user):
        return by_partner(scope)
