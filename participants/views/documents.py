"""Documents of a person: the tab, noting and removing them, opening a copy; and the list of those that end."""

import logging
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participants.access import (
    get_document,
    get_editable_document,
    get_editable_participant,
    get_named_participant,
    note_copy_opened,
    note_special_documents,
)
from participants.copies.checking import KINDS
from participants.document_filters import DocumentFilter
from participants.forms.documents import CorrectionForm, DocumentForm, RemovalForm
from participants.models import Document
from participants.operations.documents import correct_document, record_document, remove_document, restore_document
from participants.queries import person_page
from participants.queries.documents import copy_of, file_of
from participants.queries.ending_documents import ROWS, ending_documents, rows_of
from participants.queries.missing_documents import missing_documents
from participants.views.writing import write_once
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.locking import StaleRecord
from resque.ui.messages import saved
from resque.vault import FileLost

log = logging.getLogger(__name__)
# Nothing in a copy may run or load anything, wherever a browser opens it.
LOCKED = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@requires(Permission.VIEW_PARTICIPANTS, hidden=True)
@require_safe
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the file. `?type=` opens the form; `?document=`, `?newer=`, `?remove=` with a key say what to do."""
    return _page(request, get_named_participant(request.user, reference))


def _page(request: HttpRequest, participation, *, about: Document | None = None, **bound: forms.Form) -> HttpResponse:
    """Show the file; `about` is the document that a form with faults speaks of."""
    user = request.user
    context = person_page(participation, user)
    around = context["around"]
    asked = "special" in request.GET or (about is not None and about.special)
    special = asked and around.owned and user.can(Permission.VIEW_SPECIAL_ANSWERS)
    if special:
        note_special_documents(user, participation)
    file = file_of(around, user, special=special)
    context |= {"file": file, "special": special, "missing_documents": missing_documents(around, file)}
    if bound:
        line = file.line_of(str(about.key)) if about else None
        context |= {"line": line, "renews": None, "adding_open": True, **bound}
    elif around.owned:
        context |= _forms(request.GET, file)
    return render(request, "participants/documents.html", context)


def _forms(asked, file) -> dict:
    """Return what the address asks for: a document to correct, to renew, to remove; else the form for a new one."""
    holds = file.consent_holds
    if line := file.line_of(asked.get("document", "")):
        return {"form": CorrectionForm(document=line.document, consent_holds=holds), "line": line}
    if line := file.line_of(asked.get("remove", "")):
        return {"removal": RemovalForm(), "line": line}
    line = file.line_of(asked.get("newer", ""))
    proposed = "" if line else asked.get("type", "")
    adding = DocumentForm(consent_holds=holds, renews=line.document if line else None, type=proposed)
    return {"adding": adding, "adding_open": bool(line or proposed), "renews": line}


def _target(reference: str) -> str:
    return f"{reverse('participants:documents', args=[reference])}#file"


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Note a document, or a newer version of one."""
    participation = get_editable_participant(request.user, reference)
    form = DocumentForm(request.POST, request.FILES, consent_holds=False)
    if form.is_valid():
        answer = write_once(
            request,
            form,
            lambda: record_document(
                by=request.user, participation=participation, type=form.cleaned_data["type"],
                replaces=form.cleaned_data["replaces"], **form.said(),
            ),
            target=_target(reference),
            said=_("Document noted"),
        )  # fmt: skip
        if answer:
            return answer
    return _page(request, _named(request, reference), adding=form)


def _named(request: HttpRequest, reference: str):
    return get_named_participant(request.user, reference, note=False)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def correct(request: HttpRequest, reference: str, key: uuid.UUID) -> HttpResponse:
    """Correct what was noted of a document, or add its copy."""
    document = get_editable_document(request.user, reference, key)
    form = CorrectionForm(request.POST, request.FILES, document=document, consent_holds=False)
    if form.is_valid():
        try:
            answer = write_once(
                request,
                form,
                lambda: correct_document(
                    by=request.user, document=document, version=form.cleaned_data["version"], **form.said()
                ),
                target=_target(reference),
                said=_("Correction saved"),
            )
        except StaleRecord as stale:
            document.version, answer = stale.current, None
            form = form.again(document)
        if answer:
            return answer
    return _page(request, _named(request, reference), about=document, form=form)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def remove(request: HttpRequest, reference: str, key: uuid.UUID) -> HttpResponse:
    """Take a document out of the file; for a day it can be brought back."""
    document = get_editable_document(request.user, reference, key)
    form = RemovalForm(request.POST)
    if form.is_valid():
        answer = write_once(
            request,
            form,
            lambda: remove_document(by=request.user, document=document, reason=form.cleaned_data["reason"]),
            target=_target(reference),
            said=_("Removed"),
        )
        if answer:
            return answer
    return _page(request, _named(request, reference), about=document, removal=form)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_POST
def restore(request: HttpRequest, reference: str, key: uuid.UUID) -> HttpResponse:
    """Bring a document back that was removed within a day; bringing it back twice is no fault."""
    try:
        restore_document(by=request.user, document=get_editable_document(request.user, reference, key))
        saved(request, _("Brought back"))
    except ValidationError as fault:
        saved(request, " ".join(fault.messages))
    return redirect(_target(reference))


@requires(Permission.VIEW_PARTICIPANTS, hidden=True)
@require_safe
def copy(request: HttpRequest, reference: str, key: uuid.UUID) -> HttpResponse:
    """Hand a copy out as a download; the opening is logged."""
    participation, document = get_document(request.user, reference, key)
    try:
        data = copy_of(participation, document)
    except FileLost:
        log.exception("The copy of document %s cannot be read", document.key)
        saved(request, _("The copy cannot be read. Please tell the system administration; nothing was changed."))
        return redirect(_target(reference))
    if data is None:
        raise Http404
    note_copy_opened(request.user, participation, document)
    kind = KINDS[document.copy_kind]
    name = f"{participation.reference}-{str(document.key)[:4]}.{kind.ending}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": LOCKED,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(data, content_type=kind.content_type, headers=headers)


@requires(Permission.EDIT_PARTICIPANTS)
@require_safe
def ending(request: HttpRequest) -> HttpResponse:
    """List documents of the own partner that expired or will; filters stand in the address."""
    chosen = DocumentFilter(request.GET, queryset=ending_documents(request.user), request=request)
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "rows": rows_of(list(page), request.user), "filter": chosen}
    return render(request, "participants/documents_ending.html", context)
