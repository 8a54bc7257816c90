"""Asking another partner whether a record of ours is somebody whom they know: the counted check, the question, the answer."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.access import KIND
from participants.choices import ConsentState, ParticipationState
from participants.linking.sending import Item, Line, Sent, closed, opened_talk
from participants.linking.sql import link_by_request, separate_by_request
from participants.linking.steady import steady
from participants.models import Consent, MatchRequest, Participation, RequestState
from participants.models.matches import RUNNING
from participants.operations.circumstances import INFO
from participants.operations.pairs import wanted_of
from participants.queries.search import PartnerHit, newest_of, partner_hits, questions_left
from resque.accounts.models import Partner
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.locking import lock_version
from resque.references import free_reference

REQUEST = "match_request"
LIKENESS = {5: 0.95, 4: 0.87, 3: 0.8}  # of a band, as the rule about possible doubles reads it (linking/sql.py)


def check_partners(*, by, participation: Participation) -> list[PartnerHit] | None:
    """Ask whether another partner knows a person of ours, by all stored spellings: counted, noted, of even length.

    Args:
        by: a caseworker of the owning partner.
        participation: an own case.

    Returns:
        partners with a band, nothing else about anybody; None when the limit of questions in an hour is reached.
    """
    with steady():
        if questions_left() == 0:
            return None
        note_deed(deed=Deed.ASKED_PARTNERS, kind=KIND, reference=participation.reference, by=by)
        return _hits(by, participation)


def _hits(by, participation: Participation) -> list[PartnerHit]:
    (case,) = newest_of(by, [participation.person_id])
    best: dict[int, PartnerHit] = {}
    for wanted in wanted_of(case):
        for hit in partner_hits(wanted):
            known = best.get(hit.partner.pk)
            best[hit.partner.pk] = hit if known is None or hit.band > known.band else known
    return sorted(best.values(), key=lambda hit: (-hit.band, hit.partner.short_name))


@transaction.atomic
def send_request(
    *, by, participation: Participation, to_partner: Partner, items: list[str], message: str = ""
) -> MatchRequest:
    """Ask another partner to compare. It counts as one question more, for the answer says whether there is somebody.

    Args:
        by: a caseworker of the owning partner.
        participation: an own case.
        to_partner: who is asked; the check must find somebody there.
        items: what is sent beside the name (`Item`).
        message: some words to the colleagues.

    Raises:
        ValidationError: by field, when nothing may be sent, nobody is there, or the partner was asked already.
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    participation = Participation.objects.editable_by(by).select_for_update(of=("self",)).get(pk=participation.pk)
    _require_sendable(participation, to_partner)
    hits = check_partners(by=by, participation=participation)
    if hits is None:
        raise ValidationError(_("30 questions were asked within this hour. Please try again later."))
    band = next((hit.band for hit in hits if hit.partner == to_partner), 0)
    if not band:
        raise ValidationError(
            {"to_partner": _("%(partner)s accompanies nobody of a similar name.") % {"partner": to_partner.short_name}}
        )
    request = MatchRequest.objects.create(
        reference=free_reference(MatchRequest, "Q"), person_id=participation.person_id,
        from_partner=participation.partner, to_partner=to_partner, band=band,
        sealed_sent=closed(_sent(by, participation, items, message)), asked_at=timezone.now(), asked_by=by,
    )  # fmt: skip
    note_deed(
        deed=Deed.SHARED, kind=KIND, reference=participation.reference, by=by, request=request.reference,
        to_partner=to_partner.code, fields=["name", *sorted(items)],
    )  # fmt: skip
    return request


def _require_sendable(participation: Participation, to_partner: Partner) -> None:
    if participation.state == ParticipationState.RESTRICTED:
        raise ValidationError(_("The processing of this person is restricted. Nothing is sent."))
    told = Consent.objects.filter(person=participation.person_id, type=INFO, state=ConsentState.GIVEN)
    if not told.exists():
        raise ValidationError(_("Before a name goes to another partner, the privacy information is handed out."))
    running = MatchRequest.objects.filter(person=participation.person_id, to_partner=to_partner, state__in=RUNNING)
    if running.exists():
        raise ValidationError(
            {"to_partner": _("%(partner)s was asked already and has not answered yet.") % {"partner": to_partner.short_name}}
        )  # fmt: skip


