"""What the questionnaires of a participation share: storing once, two versions side by side, the way between them."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from participants.forms.merging import carried, differences, merged
from participants.models import Participation
from participants.operations.answers import enter
from participants.queries import circumstances_of, person_page
from participants.queries.history import last_writer
from participants.views.writing import write_once
from resque.locking import StaleRecord

Page = Callable[[HttpRequest, Participation, forms.Form | None], HttpResponse]


@dataclass(frozen=True)
class Questionnaire:
    """One of the three questionnaires.

    Attributes:
        form: made with `around`; `answers()` returns what `enter` stores.
        url_name: its page, where storing leads.
        said: sentence after storing.
        needs: answers of which one must be given; without it nothing is done yet.
        still_open: sentence after storing without them.
    """

    form: type[forms.Form]
    url_name: str
    said: str | Promise
    needs: tuple[str, ...] = ()
    still_open: str | Promise = ""

    def said_of(self, answers: dict) -> str:
        """Return what to say after these answers were stored."""
        return str(self.said if not self.needs or any(map(answers.get, self.needs)) else self.still_open)


def store(request: HttpRequest, participation: Participation, asked: Questionnaire, page: Page) -> HttpResponse:
    """Store the answers that were sent, or show what stands against it.

    Args:
        participation: loaded through the door for writing.
        asked: which questionnaire.
        page: draws its page with a form that has faults.
    """
    around = circumstances_of(participation, request.user)
    form = asked.form(merged(request.POST, asked.form(around=around)), around=around)
    if not form.is_valid():
        return page(request, participation, form)
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
            target=reverse(asked.url_name, args=[participation.reference]),
            said=asked.said_of(form.answers()),
        )
    except StaleRecord:
        return _merge(request, participation, form)
    return answer or page(request, participation, form)


def _merge(request: HttpRequest, participation: Participation, form: forms.Form) -> HttpResponse:
    context = person_page(participation, request.user)
    theirs = type(form)(around=context["around"])
    context |= {
        "differences": differences(form, theirs),
        "carried": carried(request.POST),
        "version": participation.version,
        "form_key": theirs["form_key"].value(),
        "writer": last_writer(participation),
    }
    return render(request, "participants/merge.html", context, status=409)


def parts_of(request: HttpRequest, participation: Participation) -> list[dict]:
    """Return the three questionnaires as chips: label, address, whether it is this one."""
    pages = (("esf", _("Entry")), ("exit", _("Exit")), ("followup", _("Six months later")))
    here = request.resolver_match.url_name
    return [
        {
            "label": label,
            "url": reverse(f"participants:{name}", args=[participation.reference]),
            "current": name == here,
        }
        for name, label in pages
    ]
