"""The page of a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.access import get_participant
from participants.queries import person_page
from participants.queries.answers import shown_entry
from participants.queries.intake import open_intake
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.home.recent import remember_opened
from resque.ui.panels import person_panels


@requires(Permission.VIEW_PARTICIPANTS, Permission.VIEW_PSEUDONYMS, hidden=True)
@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about one participation at a glance."""
    participation = get_participant(request.user, reference)
    context = person_page(participation, request.user)
    remember_opened(request, participation.reference)
    panels = person_panels(request, participation)
    context |= {
        "panels": [panel for panel in panels if panel.place == "main"],
        "side_panels": [panel for panel in panels if panel.place != "main"],
        "answers": shown_entry(context["around"]),
        "intake": open_intake(context["around"]),
    }
    return render(request, "participants/detail.html", context)
