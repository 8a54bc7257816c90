"""What a person brought along: all rows on one page, each added, corrected and removed by itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participants.access import get_editable_participant, get_participant, key_from
from participants.forms.background import FORMS, EntryRowForm
from participants.forms.merging import carried, differences, merged
from participants.operations.background import KINDS, add_entry, correct_entry, remove_entry
from participants.queries import person_page
from participants.queries.background import background_of
from participants.queries.history import last_writer
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord
from resque.ui.messages import saved


@requires(Permission.VIEW_PARTICIPANTS, Permission.VIEW_PSEUDONYMS, hidden=True)
@require_safe
def background(request: HttpRequest, reference: str) -> HttpResponse:
    """Show languages, schooling, work and credentials; `?language=` with the key of a row opens it for correction."""
    participation = get_participant(request.user, reference)
    form = None
    if participation.partner_id == request.user.people_partner_id:
        form = next((_opened(participation, kind, request.GET[kind]) for kind in KINDS if kind in request.GET), None)
    return _page(request, participation, form=form)


def _opened(participation, kind: str, key: str) -> EntryRowForm | None:
    stored = _stored(participation, kind, key)
    return FORMS[kind](stored=stored) if stored else None


def _stored(participation, kind: str, key: str):
    number = key_from(key)
    rows = KINDS[kind].model.objects.filter(person=participation.person_id)
    return rows.filter(pk=number).first() if number else None


def _page(request: HttpRequest, participation, *, form: EntryRowForm | None = None) -> HttpResponse:
    context = person_page(participation, request.user)
    around = context["around"]
    context["sections"] = background_of(participation, request.user, names_visible=around.names_visible)
    corrects = form is not None and form.prefix is None
    if corrects:
        context["form"] = form
    elif around.owned:
        made = {kind: kind_form(prefix=kind) for kind, kind_form in FORMS.items()}
        context["row_forms"] = made | ({form.history: form} if form else {})
    return render(request, "participants/background.html", context)


def _address(reference: str, kind: str) -> str:
    return f"{reverse('participants:background', args=[reference])}#{kind}"


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def store(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Add a row, or correct the one that the form names."""
    participation = get_editable_participant(request.user, reference)
    if "row" in request.POST:
        return _correct(request, participation, kind)
    form = FORMS[kind](request.POST, prefix=kind)
    answer = form.is_valid() and _written(
        request, form, participation,
        lambda: add_entry(by=request.user, participation=participation, of=kind, **form.said()),
    )  # fmt: skip
    return answer or _page(request, participation, form=form)


def _correct(request: HttpRequest, participation, kind: str) -> HttpResponse:
    key = request.POST["row"]
    stored = FORMS[kind](stored=_stored(participation, kind, key))
    form = FORMS[kind](merged(request.POST, stored))
    if not form.is_valid():
        return _page(request, participation, form=form)
    asked = {"participation": participation, "of": kind, "row": key_from(key) or 0}
    try:
        answer = _written(
            request, form, participation,
            lambda: correct_entry(by=request.user, version=form.cleaned_data["version"], **asked, **form.said()),
        )  # fmt: skip
    except StaleRecord:
        return _merge(request, participation, form, _stored(participation, kind, key))
    return answer or _page(request, participation, form=form)


def _written(request: HttpRequest, form: EntryRowForm, participation, write: Callable) -> HttpResponse | None:
    return write_once(request, form, write, target=_address(participation.reference, form.history), said=_("Saved"))


def _merge(request: HttpRequest, participation, form: EntryRowForm, row) -> HttpResponse:
    stored = FORMS[form.history](stored=row)
    context = person_page(participation, request.user) | {
        "differences": [one for one in differences(form, stored) if one.name != "row"],
        "carried": carried(request.POST),
        "version": row.version,
        "form_key": stored["form_key"].value(),
        "writer": last_writer(row),
    }
    return render(request, "participants/merge.html", context, status=409)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def remove(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Remove a row; removing it twice is no fault."""
    participation = get_editable_participant(request.user, reference)
    if key := key_from(request.POST.get("row", "")):
        remove_entry(by=request.user, participation=participation, of=kind, row=key)
        saved(request, _("Row removed"))
    return redirect(_address(reference, kind))
