"""The page of a person, and the questionnaire of the entry."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participants.access import get_editable_participant, get_participant
from participants.forms.entry import EntryForm
from participants.operations.answers import enter
from participants.queries.answers import shown_entry
from participants.queries.circumstances import circumstances_of
from participants.queries.person import person_page
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord
from resque.once.operations import FIELD, once
from resque.ui.messages import saved
from resque.ui.panels import person_panels


@requires(Permission.VIEW_PARTICIPANTS, Permission.VIEW_PSEUDONYMS, hidden=True)
@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about one participation at a glance."""
    participation = get_participant(request.user, reference)
    context = person_page(participation, request.user)
    context |= {"panels": person_panels(request, participation), "answers": shown_entry(context["around"])}
    return render(request, "participants/detail.html", context)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def esf(request: HttpRequest, reference: str) -> HttpResponse:
    """The entry answers: what is not known stays empty, nothing is forced."""
    participation = get_editable_participant(request.user, reference)
    around = circumstances_of(participation, request.user)
    form = EntryForm(request.POST or None, around=around)
    if request.method == "POST" and form.is_valid() and _stored(request, participation, form):
        saved(request, _("Answers saved."))
        return redirect("participants:detail", reference=reference)
    context = {"form": form, "participation": participation, "cancel_url": reverse("participants:detail", args=[reference])}
    return render(request, "participants/esf.html", context)


def _stored(request: HttpRequest, participation, form: EntryForm) -> bool:
    """Write the answers once; put refusals beside their fields and return whether all is stored."""

    def write() -> str:
        enter(by=request.user, participation=participation, answers=form.answers(), version=form.cleaned_data["version"])
        return participation.reference

    try:
        once(form.cleaned_data[FIELD], by=request.user, write=write)
    except ValidationError as error:
        form.add_error(None if not hasattr(error, "error_dict") else None, error)
    except StaleRecord:
        form.add_error(
            None,
            _("Somebody saved these answers since you opened the page. Your entries are still here: open the record "
              "in a second window, compare, and save again."),
        )
        form.data = form.data.copy()
        participation.refresh_from_db()
        form.data["version"] = participation.version
    return not form.errors
