"""Which documents a case should hold by now, by its stage (domain reference 2.3), and do not."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from participants.choices import NO_CONTACT_REASONS, ConsentState, FundingPeriod
from participants.months import end_of_window, follow_up_day
from participants.operations.document_copies import TYPES
from participants.places import address_of
from participants.queries.circumstances import Circumstances
from participants.queries.documents import File
from resque.clock import today
from resque.codelists.queries import label
from resque.ui.tags.numbers import day as written

ESF_CONSENT, ESF_CONSENT_SHEET = "ESF_14", "EINW"  # code lists consent_type and document_type
PAPERS_OF_IDENTITY = ("PASS", "AUSWEIS", "URKUNDE")
PLAN_AFTER = timedelta(days=28)  # of the entry; one to three contacts


def missing_documents(around: Circumstances, file: File) -> list[dict]:
    """Return what is missing as items of a todo_list, in the order of the stages; for the owner with links.

    Only what belongs to the stage that was reached. What another page records is asked there and never twice.

    Args:
        around: the participation; its reader must see the name.
        file: its documents.
    """
    return [
        {"title": title, "when": when, "state": "late" if late else "", "url": address if around.owned else ""}
        for title, when, late, address in _missing(around, file)
    ]


def _missing(around: Circumstances, file: File) -> Iterator[tuple[str, str, bool, str]]:
    p, reference = around.participation, around.participation.reference

    def sheet(code: str, when: str, due: date | None = None) -> Iterator[tuple[str, str, bool, str]]:
        if code not in file.codes:
            address = f"{reverse('participants:documents', args=[reference])}?type={code}#add"
            yield label(TYPES, code), when, due is not None and due < today(), address

    if around.info_given_on is None:
        address = address_of("participants:esf", reference, "info_given_on")
        yield _("Privacy information"), _("before any name is stored"), True, address
    if p.entry_date:
        yield from sheet("TFB", _("with the entry; without it the entry does not count"), p.entry_date)
        yield from _papers(around, file)
        if p.operation.rules == FundingPeriod.OLD and not _agreed(around):
            yield from sheet(ESF_CONSENT_SHEET, _("with the entry"), p.entry_date)
        yield from sheet("FOERD", _("with the entry"))
        if p.entry_date + PLAN_AFTER <= today():
            yield from sheet("PLAN", _("after the first talks; nothing is blocked"))
    if p.exit_date and p.exit_date <= today():
        until = end_of_window(p.exit_date)
        yield from sheet("TFA", _("until %(day)s, four weeks after the exit") % {"day": written(until)}, until)
        asked = not p.f_unreachable and p.exit_reason not in NO_CONTACT_REASONS
        if asked and follow_up_day(p.exit_date) <= today():
            day = follow_up_day(p.exit_date)
            yield from sheet("VERBL", _("due on %(day)s") % {"day": written(day)}, day)


def _papers(around: Circumstances, file: File) -> Iterator[tuple[str, str, bool, str]]:
    reference = around.participation.reference
    if not file.codes.intersection(PAPERS_OF_IDENTITY):
        address = f"{reverse('participants:documents', args=[reference])}?type={PAPERS_OF_IDENTITY[0]}#add"
        yield _("Identity: no document seen"), _("seen is enough; many have none"), False, address
    if not any(row.seen_on for row in around.statuses):
        address = f"{reverse('participants:residence', args=[reference])}#status"
        yield _("Residence document not seen"), _("with the entry"), False, address


def _agreed(around: Circumstances) -> bool:
    return any(row.type == ESF_CONSENT and row.state == ConsentState.GIVEN for row in around.consents)
