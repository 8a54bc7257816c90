"""The page of indicators and the lists behind it: what is shown to whom, and what addresses may say."""

import html
import re
from datetime import date

import pytest

from participants.models import Operation
from participants.operations.stations import refuse_anonymously
from participants.tests.builders import make_participant
from reporting.tests.world import COMPLETE
from resque.audit.models import AccessEntry, Deed
from resque.clock import moved_to

pytestmark = pytest.mark.django_db
PAGE = "/reporting/indicators/"
WORKER = {"sex": "f", "birth_date": date(1990, 5, 5), "e_isced": 3}


@pytest.fixture(autouse=True)
def _german(settings):
    settings.LANGUAGE_CODE = "de"


def _behind(code: str, query: str = "date=2017-01-31") -> str:
    return f"/reporting/figures/{code}/people/?{query}"


def _text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def _migrant(worker, family: str = "Hasan", **more):
    special = {"e_migrant": "true", "e_disab": "refused", "e_other_dis": "false"}
    return make_participant(worker, family, **COMPLETE | {"entry_date": date(2016, 11, 1)} | more, special=special)


# --- who may see what


@pytest.mark.parametrize(
    ("who", "page", "indicator", "special"),
    [("hoffmann", 200, 200, 200), ("lehmann", 200, 200, 403), ("weber", 200, 200, 403), ("krause", 403, 403, 403),
     ("berger", 403, 403, 403), ("seidel", 403, 403, 403)],
)  # fmt: skip
def test_doors(client, cast, who, page, indicator, special):
    client.force_login(getattr(cast, who))
    assert client.get(PAGE).status_code == page
    assert client.get(_behind("CO01")).status_code == indicator
    for code in ("CO15", "CR05", "CR09", "CO16_REFUSED"):
        assert client.get(_behind(code)).status_code == special, code
    assert client.get(_behind("EECO15", "rules=2021")).status_code == special


def test_workers_count_the_own_partner_and_no_special_answers(client, cast, request):
    for name in ("A", "B"):
        _migrant(cast.lehmann, name)
    _migrant(cast.weber, "C")
    request.getfixturevalue("app_role")
    client.force_login(cast.lehmann)
    page = _text(client, f"{PAGE}?date=2017-01-31")
    assert 'id="CO03"' in page and 'id="CO15"' not in page and 'id="CR05"' not in page
    assert "CO15, CO16, CO17, CR05, CR09 beruhen auf besonders geschützten Angaben." in page
    assert client.get(f"{PAGE}?date=2017-01-31").context["now"].complete == 2
    listed = client.get(_behind("CO03")).context
    assert listed["page"].paginator.count == 2 and listed["names"]
    assert client.get(PAGE, {"partner": "caritas"}).status_code == 404


def test_the_coordination_reads_numbers_and_each_opening_is_written_down(client, cast):
    cases = [_migrant(cast.lehmann, name) for name in ("Kanarienvogel", "B")]
    client.force_login(cast.hoffmann)
    page = client.get(f"{PAGE}?date=2017-01-31")
    beside = {
        line.code: [number.value for number in line.beside]
        for group in page.context["groups"] for line in group.lines if line.beside
    }  # fmt: skip
    assert beside == {"CO15": [2, 2, 0], "CO16": [2, 0, 2], "CO17": [2, 2, 0]}
    opened = AccessEntry.objects.filter(deed=Deed.OPENED_SPECIAL)
    assert not opened.exists()
    text = _text(client, _behind("CO15"))
    assert all(case.reference in text for case in cases) and "Kanarienvogel" not in text
    assert {(one.reference, one.detail["figure"], one.username) for one in opened} == {
        (case.reference, "CO15", "hoffmann") for case in cases
    }
    _text(client, _behind("CO03"))
    assert opened.count() == 2


