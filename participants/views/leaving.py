"""Exit, follow-up after six months, and the return of somebody who had left."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from participants.access import get_editable_participant
from participants.forms.leaving import ConfirmForm, ExitForm, FollowUpForm
from participants.models import Participation
from participants.operations.stations import re_enter
from participants.queries import person_page
from participants.queries.answers import shown_exit
from participants.queries.leaving import asks_exit, exit_proposals, leaving_of, open_answers
from participants.views.questionnaires import Questionnaire, parts_of, store
from participants.views.stations import confirmed
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission

EXIT = Questionnaire(
    ExitForm,
    "participants:exit",
    gettext_lazy("Exit saved"),
    needs=("exit_date",),
    still_open=gettext_lazy("Saved. The day of exit is missing: the participation goes on."),
)
FOLLOW_UP = Questionnaire(
    FollowUpForm,
    "participants:followup",
    gettext_lazy("Situation after six months saved"),
    needs=("f_status", "f_unreachable"),
    still_open=gettext_lazy("Saved. The situation after six months is still open."),
)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the questionnaire of the exit with what the record lets expect; a POST stores it."""
    sent = request.method == "POST"
    participation = get_editable_participant(request.user, reference, note=not sent)
    if sent and asks_exit(participation):
        return store(request, participation, EXIT, _exit_page)
    return _exit_page(request, participation)


def _exit_page(request: HttpRequest, participation: Participation, form: forms.Form | None = None) -> HttpResponse:
    context = person_page(participation, request.user) | {"chips": parts_of(request, participation)}
    around = context["around"]
    context["leaving"] = leaving_of(participation)
    if asks_exit(participation):
        proposals = exit_proposals(around, request.user)
        proposed = open_answers(participation, proposals)
        taken = "proposed" in request.GET and form is None
        context |= {
            "form": form or ExitForm(around=around, proposed=proposed if taken else {}),
            "proposals": proposals if proposed else [],
            "proposals_taken": taken,
        }
    return render(request, "participants/exit.html", context)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the questionnaire six months after the exit; a POST stores it."""
    sent = request.method == "POST"
    participation = get_editable_participant(request.user, reference, note=not sent)
    if sent and leaving_of(participation).asks_follow_up:
        return store(request, participation, FOLLOW_UP, _follow_up_page)
    return _follow_up_page(request, participation)


def _follow_up_page(request: HttpRequest, participation: Participation, form: forms.Form | None = None) -> HttpResponse:
    context = person_page(participation, request.user) | {"chips": parts_of(request, participation)}
    context["leaving"] = leaving_of(participation)
    if context["leaving"].asks_follow_up:
        context["form"] = form or FollowUpForm(around=context["around"])
    return render(request, "participants/followup.html", context)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell what a return keeps and empties; a POST carries it out."""
    sent = request.method == "POST"
    participation = get_editable_participant(request.user, reference, note=not sent)
    form = ConfirmForm(request.POST if sent else None, participation=participation)
    if sent:
        answer = confirmed(
            request,
            form,
            lambda version: re_enter(by=request.user, participation=participation, version=version),
            target=reverse("participants:detail", args=[reference]),
            said=_("Return noted: the participation goes on with its first entry"),
            link=(reverse("participants:history", args=[reference]), _("Former answers")),
        )
        if answer:
            return answer
    context = person_page(participation, request.user) | {"form": form, "emptied": shown_exit(participation)}
    return render(request, "participants/return.html", context)
