"""The timeline of a person, and writing a note on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participants.access import get_participant
from participants.models import Participation
from participants.queries import person_page
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.home.recent import remember_opened
from resque.ui.messages import saved
from services.access import get_own_note, get_served_participant
from services.forms.note import NoteForm, ScopeForm
from services.operations.notes import add_note, change_scope
from services.queries.timeline import timeline_page


@requires(Permission.VIEW_SERVICES, hidden=True)
@require_safe
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what happened and what is planned; kind, partner and page stand in the address."""
    participation = get_participant(request.user, reference)
    remember_opened(request, participation.reference)
    form = NoteForm() if request.user.can(Permission.RECORD_SERVICES) else None
    return _page(request, participation, form)


@requires(Permission.RECORD_SERVICES, hidden=True)
@require_POST
def note_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a note; with faults the timeline comes back with the text still in the form."""
    participation = get_served_participant(request.user, reference)
    form = NoteForm(request.POST)
    if form.is_valid():
        answer = write_once(
            request,
            form,
            lambda: add_note(
                by=request.user,
                participation=participation,
                text=form.cleaned_data["note"],
                scope=form.cleaned_data["note_scope"],
            ),
            target=reverse("services:timeline", args=[reference]),
            said=_("Note saved"),
        )
        if answer:
            return answer
    return _page(request, participation, form)


@requires(Permission.RECORD_SERVICES, hidden=True)
@require_POST
def note_scope(request: HttpRequest, reference: str) -> HttpResponse:
    """Change who may read an own note; doing it twice is no fault."""
    participation = get_served_participant(request.user, reference)
    form = ScopeForm(request.POST)
    form.is_valid()
    note = get_own_note(request.user, participation, form.cleaned_data.get("note"))
    if "note_scope" in form.cleaned_data:
        change_scope(by=request.user, note=note, scope=form.cleaned_data["note_scope"])
        saved(request, _("Changed who may read the note"))
    return redirect("services:timeline", reference=reference)


def _page(request: HttpRequest, participation: Participation, form: NoteForm | None) -> HttpResponse:
    context = person_page(participation, request.user) | timeline_page(participation, request.user, request.GET)
    if form:
        outcome_url = reverse("services:outcome_new", args=[participation.reference])
        context |= {"note_form": form, "outcome_url": outcome_url}
    return render(request, "services/timeline.html", context)
