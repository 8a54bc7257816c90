"""Which organisations took part in an event: ticked from the register."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord
from services.access import get_editable_event
from services.forms.organisation import PartsForm
from services.models import Activity
from services.operations.events import set_organisations
from services.queries.event_organisations import Row, rows_to_tick, searched_of

LOOK, ENTER = "look", "enter"  # buttons of the form: search the register; save the ticks and enter an organisation


@requires(Permission.RECORD_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def event_organisations(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who took part, and what the register has for the words that were searched; a POST stores the ticks."""
    stored = get_editable_event(request.user, reference)
    if request.method != "POST":
        return _page(request, stored, PartsForm(initial={"version": stored.version, "organisations": None}))
    form = PartsForm(request.POST)
    if LOOK in request.POST or not form.is_valid():
        return _page(request, stored, form)
    try:
        answer = write_once(
            request,
            form,
            lambda: set_organisations(
                by=request.user,
                activity=stored,
                version=form.cleaned_data["version"],
                organisations=form.cleaned_data["organisations"],
            ),
            target=_after(request, stored),
            said=_("Organisations saved"),
        )
    except StaleRecord:
        fresh = PartsForm(initial={"version": stored.version, "organisations": form.said})
        return _page(request, stored, fresh, stale=True)
    return answer or _page(request, stored, form)


def _after(request: HttpRequest, stored: Activity) -> str:
    if ENTER in request.POST:
        words = urlencode({"event": stored.reference, "name": searched_of(request)})
        return f"{reverse('services:organisation_new')}?{words}"
    return reverse("services:event", args=[stored.reference])


def _page(request: HttpRequest, stored: Activity, form: PartsForm, *, stale: bool = False) -> HttpResponse:
    searched = searched_of(request)
    said = form.said if form.is_bound or form.initial["organisations"] is not None else None
    rows: list[Row] = rows_to_tick(request.user, stored, said, searched)
    context = {
        "activity": stored,
        "offer": stored.offer,
        "form": form,
        "rows": rows,
        "searched": searched,
        "stale": stale,
        "cancel_url": reverse("services:event", args=[stored.reference]),
    }
    return render(request, "services/event_organisations.html", context, status=409 if stale else 200)
