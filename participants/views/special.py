"""Answers of special categories: only the owning partner, every opening is logged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.access import get_special_answers
from participants.forms.special import SpecialAnswersForm
from participants.operations.answers import enter
from participants.queries import person_page
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord


@requires(Permission.VIEW_SPECIAL_ANSWERS, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def special(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the special answers, which is logged; a POST stores them."""
    participation, stored = get_special_answers(request.user, reference)
    form = SpecialAnswersForm(request.POST or None, participation=participation, stored=stored)
    if request.method == "POST" and form.is_valid():
        try:
            answer = write_once(
                request,
                form,
                lambda: enter(
                    by=request.user,
                    participation=participation,
                    answers={"art9_basis": form.cleaned_data["art9_basis"]},
                    special=form.special(),
                    version=form.cleaned_data["version"],
                ),
                target=reverse("participants:esf", args=[reference]),
                said=_("Special answers saved"),
            )
        except StaleRecord:
            form = form.again(participation)
            answer = None
        if answer:
            return answer
    context = person_page(participation, request.user) | {"form": form}
    return render(request, "participants/special.html", context)
