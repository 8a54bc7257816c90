"""How every figure is counted, from the same objects that count."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.access import SEES_FIGURES
from reporting.queries.definitions import definitions_page
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission


@requires(*SEES_FIGURES)
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """Show words, formula, source and what must be answered, of every figure or of those that hold some words."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    # The city has one page of figures; the other tabs would lead it to closed doors.
    has_tabs = request.user.can(Permission.VIEW_FIGURES) or request.user.can(Permission.VIEW_OWN_FIGURES)
    return render(request, "reporting/definitions.html", definitions_page(asked) | {"has_tabs": has_tabs})
