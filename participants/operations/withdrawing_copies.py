"""What follows when somebody withdraws the consent to copies: they are deleted in the same transaction."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.choices import Purpose
from participants.models import Consent, Document, RemovalReason
from participants.operations.document_copies import needs_consent
from participants.operations.documents import remove_document
from participants.operations.withdrawing import Consequence


def _copies(consent: Consent) -> list[Document]:
    """Return documents with a copy that stands on this consent, earlier versions and removed ones included."""
    rows = Document.objects.filter(person=consent.person_id).exclude(stored="").order_by("pk")
    return [row for row in rows if needs_consent(row.type)]


def _preview(consent: Consent) -> list[str]:
    number = len(_copies(consent))
    if not number:
        return [_("No copy in this file needs the consent.")]
    count = ngettext("%(count)s copy is deleted at once", "%(count)s copies are deleted at once", number)
    return [_("%(count)s; that the original was seen stays noted.") % {"count": count % {"count": number}}]


def _carry_out(by, consent: Consent) -> None:
    for document in _copies(consent):
        remove_document(by=by, document=document, reason=RemovalReason.NO_CONSENT)


COPIES = Consequence(frozenset({Purpose.COPIES}), _preview, _carry_out)
