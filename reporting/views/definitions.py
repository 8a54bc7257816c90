"""How every figure is counted, from the same objects that count."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.access import SEES_FIGURES
from reporting.queries.definitions import definitions_page
from resque.accounts.permissions import requires


@requires(*SEES_FIGURES)
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """Show words, formula, source and what must be answered, of every figure or of those that hold some words."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    return render(request, "reporting/definitions.html", definitions_page(asked))
