"""Residence status and housing over time: both histories of a person on one page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participants.access import get_editable_participant, get_participant, key_from
from participants.forms.residence import FORMS, RowForm
from participants.operations.residence import add_row, correct_row, remove_row
from participants.queries import person_page
from participants.queries.residence import moments_of, sections_of
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord
from resque.ui.messages import saved


@requires(Permission.VIEW_PARTICIPANTS, Permission.VIEW_PSEUDONYMS, hidden=True)
@require_safe
def residence(request: HttpRequest, reference: str) -> HttpResponse:
    """Show both histories; `?status=` or `?place=` with the key of a row opens it for correction."""
    participation = get_participant(request.user, reference)
    return _page(request, participation)


def _page(request: HttpRequest, participation, bound: RowForm | None = None) -> HttpResponse:
    context = person_page(participation, request.user)
    around = context["around"]
    context |= {"sections": sections_of(around), "moments": moments_of(around)}
    if around.owned:
        corrects = bound if bound and bound.data.get(bound.add_prefix("row")) else _correction(request, around)
        context |= {"form": corrects} if corrects else {"row_forms": _adding(participation, bound)}
    return render(request, "participants/residence.html", context)


def _adding(participation, bound: RowForm | None) -> dict[str, RowForm]:
    forms = {name: form(participation=participation) for name, form in FORMS.items()}
    return forms | ({bound.history: bound} if bound else {})


def _correction(request: HttpRequest, around) -> RowForm | None:
    for name, rows in (("status", around.statuses), ("place", around.residences)):
        key = key_from(request.GET.get(name, ""))
        stored = next((row for row in rows if row.pk == key), None)
        if stored is not None:
            return FORMS[name](participation=around.participation, stored=stored)
    return None


def _address(reference: str, history: str) -> str:
    return f"{reverse('participants:residence', args=[reference])}#{history}"


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def store(request: HttpRequest, reference: str, history: str) -> HttpResponse:
    """Add a row, or correct the one that the form names."""
    participation = get_editable_participant(request.user, reference)
    form = FORMS[history](request.POST, participation=participation)
    if not form.is_valid():
        return _page(request, participation, form)
    key = key_from(form.cleaned_data["row"])
    said = _("Correction saved") if key else _("Saved")
    try:
        answer = write_once(
            request, form, _writing(request.user, participation, form, key), target=_address(reference, history),
            said=said,
        )  # fmt: skip
    except StaleRecord:
        participation.refresh_from_db(fields=["version"])
        return _page(request, participation, form.again(participation))
    return answer or _page(request, participation, form)


def _writing(user, participation, form: RowForm, key: int | None) -> Callable[[], object]:
    if key is None:
        return lambda: add_row(by=user, participation=participation, history=form.history, **form.said())
    version = form.cleaned_data["version"]
    return lambda: correct_row(
        by=user, participation=participation, history=form.history, row=key, version=version, **form.said()
    )


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def remove(request: HttpRequest, reference: str, history: str) -> HttpResponse:
    """Remove a row; removing it twice is no fault."""
    participation = get_editable_participant(request.user, reference)
    if key := key_from(request.POST.get("row", "")):
        remove_row(by=request.user, participation=participation, history=history, row=key)
        saved(request, _("Row removed"))
    return redirect(_address(reference, history))
