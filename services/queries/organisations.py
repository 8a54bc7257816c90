"""The register of organisations: its rows, one entry, and entries that may be the same."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from services.choices import OccasionState, OrganisationKind
from services.models import Activity, Organisation
from services.naming import organisation_key

ROWS = 50
SHOWN = 5  # entries that may be the same, and organisations found for an event
ALIKE = 0.45  # trigram similarity from which two names may be those of one organisation
EVENTS = 20  # events on the page of an organisation


def organisations_seen(user):
    """Return the register by name, with `times` (held events with it), `supported` and `last` (the day of the last)."""
    held = Q(involvements__activity__occasion__state=OccasionState.HELD)
    rows = Organisation.objects.visible_to(user).annotate(
        times=Count("involvements", filter=held),
        supported=Count("involvements", filter=held & Q(involvements__supported=True)),
        last=Max("involvements__activity__day", filter=held),
    )
    return rows.by_name()


def similar_organisations(user, name: str, *, beside: Organisation | None = None) -> list[Organisation]:
    """Return entries whose name is like this one, the most similar first, at most five.

    Args:
        user: the reader.
        name: as typed.
        beside: the entry that bears the name; it is none of them.
    """
    key = organisation_key(name)
    if not key:
        return []
    others = Organisation.objects.visible_to(user).exclude(pk=beside and beside.pk)
    rows = others.annotate(alike=TrigramSimilarity("key", key))
    near = rows.filter(Q(alike__gte=ALIKE) | Q(key__contains=key) if len(key) > 3 else Q(alike__gte=ALIKE))
    return list(near.order_by("-alike", "name")[:SHOWN])


def found_for_event(user, text: str) -> list[Organisation]:
    """Return entries for words that somebody typed, at most ten; nothing for no words."""
    key = organisation_key(text)
    if not key:
        return []
    rows = Organisation.objects.visible_to(user).annotate(alike=TrigramSimilarity("key", key))
    return list(rows.filter(Q(key__contains=key) | Q(alike__gte=ALIKE)).order_by("-alike", "name")[: 2 * SHOWN])


def organisation_page(organisation: Organisation, user) -> dict:
    """Return what the page of an organisation shows; three queries."""
    parts = organisation.involvements.filter(activity__in=Activity.objects.visible_to(user).events())
    rows = parts.select_related("activity__partner", "activity__occasion").order_by("-activity__day", "-pk")
    size = organisation.get_size_display() if organisation.kind == OrganisationKind.EMPLOYER else ""
    return {
        "organisation": organisation,
        "facts": [
            (_("Kind"), organisation.get_kind_display()),
            (_("Size"), size),
            (_("Town"), organisation.town),
        ],
        "parts": list(rows[:EVENTS]),
        "more": max(parts.count() - EVENTS, 0),
        "is_supported": parts.filter(supported=True, activity__occasion__state=OccasionState.HELD).exists(),
    }
