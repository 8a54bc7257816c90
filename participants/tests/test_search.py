"""Search over all spellings: what is found, what is told of foreign people, how often one may ask."""

from datetime import date

import pytest
from django.utils import translation

from participants.matching import SAME_FULL, similarity
from participants.names import fold, skeleton, sort_key
from participants.operations.searching import ask_partners
from participants.queries.search import Wanted, find_candidates, partner_hits, people_named, questions_left
from participants.tests.builders import make_participant
from resque.audit.models import AccessEntry, Deed
from resque.context.acting import acting_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohamad Al Husain", "Alhussein, Mohammed"),
        ("Abd al-Rahman Khalid", "Chaled Abdurrahman"),
        ("Jusuf", "Yousef"),
        ("Gebre Meskel", "Ghebremeskel"),
        ("Zelimkhan Akhmadov", "Selimchan Achmadow"),
    ],
)
def test_spellings_of_one_name_are_near(one, other):
    assert similarity(one, other) >= SAME_FULL


@pytest.mark.parametrize(("one", "other"), [("Mohamad Hasan", "Mahmoud Hasan"), ("Samir Amin", "Samira Amin")])
def test_different_names_are_apart(one, other):
    assert similarity(one, other) < SAME_FULL


def test_keys_do_not_depend_on_order_and_case():
    assert fold("Al-Hassan MOHAMAD") == fold("mohamad alhassan")
    assert skeleton("Mohamad") == skeleton("محمد") == "mhmd"
    assert sort_key("Đorđević", "Živana") == "dordevic, zivana"
    assert sort_key("", "Suleiman") == "suleiman"


def _found(user, name, **known):
    with acting_as(user):
        return find_candidates(user, Wanted(name, **known))


@pytest.mark.parametrize("name", ["Mohammed Alhasan", "Hassan Mohamad", "محمد الحسن", "Muhamad Al-Hasan", "mohamad"])
def test_every_spelling_finds_the_person_once(cast, app_role_for, name):
    made = app_role_for(
        make_participant, cast.lehmann, original_script="محمد الحسن", other_spellings=("Mohammed Al-Hasan",)
    )
    assert [candidate.participation.pk for candidate in _found(cast.lehmann, name)] == [made.pk]


def test_reasons_say_why(cast):
    make_participant(cast.lehmann, "Alhussein", "Muhammed", birth_date=date(1994, 1, 1), birth_precision="assumed_0101")
    make_participant(
        cast.lehmann, "Al-Hussein", "Mahmoud", original_script="محمود الحسين", birth_date=date(1993, 7, 14)
    )
    with translation.override("en"):
        best, second = _found(cast.lehmann, "Mohamad Al Husain", year=1994)
    assert best.participation.person.name == "Alhussein, Muhammed"
    texts = {text: yes for yes, text in best.reasons}
    assert texts["same skeleton of sounds: hsn · mhmd"] and texts["same year of birth"]
    assert texts["1 January does not count: set by an authority"] is False
    assert (False, "different given name: Mahmoud") in second.reasons
    assert best.band > second.band


def test_own_search_shows_no_foreign_person(cast):
    make_participant(cast.weber)
    assert _found(cast.lehmann, "Mohamad Al Hassan") == []
    with acting_as(cast.lehmann):
        assert people_named(cast.lehmann, "Mohamad Al Hassan") == []


@pytest.mark.parametrize("who", ["krause", "hoffmann", "berger", "seidel"])
def test_other_roles_get_no_answer(cast, who):
    make_participant(cast.lehmann)
    user = getattr(cast, who)
    assert _found(user, "Mohamad Al Hassan") == []
    with acting_as(user):
        ask_partners(by=user, wanted=Wanted("Mohamad Al Hassan"))
        assert partner_hits(Wanted("Mohamad Al Hassan")) == []


def test_the_question_to_partners_tells_partner_and_band_only(cast):
    make_participant(cast.weber, "Al-Hasan", "Mohammed", birth_date=date(1994, 1, 1))
    make_participant(cast.lehmann, "Al-Hasan", "Mohammed")
    with acting_as(cast.lehmann):
        hits = ask_partners(by=cast.lehmann, wanted=Wanted("Muhammad Alhassan", 1994))
        assert [(hit.partner, hit.band) for hit in hits] == [(cast.caritas, 5)]
        assert questions_left() == 29
    entry = AccessEntry.objects.get(deed=Deed.ASKED_PARTNERS)
    assert "assan" not in str(entry.detail) and len(entry.detail["query"]) == 16


def test_nothing_is_told_before_the_question_is_logged_or_above_the_limit(cast):
    make_participant(cast.weber)
    wanted = Wanted("Mohamad Al Hassan")
    with acting_as(cast.lehmann):
        assert partner_hits(wanted) == []
        for _round in range(30):
            assert ask_partners(by=cast.lehmann, wanted=wanted)
        assert questions_left() == 0
        assert ask_partners(by=cast.lehmann, wanted=wanted) is None
        assert partner_hits(wanted) != []  # the thirtieth answer still stands
    with acting_as(cast.vogel):
        assert questions_left() == 30


def test_a_far_year_of_birth_is_no_hit_at_a_partner(cast):
    make_participant(cast.weber, birth_date=date(1960, 5, 5))
    with acting_as(cast.lehmann):
        hit = ask_partners(by=cast.lehmann, wanted=Wanted("Mohamad Al Hassan", 1994))
    assert [found.band for found in hit] == [3]
