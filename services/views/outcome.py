"""Outcomes: record what came of it, and follow it from planned to lasting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.forms.merging import carried, differences, merged
from participants.models import Participation
from participants.queries import person_page
from participants.queries.history import last_writer
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord
from services.access import get_editable_outcome, get_outcome, get_served_participant
from services.forms.outcome import OutcomeChangeForm, OutcomeForm
from services.models import Outcome
from services.operations.outcomes import change_outcome, record_outcome
from services.queries.outcome import outcome_facts


@requires(Permission.RECORD_SERVICES, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the form of a new outcome; a POST stores it."""
    participation = get_served_participant(request.user, reference)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = write_once(
            request,
            form,
            lambda: record_outcome(by=request.user, participation=participation, **form.answers()),
            target=reverse("services:timeline", args=[reference]),
            said=_("Outcome saved"),
        )
        if answer:
            return answer
    context = person_page(participation, request.user) | {"form": form}
    return render(request, "services/outcome_new.html", context)


@requires(Permission.VIEW_SERVICES, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an outcome; a POST of the partner that recorded it changes it."""
    if request.method == "POST":
        return _store(request, *get_editable_outcome(request.user, reference))
    return _page(request, *get_outcome(request.user, reference))


def _page(
    request: HttpRequest, stored: Outcome, participation: Participation, form: OutcomeChangeForm | None = None
) -> HttpResponse:
    context = person_page(participation, request.user)
    context |= {"outcome": stored, "outcome_facts": outcome_facts(stored, named=context["names_visible"])}
    if stored.partner_id == request.user.people_partner_id and request.user.can(Permission.RECORD_SERVICES):
        context["form"] = form or OutcomeChangeForm(outcome=stored)
    return render(request, "services/outcome.html", context)


def _store(request: HttpRequest, stored: Outcome, participation: Participation) -> HttpResponse:
    form = OutcomeChangeForm(merged(request.POST, OutcomeChangeForm(outcome=stored)), outcome=stored)
    if not form.is_valid():
        return _page(request, stored, participation, form)
    version = form.cleaned_data["version"]
    try:
        answer = write_once(
            request,
            form,
            lambda: change_outcome(by=request.user, outcome=stored, version=version, **form.answers()),
            target=reverse("services:timeline", args=[participation.reference]),
            said=_("Outcome saved"),
        )
    except StaleRecord:
        return _merge(request, stored, participation, form)
    return answer or _page(request, stored, participation, form)


def _merge(request: HttpRequest, stored: Outcome, participation: Participation, form: OutcomeForm) -> HttpResponse:
    theirs = OutcomeChangeForm(outcome=stored)
    context = person_page(participation, request.user) | {
        "differences": differences(form, theirs),
        "carried": carried(request.POST),
        "version": stored.version,
        "form_key": theirs["form_key"].value(),
        "writer": last_writer(stored),
    }
    return render(request, "participants/merge.html", context, status=409)
