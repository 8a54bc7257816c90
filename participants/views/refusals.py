"""Refusals: counting somebody who does not want to be recorded, and taking a mistake back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participants.access import get_fresh_refusal
from participants.forms.refusals import RefusalForm
from participants.operations.stations import refuse_anonymously, take_back_refusal
from participants.queries.refusals import own_fresh_refusals, refusals_by_day, refusals_in_all
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.ui.messages import saved


@requires(Permission.EDIT_PARTICIPANTS, Permission.VIEW_PSEUDONYMS)
@require_safe
def refusals(request: HttpRequest) -> HttpResponse:
    """Days with their number of refusals; for a caseworker the form beside it."""
    return _page(request, RefusalForm() if request.user.can(Permission.EDIT_PARTICIPANTS) else None)


def _page(request: HttpRequest, form: RefusalForm | None) -> HttpResponse:
    user = request.user
    context = {
        "form": form,
        "page": refusals_by_day(user, request.GET.get("page")),
        "total": refusals_in_all(user),
        "fresh": own_fresh_refusals(user) if form else [],
    }
    return render(request, "participants/refusals.html", context)


@requires(Permission.EDIT_PARTICIPANTS)
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Count one refusal for the own partner."""
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    asked = {name: form.cleaned_data[name] for name in ("operation", "day")}
    address = reverse("participants:refusals")
    answer = write_once(
        request,
        form,
        lambda: refuse_anonymously(by=request.user, partner=request.user.partner, **asked),
        target=address,
        said=_("Counted, without anything about the person"),
        link=(f"{address}#fresh", _("Take back")),
    )
    return answer or _page(request, form)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Remove a refusal that was noted by mistake."""
    take_back_refusal(by=request.user, refusal=get_fresh_refusal(request.user, reference))
    saved(request, _("Taken back: it is not counted"))
    return redirect("participants:refusals")
