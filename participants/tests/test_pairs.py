"""Pairs of records that may be of one person: found, decided, remembered; a link moves no row."""

import random
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from participants.linking.sql import match_scores
from participants.models import MatchState, Operation, Participation, Person, PossibleMatch
from participants.operations.identities import add_spelling, change_identity
from participants.operations.imports import import_file, take_back_import
from participants.operations.pairs import decide
from participants.tests.builders import make_participant, share_case
from resque.context.acting import acting_as, acting_as_system
from resque.locking import StaleRecord

BORN = date(1994, 3, 7)


def pairs() -> list[tuple[set, str]]:
    """Return (keys, state) of all pairs."""
    return [({row.first_id, row.second_id}, row.state) for row in PossibleMatch.objects.order_by("pk")]


def people_of(*cases: Participation) -> set[int]:
    """Return keys of persons."""
    return {case.person_id for case in cases}


@pytest.fixture
def at_daa(cast):
    """Let the DAA act: the search looks for what the acting account may see."""
    with acting_as(cast.lehmann):
        yield


@pytest.mark.usefixtures("at_daa")
def test_intake_finds_who_may_be_the_same(cast):
    first = make_participant(cast.lehmann, "Al Hassan", "Mohamad", birth_date=BORN)
    make_participant(cast.lehmann, "Petrosyan", "Armen", birth_date=BORN)
    second = make_participant(cast.vogel, "Alhassan", "Muhammad", birth_date=BORN)
    assert pairs() == [(people_of(first, second), MatchState.OPEN)]
    row = PossibleMatch.objects.get()
    assert row.score >= 0.84
    assert row.explanation["day"] == "same"
    assert "Hassan" not in str(row.explanation)


@pytest.mark.usefixtures("at_daa")
def test_a_first_of_january_speaks_for_nothing(cast):
    make_participant(cast.lehmann, "Al Hassan", "Mohamad", birth_date=date(1994, 1, 1))
    make_participant(cast.vogel, "Al Hassan", "Mohamad", birth_date=date(1994, 1, 1))
    assert PossibleMatch.objects.get().explanation["day"] == "ignored"
    make_participant(cast.vogel, "Petrosyan", "Armen", birth_date=date(1994, 1, 1))
    assert PossibleMatch.objects.count() == 1


def test_partners_are_never_paired_by_themselves(cast):
    for by in (cast.lehmann, cast.weber):
        with acting_as(by):
            make_participant(by, "Al Hassan", "Mohamad")
    with acting_as_system("test"):
        make_participant(None, "Al Hassan", "Mohamad", partner=cast.aufbauwerk)
    assert pairs() == []


def test_who_sees_both_names_pairs_across_partners(cast, shared_twins):
    ours, theirs = shared_twins
    assert pairs() == [(people_of(ours, theirs), MatchState.OPEN)]
    assert PossibleMatch.objects.visible_to(cast.lehmann).count() == 1
    assert PossibleMatch.objects.visible_to(cast.weber).count() == 0
    assert PossibleMatch.objects.visible_to(cast.hoffmann).count() == 0


@pytest.fixture
def shared_twins(cast):
    """A record of Caritas that the DAA sees with its name, and one of the DAA of the same name."""
    theirs = make_participant(cast.weber, "Al Hassan", "Mohamad", birth_date=BORN)
    share_case(by=cast.weber, participation=theirs, to_partner=cast.daa, scope="contact", until=date(2017, 3, 1))
    with acting_as(cast.lehmann):
        return make_participant(cast.lehmann, "Al Hassan", "Mohamad", birth_date=BORN), theirs


@pytest.fixture
def twins(cast):
    """Two records of the DAA of one name."""
    with acting_as(cast.lehmann):
        yield [make_participant(cast.lehmann, "Al Hassan", "Mohamad", birth_date=BORN) for _ in range(2)]


def test_a_corrected_name_takes_an_open_pair_away_and_a_decision_stays(cast, twins):
    one, other = twins
    names = {"birth_date": BORN, "nationality": "SYR"}
    change_identity(
        by=cast.lehmann, participation=other, version=None, family_name="Petrosyan", given_name="Armen", **names
    )
    assert PossibleMatch.objects.count() == 1, "the former spelling stays, and it is still the same"
    row = PossibleMatch.objects.get()
    decide(by=cast.lehmann, one=one, other=other, state="different", version=row.version)
    add_spelling(by=cast.lehmann, participation=other, text="Mohamad Al Hassan")
    change_identity(by=cast.lehmann, participation=other, version=None, family_name="Al Hassan", given_name="Mohamad")
    assert pairs() == [(people_of(one, other), MatchState.DIFFERENT)]
    assert match_scores([one.person_id])[one.person_id][1], "reviewed"


def test_a_link_is_a_pointer_and_separating_takes_it_away(cast, twins):
    one, other = twins
    before = dump(*twins)
    row = decide(by=cast.lehmann, one=one, other=other, state="same", version=1)
    pointers = set(Person.objects.filter(pk__in=people_of(*twins)).values_list("cluster_id", flat=True))
    assert pointers == {min(people_of(*twins))}
    decide(by=cast.vogel, one=other, other=one, state="different", version=row.version)
    assert dump(*twins) == before


