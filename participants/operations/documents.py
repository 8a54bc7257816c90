"""Documents of a person: noting what was seen, keeping a copy where it is needed, replacing, removing.

That the original was seen is the rule and a copy the exception: of identity and residence papers only with the
consent of the person, of health never.
"""

import uuid
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.access import KIND
from participants.choices import ParticipationState
from participants.models import Document, Participation, RemovalReason
from participants.operations.document_copies import add_copy, drop_copy, forget_removed, kind_of
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.locking import lock_version
from resque.ui.tags.numbers import day as written

UNDO = timedelta(hours=24)  # so long a removal can be undone (also in participants/copies/sql.py)
EARLIEST_SEEN, LATEST_END = date(2000, 1, 1), date(2100, 1, 1)


@transaction.atomic
def record_document(
    *,
    by,
    participation: Participation,
    type: str,
    remark: str = "",
    valid_until: date | None = None,
    seen_on: date | None = None,
    copy: bytes | None = None,
    copy_consent_on: date | None = None,
    replaces: uuid.UUID | str = "",
) -> Document:
    """Note a document of a person: when the original was seen, or a copy, or both.

    Args:
        by: the acting account; None inside `acting_as_system`.
        participation: through which the person is reached; sheets of an operation belong to it.
        type: code of the list document_type.
        remark: what to mind, at most 120 letters.
        valid_until: last day, where the document has one.
        seen_on: day on which `by` saw the original.
        copy: bytes of a PDF, JPEG or PNG; what cameras write beside a picture is left out.
        copy_consent_on: day on which the person signed the consent to copies, where none is known yet.
        replaces: key of the document that this one renews; it stays in the file as an earlier one.

    Raises:
        ValidationError: wrong values, a copy that may not be kept, or nothing was seen, by field name.
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    participation = _owned(by, participation)
    forget_removed()
    kind = kind_of(type)
    document = Document(
        person_id=participation.person_id,
        participation=participation if kind["of"] == "participation" else None,
        type=type,
        special=bool(kind.get("special")),
    )
    older = _renewed(participation, replaces, type)
    _set(document, by, remark=remark, valid_until=valid_until, seen_on=seen_on)
    _check(document, kind, copied=copy is not None)
    if copy is not None:
        add_copy(by=by, participation=participation, document=document, data=copy, agreed=copy_consent_on)
    document.save()
    if older is not None:
        older.replaced_by = document
        older.version += 1
        older.save()
    _note(by, participation, document, "renewed" if older else "added")
    return document


@transaction.atomic
def correct_document(
    *,
    by,
    document: Document,
    version: int | None,
    remark: str = "",
    valid_until: date | None = None,
    seen_on: date | None = None,
    copy: bytes | None = None,
    copy_consent_on: date | None = None,
) -> Document:
    """Correct what was noted of a document, or add the copy that it lacks.

    Args:
        by, remark, valid_until, seen_on, copy, copy_consent_on: as in `record_document`; all are set.
        document: the document; its kind never changes.
        version: version that the form showed; None writes without comparing.

    Raises:
        ValidationError: as `record_document`; or there is a copy already, or it was removed.
        StaleRecord: somebody saved the document since `version`.
        Document.DoesNotExist, Participation.DoesNotExist: it does not belong to the partner of `by`, or is gone.
    """
    participation = _owned(by, _case_of(by, document))
    row = lock_version(Document.objects.filter(person_id=participation.person_id), document.pk, version)
    if row.removed_at:
        raise ValidationError(_("This document was removed. Undo that first."), code="removed")
    kind = kind_of(row.type)
    _set(row, by, remark=remark, valid_until=valid_until, seen_on=seen_on)
    _check(row, kind, copied=copy is not None or bool(row.stored))
    if copy is not None:
        if row.stored:
            fault = _("There is a copy already. A newer document is a newer version, or remove this one first.")
            raise ValidationError({"copy": ValidationError(fault, code="has_copy")})
        add_copy(by=by, participation=participation, document=row, data=copy, agreed=copy_consent_on)
    return _saved(by, participation, row, "corrected")


@transaction.atomic
def remove_document(*, by, document: Document, reason: str) -> Document:
    """Take a document out of the file; removing it twice is no fault.

    For a day it can be brought back; then it is deleted with its copy. When the person does not agree to a copy any
    more, the copy is deleted at once, and what was seen stays noted.

    Args:
        by: the acting account; None inside `acting_as_system`.
        document: the document.
        reason: a `RemovalReason`.

    Raises:
        ValidationError: no such reason.
        Document.DoesNotExist, Participation.DoesNotExist: as in `correct_document`.
    """
    if reason not in RemovalReason.values:
        raise ValidationError({"reason": ValidationError(_("Please say why."), code="unknown")})
    participation = _owned(by, _case_of(by, document))
    forget_removed()
    row = Document.objects.select_for_update(of=("self",)).get(pk=document.pk, person_id=participation.person_id)
    disagrees = reason == RemovalReason.NO_CONSENT
    if row.removed_at and not (disagrees and row.stored):
        return row
    if disagrees:
        drop_copy(row)
    if row.removed_at is None and not (disagrees and row.seen_on):
        row.removed_at = timezone.now()
    row.removal_reason = reason
    return _saved(by, participation, row, f"removed: {reason}")


@transaction.atomic
def restore_document(*, by, document: Document) -> Document:
    """Bring back a document that was removed within the last 24 hours; one that is there is no fault.

    Raises:
        ValidationError: its copy was deleted for good, and nothing else is known of it.
        Document.DoesNotExist, Participation.DoesNotExist: as in `correct_document`.
    """
    participation = _owned(by, _case_of(by, document))
    row = Document.objects.select_for_update(of=("self",)).get(pk=document.pk, person_id=participation.person_id)
    if row.removed_at is None:
        return row
    if not (row.seen_on or row.stored):
        raise ValidationError(_("The copy was deleted for good. Please record the document anew."), code="empty")
    row.removed_at, row.removal_reason = None, ""
    return _saved(by, participation, row, "brought back")


def _owned(by, participation: Participation) -> Participation:
    rows = Participation.objects.all() if by is None else Participation.objects.editable_by(by)
    row = rows.select_for_update(of=("self",)).get(pk=participation.pk)
    if row.state == ParticipationState.RESTRICTED:
        raise ValidationError(_("The processing of this record is restricted; nothing is added to it."), code="closed")
    return row


def _case_of(by, document: Document) -> Participation:
    """Return a case of the partner through which a document of the whole person may be changed."""
    rows = Participation.objects.all() if by is None else Participation.objects.editable_by(by)
    own = rows.filter(person_id=document.person_id).order_by("pk")
    return own.get(pk=document.participation_id) if document.participation_id else _first(own)


def _first(rows) -> Participation:
    row = rows.first()
    if row is None:
        raise Participation.DoesNotExist
    return row


def _renewed(participation: Participation, key: uuid.UUID | str, type: str) -> Document | None:
    if not key:
        return None
    rows = Document.objects.select_for_update(of=("self",)).filter(person_id=participation.person_id).current()
    older = rows.filter(key=key).first()
    if older is None or older.type != type:
        fault = _(
            "The older version is not there any more, or was renewed by somebody else. Please open the page again."
        )
        raise ValidationError(fault, code="not_current")
    return older


def _set(document: Document, by, *, remark: str, valid_until: date | None, seen_on: date | None) -> None:
    if document.seen_on != seen_on:
        document.seen_by = by if seen_on else None
    document.remark, document.valid_until, document.seen_on = remark.strip(), valid_until, seen_on


def _check(document: Document, kind: dict, *, copied: bool) -> None:
    faults = {}
    if document.seen_on and not EARLIEST_SEEN <= document.seen_on <= today():
        faults["seen_on"] = _("%(day)s cannot be the day on which you saw the document.") % {
            "day": written(document.seen_on)
        }
    if document.valid_until and not EARLIEST_SEEN <= document.valid_until < LATEST_END:
        faults["valid_until"] = _("%(day)s cannot be the last day of a document.") % {
            "day": written(document.valid_until)
        }
    if kind.get("dates") == "residence":
        if document.valid_until or document.seen_on:
            faults["type"] = _("Until when it is valid and when you saw it belongs to the residence status, where it "
                               "is counted. Here only a copy can be added.")  # fmt: skip
        elif not copied:
            faults["copy"] = _("Please choose the copy.")
    elif not (document.seen_on or copied):
        faults["seen_on"] = _("Please say when you saw the original, or add a copy.")
    if faults:
        raise ValidationError(faults)
    document.clean_fields(exclude=["person", "participation", "seen_by", "replaced_by"])


def _saved(by, participation: Participation, row: Document, what: str) -> Document:
    row.version += 1
    row.save()
    _note(by, participation, row, what)
    return row


def _note(by, participation: Participation, document: Document, what: str) -> None:
    """What kind of document it was stands in the change history, which is closed where the audit log is open."""
    note_deed(
        deed=Deed.CHANGED, kind=KIND, reference=participation.reference, by=by, fields=["documents"], what=what,
        document=str(document.key),
    )  # fmt: skip
