"""Addresses of figures: every number leads to its people, with the same filters."""

from urllib.parse import urlencode

from django.urls import reverse

from reporting.indicators.asked import Asked
from reporting.scopes import Scope


def people_url(code: str, scope: Scope, **more: str) -> str:
    """Return the address of the list behind a figure.

    Args:
        code: code of the figure.
        scope: its filters.
        more: further parameters (`group` of services).
    """
    return reverse("reporting:people", kwargs={"code": code}) + scope.query(**more)


def dashboard_url(scope: Scope, **more: str) -> str:
    """Return the address of the overview under the same filters."""
    return reverse("reporting:dashboard") + scope.query(**more)


def listing_url(code: str, asked: Asked, **more: str) -> str:
    """Return the address of the list behind a number of the indicators.

    Args:
        code: code of the number.
        asked: the question it answers.
        more: `sex` and `of` of the number.
    """
    return reverse("reporting:people", kwargs={"code": code}) + asked.query(**more)


def indicators_url(asked: Asked) -> str:
    """Return the address of the page of indicators under the same question."""
    return reverse("reporting:indicators") + asked.query()


def changes_url(reference: str, code: str, **more: str) -> str:
    """Return the address of the records behind a difference to a kept report.

    Args:
        reference: number of the report.
        code: code of the value.
        more: `date` and `sex` of today's value; empty ones mean the day of the report, and all.
    """
    address = reverse("reporting:submission_changes", kwargs={"reference": reference, "code": code})
    pairs = {name: value for name, value in more.items() if value}
    return f"{address}?{urlencode(pairs)}" if pairs else address


def reached_url(scope: Scope) -> str:
    """Return the address of the tables of persons reached, of the same operation or of all."""
    return reverse("reporting:reached") + scope.query_of_operation()
