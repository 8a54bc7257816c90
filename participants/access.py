"""The only door to a participation. A stranger gets 404, with the same body as for a missing reference."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from participants.models import (
    AnonymousRefusal,
    CaseShare,
    Consent,
    ConsentText,
    Document,
    ImportBatch,
    ImportUpload,
    MatchRequest,
    Operation,
    Participation,
    RequestState,
    SpecialAnswers,
)
from participants.sql import fresh_refusals
from resque.audit.models import Deed
from resque.audit.operations import note_deed

KIND = "participation"


class CaseNotOwned(PermissionDenied):
    """The case is visible through a share, but its answers belong to another partner."""

    def __init__(self, participation: Participation):
        self.participation = participation
        self.sentence = _("This case belongs to %(partner)s. You may read it and record services; answers, names and "
                          "shares are changed by %(partner)s.") % {"partner": participation.partner.name}  # fmt: skip
        super().__init__(f"{participation.reference} belongs to another partner")


def get_participant(user, reference: str, *, note: bool = True) -> Participation:
    """Return a participation that `user` may see, with the name where `user` may see that too.

    Args:
        user: the reader.
        reference: our reference, "R-7K3FQ".
        note: write the opening into the audit log; forms that only write leave it out.

    Raises:
        Http404: there is none, or it is not visible to `user`.
    """
    participation = (
        Participation.objects.visible_to(user)
        .with_names_for(user)
        .select_related("operation")
        .filter(reference=reference)
        .first()
    )
    if participation is None:
        raise Http404
    if note:
        note_deed(deed=Deed.OPENED, kind=KIND, reference=participation.reference, by=user)
    return participation


def get_editable_participant(user, reference: str, *, note: bool = False) -> Participation:
    """Return a participation whose answers `user` may change.

    Raises:
        Http404: there is none, or it is not visible to `user`.
        CaseNotOwned: it is visible, but belongs to another partner; the 403 page names that partner.
    """
    participation = get_participant(user, reference, note=note)
    if not owns(user, participation):
        raise CaseNotOwned(participation)
    return participation


def owns(user, participation: Participation) -> bool:
    """Return whether the case belongs to the partner whose people `user` works with."""
    return user.people_partner_id is not None and participation.partner_id == user.people_partner_id


def get_named_participant(user, reference: str, *, note: bool = True) -> Participation:
    """Return a participation whose name `user` may see.

    Raises:
        Http404: there is none, it is not visible to `user`, or only without the name.
    """
    participation = get_participant(user, reference, note=False)
    if participation.person.loaded_identity is None:
        raise Http404
    if note:
        note_deed(deed=Deed.OPENED, kind=KIND, reference=participation.reference, by=user, part="identity")
    return participation


def get_special_answers(user, reference: str) -> tuple[Participation, SpecialAnswers | None]:
    """Return a participation of the own partner with its special answers; the opening is logged.

    Raises:
        Http404: there is none, or it is not visible to `user`.
        CaseNotOwned: special answers are never shared.
    """
    participation = get_editable_participant(user, reference)
    note_deed(deed=Deed.OPENED_SPECIAL, kind=KIND, reference=participation.reference, by=user)
    return participation, SpecialAnswers.objects.visible_to(user).filter(participation=participation).first()


def get_given_share(user, participation: Participation, key: str) -> CaseShare:
    """Return a share of this case that the partner of `user` gave.

    Args:
        key: primary key as text, from the form of the page of shares.

    Raises:
        Http404: there is none.
    """
    given = CaseShare.objects.visible_to(user).filter(participation=participation, from_partner=user.people_partner_id)
    number = key_from(key)
    share = given.select_related("to_partner").filter(pk=number).first() if number else None
    if share is None:
        raise Http404
    return share


def get_own_consent(participation: Participation, key: str) -> Consent:
    """Return a consent of the person of this case, which the caller may change (`get_editable_participant`).

    Args:
        key: primary key as text, from the page of consents.

    Raises:
        Http404: there is none.
    """
    number = key_from(key)
    consents = Consent.objects.filter(person=participation.person_id).select_related("partner")
    consent = consents.filter(pk=number).first() if number else None
    if consent is None:
        raise Http404
    return consent


def get_consent_text(version: str) -> ConsentText:
    """Return the kept text of a sheet; it holds nothing about anybody, the permission is enough.

    Raises:
        Http404: nobody consented to such a version.
    """
    text = ConsentText.objects.filter(version=version[:32]).first()
    if text is None:
        raise Http404
    return text


def get_upload(user, key) -> ImportUpload:
    """Return a file that `user` uploaded and that is still kept.

    Raises:
        Http404: there is none; other people's files included.
    """
    uploads = ImportUpload.objects.visible_to(user).select_related("partner", "operation", "batch").defer("sealed_file")
    upload = uploads.filter(key=key).first()
    if upload is None:
        raise Http404
    return upload


def get_document(user, reference: str, key) -> tuple[Participation, Document]:
    """Return a participation whose name `user` may see, and one of its documents that was not removed.

    Raises:
        Http404: there is none, or one of both is not visible to `user`.
    """
    participation = get_named_participant(user, reference, note=False)
    documents = Document.objects.visible_to(user).of_case(participation).filter(removed_at=None)
    document = documents.filter(key=key).first()
    if document is None:
        raise Http404
    return participation, document


def get_editable_document(user, reference: str, key) -> Document:
    """Return a document that `user` may change, removed ones included.

    Raises:
        Http404: there is none, or it is not visible to `user`.
        CaseNotOwned: the case is visible, but belongs to another partner.
    """
    participation = get_editable_participant(user, reference)
    document = Document.objects.visible_to(user).of_case(participation).filter(key=key).first()
    if document is None:
        raise Http404
    return document


def note_special_documents(user, participation: Participation) -> None:
    """Log that `user` opened documents of special categories."""
    note_deed(deed=Deed.OPENED_SPECIAL, kind=KIND, reference=participation.reference, by=user, part="documents")


def note_copy_opened(user, participation: Participation, document: Document) -> None:
    """Log that `user` opened a copy."""
    note_deed(
        deed=Deed.OPENED, kind=KIND, reference=participation.reference, by=user, part="document",
        document=str(document.key),
    )  # fmt: skip


def get_batch(user, reference: str) -> ImportBatch:
    """Return an import of the partner whose people `user` works with.

    Raises:
        Http404: there is none.
    """
    batches = ImportBatch.objects.visible_to(user).select_related("partner", "operation", "imported_by")
    batch = batches.filter(reference=reference).first()
    if batch is None:
        raise Http404
    return batch


def get_fresh_refusal(user, reference: str) -> AnonymousRefusal:
    """Return a refusal that `user` noted within the last 24 hours and that still stands.

    Raises:
        Http404: there is none.
    """
    rows = AnonymousRefusal.objects.visible_to(user).filter(reference__in=fresh_refusals())
    refusal = rows.filter(reference=reference).first()
    if refusal is None:
        raise Http404
    return refusal


def get_operation(code: str) -> Operation:
    """Return an operation with its extensions; operations hold nothing personal, the permission is enough.

    Raises:
        Http404: there is none.
    """
    operation = Operation.objects.prefetch_related("extensions").filter(code=code).first()
    if operation is None:
        raise Http404
    return operation


def key_from(text: str) -> int | None:
    """Return the primary key that a hidden field holds; None for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def get_match_request(user, reference: str) -> MatchRequest:
    """Return a question to compare that the partner of `user` asked or was asked.

    Raises:
        Http404: there is none, or it is a question between others; a withdrawn one is there for its asker only.
    """
    rows = MatchRequest.objects.visible_to(user).select_related("from_partner", "to_partner", "asked_by", "answered_by")
    request = rows.filter(reference=reference).first()
    if request is None or (
        request.state == RequestState.WITHDRAWN and request.from_partner_id != user.people_partner_id
    ):
        raise Http404
    return request
