"""Copies of documents: whether one may be kept, keeping it, deleting it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participants.choices import Purpose
from participants.copies.checking import Copy, check_copy
from participants.copies.sql import forget_removed_documents
from participants.models import Consent, Document, Participation
from participants.operations.consents import Paper, give_consent
from resque import vault
from resque.clock import today
from resque.codelists.queries import entry_of, require_code

PURPOSE = "document"  # of the sealed files (resque/vault.py)
TYPES = "document_type"  # code list
WITH_CONSENT, NEVER = "consent", "never"  # what a kind of document says about copies; else "free"


def add_copy(*, by, participation: Participation, document: Document, data: bytes, agreed: date | None) -> None:
    """Judge a file and keep it as the copy of a document that is about to be saved.

    Args:
        by: the acting account.
        participation: the locked case.
        document: the document, without a copy so far.
        data: the uploaded file.
        agreed: day on which the person signed the consent to copies, where none is known yet.

    Raises:
        ValidationError: the copy may not be kept, by field name (copy, copy_consent_on).
    """
    kind = kind_of(document.type)
    if kind["copy"] == NEVER:
        fault = _("Of this kind of document no copy is kept. That you saw the original is enough.")
        raise ValidationError({"copy": ValidationError(fault, code="never")})
    try:
        copy = check_copy(data)
    except ValidationError as fault:
        raise ValidationError({"copy": fault}) from fault
    if kind["copy"] == WITH_CONSENT:
        _require_consent(by, participation, agreed)
    _require_new(document, copy)
    try:
        document.stored = vault.keep(copy.data, purpose=PURPOSE)
    except OSError as fault:
        sentence = _("The copy cannot be stored at the moment. Nothing was saved; please try again later.")
        raise ValidationError({"copy": ValidationError(sentence, code="storage")}) from fault
    document.copy_kind, document.copy_size, document.copy_digest = copy.kind, len(copy.data), copy.digest
    document.copied_on = today()


def _require_consent(by, participation: Participation, agreed: date | None) -> None:
    if copy_consent(participation) is not None:
        return
    if agreed is None or by is None:
        fault = _("A copy of this document needs the consent of the person. Please enter the day of the signature, or "
                  "leave the copy out: that you saw the original is enough.")  # fmt: skip
        raise ValidationError({"copy_consent_on": ValidationError(fault, code="no_consent")})
    try:
        give_consent(by=by, participation=participation, purpose=Purpose.COPIES, paper=Paper(day=agreed))
    except ValidationError as fault:
        sentences = [*fault.messages, _("If more than the day must be noted, please record the consent on its page.")]
        raise ValidationError({"copy_consent_on": sentences}) from fault


def _require_new(document: Document, copy: Copy) -> None:
    same = Document.objects.filter(person_id=document.person_id, copy_digest=copy.digest, removed_at=None)
    if same.exclude(pk=document.pk).exists():
        fault = _("Exactly this copy is in the file already.")
        raise ValidationError({"copy": ValidationError(fault, code="known")})


def drop_copy(document: Document) -> None:
    """Delete the copy of a document that is about to be saved, as soon as that is committed."""
    if document.stored:
        vault.forget(document.stored, purpose=PURPOSE)
    document.stored, document.copy_kind, document.copy_digest = "", "", ""
    document.copy_size, document.copied_on = 0, None


def forget_removed() -> int:
    """Delete documents of all partners that were removed more than a day ago, with their copies; return how many."""
    names = forget_removed_documents()
    for name in names:
        vault.forget(name, purpose=PURPOSE)
    return len(names)


def may_be_copied(type: str) -> bool:
    """Return whether a copy of this kind of document may ever be kept."""
    return kind_of(type)["copy"] != NEVER


def copy_consent(participation: Participation) -> Consent | None:
    """Return the consent of the person to copies that holds today, None without one."""
    return Consent.objects.standing(today(), person=participation.person_id, purpose=Purpose.COPIES)


def needs_consent(type: str) -> bool:
    """Return whether a copy of this kind of document is kept only while the person agrees."""
    return kind_of(type)["copy"] == WITH_CONSENT


def kind_of(type: str) -> dict:
    """Return what the code list says about a kind of document.

    Raises:
        ValidationError: there is no such kind.
    """
    try:
        return entry_of(TYPES, require_code(TYPES, type)).attributes
    except ValidationError as fault:
        raise ValidationError({"type": fault}) from fault
