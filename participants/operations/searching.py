"""Searching leaves a trace: who searched, who asked the partners. The name itself is never kept."""

from django.utils.crypto import salted_hmac

from participants.linking.steady import steady
from participants.names import fold
from participants.queries.search import PartnerHit, Wanted, partner_hits, questions_left
from resque.audit.models import Deed
from resque.audit.operations import note_deed

KIND = "search"


def _fingerprint(wanted: Wanted) -> str:
    # Keyed: without the key of this installation nobody can try names against the log.
    text = f"{fold(wanted.name)}|{wanted.birth_year or ''}"
    return salted_hmac("participants.search", text, algorithm="sha256").hexdigest()[:16]


def note_search(*, by, wanted: Wanted, found: int | None = None) -> None:
    """Note in the audit log that somebody searched for a name.

    Args:
        by: the searching account.
        wanted: what was looked for; only a keyed fingerprint is kept.
        found: number of candidates shown, where it is known already.
    """
    note_deed(deed=Deed.SEARCHED, kind=KIND, by=by, query=_fingerprint(wanted), found=found)


def ask_partners(*, by, wanted: Wanted) -> list[PartnerHit] | None:
    """Ask whether another partner knows the person: deliberate, counted, noted, of even length.

    Returns:
        the partners with a band of similarity, nothing else about anybody; None when the limit of questions
        in an hour is reached (then nothing is noted either).
    """
    with steady():
        if questions_left() == 0:
            return None
        note_deed(deed=Deed.ASKED_PARTNERS, kind=KIND, by=by, query=_fingerprint(wanted))
        return partner_hits(wanted)
