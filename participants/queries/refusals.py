"""Refusals by the day: a number and nothing about anybody."""

from django.core.paginator import Page, Paginator
from django.db.models import Count

from participants.models import AnonymousRefusal
from participants.sql import fresh_refusals

ROWS = 50


def refusals_by_day(user, page: str | None) -> Page:
    """Return days with their number of refusals, newest first: dictionaries with day, operation, partner, number.

    Args:
        user: the reader; own partner only, all for the coordinator.
        page: number of the page, as it stands in the address.
    """
    rows = AnonymousRefusal.objects.visible_to(user).values("day", "operation__name", "partner__short_name")
    counted = rows.annotate(number=Count("pk")).order_by("-day", "operation__name", "partner__short_name")
    return Paginator(counted, ROWS).get_page(page)


def refusals_in_all(user) -> int:
    """Return how many refusals `user` may see."""
    return AnonymousRefusal.objects.visible_to(user).count()


def own_fresh_refusals(user) -> list[AnonymousRefusal]:
    """Return what `user` noted within the last 24 hours and may take back, the last one first."""
    rows = AnonymousRefusal.objects.visible_to(user).filter(reference__in=fresh_refusals())
    return list(rows.select_related("operation").order_by("-pk"))
