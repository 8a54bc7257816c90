"""The doors to services and outcomes. A stranger gets 404, with the same body as for a missing reference."""

from django.db.models import QuerySet
from django.http import Http404

from participants.access import get_participant
from participants.models import Participation
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from services.models import Activity, Outcome


def get_activity(user, reference: str) -> Activity:
    """Return a service that `user` may see.

    Raises:
        Http404: there is none, or it is not visible to `user`.
    """
    return _first(Activity.objects.visible_to(user).select_related("partner", "staff"), reference)


def get_outcome(user, reference: str) -> Outcome:
    """Return an outcome of a participation that `user` may see.

    Raises:
        Http404: there is none, or it is not visible to `user`.
    """
    return _first(Outcome.objects.visible_to(user).select_related("partner", "recorded_by"), reference)


def get_served_participant(user, reference: str) -> Participation:
    """Return a participation for which `user` may record services and outcomes.

    Raises:
        Http404: there is none, or it is not visible to `user`.
    """
    return get_participant(user, reference, note=False)


def note_opening(user, kind: str, reference: str) -> None:
    """Write into the audit log that somebody opened a service or an outcome."""
    note_deed(deed=Deed.OPENED, by=user, kind=kind, reference=reference)


def _first(rows: QuerySet, reference: str):
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found