def test_nobody_decides_over_what_a_colleague_decided(cast, twins):
    decide(by=cast.lehmann, one=twins[0], other=twins[1], state="different", version=1)
    with pytest.raises(StaleRecord):
        decide(by=cast.vogel, one=twins[0], other=twins[1], state="same", version=1)


def test_who_owns_none_of_the_records_decides_nothing(cast):
    theirs = [make_participant(cast.weber, "Al Hassan", "Mohamad") for _ in range(2)]
    for case in theirs:
        share_case(by=cast.weber, participation=case, to_partner=cast.daa, scope="contact", until=date(2017, 3, 1))
    with pytest.raises(ValidationError, match="Träger"):
        decide(by=cast.lehmann, one=theirs[0], other=theirs[1], state="same", version=1)


TABLES = {
    "participants_person": "id", "participants_identity": "person_id", "participants_spelling": "person_id",
    "participants_contact": "person_id", "participants_guardian": "person_id", "participants_consent": "person_id",
    "participants_residence": "person_id", "participants_residencestatus": "person_id",
    "participants_participation": "person_id",
}  # fmt: skip


def dump(*cases: Participation) -> str:
    """Return every row of people as PostgreSQL writes it."""
    keys, lines = [case.person_id for case in cases], []
    with connection.cursor() as cursor:
        for table, key in TABLES.items():
            cursor.execute(f"select t::text from {table} t where {key} = any(%s) order by 1", [keys])
            lines += [f"{table} {line}" for (line,) in cursor.fetchall()]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_separating_restores_every_row_over_random_histories(cast, seed):
    """Links and separations in any order, work on the records in between: all separated, all as if never linked."""
    chance = random.Random(seed)
    cases = [make_participant(cast.lehmann, "Al Hassan", f"Mohamad {chr(97 + n)}", birth_date=BORN) for n in range(5)]
    linked: set[frozenset] = set()
    for step in range(30):
        one, other = chance.sample(cases, 2)
        pair = frozenset(people_of(one, other))
        state = chance.choice(["same", "same", "different", "unsure"])
        decide(by=cast.lehmann, one=one, other=other, state=state, version=None)
        linked = linked | {pair} if state == "same" else linked - {pair}
        if step % 7 == 3:
            add_spelling(by=cast.lehmann, participation=one, text=f"Mhmd {step}")
        assert pointers_of(cases) == expected_pointers(cases, linked)
    everything = dump(*cases)
    for pair in sorted(linked, key=sorted):
        one, other = (case for case in cases if case.person_id in pair)
        decide(by=cast.lehmann, one=one, other=other, state="different", version=None)
    alone = dump(*cases)
    assert set(pointers_of(cases).values()) == {None}
    for pair in sorted(linked, key=sorted):
        one, other = (case for case in cases if case.person_id in pair)
        decide(by=cast.lehmann, one=one, other=other, state="same", version=None)
    assert dump(*cases) == everything, "linking again says the same, whatever came before"
    for pair in sorted(linked, key=sorted, reverse=True):
        one, other = (case for case in cases if case.person_id in pair)
        decide(by=cast.lehmann, one=one, other=other, state="open", version=None)
    assert dump(*cases) == alone


def pointers_of(cases) -> dict[int, int | None]:
    """Return the pointer of each person as the database holds it."""
    return dict(Person.objects.filter(pk__in=people_of(*cases)).values_list("pk", "cluster_id"))


def expected_pointers(cases, linked: set[frozenset]) -> dict[int, int | None]:
    """Say the same in plain Python: groups of people whom pairs hold together, named by the smallest key."""
    groups = [{key} for key in people_of(*cases)]
    for pair in linked:
        joined = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair] + [set().union(*joined)]
    return {key: min(group) if len(group) > 1 else None for group in groups for key in group}


@pytest.mark.usefixtures("at_daa")
def test_an_import_finds_pairs_and_goes_again_with_them(cast):
    known = make_participant(cast.lehmann, "Al Hassan", "Mohamad", birth_date=BORN)
    data = (
        b"reference;family_name;given_name;birth_date;sex;entry_date\n"
        b"1;Alhassan;Muhammad;1994-03-07;m;2016-05-02\n2;Petrosyan;Armen;1959-02-10;m;2016-05-02\n"
        b"3;Petrosian;Armen;1959-02-10;m;2016-05-02\n"
    )
    operation = Operation.objects.get(code="resque-2.0")
    result = import_file(by=cast.lehmann, partner=cast.daa, operation=operation, data=data, file_name="a.csv")
    assert result.faults == []
    assert [state for _keys, state in pairs()] == ["open", "open"]
    assert any(known.person_id in keys for keys, _state in pairs())
    make_participant(cast.vogel, "Petrosyan", "Armen", birth_date=date(1959, 2, 10))
    assert len(pairs()) == 4, "somebody who comes later and looks like two of the import"
    assert take_back_import(by=cast.lehmann, batch=result.batch).touched == [], "a pair is no work on the record"
    assert pairs() == []
