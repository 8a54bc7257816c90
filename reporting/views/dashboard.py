"""The overview: what the network is known for, in figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.access import SEES_FIGURES, get_scope, only_aggregates
from reporting.forms import ScopeForm
from reporting.queries.aggregates import aggregates_page
from reporting.queries.network import network_lines
from reporting.queries.overview import overview_page
from resque.accounts.permissions import requires


@requires(*SEES_FIGURES)
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the figures of the network or of the own partner; to the city those in which nobody can be recognised."""
    scope = get_scope(request.user, request.GET)
    context = {"scope": scope, "form": ScopeForm(scope), "network": network_lines(scope)}
    if only_aggregates(request.user):
        return render(request, "reporting/aggregates.html", context | aggregates_page(scope))
    return render(request, "reporting/overview.html", context | overview_page(scope))
