"""Asking another partner about a record of ours, and the questions of others: the check, the inbox, the answer."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.access import get_editable_participant, get_match_request
from participants.forms.matches import AnswerForm, SendForm
from participants.models import MatchRequest, Participation
from participants.operations import comparing
from participants.queries import person_page
from participants.queries.comparing import answers_of, requests_of, shown_request
from participants.queries.search import PartnerHit, questions_left
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.audit.models import Deed
from resque.audit.operations import note_deed


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whether another partner knows this person; where somebody may be meant, send a question."""
    participation = get_editable_participant(request.user, reference, note=request.method != "POST")
    if request.method != "POST":
        return _partners_page(request, participation)
    if "send" not in request.POST:
        hits = comparing.check_partners(by=request.user, participation=participation)
        return _partners_page(request, participation, hits=hits, asked=True)
    form = SendForm(request.POST, own=request.user.people_partner_id)
    if form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("to_partner", "items", "message")}
        answer = write_once(
            request,
            form,
            lambda: comparing.send_request(by=request.user, participation=participation, **asked),
            target=lambda made: reverse("participants:match_request", args=[made.reference]),
            said=_("Question sent to %(partner)s") % {"partner": asked["to_partner"].short_name},
        )
        if answer:
            return answer
    return _partners_page(request, participation, form=form)


def _partners_page(
    request: HttpRequest,
    participation: Participation,
    *,
    hits: list[PartnerHit] | None = None,
    asked: bool = False,
    form: SendForm | None = None,
) -> HttpResponse:
    user = request.user
    requests = requests_of(user, participation)
    # The form has an address of its own: below the answers it would tell by its size that somebody was found.
    if form is None and "to" in request.GET:
        form = SendForm(own=user.people_partner_id, to=request.GET["to"])
    context = person_page(participation, user) | {
        "asked": asked,
        "over_limit": asked and hits is None,
        "answers": answers_of(user, hits or [], requests) if asked and hits is not None else [],
        "requests": requests,
        "form": form,
        "left": questions_left(),
    }
    return render(request, "participants/matches/partners.html", context)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def match_request(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a question between us and another partner as our side sees it; a POST answers it."""
    question = get_match_request(request.user, reference)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said, write = _deed(request, question, form.cleaned_data)
        answer = write_once(
            request, form, write, target=reverse("participants:match_request", args=[reference]), said=said
        )
        if answer:
            return answer
    else:
        note_deed(deed=Deed.OPENED, kind=comparing.REQUEST, reference=question.reference, by=request.user)
    shown = shown_request(request.user, question)
    if not form.is_bound:
        form = AnswerForm(initial={"version": question.version})
    return render(request, "participants/matches/request.html", {"shown": shown, "question": question, "form": form})


def _deed(request: HttpRequest, question: MatchRequest, asked: dict) -> tuple[str, Callable]:
    """Return what will be said and what is to be done."""
    known = {"by": request.user, "request": question, "version": asked["version"]}
    return {
        "same": (_("Answered: same person. Both records are linked"), lambda: _same(known, asked["record"])),
        "different": (_("Answered: a different person"), lambda: comparing.answer_different(**known)),
        "ask_back": (_("Asked back"), lambda: comparing.ask_back(**known, text=asked["text"])),
        "reply": (_("Answer sent"), lambda: comparing.reply(**known, text=asked["text"])),
        "withdraw": (_("Question withdrawn"), lambda: comparing.withdraw(**known)),
        "separate": (_("Separated again"), lambda: comparing.separate(**known)),
    }[asked["answer"]]


def _same(known: dict, record: str) -> MatchRequest:
    if not record:
        raise ValidationError({"record": _("Please choose one of your own records.")})
    participation = get_editable_participant(known["by"], record)
    return comparing.answer_same(**known, participation=participation)