def test_a_list_does_not_tell_which_disadvantage_it_was(client, cast):
    _migrant(
        cast.lehmann, exit_date=date(2017, 1, 9), exit_reason="ZIEL", x_observed=date(2017, 1, 9), x_status="employed"
    )
    client.force_login(cast.hoffmann)
    (row,) = client.get(_behind("CR05")).context["rows"]
    assert row.reasons[0] == "nach freiwilliger Angabe"
    assert not any(word in " ".join(row.reasons) for word in ("Migr", "Behind"))


# --- numbers and words


def test_the_grand_total_has_its_parts(client, cast):
    make_participant(cast.lehmann, "Ganz", **COMPLETE, entry_date=date(2016, 11, 1))
    make_participant(cast.lehmann, "Halb", **COMPLETE | {"e_isced": None}, entry_date=date(2016, 11, 1))
    operation = Operation.objects.get(code="resque-2.0")
    refuse_anonymously(by=cast.lehmann, operation=operation, partner=cast.daa, day=date(2016, 12, 1))
    client.force_login(cast.hoffmann)
    answer = client.get(f"{PAGE}?date=2017-01-31")
    assert answer.context["now"].grand_total == 3
    totals = {code: number.value for code, number in answer.context["totals"].items()}
    assert (totals["COMPLETE"], totals["INCOMPLETE"], totals["REFUSED"], totals["STOCK"]) == (1, 1, 1, 1)
    assert "Höchster Bildungsabschluss" in _text(client, _behind("INCOMPLETE"))
    (row,) = client.get(_behind("REFUSED")).context["rows"]
    assert row.reasons == ["am 01.12.2016 die Befragung abgelehnt"] and row.cases[0].partner == "DAA"


def test_the_reason_is_the_facts_of_the_formula(client, cast):
    make_participant(
        cast.lehmann, "Lang", **WORKER, e_status="unemployed", e_unemp_since=date(2015, 3, 1),
        entry_date=date(2016, 11, 1),
    )  # fmt: skip
    client.force_login(cast.hoffmann)
    (row,) = client.get(_behind("CO02")).context["rows"]
    assert row.reasons == [
        "beim Eintritt: arbeitslos gemeldet", "26 Jahre alt beim Eintritt", "arbeitslos gemeldet seit 01.03.2015",
    ]  # fmt: skip


def test_a_period_is_what_came_after_the_earlier_day(client, cast):
    for name, entry in (("A", date(2016, 6, 30)), ("B", date(2016, 7, 1)), ("C", date(2016, 12, 31))):
        make_participant(cast.lehmann, name, **COMPLETE, entry_date=entry)
    client.force_login(cast.hoffmann)
    answer = client.get(f"{PAGE}?date=2016-12-31&since=2016-06-30")
    (line,) = [line for group in answer.context["groups"] for line in group.lines if line.code == "CO03"]
    assert [number.value for number in line.numbers] == [3, 0, 3, 2, 0, 2]
    assert "01.07.2016 bis 31.12.2016" in html.unescape(answer.content.decode())
    assert client.get(line.numbers[-1].url).context["page"].paginator.count == 2


def test_caveats_of_a_reference_date(client, cast):
    make_participant(cast.lehmann, "A", **COMPLETE, entry_date=date(2016, 6, 1))
    client.force_login(cast.hoffmann)
    page = _text(client, f"{PAGE}?date=2016-12-31")
    assert "konnten bis 28.01.2017 festgestellt werden" in page and "Austritte bis 30.06.2016" in page
    with moved_to(date(2017, 1, 28)):
        assert "können noch bis 28.01.2017" in _text(client, f"{PAGE}?date=2016-12-31")


