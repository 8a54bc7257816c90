"""The ESF tab: the entry questionnaire for the owner, answers in words for everybody else who may see them."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from participants.access import get_editable_participant, get_participant
from participants.forms.entry import EntryForm
from participants.models import Participation
from participants.queries import person_page
from participants.queries.answers import shown_entry, shown_exit
from participants.views.questionnaires import Questionnaire, parts_of, store
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission

ENTRY = Questionnaire(EntryForm, "participants:esf", _("Answers saved"))


@requires(Permission.VIEW_PARTICIPANTS, Permission.VIEW_PSEUDONYMS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def esf(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the questionnaire; a POST stores it."""
    if request.method == "POST":
        return store(request, get_editable_participant(request.user, reference), ENTRY, _page)
    return _page(request, get_participant(request.user, reference))


def _page(request: HttpRequest, participation: Participation, form: forms.Form | None = None) -> HttpResponse:
    context = person_page(participation, request.user)
    around = context["around"]
    parts = shown_exit(participation)
    if around.owned:
        context |= {"form": form or EntryForm(around=around), "chips": parts_of(request, participation), "parts": parts}
    else:
        context["parts"] = [*shown_entry(around), *parts]
    return render(request, "participants/esf.html", context)
