"""All indicators at a reference date."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.access import usual_question
from reporting.forms import QuestionForm
from reporting.queries.indicators import indicators_page, reference_dates
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission


@requires(Permission.VIEW_FIGURES, Permission.VIEW_OWN_FIGURES)
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """Show the indicators of the network, or of the own partner, cumulative and of a period."""
    usual = usual_question(request.user, request.GET)
    form = QuestionForm(usual, request.GET)
    is_right = form.is_valid()
    asked = form.question() if is_right else usual
    context = {"asked": asked, "form": form, "is_wrong": not is_right} | reference_dates(asked)
    known = request.GET.get("against") == "known"
    page = indicators_page(asked, known=known) if is_right else {}
    return render(request, "reporting/indicators.html", context | page)
