"""Addresses of figures: every number leads to its people, with the same filters."""

from django.urls import reverse

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
