"""What a person agreed to: the matrix, keying in a signed sheet, withdrawing with what follows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participants.access import get_editable_participant, get_named_participant, get_own_consent
from participants.forms.consents import ConsentForm, WithdrawalForm
from participants.operations.consents import consents_version, record_decisions
from participants.operations.withdrawing import consequences_of, note_on_paper, withdraw_consent
from participants.queries import person_page
from participants.queries.consents import (
    asked_purposes,
    decided,
    decisions_of,
    matrix_of,
    network_of,
    proposed_language,
    subject_of,
)
from participants.sheets.texts import sheet_languages
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord
from resque.ui.messages import saved


@requires(Permission.VIEW_PARTICIPANTS, hidden=True)
@require_safe
def consents(request: HttpRequest, reference: str) -> HttpResponse:
    """Show purposes by partners, the sheets to print, and every decision."""
    participation = get_named_participant(request.user, reference)
    context = person_page(participation, request.user)
    around = context["around"]
    context |= {
        "matrix": matrix_of(around, network_of(participation.partner)),
        "decisions": decisions_of(around),
        "languages": sheet_languages(),
        "proposed": proposed_language(participation.person, request.user),
    }
    return render(request, "participants/consents/matrix.html", context)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the form of a sheet; a POST records its answers."""
    participation = get_editable_participant(request.user, reference, note=request.method != "POST")
    context = person_page(participation, request.user)
    asked = {"purposes": asked_purposes(participation), "others": network_of(participation.partner)}
    asked |= {"around": context["around"], "version": consents_version(participation.person_id)}
    form = ConsentForm(request.POST if request.method == "POST" else None, **asked)
    if request.method == "POST" and form.is_valid():
        answer = _recorded(request, form, participation)
        if answer:
            return answer
    return render(request, "participants/consents/record.html", context | {"form": form})


def _recorded(request: HttpRequest, form: ConsentForm, participation) -> HttpResponse | None:
    known = {"paper": form.paper, "decisions": form.decisions, "version": form.cleaned_data["version"]}
    try:
        return write_once(
            request,
            form,
            lambda: record_decisions(by=request.user, participation=participation, **known),
            target=reverse("participants:consents", args=[participation.reference]),
            said=_("Sheet recorded"),
        )
    except StaleRecord:
        form.add_error(None, _("Somebody recorded a consent in between. Please open the page again and compare."))
        return None


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what follows from withdrawing one consent (parameter `consent`); a POST withdraws it."""
    participation = get_editable_participant(request.user, reference, note=request.method != "POST")
    consent = get_own_consent(participation, request.GET.get("consent", ""))
    form = WithdrawalForm(request.POST if request.method == "POST" else None, consent=consent)
    if request.method == "POST" and form.is_valid():
        answer = _withdrawn(request, form, participation, consent)
        if answer:
            return answer
    context = person_page(participation, request.user)
    follows = [sentence for one in consequences_of(consent) for sentence in one.preview(consent)]
    context |= {
        "form": form,
        "subject": subject_of(consent),
        "decision": decided(consent, context["around"]),
        "follows": follows,
    }
    return render(request, "participants/consents/withdraw.html", context)


def _withdrawn(request: HttpRequest, form: WithdrawalForm, participation, consent) -> HttpResponse | None:
    known = {name: form.cleaned_data[name] for name in ("day", "channel", "version")}
    try:
        return write_once(
            request,
            form,
            lambda: withdraw_consent(by=request.user, consent=consent, **known),
            target=reverse("participants:consents", args=[participation.reference]),
            said=_("Consent withdrawn; what it allowed has ended"),
        )
    except StaleRecord:
        form.add_error(None, _("Somebody changed this consent in between. Please open the page again and compare."))
        return None


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def noted(request: HttpRequest, reference: str) -> HttpResponse:
    """Note that a withdrawal stands on the paper too."""
    participation = get_editable_participant(request.user, reference)
    consent = get_own_consent(participation, request.POST.get("consent", ""))
    note_on_paper(by=request.user, consent=consent)
    saved(request, _("Noted on the paper"))
    return redirect("participants:consents", reference=reference)
