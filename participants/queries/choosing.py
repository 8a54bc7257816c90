"""Choosing a person whom one knows: by the number, by the beginning of a name, or by a name that sounds alike."""

from django.db.models import Q

from participants.models import Participation
from participants.names import tidy, words
from participants.queries.search import SHOWN, Candidate, Wanted, find_candidates, newest_of
from participants.searching import sql

LONGEST = 120  # characters that anybody types to find a person
BEGINS = 0.9  # as good as a similar name; the order is what counts


def people_to_choose(user, text: str, *, most: int = SHOWN) -> list[Candidate]:
    """Return people whom `user` may serve and may mean, the surest first, each once.

    Args:
        user: a caseworker.
        text: the number, or beginnings of names in any order, spelling or script.
        most: number of people.
    """
    text = tidy(text[:LONGEST])
    if not text:
        return []
    found = [Candidate(one, 1.0) for one in _by_number(user, text)]
    if Wanted(text).is_enough:
        found += [Candidate(one, BEGINS) for one in _beginning(user, text, most)]
        found += find_candidates(user, Wanted(text), most=most)
    first: dict[int, Candidate] = {}
    for candidate in found:
        first.setdefault(candidate.participation.person_id, candidate)
    return list(first.values())[:most]


def _by_number(user, text: str) -> list[Participation]:
    meant = Q(reference__in=[text.upper(), f"R-{text.upper()}"])
    if user.people_partner_id:
        meant |= Q(external_reference=text, partner=user.people_partner_id)
    return list(Participation.objects.served_by(user).with_names_for(user).filter(meant)[:SHOWN])


def _beginning(user, text: str, most: int) -> list[Participation]:
    letters = sorted({word.lower() for word in words(text)}, key=len, reverse=True)
    if not letters:
        return []
    keys = sql.people_beginning(letters, most=most)
    places = {person: place for place, person in enumerate(keys)}
    return sorted(newest_of(user, keys), key=lambda one: places[one.person_id])
