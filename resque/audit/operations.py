"""Writing the audit log. Called inside operations and doors, in the transaction of the deed itself."""

from collections.abc import Iterable

from django.utils import timezone

from resque.audit.models import AccessEntry, Deed
from resque.context.state import current


def note_deed(*, deed: Deed, kind: str = "", reference: str = "", by=None, **detail) -> None:
    """Append one entry to the audit log.

    Args:
        deed: what was done.
        kind: kind of the object ("participation", "partner", ...).
        reference: its opaque reference; never a name.
        by: the acting account; without it the account of the current request or command.
        detail: small facts without personal content (names of changed fields, counts, reasons).
    """
    note_deeds(deed=deed, kind=kind, references=[reference], by=by, **detail)


def note_deeds(*, deed: Deed, kind: str, references: Iterable[str], by=None, **detail) -> None:
    """Append one entry for each of many objects with which the same was done, in one statement.

    Args:
        references: opaque references of the objects.
        deed, kind, by, detail: as in `note_deed`.
    """
    context = current()
    user = by if by is not None and by.is_authenticated else None
    AccessEntry.objects.bulk_create(  # bulk_create asks for no RETURNING: the role has no right to read entries
        AccessEntry(
            at=timezone.now(),
            user_id=user.pk if user else context.user_id,
            username=user.username if user else context.username,
            partner_id=user.partner_id if user else context.home_partner_id,
            deed=deed,
            kind=kind,
            reference=reference,
            detail=detail,
            request_id=context.request_id,
            ip=context.ip,
        )
        for reference in references
    )
