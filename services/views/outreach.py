"""Outreach: recording a visit, correcting it, and the list of visits."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.home.recent import recently_opened
from resque.locking import StaleRecord
from resque.once.operations import new_key
from services.access import get_editable_visit
from services.filters import VisitFilter
from services.forms.outreach import OutreachForm, VisitChangeForm
from services.forms.record import with_chosen
from services.forms.versions import saved_in_between, with_version
from services.models import Activity
from services.operations.outreach import correct_outreach, record_outreach
from services.queries.people import people_of
from services.queries.visits import ROWS, first_answers_of_visit, last_visits_of, totals_of, visits_seen
from services.views.record import LOOK


@requires(Permission.RECORD_SERVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def outreach(request: HttpRequest) -> HttpResponse:
    """Show the form of a visit; a POST stores it, or looks for people and keeps everything that was typed."""
    user = request.user
    if request.method != "POST":
        return _page(request, OutreachForm(user=user, initial=first_answers_of_visit(user, request.GET)))
    data = with_chosen(request.POST)
    if LOOK in data:
        return _page(request, OutreachForm.opened_with(data, user=user))
    form = OutreachForm(data, user=user)
    answer = form.is_valid() and write_once(
        request,
        form,
        lambda: record_outreach(by=user, **form.answers()),
        target=lambda visit: reverse("services:activity", args=[visit.reference]),
        said=_("Visit saved"),
    )
    return answer or _page(request, form)


@requires(Permission.VIEW_SERVICES)
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """Visits of the own partner; all in numbers for the coordination. Filters stand in the address."""
    user = request.user
    chosen = VisitFilter(request.GET, queryset=visits_seen(user), request=request)
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filter": chosen,
        "totals": totals_of(chosen.qs),
        "own": user.people_partner_id is not None,
    }
    return render(request, "services/visits.html", context)


@requires(Permission.RECORD_SERVICES, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct a visit of the own partner; who of the known people came is corrected on its page."""
    stored = get_editable_visit(request.user, reference)
    if request.method != "POST":
        return _edit_page(request, VisitChangeForm(visit=stored), stored)
    form = VisitChangeForm(request.POST, visit=stored)
    if not form.is_valid():
        return _edit_page(request, form, stored)
    version, target = form.cleaned_data["version"], reverse("services:activity", args=[reference])

    def write() -> Activity:
        return correct_outreach(by=request.user, activity=stored, version=version, **form.answers())

    try:
        answer = write_once(request, form, write, target=target, said=_("Visit saved"))
    except StaleRecord:
        again = VisitChangeForm(with_version(request.POST, stored.version, new_key()), visit=stored)
        theirs = saved_in_between(form, VisitChangeForm(visit=stored))
        return _edit_page(request, again, stored, stale=theirs, status=409)
    return answer or _edit_page(request, form, stored)


def _page(request: HttpRequest, form: OutreachForm) -> HttpResponse:
    context = {
        "form": form,
        "people": people_of(request.user, form.said, searched=form.searched, recent=recently_opened(request)),
        "searched": form.searched,
        "visits": last_visits_of(request.user),
        "cancel_url": reverse("home:home"),
    }
    return render(request, "services/outreach.html", context)


def _edit_page(request: HttpRequest, form, stored: Activity, *, stale: list | None = None, status=200) -> HttpResponse:
    back = reverse("services:activity", args=[stored.reference])
    context = {"form": form, "activity": stored, "cancel_url": back, "stale": stale}
    return render(request, "services/visit_form.html", context, status=status)
