"""The language path: levels by skill from day to day, how they are known, and the sentence that sums them up."""

from datetime import date
from itertools import pairwise

import pytest

from participants.operations.background import add_entry
from participants.queries.background import languages_of
from participants.queries.language_path import language_paths, time_between
from participants.tests.builders import make_participant, share_case
from resque.ui.lanes import LEFT, RIGHT, Stop, lanes

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return make_participant(cast.lehmann)


def add(cast, case, day, overall, evidence="SELBST", *, language="deu", **skills):
    said = {"language": language, "overall": overall, "evidence": evidence, "assessed_on": day} | skills
    add_entry(by=cast.lehmann, participation=case, of="language", **said)


def paths(cast, case):
    return language_paths(languages_of(case, cast.lehmann))


def page(client, user, case):
    client.force_login(user)
    answer = client.get(f"/participants/{case.reference}/background/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_a1_to_b1_in_seven_months(cast, case):
    add(cast, case, date(2016, 6, 6), "A1")
    add(cast, case, date(2016, 9, 1), "A2", "EINST", listening="B1", writing="A1_1")
    add(cast, case, date(2017, 1, 6), "B1", "ZERT", exam="telc")
    (path,) = paths(cast, case)
    assert path.sentence == "von A1 auf B1 in 7 Monaten"
    assert path.proof == "Letzter Stand: Zertifikat telc, 06.01.2017"
    assert {skill: [one.short for one in lane] for skill, lane in path.lanes.items()} == {
        "overall": ["A1", "A2", "B1"], "listening": ["B1"], "writing": ["A1.1"],
    }  # fmt: skip
    assert [one.sign for one in path.main] == ["open", "full", "proof"]
    assert path.heads == ["Tag", "Niveau", "Hören", "Schreiben", "Bekannt durch"]
    assert [row[:2] for row in path.table] == [["06.01.2017", "B1"], ["01.09.2016", "A2"], ["06.06.2016", "A1"]]


def test_the_best_evidence_of_a_day_counts_and_the_table_keeps_the_other(cast, case):
    day = date(2017, 1, 6)
    add(cast, case, day, "B1", "ZERT", exam="telc")
    add(cast, case, day, "B2")
    (path,) = paths(cast, case)
    assert path.sentence == "B1, notiert am 06.01.2017" and not path.is_path
    assert len(path.table) == 2


def test_what_is_no_step_is_no_path(cast, case):
    day = date(2017, 1, 6)
    add(cast, case, day, "MUT", language="tir")
    add(cast, case, day, "NB")
    assert paths(cast, case) == []


def test_german_first_a_skill_alone_and_no_progress(cast, case):
    add(cast, case, date(2016, 12, 1), "B1", language="eng")
    add(cast, case, date(2016, 12, 20), "B1", language="eng")
    add(cast, case, date(2016, 12, 1), "", "BERAT", speaking="A1")
    german, english = paths(cast, case)
    assert german.sentence == "Sprechen: A1, notiert am 01.12.2016"
    assert english.sentence == "B1, unverändert seit 19 Tagen" and english.is_path


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2016, 1, 31), date(2016, 2, 29), "1 Monat"),
        (date(2016, 1, 31), date(2016, 2, 28), "28 Tagen"),
        (date(2015, 2, 6), date(2017, 2, 5), "23 Monaten"),
        (date(2017, 2, 5), date(2017, 2, 6), "1 Tag"),
    ],
)
def test_time_in_words(first, last, words):
    assert time_between(first, last) == words


def test_the_page_shows_picture_table_and_signs_in_words(cast, case, client):
    assert "Noch keine Stufe" not in page(client, cast.lehmann, case) and "rq-chart" not in page(
        client, cast.lehmann, case
    )
    add(cast, case, date(2016, 6, 6), "A1")
    assert "rq-chart" not in page(client, cast.lehmann, case)
    add(cast, case, date(2017, 1, 6), "B1", "ZERT", exam="telc")
    said = page(client, cast.lehmann, case)
    assert 'aria-label="Deutsch: von A1 auf B1 in 7 Monaten"' in said
    assert "Selbsteinschätzung</li>" in said and "Zertifikat</li>" in said and "Als Tabelle zeigen" in said
    assert said.count("dot-open") == 2  # in the key and in the picture


def test_levels_are_facts_shown_with_the_case(cast, case, client):
    add(cast, case, date(2016, 6, 6), "A1")
    add(cast, case, date(2017, 1, 6), "B1")
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="services", until=date(2017, 8, 31))
    for user in (cast.weber, cast.hoffmann):
        said = page(client, user, case)
        assert "von A1 auf B1" in said and "#language" not in said


def test_geometry_stays_inside_and_words_do_not_touch():
    stops = [Stop(date(2010 + n // 12, n % 12 + 1, 1), n % 8, "A1.1", "full") for n in range(90)]
    drawn = lanes([("Niveau", stops), ("Hören", stops[:1])], until=date(2017, 6, 30))
    words = [float(mark.x) for mark in drawn.lanes[0].marks if mark.word]
    assert min(b - a for a, b in pairwise(words)) >= 40 and drawn.lanes[0].marks[-1].word
    assert all(LEFT <= float(mark.x) <= RIGHT for mark in drawn.lanes[0].marks)
    years = [float(x) for x, _year in drawn.years]
    assert min(b - a for a, b in pairwise(years)) >= 40
    alone = lanes([("Niveau", stops[:1])], until=stops[0].day)
    assert alone.lanes[0].marks[0].x == f"{LEFT:.1f}" and alone.years == []