def _sent(by, participation: Participation, items: list[str], message: str) -> Sent:
    (case,) = newest_of(by, [participation.person_id])
    person, identity = case.person, case.person.loaded_identity
    chosen: dict = {}
    if Item.SPELLINGS in items:
        own = {f"{identity.given_name} {identity.family_name}".strip(), identity.original_script}
        spellings = [row.text for row in person.spellings.all() if row.text not in own]
        chosen |= {"script": identity.original_script, "spellings": spellings}
    if person.birth_date and Item.BIRTH in items:
        chosen |= {"birth_date": person.birth_date.isoformat(), "precision": person.birth_precision}
    elif person.birth_date and Item.YEAR in items:
        chosen |= {"year": person.birth_date.year}
    if Item.NATIONALITY in items:
        chosen |= {"nationality": person.nationality}
    if person.arrival_de and Item.ARRIVAL in items:
        chosen |= {"arrival": person.arrival_de.isoformat()}
    return Sent(name=identity.name, message=message, **chosen)


def _running(by, request: MatchRequest, version: int | None, *, asked: bool) -> MatchRequest:
    """Lock a question that still waits, for the side that may do this with it."""
    request = lock_version(MatchRequest.objects.visible_to(by), request.pk, version)
    if not request.is_running:
        raise ValidationError(_("This question was answered already."))
    side = request.from_partner_id if asked else request.to_partner_id
    if side != by.people_partner_id:
        raise ValidationError(_("The other partner answers this question."))
    return request


def _close(request: MatchRequest, state: str, by, **more) -> MatchRequest:
    """Store an answer. What was sent has served its purpose and is emptied."""
    request.state, request.answered_at, request.answered_by = state, timezone.now(), by
    request.sealed_sent = request.sealed_talk = b""
    return _store(request, by, decided=state, **more)


def _store(request: MatchRequest, by, **said) -> MatchRequest:
    request.version += 1
    request.save()
    note_deed(deed=Deed.CHANGED, kind=REQUEST, reference=request.reference, by=by, **said)
    return request


@transaction.atomic
def answer_same(*, by, request: MatchRequest, version: int | None, participation: Participation) -> MatchRequest:
    """Answer that it is one of ours, and link the two records. Neither partner sees more than before.

    Args:
        by: a caseworker of the asked partner.
        request: the question.
        version: of the question as the page showed it.
        participation: an own case of that person.

    Raises:
        ValidationError: the case is not an own one; the question was answered already, or waits for the others.
        MatchRequest.DoesNotExist: it is a question between others.
        StaleRecord: somebody answered meanwhile.
    """
    request = _running(by, request, version, asked=False)
    if participation.person.partner_id != by.people_partner_id:
        raise ValidationError({"record": _("Please choose one of your own records.")})
    request.match_id = link_by_request(request.pk, participation.person_id, LIKENESS[request.band])
    return _close(request, RequestState.SAME, by, record=participation.reference)


@transaction.atomic
def answer_different(*, by, request: MatchRequest, version: int | None) -> MatchRequest:
    """Answer that it is nobody of ours. Raises as `answer_same`."""
    return _close(_running(by, request, version, asked=False), RequestState.DIFFERENT, by)


@transaction.atomic
def ask_back(*, by, request: MatchRequest, version: int | None, text: str) -> MatchRequest:
    """Ask the asker for something more. Raises as `answer_same`; ValidationError also without words."""
    return _say(by, _running(by, request, version, asked=False), RequestState.ASKED_BACK, text)


@transaction.atomic
def reply(*, by, request: MatchRequest, version: int | None, text: str) -> MatchRequest:
    """Answer what the other partner asked back; the question waits for it again. Raises as `ask_back`."""
    return _say(by, _running(by, request, version, asked=True), RequestState.OPEN, text)


def _say(by, request: MatchRequest, state: str, text: str) -> MatchRequest:
    if not text.strip():
        raise ValidationError({"text": _("Please write what you want to say.")})
    line = Line(by.partner.short_name, today().isoformat(), text.strip())
    request.sealed_talk = closed([*opened_talk(request.sealed_talk), line])
    request.state = state
    return _store(request, by, said=state)


@transaction.atomic
def withdraw(*, by, request: MatchRequest, version: int | None) -> MatchRequest:
    """Take a question back that was not answered yet; the other partner sees nothing of it any more."""
    return _close(_running(by, request, version, asked=True), RequestState.WITHDRAWN, by)


@transaction.atomic
def separate(*, by, request: MatchRequest, version: int | None) -> MatchRequest:
    """Take the link of an answer back; each of the two partners may. It is remembered as a different person.

    Raises:
        ValidationError: nothing is linked by it.
        MatchRequest.DoesNotExist: it is a question between others.
        StaleRecord: somebody changed it meanwhile.
    """
    request = lock_version(MatchRequest.objects.visible_to(by), request.pk, version)
    if request.state != RequestState.SAME:
        raise ValidationError(_("Nothing is linked by this question."))
    separate_by_request(request.pk)
    return _close(request, RequestState.DIFFERENT, by, separated=True)
