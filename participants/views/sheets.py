"""Sheets to print, with the number of a record or without; never with a name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participants.access import get_consent_text, get_editable_participant
from participants.operations.consents import ASKED
from participants.queries.consents import asked_purposes
from participants.sheets.printing import print_sheet
from participants.sheets.texts import CONSENT, LANGUAGES, SHEETS, SheetText, sheet_languages, sheet_text
from resque.accounts.models import Partner
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.clock import today
from resque.printing.pdf import CONTENT_TYPE


@requires(Permission.EDIT_PARTICIPANTS)
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Offer the blank sheets in every language."""
    return render(request, "participants/consents/sheets.html", {"languages": sheet_languages()})


@requires(Permission.EDIT_PARTICIPANTS)
@require_safe
def blank_sheet(request: HttpRequest, sheet: str, language: str) -> HttpResponse:
    """Print a sheet without a number: the information is handed out before there is a record."""
    return _answer(_text(sheet, language), request.user.partner, ASKED)


@requires(Permission.EDIT_PARTICIPANTS)
@require_safe
def kept_sheet(request: HttpRequest, version: str) -> HttpResponse:
    """Print the text of a version that somebody consented to, as it was."""
    kept = get_consent_text(version)
    return _answer(SheetText(kept.sheet, kept.language, kept.texts), request.user.partner, ASKED)


@requires(Permission.EDIT_PARTICIPANTS, hidden=True)
@require_safe
def sheet(request: HttpRequest, reference: str, sheet: str, language: str) -> HttpResponse:
    """Print a sheet with the number of the record, so that paper and record find each other."""
    participation = get_editable_participant(request.user, reference, note=True)
    return _answer(
        _text(sheet, language), participation.partner, asked_purposes(participation), participation.reference
    )


def _text(sheet: str, language: str) -> SheetText:
    if sheet not in SHEETS or language not in LANGUAGES:
        raise Http404
    return sheet_text(sheet, language)


def _answer(text: SheetText, partner: Partner, purposes, reference: str = "") -> HttpResponse:
    partners = Partner.objects.active_on(today()).by_name()
    file = print_sheet(text, partner=partner, partners=partners, purposes=purposes, reference=reference)
    name = _("consent") if text.sheet == CONSENT else _("information")
    return HttpResponse(
        file,
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'inline; filename="{name}-{text.language}.pdf"'},
    )
