"""The ESF tab: the entry questionnaire for the owner, answers in words for everybody else who may see them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.access import get_editable_participant, get_participant
from participants.forms.entry import EntryForm
from participants.forms.merging import carried, differences, merged
from participants.operations.answers import enter
from participants.queries import circumstances_of, person_page
from participants.queries.answers import shown_entry, shown_exit
from participants.queries.history import last_writer
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord


@requires(Permission.VIEW_PARTICIPANTS, Permission.VIEW_PSEUDONYMS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def esf(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the questionnaire; a POST stores it."""
    if request.method == "POST":
        return _store(request, reference)
    participation = get_participant(request.user, reference)
    return _page(request, participation)


def _page(request: HttpRequest, participation, form: EntryForm | None = None) -> HttpResponse:
    context = person_page(participation, request.user)
    around = context["around"]
    context["parts"] = shown_exit(participation)
    if around.owned:
        context["form"] = form or EntryForm(around=around)
    else:
        context["parts"] = [*shown_entry(around), *context["parts"]]
    return render(request, "participants/esf.html", context)


def _store(request: HttpRequest, reference: str) -> HttpResponse:
    participation = get_editable_participant(request.user, reference)
    around = circumstances_of(participation, request.user)
    form = EntryForm(merged(request.POST, EntryForm(around=around)), around=around)
    if not form.is_valid():
        return _page(request, participation, form)
    try:
        answer = write_once(
            request,
            form,
            lambda: enter(
                by=request.user,
                participation=participation,
                answers=form.answers(),
                version=form.cleaned_data["version"],
            ),
            target=reverse("participants:esf", args=[reference]),
            said=_("Answers saved"),
        )
    except StaleRecord:
        return _merge(request, participation, form)
    return answer or _page(request, participation, form)


def _merge(request: HttpRequest, participation, form: EntryForm) -> HttpResponse:
    context = person_page(participation, request.user)
    theirs = EntryForm(around=context["around"])
    context |= {
        "differences": differences(form, theirs),
        "carried": carried(request.POST),
        "version": participation.version,
        "form_key": theirs["form_key"].value(),
        "writer": last_writer(participation),
    }
    return render(request, "participants/merge.html", context, status=409)
