"""Moving a participation on where no date says it: its state, and whether it belongs to the target group."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.access import get_editable_participant
from participants.choices import ParticipationState as State
from participants.forms.leaving import ConfirmForm
from participants.models import Participation
from participants.operations.stations import move_state, take_up_again, turn_away
from participants.queries import person_page
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord


def confirmed(
    request: HttpRequest,
    form: ConfirmForm,
    write: Callable[[int], Participation],
    *,
    target: str,
    said: str,
    link: tuple[str, str] = ("", ""),
) -> HttpResponse | None:
    """Carry out what a page asked about, once; None when it must be asked again, with the reason in the form.

    Args:
        request: the POST request.
        form: the confirmation that was sent.
        write: calls the operation with the version that the page showed.
        target, said, link: as in `write_once`.
    """
    if not form.is_valid():
        return None
    try:
        version = form.cleaned_data["version"]
        return write_once(request, form, lambda: write(version), target=target, said=said, link=link)
    except StaleRecord:
        form.ask_again(_("Somebody saved this record in between. Please check and confirm again."))
        return None


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the state with the ways on from it; a POST moves on."""
    sent = request.method == "POST"
    participation = get_editable_participant(request.user, reference, note=not sent)
    form = ConfirmForm(request.POST if sent else None, participation=participation)
    if sent:
        to = request.POST.get("state", "")
        answer = confirmed(
            request,
            form,
            lambda version: move_state(by=request.user, participation=participation, to=to, version=version),
            target=reverse("participants:detail", args=[reference]),
            said=_("State noted"),
        )
        if answer:
            return answer
    return render(request, "participants/state.html", person_page(participation, request.user) | {"form": form})


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def target_group(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whether a contact lies outside the target group, or whether somebody turned away is taken up again."""
    sent = request.method == "POST"
    participation = get_editable_participant(request.user, reference, note=not sent)
    away = participation.state == State.REJECTED
    decide = take_up_again if away else turn_away
    form = ConfirmForm(request.POST if sent else None, participation=participation)
    if sent:
        answer = confirmed(
            request,
            form,
            lambda version: decide(by=request.user, participation=participation, version=version),
            target=reverse("participants:detail", args=[reference]),
            said=_("Taken up again as a contact") if away else _("Noted: not target group"),
        )
        if answer:
            return answer
    return render(request, "participants/target_group.html", person_page(participation, request.user) | {"form": form})
