"""Organisations to tick for an event: those that took part, those that were ticked now, those that were searched."""

from dataclasses import dataclass

from django.http import HttpRequest

from services.models import Activity, Organisation
from services.queries.event_page import parts_of
from services.queries.organisations import found_for_event

LONGEST = 120  # letters of a search


@dataclass(frozen=True)
class Row:
    """One organisation on the form."""

    organisation: Organisation
    ticked: bool = False
    supported: bool = False


def searched_of(request: HttpRequest) -> str:
    """Return what was typed to find an organisation; a new entry of the register arrives by the address."""
    text = request.POST.get("q") if request.method == "POST" else request.GET.get("q")
    return (text or "").replace("\0", "").strip()[:LONGEST]


def rows_to_tick(user, activity: Activity, said: dict[str, bool] | None, searched: str) -> list[Row]:
    """Return the rows of the form.

    Args:
        user: the reader.
        activity: the event.
        said: reference -> whether it was supported, of everything that is ticked; None: what is stored.
        searched: words to look for in the register.
    """
    if said is None:
        rows = [Row(part.organisation, True, part.supported) for part in parts_of(activity)]
    else:
        known = [text for text in said if "\0" not in text]
        found = Organisation.objects.visible_to(user).by_name().filter(reference__in=known)
        rows = [Row(one, True, said[one.reference]) for one in found]
    ticked = {row.organisation.pk for row in rows}
    return rows + [Row(one) for one in found_for_event(user, searched) if one.pk not in ticked]
