"""Data quality: what contradicts the rules, who can put it right, and the way to the answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from reporting.quality.access import get_inquiry, get_place, note_special_hits
from reporting.quality.forms import QualityForm
from reporting.queries.quality import quality_page
from reporting.queries.quality_next import next_address
from reporting.queries.quality_rules import catalogue_page
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.clock import today

P = Permission


@requires(P.VIEW_PARTICIPANTS, P.VIEW_PSEUDONYMS)
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """Show the hits of the records that the reader may see; filters stand in the address."""
    inquiry = get_inquiry(request.user, request.GET)
    if inquiry.lies_ahead:
        return render(request, "reporting/quality_ahead.html", {"inquiry": inquiry, "now": inquiry.changed(on=today())})
    context = quality_page(inquiry, request.GET.get("page"))
    note_special_hits(request.user, context["special_shown"], inquiry.rule)
    context |= {"form": QualityForm(inquiry, context["entries"]), "at_the_end": request.GET.get("end") == "1"}
    return render(request, "reporting/quality.html", context)


@requires(P.EDIT_PARTICIPANTS)
@require_safe
def next_hit(request: HttpRequest) -> HttpResponse:
    """Lead to the next answer to put right."""
    return redirect(next_address(get_inquiry(request.user, request.GET), get_place(request.GET)))


@requires(P.VIEW_PARTICIPANTS, P.VIEW_PSEUDONYMS)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show every rule in words, from the same objects that check."""
    return render(request, "reporting/quality_rules.html", catalogue_page())
