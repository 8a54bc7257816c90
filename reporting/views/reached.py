"""Persons reached, as tables."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.access import get_scope
from reporting.forms import OperationForm
from reporting.queries.reached import reached_page
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission


@requires(Permission.VIEW_FIGURES, Permission.VIEW_OWN_FIGURES)
@require_safe
def reached(request: HttpRequest) -> HttpResponse:
    """Show whom the network, or the own partner, reached by year, partner, sex and age group."""
    scope = get_scope(request.user, {"operation": request.GET.get("operation", "")}, wide=True)
    context = {"scope": scope, "form": OperationForm(scope)}
    return render(request, "reporting/reached.html", context | reached_page(scope))
