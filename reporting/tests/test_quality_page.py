"""The page of data quality: who is told what, every link leads to the answer, every number is the length of its list."""

import html
import re
from datetime import date

import pytest

from participants.choices import ShareScope
from participants.models import Participation
from participants.places import address_of
from participants.rules import RULES
from participants.tests.builders import make_participant, share_case
from reporting.quality.checking import ALL_RULES, check
from reporting.tests import world
from resque.audit.models import AccessEntry, Deed
from resque.context.acting import acting_as

pytestmark = pytest.mark.django_db
PAGE = "/reporting/quality/"
COMPLETE = {
    "sex": "f", "birth_date": date(1990, 5, 5), "e_status": "inactive", "e_in_edu": False, "e_isced": 3,
    "entry_date": date(2017, 1, 9), "entry_form_on": date(2017, 1, 9), "contact_consent": True,
}  # fmt: skip
LEFT = {"exit_date": date(2017, 1, 20), "exit_reason": "ZIEL", "x_status": "inactive", "x_qualified": True}


@pytest.fixture(autouse=True)
def _german(settings):
    settings.LANGUAGE_CODE = "de"


def _open(client, user, query: str = ""):
    client.force_login(user)
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return answer


def _found(answer) -> dict[str, list[tuple[str, int]]]:
    return {group.key: [(one.rule.id, one.count) for one in group.rules] for group in answer.context["groups"]}


