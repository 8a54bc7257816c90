"""The doors to services and outcomes. A stranger gets 404, with the same body as for a missing reference."""

from django.db.models import QuerySet
from django.http import Http404

from participants.access import KIND, get_named_participant, get_participant
from participants.models import Participation
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from services.models import Activity, Note, Organisation, Outcome


def get_activity(user, reference: str) -> Activity:
    """Return a service that `user` may see, and write the opening into the audit log.

    Raises:
        Http404: there is none, or it is not visible to `user`.
    """
    activity = _first(Activity.objects.visible_to(user).select_related("partner", "staff"), reference)
    note_deed(deed=Deed.OPENED, by=user, kind="activity", reference=activity.reference)
    return activity


def get_editable_activity(user, reference: str) -> Activity:
    """Return a service of the own partner.

    Raises:
        Http404: there is none, or another partner recorded it.
    """
    return _first(Activity.objects.editable_by(user).select_related("partner", "staff"), reference)


def get_outcome(user, reference: str) -> tuple[Outcome, Participation]:
    """Return an outcome with its participation, that `user` may see; the opening of the case is logged.

    Raises:
        Http404: there is none, or it is not visible to `user`.
    """
    outcome = _first(_outcomes(user), reference)
    return outcome, get_participant(user, outcome.participation.reference)


def get_editable_outcome(user, reference: str) -> tuple[Outcome, Participation]:
    """Return an outcome of the own partner with its participation.

    Raises:
        Http404: there is none, another partner recorded it, or the case is not visible any more.
    """
    outcome = _first(_outcomes(user).editable_by(user), reference)
    return outcome, get_participant(user, outcome.participation.reference, note=False)


def get_served_participant(user, reference: str) -> Participation:
    """Return a participation for which `user` may record services and outcomes.

    Raises:
        Http404: there is none, or it is not visible to `user`.
    """
    return get_participant(user, reference, note=False)


def get_way(user, reference: str, *, language: str) -> Participation:
    """Return a participation whose name `user` may see, to print "Mein Weg"; the print is logged.

    Args:
        language: code of the language in which it is printed.

    Raises:
        Http404: there is none, it is not visible to `user`, or only without the name.
    """
    participation = get_named_participant(user, reference, note=False)
    note_deed(deed=Deed.OPENED, kind=KIND, reference=participation.reference, by=user, part="my_way", language=language)
    return participation


def get_own_note(user, participation: Participation, key: int | None) -> Note:
    """Return a note that `user` wrote on a participation.

    Args:
        key: primary key from a form; None: the form named none.

    Raises:
        Http404: there is none.
    """
    found = Note.objects.editable_by(user).filter(participation=participation, pk=key).first()
    if found is None:
        raise Http404
    return found


def get_event(user, reference: str) -> Activity:
    """Return an event, whoever keeps it; no participant is in it.

    Raises:
        Http404: there is none.
    """
    return _first(_events(Activity.objects.visible_to(user).events()), reference)


def get_editable_event(user, reference: str) -> Activity:
    """Return an event of the own organisation.

    Raises:
        Http404: there is none, or another organisation keeps it.
    """
    return _first(_events(Activity.objects.events_kept_by(user)), reference)


def get_editable_visit(user, reference: str) -> Activity:
    """Return an outreach visit of the own partner.

    Raises:
        Http404: there is none, or another partner recorded it.
    """
    visits = Activity.objects.editable_by(user).visits()
    return _first(visits.select_related("partner", "staff", "outreach"), reference)


def get_organisation(user, reference: str) -> Organisation:
    """Return an organisation of the register.

    Raises:
        Http404: there is none.
    """
    return _first(Organisation.objects.visible_to(user), reference)


def _events(rows: QuerySet) -> QuerySet:
    return rows.select_related("partner", "staff", "occasion", "operation")


def _outcomes(user) -> QuerySet:
    return Outcome.objects.visible_to(user).select_related("partner", "recorded_by", "participation")


def _first(rows: QuerySet, reference: str):
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found
