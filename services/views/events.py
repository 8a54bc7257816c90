"""Events: the list of all partners, one event, and recording them. No participant is on these pages."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord
from resque.once.operations import new_key
from resque.ui.messages import saved
from services.access import get_editable_event, get_event
from services.choices import OccasionState
from services.filters import EventFilter
from services.forms.event import CancelForm, EventChangeForm, EventForm
from services.forms.versions import saved_in_between, with_version
from services.models import Activity
from services.operations.events import cancel_event, correct_event, record_event
from services.queries.event_list import ALL, ROWS, event_rows, events_seen, of_state, tabs, totals_of
from services.queries.event_page import event_page


@requires(Permission.VIEW_EVENTS)
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Events of all partners; state and filters stand in the address."""
    query = request.GET
    state = query.get("state") if query.get("state") in OccasionState.values else ALL
    chosen = EventFilter(query, queryset=events_seen(request.user), request=request)
    rows = of_state(chosen.qs, state)
    page = Paginator(rows.values_list("pk", flat=True), ROWS).get_page(query.get("page"))
    audience = chosen.form.cleaned_data.get("audience", "") if chosen.form.is_valid() else ""
    context = {
        "page": page,
        "rows": event_rows(list(page), request.user, audience=audience),
        "totals": totals_of(rows, audience=audience),
        "filter": chosen,
        "state": state,
        "tabs": tabs(chosen.qs, state, query),
        "may_record": request.user.can(Permission.RECORD_EVENTS),
    }
    return render(request, "services/events.html", context)


@requires(Permission.VIEW_EVENTS)
@require_safe
def event(request: HttpRequest, reference: str) -> HttpResponse:
    """One event with its audiences and organisations."""
    shown = get_event(request.user, reference)
    return render(request, "services/event.html", event_page(shown, request.user))


@requires(Permission.RECORD_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def event_new(request: HttpRequest) -> HttpResponse:
    """Show the form of a new event; a POST stores it."""
    if request.method != "POST":
        kind = request.GET.get("kind", "")
        return _form_page(request, EventForm(user=request.user, initial={"kind": kind, "state": OccasionState.PLANNED}))
    form = EventForm(request.POST, user=request.user)
    answer = form.is_valid() and write_once(
        request,
        form,
        lambda: record_event(by=request.user, **form.answers()),
        target=_page_of,
        said=_("Event saved"),
    )
    return answer or _form_page(request, form)


@requires(Permission.RECORD_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct an event of the own organisation, or say what came of it."""
    stored, user = get_editable_event(request.user, reference), request.user
    if request.method != "POST":
        # The way "record the result" opens the form with that answer.
        said = {"state": OccasionState.HELD} if request.GET.get("state") == OccasionState.HELD else {}
        return _form_page(request, EventChangeForm(event=stored, user=user, initial=said), stored)
    form = EventChangeForm(request.POST, event=stored, user=user)
    if not form.is_valid():
        return _form_page(request, form, stored)
    version = form.cleaned_data["version"]
    return _changed(
        request, stored, form, lambda: correct_event(by=user, activity=stored, version=version, **form.answers())
    )


@requires(Permission.RECORD_EVENTS)
@require_POST
def event_cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a planned event does not take place."""
    stored = get_editable_event(request.user, reference)
    if stored.occasion.state == OccasionState.CANCELLED:  # a second click, or a colleague was faster
        return redirect(_page_of(stored))
    form = CancelForm(request.POST)
    try:
        if not form.is_valid():
            raise StaleRecord(0, stored.version)
        cancel_event(by=request.user, activity=stored, version=form.cleaned_data["version"])
    except (StaleRecord, ValidationError):  # changed in between, or held by now: the page shows it and asks again
        return render(request, "services/event.html", event_page(stored, request.user) | {"stale": True}, status=409)
    saved(request, _("Event cancelled"))
    return redirect(_page_of(stored))


def _page_of(stored: Activity) -> str:
    return reverse("services:event", args=[stored.reference])


def _changed(request: HttpRequest, stored: Activity, form: EventChangeForm, write: Callable) -> HttpResponse:
    try:
        answer = write_once(request, form, write, target=_page_of(stored), said=_("Event saved"))
    except StaleRecord:
        theirs = EventChangeForm(event=stored, user=request.user)
        data = with_version(request.POST, stored.version, new_key())
        again = EventChangeForm(data, event=stored, user=request.user)
        return _form_page(request, again, stored, stale=saved_in_between(form, theirs), status=409)
    return answer or _form_page(request, form, stored)


def _form_page(
    request: HttpRequest, form: EventForm, stored: Activity | None = None, *, stale: list | None = None, status=200
) -> HttpResponse:
    back = _page_of(stored) if stored else reverse("services:events")
    context = {"form": form, "activity": stored, "cancel_url": back, "stale": stale}
    return render(request, "services/event_form.html", context, status=status)