def _typed(value) -> str:
    """Return a stored answer as a browser sends it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)


# --- the way to the answer


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_leads_to_an_answer_that_its_fixer_can_change(client, cast, rule):
    long_ago = {"entry_date": date(2016, 4, 12), "exit_date": date(2016, 6, 1)}  # the follow-up is due
    if rule.field == "f_improved":
        long_ago["e_status"] = "employed"  # only they are asked
    case = make_participant(cast.lehmann, **COMPLETE | LEFT | long_ago)
    client.force_login(cast.lehmann)
    page, _mark, place = address_of(rule.page, case.reference, rule.field).partition("#")
    answer = client.get(page)
    assert answer.status_code == 200
    if rule.id == "E33":  # decided about on a page of its own, beside the other record
        return
    assert f'id="{place}"' in answer.content.decode()
    assert re.search(rf'name="{rule.field}[_"]', answer.content.decode()), (rule.id, "shown, but not to be changed")


def test_a_hit_leads_there_and_saving_leads_back(client, cast):
    case = make_participant(cast.lehmann, **COMPLETE | {"e_isced": None})
    (line,) = _open(client, cast.lehmann).context["groups"][0].rules[0].lines
    page, place = line.url.split("#")
    assert (place, page) == (
        "id_e_isced",
        f"/participants/{case.reference}/esf/?rule=E11&next=%2Freporting%2Fquality%2F",
    )
    form = client.get(page).context["form"]
    sent = {name: _typed(value) for name, value in form.initial.items() if value not in (None, "")}
    sent |= {"form_key": form["form_key"].value(), "e_isced": "3"}
    answer = client.post(page, sent)
    assert (answer.status_code, answer.get("Location")) == (302, PAGE)
    case.refresh_from_db()
    assert case.e_isced == 3
    assert "Keine Regel ist verletzt." in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "bad", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:1", "/a\x00"]
)
def test_nobody_is_sent_elsewhere(client, cast, bad):
    case = make_participant(cast.lehmann, **COMPLETE)
    client.force_login(cast.lehmann)
    page = client.get(f"/participants/{case.reference}/esf/", {"next": bad, "back_url": bad, "rule": bad})
    assert page.status_code == 200
    assert not re.search('(href|action)="[^"]*evil', page.content.decode())
    form = page.context["form"]
    answer = client.post(
        f"/participants/{case.reference}/esf/?next={bad}",
        {"form_key": form["form_key"].value(), "version": form.initial["version"], "entry_date": "09.01.2017"},
    )
    assert answer["Location"] == f"/participants/{case.reference}/esf/"


def test_the_queue_opens_one_after_the_other_and_ends(client, cast):
    for missing in ({"e_isced": None}, {"e_isced": None}, {"e_in_edu": None}):
        make_participant(cast.lehmann, **COMPLETE | missing)
    foreign = make_participant(cast.weber, **COMPLETE | {"sex": ""})
    share_case(
        by=cast.weber, participation=foreign, to_partner=cast.daa, scope=ShareScope.SERVICES, until=date(2017, 6, 1)
    )
    (mine, shared) = _open(client, cast.lehmann).context["groups"]
    assert (mine.key, shared.key, shared.queue) == ("mine", "shared", "")
    address, opened = mine.queue, []
    for _ in range(9):
        answer = client.get(address)
        assert answer.status_code == 302
        if answer["Location"].startswith(PAGE):
            break
        page = client.get(answer["Location"])
        assert "Zurück zur Liste" in page.content.decode()
        words = page.wsgi_request.GET
        opened.append((words["rule"], page.context["participation"].reference))
        address = words["next"]
    assert answer["Location"] == f"{PAGE}?whose=mine&end=1"
    assert [rule for rule, _ in opened] == ["E11", "E11", "E12", "E36"]
    assert len(set(opened)) == 4
    assert foreign.reference not in {reference for _rule, reference in opened}
    assert "Das war der letzte" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("after", ["E11", "E11.", "E11.R-?", "E11." + "x" * 300])
def test_a_queue_goes_on_behind_whatever_an_address_says(client, cast, after):
    client.force_login(cast.lehmann)
    assert client.get("/reporting/quality/next/", {"after": after}).status_code == 302
    assert client.get("/reporting/quality/next/", {"after": "E99.R-22222"}).status_code == 404


# --- who is told what


def test_a_worker_reads_own_cases_first_and_shared_ones_without_the_way_to_change_them(client, cast):
    make_participant(cast.lehmann, **COMPLETE | {"e_isced": None})
    make_participant(cast.vogel, **COMPLETE | {"sex": ""})
    hidden = make_participant(cast.weber, **COMPLETE | {"e_status": ""})
    shared = make_participant(cast.weber, "Nguyen", **COMPLETE | {"e_isced": None})
    share_case(
        by=cast.weber, participation=shared, to_partner=cast.daa, scope=ShareScope.SERVICES, until=date(2017, 6, 1)
    )
    answer = _open(client, cast.lehmann)
    assert _found(answer) == {"mine": [("E11", 1)], "team": [("E08", 1)], "shared": [("E11", 1)]}
    text = answer.content.decode()
    assert (hidden.reference in text, "Nguyen" in text, shared.reference in text) == (False, False, True)
    (line,) = answer.context["groups"][2].rules[0].lines
    assert line.url == f"/participants/{shared.reference}/"
    assert _found(_open(client, cast.lehmann, "?whose=team")) == {"team": [("E08", 1)]}
    assert _found(_open(client, cast.vogel, "?whose=mine")) == {"mine": [("E08", 1)]}


def test_the_coordinator_reads_numbers_by_partner(client, cast):
    make_participant(cast.lehmann, "Hassan", **COMPLETE | {"e_isced": None})
    make_participant(cast.weber, "Nguyen", **COMPLETE | {"e_isced": None})
    answer = _open(client, cast.hoffmann)
    keys = [f"partner-{cast.caritas.pk}", f"partner-{cast.daa.pk}"]
    assert _found(answer) == {key: [("E11", 1)] for key in keys}
    assert all(group.queue == "" for group in answer.context["groups"])
    assert not re.search("Hassan|Nguyen|Lehmann|Weber", answer.content.decode())
    assert list(_found(_open(client, cast.hoffmann, "?partner=daa"))) == [keys[1]]
    (line,) = answer.context["groups"][0].rules[0].lines
    assert client.get(line.url).status_code == 200


def test_the_coordinator_is_not_told_what_hangs_on_names_and_special_answers(client, cast):
    """E07, E22, E23, E27, E28, F08: the owner reads each of them, the coordination none, not even as a number."""
    minor = {"birth_date": date(2000, 5, 5), "info_given_on": None}
    special = {"e_migrant": "false", "e_other_dis": "false"}
    late = {"exit_date": date(2016, 6, 1), "exit_reason": "ZIEL", "x_status": "inactive", "f_status": "inactive",
            "f_refers_to": date(2016, 12, 1), "entry_date": date(2016, 4, 12), "entry_form_on": date(2016, 4, 12),
            "contact_consent": False, "e_isced": 0}  # fmt: skip
    make_participant(cast.lehmann, **COMPLETE | minor | late, nationality="SYR", special=special)
    told = {rule for rules in _found(_open(client, cast.lehmann)).values() for rule, _ in rules}
    assert {"E07", "E22", "E23", "E27", "E28", "F08"} <= told
    answer = _open(client, cast.hoffmann)
    told = {rule for rules in _found(answer).values() for rule, _ in rules}
    private = {"E07", "E22", "E23", "E27", "E28", "F08"}
    assert {rule.id for rule in RULES if rule.private} == private
    assert told & private == set()
    for rule in private:
        answer = _open(client, cast.hoffmann, f"?rule={rule}")
        assert _found(answer) == {}
        assert "Nicht für die Koordination" in answer.content.decode()


def test_hits_that_tell_of_special_answers_are_opened_knowingly_and_logged_once(client, cast):
    case = make_participant(cast.lehmann, **COMPLETE, nationality="SYR", special={"e_migrant": "false"})
    opened = AccessEntry.objects.filter(deed=Deed.OPENED_SPECIAL, reference=case.reference)
    answer = _open(client, cast.lehmann)
    assert _found(answer) == {"mine": [("E28", 1), ("E23", 1)]}
    assert case.reference not in answer.content.decode()
    assert not opened.exists()
    answer = _open(client, cast.lehmann, "?rule=E23")
    assert case.reference in answer.content.decode()
    assert opened.count() == 1
    (line,) = answer.context["groups"][0].rules[0].lines
    # Beside a number the rule would tell the answer, to logs too.
    assert "E23" not in line.url
    assert client.get("/reporting/quality/next/")["Location"].startswith(PAGE)


@pytest.mark.parametrize("who", ["krause", "berger", "seidel"])
def test_who_has_no_people_has_no_page(client, cast, who):
    client.force_login(getattr(cast, who))
    for address in (PAGE, "/reporting/quality/rules/", "/reporting/quality/next/"):
        assert client.get(address).status_code == 403


def test_only_who_sees_the_figures_is_told_of_the_report(client, cast, monkeypatch):
    make_participant(cast.lehmann, **COMPLETE)
    monkeypatch.setattr("reporting.quality.checking.sums_of_partners", lambda basis, on: {
        "partner_counts": (2,), "n_distinct": 1, "labelled_as_contacts": False,
    })  # fmt: skip
    assert _found(_open(client, cast.hoffmann)) == {"coordination": [("A23", 1)]}
    assert _found(_open(client, cast.hoffmann, "?partner=daa")) == {}
    assert _found(_open(client, cast.lehmann)) == {}


# --- numbers and filters


@pytest.mark.parametrize("who", ["lehmann", "hoffmann", "weber"])
def test_every_number_is_the_length_of_its_list(client, cast, who):
    world.build(cast, 11)
    user = getattr(cast, who)
    answer = _open(client, user)
    assert len(answer.context["groups"]) == 2
    basis, on = answer.context["inquiry"].basis, answer.context["inquiry"].on
    with acting_as(user):
        assert answer.context["found"] == len(check(basis, on, user))
    for group in answer.context["groups"]:
        for one in group.rules:
            listed = client.get(one.url)
            assert _found(listed) == {group.key: [(one.rule.id, one.count)]}
            assert len(listed.context["groups"][0].rules[0].lines) == one.count
            assert html.escape(one.url) in answer.content.decode()
    for way in answer.context["severities"]:
        assert client.get(PAGE + way.url).context["found"] == way.count
    for way in (*answer.context["ways"], *answer.context["entries"]):
        assert client.get(PAGE + way.url).context["total"] == way.count


def test_the_counts_of_records(client, cast):
    make_participant(cast.lehmann, **COMPLETE)
    make_participant(cast.lehmann, **COMPLETE | {"e_isced": None})
    make_participant(cast.lehmann)
    shown = _open(client, cast.lehmann).context
    assert [shown[name] for name in ("total", "entered", "complete", "clean", "found")] == [3, 2, 1, 2, 1]
    assert _open(client, cast.lehmann, "?entry=none").context["total"] == 1
    assert _open(client, cast.lehmann, "?entry=2016-h1").context["total"] == 0


def test_the_day_and_the_rules_of_the_check(client, cast):
    make_participant(cast.lehmann, **COMPLETE | {"sex": "nb"})
    assert _found(_open(client, cast.lehmann)) == {"mine": [("E08", 1)]}
    assert _found(_open(client, cast.lehmann, "?rules=2021")) == {}


def test_what_came_after_the_day_of_the_check_is_no_mistake(client, cast):
    case = make_participant(cast.lehmann, **COMPLETE | LEFT | {"x_qualified": False})
    left_early = {"mine": [("E30", 1)]}
    for query in ("", "?on=2017-01-08", "?on=2017-01-10"):  # today, before the entry, before the exit
        assert _found(_open(client, cast.lehmann, query)) == left_early, query
    Participation.objects.filter(pk=case.pk).update(exit_date=date(2017, 3, 1), x_observed=None)
    assert ("X02", 1) in _found(_open(client, cast.lehmann))["mine"]


@pytest.mark.parametrize("query", [
    "?operation=x", "?on=yesterday", "?on=2017-02-30", "?rules=2007", "?partner=x", "?whose=all", "?entry=2016",
    "?entry=0000-h1", "?severity=x", "?rule=E99", "?rule=e11", "?operation=%00", "?partner=daa",
])  # fmt: skip
def test_words_without_meaning_are_not_found(client, cast, query):
    client.force_login(cast.lehmann)
    assert client.get(PAGE + query).status_code == 404


@pytest.mark.parametrize("query", ["?on=0001-01-01", "?entry=9999-h2", "?page=x", "?page=999999999999"])
def test_words_at_the_edge_are_answered(client, cast, query):
    make_participant(cast.lehmann, **COMPLETE | LEFT)
    _open(client, cast.lehmann, query)
    _open(client, cast.hoffmann, query)


@pytest.mark.parametrize("day", ["2017-02-07", "9999-12-31"])
def test_a_day_that_has_not_come_is_explained(client, cast, day):
    make_participant(cast.lehmann, **COMPLETE | {"sex": "nb"})
    answer = _open(client, cast.lehmann, f"?on={day}&rules=2014&severity=e")
    shown = answer.content.decode()
    assert "noch nicht" in shown and f'href="{PAGE}?severity=e"' in shown and "E08" not in shown
    queue = client.get(f"{PAGE}next/?on={day}")
    assert queue.status_code == 302 and queue["Location"] == f"{PAGE}?on={day}"


def test_a_selection_beyond_the_limit_is_not_cut_but_narrowed(client, cast, monkeypatch):
    for day in (date(2016, 5, 2), date(2017, 1, 9), date(2017, 1, 9)):
        make_participant(cast.lehmann, **COMPLETE | {"entry_date": day})
    make_participant(cast.vogel, **COMPLETE)
    monkeypatch.setattr("reporting.queries.quality.AT_ONCE", 2)
    monkeypatch.setattr("reporting.queries.quality_next.AT_ONCE", 2)
    answer = _open(client, cast.lehmann)
    assert "groups" not in answer.context
    assert [(way.key, way.count) for way in answer.context["too_many"]] == [("mine", 3), ("2017-h1", 3), ("2016-h1", 1)]
    assert client.get("/reporting/quality/next/")["Location"] == PAGE
    for way in answer.context["too_many"]:
        assert client.get(PAGE + way.url).context["total"] == way.count
    assert [way.key for way in _open(client, cast.hoffmann).context["too_many"]] == ["daa", "2017-h1", "2016-h1"]


def test_a_rule_with_many_hits_shows_the_first_ones_and_pages(client, cast, monkeypatch):
    monkeypatch.setattr("reporting.queries.quality.ROWS", 4)
    for _ in range(9):
        make_participant(cast.lehmann, **COMPLETE | {"e_isced": None})
    (group,) = _open(client, cast.lehmann).context["groups"]
    assert (group.count, len(group.rules[0].lines)) == (9, 5)
    seen = [
        line.reference
        for number in (1, 2, 3)
        for line in client.get(group.rules[0].url, {"rule": "E11", "page": number}).context["groups"][0].rules[0].lines
    ]
    assert len(seen) == len(set(seen)) == 9


# --- the catalogue


def test_the_catalogue_says_every_rule_with_its_answer_and_what_it_waits_for(client, cast):
    client.force_login(cast.lehmann)
    answer = client.get("/reporting/quality/rules/")
    described = [one for section in answer.context["sections"] for one in section["rules"]]
    assert [one.rule for one in described] == list(ALL_RULES)
    text = html.unescape(answer.content.decode())
    for one in described:
        assert f'id="{one.rule.id}"' in text and str(one.rule.message) in text and str(one.rule.waits) in text
        assert bool(one.field) == bool(one.rule.field)
    waiting = [one.rule.id for one in described if one.rule.waits]
    assert waiting == [], "every rule is checked today"


def test_nobody_here_yet(client, cast):
    assert "Kein Datensatz in dieser Auswahl" in _open(client, cast.lehmann).content.decode()
    assert "Kein Datensatz in dieser Auswahl" in _open(client, cast.hoffmann).content.decode()


# --- the home page


@pytest.mark.parametrize(("who", "whose"), [("lehmann", "?whose=mine&"), ("hoffmann", "?")])
def test_the_numbers_of_the_home_page_are_those_of_the_page(client, cast, who, whose):
    world.build(cast, 11)
    user = getattr(cast, who)
    client.force_login(user)
    text = html.unescape(client.get("/").content.decode())
    for severity in "ew":
        address = f"{PAGE}{whose}severity={severity}"
        (number,) = re.findall(rf'href="{re.escape(address)}"><b>(\d+)</b>', text)
        assert int(number) == client.get(address).context["found"] > 0


def test_the_home_page_does_not_check_what_would_take_long(client, cast, monkeypatch):
    for _ in range(2):
        make_participant(cast.lehmann, **COMPLETE)
    monkeypatch.setattr("reporting.queries.quality_home.AT_HOME", 1)
    client.force_login(cast.lehmann)
    assert "2 Datensätze; die Seite prüft sie" in client.get("/").content.decode()
