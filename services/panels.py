"""What stands of services on pages of lower floors: newest entries of a person, "Mein Weg", what I recorded last, events."""

from django.http import HttpRequest
from django.urls import reverse

from participants.choices import NO_CONTACT_REASONS
from participants.models import Participation
from participants.queries.consents import proposed_language
from participants.sheets.texts import sheet_languages
from resque.accounts.roles import Permission
from resque.ui.panels import Panel
from services.queries.event_list import coming_events_of
from services.queries.records import last_records_of
from services.queries.timeline import newest


def timeline(request: HttpRequest, participation: Participation) -> Panel | None:
    """Return the newest entries for the overview of a person."""
    user = request.user
    if not user.can(Permission.VIEW_SERVICES):
        return None
    context = newest(participation, user) | {
        "timeline_url": reverse("services:timeline", args=[participation.reference])
    }
    if user.can(Permission.RECORD_SERVICES):
        context["outcome_url"] = reverse("services:outcome_new", args=[participation.reference])
    return Panel("services/_person_panel.html", context)


def my_way(request: HttpRequest, participation: Participation) -> Panel | None:
    """Return the sheet to take home, for who sees the name; nothing where the person is not contacted any more."""
    if participation.person.loaded_identity is None or participation.exit_reason in NO_CONTACT_REASONS:
        return None
    proposed = proposed_language(participation.person, request.user)
    sheets = [
        {"name": name, "url": reverse("services:my_way", args=[participation.reference, code]), "code": code}
        for code, name in sheet_languages()
    ]
    first = next(sheet for sheet in sheets if sheet["code"] == proposed)
    others = [sheet for sheet in sheets if sheet is not first]
    context = {"first": first, "others": others, "phone": participation.partner.phone}
    return Panel("services/_my_way_panel.html", context, place="side")


def my_last_records(request: HttpRequest) -> Panel | None:
    """Return what the signed-in person recorded last, for the home page."""
    if not request.user.can(Permission.RECORD_SERVICES):
        return None
    return Panel("services/_home_records.html", {"records": last_records_of(request.user)})


def events(request: HttpRequest) -> Panel | None:
    """Return the planned events of the own organisation, those whose result is missing first, for the home page."""
    if not request.user.can(Permission.RECORD_EVENTS):
        return None
    return Panel("services/_home_events.html", {"rows": coming_events_of(request.user)})
