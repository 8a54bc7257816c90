"""The list: who is on it, in which order, and how many queries it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.completeness import completeness
from participants.models import Participation
from participants.tests.builders import make_participant, share_case

pytestmark = pytest.mark.django_db
LIST = "/participants/"
COMPLETE = {
    "entry_date": "2017-01-09", "sex": "f", "birth_date": date(1990, 5, 5), "e_status": "inactive", "e_in_edu": False,
    "e_isced": 3,
}  # fmt: skip


def _page(client, user, **query):
    client.force_login(user)
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return answer.content.decode()


def _names(client, user, **query):
    client.force_login(user)
    return [row.name for row in client.get(LIST, query).context["rows"]]


def test_everybody_sees_the_own_partner_and_shared_cases(client, cast):
    make_participant(cast.lehmann, "Eigen", "Anna")
    foreign = make_participant(cast.weber, "Geteilt", "Berta")
    hidden = make_participant(cast.weber, "Fremd", "Carla")
    share_case(by=cast.weber, participation=foreign, to_partner=cast.daa, scope="contact", until=date(2017, 3, 6))
    assert sorted(_names(client, cast.lehmann, view="all")) == ["Eigen, Anna", "Geteilt, Berta"]
    assert _names(client, cast.lehmann, view="shared") == ["Geteilt, Berta"]
    assert _names(client, cast.lehmann) == ["Eigen, Anna"]
    assert hidden.reference not in _page(client, cast.lehmann, view="all")


def test_the_coordination_sees_numbers_and_no_name(client, cast):
    made = make_participant(cast.lehmann, "Kanarienvogel", "Tweety", original_script="تويتي")
    page = _page(client, cast.hoffmann, view="all", sort="name")
    assert made.reference in page and "DAA" in page
    assert not any(word in page for word in ("Kanarienvogel", "Tweety", "تويتي", "Lehmann"))


@pytest.mark.parametrize(("order", "expected"), [("name", [1, 2, 0]), ("-name", [0, 2, 1])])
def test_the_order_tells_nothing_of_a_hidden_name(client, cast, order, expected):
    """With the rules of the application alone: a test connects as the owner of the tables."""
    hidden = make_participant(cast.weber, "Muster", "Mona")
    share_case(by=cast.weber, participation=hidden, to_partner=cast.daa, scope="services", until=date(2017, 3, 6))
    first, last = make_participant(cast.lehmann, "Adler"), make_participant(cast.lehmann, "Zander")
    client.force_login(cast.lehmann)
    rows = client.get(LIST, {"view": "all", "sort": order}).context["rows"]
    people = [hidden.reference, first.reference, last.reference]
    assert [people.index(row.participation.reference) for row in rows] == expected


@pytest.mark.parametrize("who", ["krause", "berger", "seidel"])
def test_nobody_else_sees_the_list(client, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "KONTAKT"}, ["Neu"]),
        ({"state": "AKTIV"}, ["Alt"]),
        ({"sex": "f"}, ["Alt"]),
        ({"sex": "none"}, ["Neu"]),
        ({"nationality": "SYR"}, ["Alt"]),
        ({"answers": "missing"}, ["Neu"]),
        ({"answers": "complete"}, ["Alt"]),
        ({"entered_from": "01.01.2017"}, ["Alt"]),
        ({"entered_to": "2016-12-31"}, []),
        ({"accommodation": "GU"}, ["Alt"]),
        ({"operation": "resque-2.0"}, ["Neu", "Alt"]),
        ({"operation": "resque"}, []),
        ({"partner": "daa"}, ["Neu", "Alt"]),
        ({"view": "contacts"}, ["Neu"]),
        ({"view": "missing"}, []),
        ({"view": "ended"}, []),
        ({"view": "nonsense"}, ["Neu", "Alt"]),
        ({"sort": "name"}, ["Alt", "Neu"]),
        ({"sort": "-name"}, ["Neu", "Alt"]),
        ({"sort": "nonsense"}, ["Neu", "Alt"]),
        ({"page": "99"}, ["Neu", "Alt"]),
        ({"state": "nonsense"}, ["Neu", "Alt"]),
        ({"entered_from": "31.02.2017"}, ["Neu", "Alt"]),
    ],
)
def test_filters_views_and_order(client, cast, query, expected):
    make_participant(cast.lehmann, "Alt", "", nationality="SYR", accommodation="GU", **COMPLETE)
    make_participant(cast.lehmann, "Neu", "")
    assert _names(client, cast.lehmann, **query) == expected


def test_a_searched_name_stands_in_no_address(client, cast):
    make_participant(cast.lehmann)
    make_participant(cast.lehmann, "Bikila", "Abebe")
    client.force_login(cast.lehmann)
    answer = client.post(reverse("participants:search"), {"q": "Mohammed Alhasan"})
    assert answer.status_code == 302 and "lhasan" not in answer.url
    found = client.get(answer.url)
    assert [row.name for row in found.context["rows"]] == ["Al Hassan, Mohamad"]
    client.force_login(cast.vogel)
    assert client.get(answer.url).context["search_is_over"]


def test_a_number_leads_straight_to_the_record(client, cast):
    made, foreign = make_participant(cast.lehmann), make_participant(cast.weber)
    client.force_login(cast.lehmann)
    detail = reverse("participants:detail", kwargs={"reference": made.reference})
    assert client.post(reverse("participants:search"), {"q": made.reference.lower()}).url == detail
    assert "q=" in client.post(reverse("participants:search"), {"q": foreign.reference}).url


def test_missing_answers_are_the_same_in_the_database_and_in_python(cast):
    changes = [
        {}, {"entry_date": None}, {"sex": ""}, {"sex": "nb"}, {"birth_date": None}, {"e_status": ""},
        {"e_in_edu": None}, {"e_status": "unemployed"}, {"e_status": "unemployed", "e_unemp_since": "2016-01-01"},
        {"e_status": "employed"},
        {"e_isced": None}, {"e_isced": 0},
    ]  # fmt: skip
    for change in changes:
        answers = {key: value for key, value in (COMPLETE | change).items() if value is not None}
        make_participant(cast.lehmann, **answers)
    people = Participation.objects.select_related("person", "operation")
    by_python = {row.pk for row in people if not completeness(row).is_complete}
    assert {row.pk for row in people.incomplete()} == by_python
    assert {row.pk for row in people.complete()} == {row.pk for row in people} - by_python


@pytest.mark.parametrize("who", ["lehmann", "hoffmann"])
def test_three_rows_cost_as_many_queries_as_thirty(client, cast, who):
    user, counts = getattr(cast, who), []
    client.force_login(user)
    client.get(LIST, {"view": "all"})
    for number in (3, 27):
        for index in range(number):
            make_participant(cast.lehmann, f"Name{number}{index}", nationality="SYR", accommodation="GU", **COMPLETE)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST, {"view": "all"})
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 20


@pytest.mark.parametrize("who", ["lehmann", "hoffmann"])
def test_the_tab_says_how_many_pages_a_view_has_and_a_filter_counts_anew(client, cast, who):
    for number, sex in enumerate(("f", "f", "m")):
        made = make_participant(cast.lehmann, f"Reihe{number}", "Anna", sex=sex)
    share_case(by=cast.lehmann, participation=made, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 6))
    client.force_login(getattr(cast, who))
    for tab in client.get(LIST, {"view": "all"}).context["tabs"]:
        answer = client.get(LIST, {"view": tab.key}).context
        assert answer["page"].paginator.count == tab.count == len(answer["rows"])
    answer = client.get(LIST, {"view": "all", "sex": "f"}).context
    assert answer["page"].paginator.count == len(answer["rows"]) == 2
