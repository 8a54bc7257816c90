"""The list behind a figure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.access import get_figure, get_group, get_listing, get_scope, note_special_list
from reporting.catalogue import Unit
from reporting.indicators.listed import listed
from reporting.queries.listings import listing_page, references_of
from reporting.queries.people import people_page
from reporting.queries.reached import FIGURES_OF_REACHED
from reporting.queries.services import services_page
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission


@requires(Permission.OPEN_FIGURE_LISTS)
@require_safe
def people(request: HttpRequest, code: str) -> HttpResponse:
    """Show the people, or the services, that a figure counts: as many rows as the number says."""
    if listed(code) is not None:
        return _listing(request, code)
    figure = get_figure(code)
    scope = get_scope(request.user, request.GET, wide=code in FIGURES_OF_REACHED)
    group, number = get_group(figure, request.GET), request.GET.get("page")
    if figure.unit == Unit.SERVICES:
        return render(request, "reporting/services.html", services_page(figure, scope, group, number))
    return render(request, "reporting/people.html", people_page(figure, scope, number))


def _listing(request: HttpRequest, code: str) -> HttpResponse:
    listing = get_listing(request.user, code, request.GET)
    context = listing_page(listing, request.GET.get("page"))
    note_special_list(request.user, listing, references_of(context["rows"]))
    return render(request, "reporting/listing.html", context)
