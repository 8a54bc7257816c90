"""Pairs that wait for a decision, and what the rules ask of them."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.linking.sql import match_scores
from participants.matching import band
from participants.models import MatchRequest, Participation, PossibleMatch, RequestState
from participants.models.matches import WAITING
from participants.queries.search import Candidate, band_words, newest_of
from participants.queries.waiting import Waiting

ON_A_PAGE = 25
ALIKE = 0.8  # from here on two words of a name speak for the same person


@dataclass(frozen=True)
class ShownPair:
    """A pair in the queue."""

    row: PossibleMatch
    one: Candidate
    other: Candidate

    @property
    def url(self) -> str:
        """The page that lays both side by side."""
        address = reverse("participants:compare", args=[self.one.participation.reference])
        return f"{address}?other={self.other.participation.reference}"

    @property
    def filled(self) -> int:
        """Similarity as 1 to 5 boxes."""
        return band(self.row.score)

    @property
    def words(self) -> str:
        """Similarity in words."""
        return band_words(self.filled)

    @property
    def reasons(self) -> list[tuple[bool, str]]:
        """Why they resemble each other."""
        return explained(self.row.explanation)


def explained(told: dict) -> list[tuple[bool, str]]:
    """Return a stored explanation in words: (speaks for it, words).

    Args:
        told: `PossibleMatch.explanation`; numbers only.
    """
    reasons = []
    parts = told.get("parts", [])
    if parts and min(parts) == 1 and not told.get("missing"):
        reasons.append((True, _("names sound the same")))
    elif parts:
        shown = " · ".join(number_format(score, 2) for score in parts)
        reasons.append((min(parts) >= ALIKE, _("parts of the name: %(scores)s") % {"scores": shown}))
    if missing := told.get("missing"):
        text = ngettext("one part of the name is missing", "%(count)s parts of the name are missing", missing)
        reasons.append((False, text % {"count": missing}))
    return reasons + _explained_birth(told)


def _explained_birth(told: dict) -> list[tuple[bool, str]]:
    years = told.get("years")
    if years is None:
        return [(False, _("a birth date is missing"))] if told else []
    if years:
        return [(False, ngettext("%(count)s year apart", "%(count)s years apart", years) % {"count": years})]
    day = {
        "same": (True, _("same birth date")),
        "other": (False, _("another day of the same year of birth")),
        "ignored": (False, _("1 January does not count: set by an authority")),
    }.get(told.get("day", ""))
    if day and told["day"] == "same":
        return [day]
    return [(True, _("same year of birth")), *([day] if day else [])]


def waiting_pairs(user, number: str | None) -> Page:
    """Return a page of pairs that wait for a decision, the most similar ones first; the rows become `ShownPair`."""
    rows = PossibleMatch.objects.visible_to(user).filter(state__in=WAITING).order_by("-score", "pk")
    page = Paginator(rows, ON_A_PAGE).get_page(number)
    page.object_list = _shown(user, list(page.object_list))
    return page


def decided_pairs(user, *, most: int = ON_A_PAGE) -> list[ShownPair]:
    """Return the pairs that were decided last."""
    rows = PossibleMatch.objects.visible_to(user).exclude(state__in=WAITING).select_related("decided_by")
    return _shown(user, list(rows.order_by("-decided_at", "-pk")[:most]))


def _shown(user, rows: list[PossibleMatch]) -> list[ShownPair]:
    people = {key for row in rows for key in (row.first_id, row.second_id)}
    cases = {case.person_id: Candidate(case, 0.0) for case in newest_of(user, sorted(people))}
    return [
        # The newer record stands first: it is the one that was perhaps one too many.
        ShownPair(row, cases[row.second_id], cases[row.first_id])
        for row in rows
        if row.first_id in cases and row.second_id in cases
    ]


def pairs_of(user, participation: Participation) -> list[PossibleMatch]:
    """Return the pairs of a person that `user` may see, the waiting and most similar ones first."""
    mine = Q(first=participation.person_id) | Q(second=participation.person_id)
    rows = PossibleMatch.objects.visible_to(user).filter(mine).select_related("decided_by")
    return sorted(rows, key=lambda row: (not row.is_waiting, -row.score, row.pk))


def rule_facts(participation: Participation, user) -> dict:
    """Return what rule E33 asks: the highest similarity to another record, and whether somebody looked at all of them.

    Args:
        participation: the record.
        user: the reader; told of own people only.
    """
    score, reviewed = match_scores([participation.person_id]).get(participation.person_id, (None, None))
    return {"dup_score": score, "dup_reviewed": reviewed}


def waiting_matches(user) -> list[Waiting]:
    """Return what of possible matches waits on the home page; one query each."""
    address = reverse("participants:matches")
    requests = MatchRequest.objects.visible_to(user)
    numbers = [
        (
            requests.filter(to_partner=user.people_partner_id, state=RequestState.OPEN).count(),
            _("questions of partners whether you know a person"), "?view=inbox", False,
        ),
        (
            requests.filter(asked_by=user, state=RequestState.ASKED_BACK).count(),
            _("questions of yours that a partner asked back"), "?view=sent", False,
        ),
        (
            PossibleMatch.objects.visible_to(user).filter(state__in=WAITING).count(),
            _("pairs of records that may be one person"), "", False,
        ),
    ]  # fmt: skip
    return [Waiting(number, text, f"{address}{query}", late) for number, text, query, late in numbers if number]
