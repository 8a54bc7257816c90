"""Records that may be one person: the queue, and two or more of them side by side."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participants.access import KIND, get_named_participant, owns
from participants.forms.matches import DecisionForm, OtherForm
from participants.models import MatchState, Participation
from participants.operations.pairs import decide
from participants.queries.comparing import inbox, sent
from participants.queries.pairs import decided_pairs, waiting_pairs
from participants.queries.side_by_side import consequences, side_by_side
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.audit.models import Deed
from resque.audit.operations import note_deeds
from resque.once.operations import new_key, once
from resque.ui.messages import saved

VIEWS = {"": waiting_pairs, "inbox": inbox, "sent": sent}


@requires(Permission.EDIT_PARTICIPANTS)
@require_safe
def matches(request: HttpRequest) -> HttpResponse:
    """Show what waits: pairs to review, questions of partners, own questions."""
    view = request.GET.get("view", "")
    page = VIEWS.get(view, waiting_pairs)(request.user, request.GET.get("page"))
    address = reverse("participants:matches")
    tabs = [
        {"key": "pairs", "label": _("To review"), "url": address},
        {"key": "inbox", "label": _("Questions of partners"), "url": f"{address}?view=inbox"},
        {"key": "sent", "label": _("Our questions"), "url": f"{address}?view=sent"},
    ]
    view = view if view in VIEWS and view else "pairs"
    decided = decided_pairs(request.user) if view == "pairs" else []
    context = {"page": page, "view": view, "tabs": tabs, "decided": decided}
    return render(request, "participants/matches/list.html", context)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, reference: str) -> HttpResponse:
    """Lay a record beside those that may be the same person; a POST decides about one of them."""
    participation = get_named_participant(request.user, reference, note=request.method != "POST")
    if request.method == "POST":
        return _decided(request, participation)
    return _page(request, participation)


def _page(
    request: HttpRequest, participation: Participation, *, faults: list[str] = (), status: int = 200
) -> HttpResponse:
    form = OtherForm(request.GET)
    number = form.cleaned_data["other"].strip().upper() if form.is_valid() else ""
    try:
        other = get_named_participant(request.user, number, note=False) if number else None
    except Http404:
        # Nothing tells a number that does not exist from one that is not for this reader.
        other, faults = None, [*faults, _("There is no record of this number among those whose name you may see.")]
    if other is not None and other.person_id == participation.person_id:
        other, faults = None, [*faults, _("Both numbers stand for the same record.")]
    shown = side_by_side(request.user, participation, other)
    beside = [column.case.reference for column in shown.others]
    note_deeds(deed=Deed.OPENED, kind=KIND, references=beside, by=request.user, part="compare")
    context = {
        "participation": participation,
        "shown": shown,
        "choices": [_choice(request.user, shown.first, column) for column in shown.others],
        "faults": faults,
        "form": form,
        "asks": owns(request.user, participation),
    }
    return render(request, "participants/matches/compare.html", context, status=status)


def _choice(user, first, column) -> dict:
    """Return what the buttons below one record need."""
    owners = {first.case.person.partner_id, column.case.person.partner_id}
    return {
        "column": column,
        "consequences": consequences(first, column),
        "decidable": user.people_partner_id in owners,
        "foreign": owners != {user.people_partner_id},
        "form_key": new_key(),
    }


def _decided(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, participation, faults=[_("Please choose one of the buttons.")])
    asked = form.cleaned_data
    other = get_named_participant(request.user, asked["other"], note=False)
    address = f"{reverse('participants:compare', args=[participation.reference])}?other={other.reference}"

    def write() -> str:
        decide(by=request.user, one=participation, other=other, state=asked["decision"], version=asked["version"])
        return address

    try:
        with transaction.atomic():
            target, first = once(asked["form_key"], by=request.user, write=write)
    except ValidationError as fault:
        return _page(request, participation, faults=fault.messages)
    if first:
        saved(request, _said(asked["decision"]))
    return redirect(target)


def _said(decision: str) -> str:
    return {
        MatchState.SAME: _("Linked: both records count as one person"),
        MatchState.DIFFERENT: _("Noted: different people. They are not proposed again"),
        MatchState.UNSURE: _("Noted: still unsure"),
        MatchState.OPEN: _("The pair waits for a decision again"),
    }[decision]
