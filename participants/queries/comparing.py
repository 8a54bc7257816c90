"""Questions between partners whether two records are one person: lists, and one question as each side sees it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _

from participants.choices import BirthPrecision
from participants.countries import country_label
from participants.linking.sending import Line, Sent, opened_sent, opened_talk
from participants.linking.sql import own_side
from participants.models import MatchRequest, Participation, RequestState
from participants.models.matches import RUNNING
from participants.queries.search import Candidate, PartnerHit, Wanted, band_words, find_candidates, newest_of
from resque.accounts.models import Partner, PartnerKind
from resque.clock import today
from resque.ui.tags.numbers import day as written

ON_A_PAGE = 25
MOST_CANDIDATES = 5


@dataclass(frozen=True)
class Answer:
    """What one partner's people say to a check: a band, or that there is nobody. Every partner has its line."""

    partner: Partner
    band: int
    request: MatchRequest | None = None

    @property
    def words(self) -> str:
        """The band in words."""
        return band_words(self.band) if self.band else _("no possible match")


def answers_of(user, hits: Iterable[PartnerHit], requests: Iterable[MatchRequest] = ()) -> list[Answer]:
    """Return a line for every other partner that works with people, in the order of their names.

    Also for those without a hit: a page must not be longer because somebody is known somewhere.

    Args:
        user: the asker.
        hits: what the check found.
        requests: questions about this record, the newest first.
    """
    bands = {hit.partner.pk: hit.band for hit in hits}
    asked = {request.to_partner_id: request for request in reversed(list(requests))}
    return [Answer(one, bands.get(one.pk, 0), asked.get(one.pk)) for one in asked_partners(user.people_partner_id)]


def asked_partners(own: int | None) -> list[Partner]:
    """Return the partners that work with people, without the own one."""
    return list(Partner.objects.active_on(today()).exclude(kind=PartnerKind.PUBLIC).exclude(pk=own).by_name())


def requests_of(user, participation: Participation) -> list[MatchRequest]:
    """Return the questions of ours about one person, the newest first."""
    rows = MatchRequest.objects.asked_by_us(user).filter(person=participation.person_id)
    return list(rows.select_related("to_partner", "from_partner").order_by("-asked_at", "-pk"))


def _page(rows: QuerySet[MatchRequest], number: str | None) -> Page:
    waits = Case(When(state__in=RUNNING, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = rows.select_related("from_partner", "to_partner", "asked_by").order_by(waits, "-asked_at", "-pk")
    return Paginator(rows, ON_A_PAGE).get_page(number)


def inbox(user, number: str | None) -> Page:
    """Return a page of the questions that were put to us, waiting ones first; withdrawn ones are gone."""
    return _page(MatchRequest.objects.asked_of_us(user).exclude(state=RequestState.WITHDRAWN), number)


def sent(user, number: str | None) -> Page:
    """Return a page of our questions, waiting ones first; the record stands on each as `case`."""
    page = _page(MatchRequest.objects.asked_by_us(user), number)
    rows = list(page.object_list)
    cases = {case.person_id: case for case in newest_of(user, [row.person_id for row in rows])}
    for row in rows:
        row.case = cases.get(row.person_id)
    page.object_list = rows
    return page


@dataclass(frozen=True)
class ShownRequest:
    """One question as the reader's side sees it.

    Attributes:
        asks: whether the reader's partner asked it.
        sent, talk: what was sent and said; empty once it was answered.
        case: the own record: of the asker always, of the asked one after "same".
        candidates: own people who may be meant; for the asked partner, while it waits.
    """

    request: MatchRequest
    asks: bool
    sent: Sent | None
    talk: list[Line]
    case: Participation | None = None
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What was sent, in words."""
        return facts_of(self.sent) if self.sent else []

    @property
    def band_words(self) -> str:
        """The similarity that the check told."""
        return band_words(self.request.band)


def facts_of(told: Sent) -> list[tuple[str, str]]:
    """Return what is sent with a question as pairs of words."""
    precision = dict(BirthPrecision.choices).get(told.precision, "")
    born = ", ".join(filter(None, (written(told.born) if told.born else "", str(precision))))
    return [
        (_("Name"), told.name),
        (_("Original script"), told.script),
        (_("Other spellings"), ", ".join(told.spellings)),
        (_("Born"), born or (str(told.year) if told.year else "")),
        (_("Nationality"), country_label(told.nationality) if told.nationality else ""),
        (_("Arrival in Germany"), written(told.arrived) if told.arrived else ""),
    ]


def shown_request(user, request: MatchRequest) -> ShownRequest:
    """Return what the reader's side sees of a question.

    Args:
        user: a caseworker of one of the two partners.
        request: loaded through the door.
    """
    asks = request.from_partner_id == user.people_partner_id
    told = opened_sent(request.sealed_sent)
    person = request.person_id if asks else own_side(request.pk)
    cases = newest_of(user, [person]) if person else []
    waits = told is not None and not asks
    return ShownRequest(
        request, asks, told, opened_talk(request.sealed_talk), cases[0] if cases else None,
        _candidates(user, told) if waits else [],
    )  # fmt: skip


def _candidates(user, told: Sent) -> list[Candidate]:
    spoken = " ".join(reversed(told.name.split(", ")))
    best: dict[int, Candidate] = {}
    for text in filter(None, [spoken, told.script, *told.spellings][:MOST_CANDIDATES]):
        for found in find_candidates(user, Wanted(text, told.year, told.born)):
            known = best.get(found.participation.person_id)
            own = found.participation.person.partner_id == user.people_partner_id
            if own and (known is None or found.score > known.score):
                best[found.participation.person_id] = found
    return sorted(best.values(), key=lambda found: (-found.score, found.participation.reference))[:MOST_CANDIDATES]
