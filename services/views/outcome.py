"""Outcomes: record what came of it, and follow it from planned to lasting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from services.access import get_outcome, get_served_participant


@requires(Permission.RECORD_SERVICES, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the form of a new outcome; a POST stores it."""
    return render(request, "layouts/page.html", {"participation": get_served_participant(request.user, reference)})


@requires(Permission.VIEW_SERVICES, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an outcome; a POST of the partner that recorded it changes it."""
    return render(request, "layouts/page.html", {"outcome": get_outcome(request.user, reference)})
