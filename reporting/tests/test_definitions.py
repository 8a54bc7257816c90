"""The page of definitions: every figure and indicator in words and as a formula, made of what counts."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from reporting.catalogue import FIGURES, RATES
from reporting.indicators.catalogue import ENTITIES, INDICATORS
from reporting.indicators.in_words import answers_of, in_words
from reporting.indicators.listed import ASKED_FOR, TOTALS

pytestmark = pytest.mark.django_db
PAGE = "/reporting/definitions/"


@pytest.mark.parametrize("language", ["de", "en"])
def test_everything_that_is_counted_is_defined(client, cast, settings, language):
    settings.LANGUAGE_CODE = language
    client.force_login(cast.hoffmann)
    page = client.get(PAGE).content.decode()
    anchors = re.findall(r'id="([^"]+)"', page)
    codes = [one.code for one in (*FIGURES, *RATES, *INDICATORS, *ENTITIES, *TOTALS)]
    assert len(anchors) == len(set(anchors))
    assert set(codes) <= set(anchors)
    # Every jump of the page lands: sections, answers, the complete record.
    assert set(re.findall(r'href="#([^"]+)"', page)) - {"main", "content"} <= set(anchors)


def test_formulas_are_sentences_in_both_languages():
    by_code = {one.code: one for one in INDICATORS}
    with translation.override("de"):
        assert in_words(by_code["CO06"].counts) == "Alter beim Eintritt < 25"
        assert in_words(by_code["CO10"].counts) == "ISCED 3, 4"
        assert in_words(by_code["CO04"].counts).endswith("nein")
        german = {code: in_words(one.counts) for code, one in by_code.items()}
    with translation.override("en"):
        english = {code: in_words(one.counts) for code, one in by_code.items()}
    assert english["CO02"] == (
        "Labour-market status: unemployed (registered) and ((age at entry < 25 and registered for more than six months)"
        " or (age at entry ≥ 25 and registered for more than twelve months))"
    )
    assert "not (Status at exit: employed)" in english["CR01"]
    assert all(text and text != english[code] for code, text in german.items() if "ISCED" not in text)


def test_every_indicator_names_its_answers():
    assert all(answers_of(one.counts) for one in INDICATORS)
    by_code = {one.code: answers_of(one.counts) for one in INDICATORS}
    assert by_code["CO06"] == ["birth_date", "entry_date"]
    assert by_code["CO02"] == ["e_status", "birth_date", "entry_date", "e_unemp_since"]
    assert {code: by_code[code] for code in ASKED_FOR} == {code: [name] for code, name in ASKED_FOR.items()}


def test_special_indicators_are_those_of_the_regulation():
    assert {one.code for one in INDICATORS if one.is_special} == {
        "CO15", "CO16", "CO17", "CR05", "CR09", "EECO12", "EECO15",
    }  # fmt: skip


@pytest.mark.parametrize(("asked", "found"), [("co02", {"CO02"}), ("langzeit", {"CO02", "EECO03"})])
def test_words_lead_to_definitions(client, cast, settings, asked, found):
    settings.LANGUAGE_CODE = "de"
    client.force_login(cast.lehmann)
    rows = [row for section in client.get(PAGE, {"q": asked}).context["sections"] for row in section.rows]
    assert found <= {row.code for row in rows} and len(rows) < 12


@pytest.mark.parametrize("asked", ["nothing like this", "\x00", "x" * 5000, "<script>"])
def test_odd_words_find_nothing_or_everything(client, cast, asked):
    client.force_login(cast.lehmann)
    answer = client.get(PAGE, {"q": asked})
    assert answer.status_code in (200, 400) and "<script>alert" not in answer.content.decode()


def test_the_city_meets_no_closed_door_beside_the_definitions(client, cast):
    for user, linked in ((cast.krause, False), (cast.lehmann, True), (cast.hoffmann, True)):
        client.force_login(user)
        shown = client.get(reverse("reporting:definitions")).content.decode()
        assert (f'href="{reverse("reporting:reached")}"' in shown) is linked
