"""The history of a person: who changed what, before and after."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.access import get_participant
from participants.queries import person_page
from participants.queries.history import history_of
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission

STEPS_A_PAGE = 25


@requires(Permission.VIEW_PARTICIPANTS, Permission.VIEW_PSEUDONYMS, hidden=True)
@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the changes, newest first."""
    participation = get_participant(request.user, reference)
    context = person_page(participation, request.user)
    steps = Paginator(history_of(context["around"]), STEPS_A_PAGE)
    context["page"] = steps.get_page(request.GET.get("page"))
    return render(request, "participants/history.html", context)
