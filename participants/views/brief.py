"""A short contact: after the search one page, and the person is there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.forms.brief import BriefForm
from participants.forms.intake import SearchForm, first_answers
from participants.models import Participation
from participants.operations.intake import take_in_contact
from participants.queries.intake import newest_operation
from participants.views.intake import unseen_people
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.clock import today

BEGIN = "handed_out"  # the button that says that the privacy information was handed out a moment ago


@requires(Permission.EDIT_PARTICIPANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Open the page when the information was handed out; a POST of the page takes the person in."""
    operation = newest_operation()
    if request.method != "POST" or operation is None:
        return redirect("participants:new")
    if BEGIN in request.POST:
        return _page(request, BriefForm(initial=_begun(request)))
    form = BriefForm(request.POST)
    unseen = unseen_people(request, form) if form.is_valid() else []
    if unseen or not form.is_valid():
        return _page(request, form, unseen=unseen)
    answer = write_once(
        request,
        form,
        lambda: _take_in(request, form, operation),
        target=lambda made: reverse("participants:detail", args=[made.reference]),
        said=_("Contact taken in."),
    )
    return answer or _page(request, form)


def _begun(request: HttpRequest) -> dict:
    search = SearchForm(request.POST)
    search.is_valid()
    known = first_answers(search.wanted, referent="", seen=request.POST.get("seen", ""))
    return known | {"year": search.wanted.year, "info_given_on": today()}


def _page(request: HttpRequest, form: BriefForm, *, unseen: list | None = None) -> HttpResponse:
    context = {"form": form, "unseen": unseen or [], "cancel_url": reverse("participants:new")}
    return render(request, "participants/intake/contact.html", context)


def _take_in(request: HttpRequest, form: BriefForm, operation) -> Participation:
    known = form.cleaned_data
    return take_in_contact(
        by=request.user,
        partner=request.user.partner,
        operation=operation,
        draft=form.draft,
        sex=form.sex,
        gender=known["gender"],
        info_given_on=known["info_given_on"],
        info_language=known["info_language"],
        referent=request.user,
        accommodation=known["accommodation"],
    )