def test_columns_follow_the_rules_and_partners_have_no_entities(client, cast):
    make_participant(cast.lehmann, "A", **COMPLETE | {"sex": "nb"}, entry_date=date(2016, 6, 1))
    client.force_login(cast.hoffmann)
    old, new = (client.get(f"{PAGE}?date=2017-01-31&rules={rules}").context for rules in ("2014", "2021"))
    assert [str(head) for head in old["columns"]] == ["Frauen", "Männer", "Alle"]
    assert [str(head) for head in new["columns"]] == ["Frauen", "Männer", "Divers", "Alle"]
    assert (old["now"].complete, new["now"].complete) == (0, 1)
    (everybody,) = new["groups"][0].lines
    assert (everybody.code, [number.value for number in everybody.numbers]) == ("EECO01", [0, 0, 1, 1])
    assert [one.code for one, _ in new["entities"]] == ["EECO18", "EECO19"]
    assert client.get(f"{PAGE}?partner=daa").context["entities"] == []


def test_a_stranger_to_the_operation_gets_words_instead_of_zeros(client, cast):
    client.force_login(cast.hoffmann)
    assert "war niemand eingetreten" in _text(client, f"{PAGE}?date=2016-12-31")


# --- addresses


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("date=31.02.2016", "29."), ("date=abc", "31.12.2016"), ("date=2099-01-01", "Zukunft"),
        ("date=2016-12-31&since=2016-12-31", "vor dem Stichtag"), ("date=%00", "31.12.2016"), ("since=x", "31.12.2016"),
        ("date=" + "9" * 5000, "31.12.2016"),
    ],
)  # fmt: skip
def test_days_that_are_none_are_faults_beside_their_field(client, cast, query, words):
    client.force_login(cast.hoffmann)
    page = client.get(f"{PAGE}?{query}")
    assert page.status_code in (200, 400)
    if page.status_code == 200:
        assert words in html.unescape(page.content.decode()) and 'id="CO01"' not in page.content.decode()
    assert client.get(_behind("CO01", query)).status_code in (400, 404)


@pytest.mark.parametrize("query", ["rules=2007", "operation=nothing", "partner=nobody", "rules=%00", "operation=%00"])
@pytest.mark.parametrize("address", [PAGE, "/reporting/figures/CO01/people/"])
def test_words_that_mean_nothing_are_not_found(client, cast, address, query):
    client.force_login(cast.hoffmann)
    assert client.get(f"{address}?{query}").status_code in (400, 404)


@pytest.mark.parametrize(
    ("code", "query", "status"),
    [
        ("CO01", "", 200), ("CO01", "sex=f", 200), ("CO01", "sex=x", 404), ("CO01", "of=period", 404),
        ("CO01", "date=2016-12-31&since=2016-06-30&of=period&sex=nb", 200), ("STOCK", "sex=f", 404),
        ("STOCK", "date=2016-12-31&since=2016-06-30&of=period", 404), ("CO15_ASKED", "sex=m", 404),
        ("CO20", "", 404), ("CO99", "", 404), ("co01", "", 404), ("CO15_MAYBE", "", 404), ("CO01", "of=x", 404),
        ("CO01", "date=31.12.2016", 200), ("EECO03", "rules=2021", 200), ("EECO03", "rules=2014", 404),
        ("EECO03", "", 404), ("CO01", "rules=2021", 404), ("CO15_ASKED", "rules=2021", 404), ("STOCK", "rules=2021", 200),
    ],
)  # fmt: skip
def test_addresses_of_lists(client, cast, code, query, status):
    client.force_login(cast.hoffmann)
    assert client.get(f"/reporting/figures/{code}/people/?{query}").status_code == status


@pytest.mark.parametrize("address", [PAGE, "/reporting/reached/", "/reporting/definitions/"])
def test_landmarks_have_names_of_their_own(client, cast, address):
    _migrant(cast.lehmann)
    client.force_login(cast.hoffmann)
    page = _text(client, address)
    headings = re.findall(r'<section [^>]*aria-labelledby="[^"]*">.*?<h2[^>]*>(.*?)</h2>', page, re.S)
    regions = re.findall(r'role="region" aria-label="([^"]*)"', page)
    assert not {heading.strip() for heading in headings} & set(regions)
    assert len(re.findall(r'<form [^>]*role="search"(?![^>]*aria-label=)', page)) == 1  # that of the bar
