"""Names of few people are read past the policies, and who was born on one day is a candidate too: both under rights."""

from datetime import date

import pytest
from django.utils.translation import gettext

from participants.models import Identity, Spelling
from participants.queries.search import Wanted, find_candidates, newest_of
from participants.searching import sql
from participants.tests.builders import make_participant, share_case
from resque.context.acting import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast) -> list[int]:
    """One person of the DAA, and three of Caritas: not shared, shared with name and contact, shared without."""
    own, foreign, named, bare = (make_participant(by) for by in (cast.lehmann, cast.weber, cast.weber, cast.weber))
    for case, scope in ((named, "contact"), (bare, "services")):
        share_case(by=cast.weber, participation=case, to_partner=cast.daa, scope=scope, until=date(2017, 3, 1))
    return [case.person_id for case in (own, foreign, named, bare)]


def _seen(user, people):
    identities, spellings = sql.names_of(people, identities=Identity.objects, spellings=Spelling.objects)
    by_function = {row.pk for row in identities}, {row.pk for row in spellings}
    by_policy = tuple(
        set(model.objects.filter(person__in=people).values_list("pk", flat=True)) for model in (Identity, Spelling)
    )
    by_application = set(Identity.objects.visible_to(user).filter(person__in=people).values_list("pk", flat=True))
    loaded = {case.person_id for case in newest_of(user, people) if case.person.loaded_identity}
    return by_function, by_policy, by_application, loaded


@pytest.mark.parametrize("who", ["lehmann", "weber", "krause", "hoffmann", "berger", "seidel"])
def test_functions_open_what_policies_and_application_open(cast, people, app_role_for, who):
    by_function, by_policy, by_application, loaded = app_role_for(_seen, getattr(cast, who), people)
    assert by_function == by_policy
    assert by_application == by_function[0] == loaded
    assert len(loaded) == {"lehmann": 2, "weber": 3}.get(who, 0)


def test_a_share_without_contact_loads_the_case_and_no_name(cast, people):
    with acting_as(cast.lehmann):
        bare = {case.person_id: case for case in newest_of(cast.lehmann, people)}[people[3]]
        assert bare.person.name == "" and list(bare.person.spellings.all()) == []


def _found(user, name, **known):
    with acting_as(user):
        return find_candidates(user, Wanted(name, **known))


def test_the_same_birth_date_makes_a_candidate_and_the_name_decides(cast):
    born = date(1991, 7, 14)
    made = make_participant(cast.lehmann, "Chadschi", "Jussuf", birth_date=born)
    other = make_participant(cast.lehmann, "Novak", "Petra", birth_date=born)
    with acting_as(cast.lehmann):
        candidates = sql.similar_people(["hadji iusif"], "zz", born=born)
        assert {person for person, _score in candidates} == {made.person_id, other.person_id}
        assert sql.similar_people(["qqq"], "zz", born=date(1991, 7, 15)) == []
    [found] = _found(cast.lehmann, "Hadji Yousif", birth_date=born)
    assert found.participation.pk == made.pk


def test_the_birth_decides_between_equal_names(cast):
    for year in range(1960, 1990):
        make_participant(cast.lehmann, "Haddad", "Ali", birth_date=date(year, 5, 20))
    best, second, *_rest = _found(cast.lehmann, "Ali Haddad", birth_date=date(1977, 5, 20))
    assert best.participation.person.birth_date.year == 1977 and best.weight > second.weight
    assert best.score == 1.0


@pytest.mark.parametrize(
    ("born", "precision", "asked", "agrees"),
    [
        (date(1994, 3, 7), "day", date(1994, 3, 7), True),
        (date(1994, 3, 7), "self", date(1994, 3, 7), True),
        (date(1994, 1, 1), "day", date(1994, 1, 1), False),
        (date(1994, 1, 1), "assumed_0101", date(1994, 1, 1), False),
        (date(1994, 3, 1), "month", date(1994, 3, 1), False),
        (date(1994, 7, 1), "age_est", date(1994, 7, 1), False),
        (date(1994, 3, 7), "day", date(1994, 1, 1), False),
    ],
)
def test_only_a_known_day_agrees(cast, born, precision, asked, agrees):
    make_participant(cast.lehmann, "Haddad", "Ali", birth_date=born, birth_precision=precision)
    [with_day], [without] = _found(cast.lehmann, "Ali Hadad", birth_date=asked), _found(cast.lehmann, "Ali Hadad")
    stated = gettext("same birth date") in {text for _yes, text in with_day.reasons}
    assert stated == agrees == (with_day.weight - without.weight > 0.05)


def test_an_estimated_year_does_not_speak_against_somebody(cast):
    make_participant(cast.lehmann, "Haddad", "Ali", birth_date=date(1994, 1, 1), birth_precision="age_est")
    make_participant(cast.lehmann, "Haddad", "Ali", birth_date=date(1994, 5, 5))
    estimated, exact = sorted(_found(cast.lehmann, "Ali Haddad", year=1996), key=lambda found: -found.weight)
    assert estimated.participation.person.birth_precision == "age_est" and estimated.weight == 1.0 > exact.weight
