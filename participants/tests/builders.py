"""Building people for tests through the real operations, so that no test lives in an unreachable state."""

from datetime import date

from participants.choices import GivenBy, Purpose
from participants.models import CaseShare, Consent, Operation, Participation
from participants.operations import sharing
from participants.operations.consents import Paper, give_consent
from participants.operations.people import PersonDraft, take_in
from resque.accounts.models import PartnerKind
from resque.clock import today

DRAFTED = {
    "original_script", "other_spellings", "birth_date", "birth_precision", "nationality", "arrival_de",
    "interpreter_language",
}  # fmt: skip
TAKEN_IN = {"created_on", "sex", "gender", "info_given_on", "referent", "external_reference", "partner", "operation"}


def make_participant(by, family: str = "Al Hassan", given: str = "Mohamad", **answers) -> Participation:
    """Take a person in as `by` would, and enter whatever answers are named.

    Args:
        by: a caseworker; owner is the partner of this account unless `partner` is named.
        family, given: name.
        answers: fields of `PersonDraft`, arguments of `take_in`, `special` (answers of special categories),
            and answers of entry, exit and follow-up. Privacy information is handed out unless
            `info_given_on=None` is named.
    """
    drafted = {name: answers.pop(name) for name in DRAFTED & answers.keys()}
    taken = {name: answers.pop(name) for name in TAKEN_IN & answers.keys()}
    taken.setdefault("partner", by.partner if by else None)
    taken.setdefault("operation", Operation.objects.get(code="resque-2.0"))
    taken.setdefault("info_given_on", date(2017, 1, 9))
    taken.setdefault("referent", by)
    participation = take_in(by=by, draft=PersonDraft(family, given, **drafted), **taken)
    special = answers.pop("special", None)
    if answers or special:
        # Imported here: answers stand above intake, and most tests need none.
        from participants.operations.answers import enter

        participation = enter(by=by, participation=participation, answers=answers, special=special)
    return participation


# Whoever it is, a guardian signs too: so the builder fits minors as well.
SIGNED = Paper(given_by_kind=GivenBy.BOTH, given_by="Vormund", location="Ordner 1")


def share_case(*, by, participation: Participation, to_partner, **asked) -> CaseShare:
    """Share a case as a caseworker does: the consent of the person first, where it does not stand yet.

    Args:
        by: account of the owning partner.
        participation: the case.
        to_partner: who gets it.
        asked: scope and last day, as the operation wants them.
    """
    own = Participation.objects.editable_by(by).filter(pk=participation.pk).exists()
    askable = to_partner.kind != PartnerKind.PUBLIC and to_partner.pk != participation.partner_id
    stands = Consent.objects.standing(
        today(), person=participation.person_id, purpose=Purpose.SHARING, partner=to_partner
    )
    if own and askable and not stands:
        give_consent(by=by, participation=participation, purpose=Purpose.SHARING, partner=to_partner, paper=SIGNED)
    return sharing.share_case(by=by, participation=participation, to_partner=to_partner, **asked)
