"""The pages of figures: every number is the length of its list, whoever opens it, and bad addresses are answered."""

import html
import re
from datetime import date
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Participation
from participants.tests.builders import make_participant
from reporting.catalogue import BY_CODE
from reporting.tests import world
from resque.clock import moved_to
from resque.codelists.queries import forget
from services.operations.recording import Taking, record_service

pytestmark = pytest.mark.django_db
LIST = "/reporting/figures/reached/people/"
LINK = re.compile(r'<a [^>]*href="(/reporting/figures/[^"]+)"([^>]*)>(.*?)</a>', re.S)
FIRST_NUMBER = re.compile(r"(\d[\d.]*)")


@pytest.fixture(autouse=True)
def _german(settings):
    settings.LANGUAGE_CODE = "de"


def _numbers(page: str) -> list[tuple[str, int]]:
    """Return (address, number) of every link to a list; shares stand beside their number and are left out."""
    found = []
    for address, attributes, inner in LINK.findall(page):
        label = re.search(r'aria-label="([^"]*)"', attributes)
        text = label[1].split(": ", 1)[1] if label else re.sub(r"<[^>]+>", "", inner)
        number = FIRST_NUMBER.search(text)
        if number and "%" not in text:
            found.append((html.unescape(address), int(number[1].replace(".", ""))))
    return found


def _walk(client, start: str) -> int:
    page = client.get(start)
    assert page.status_code == 200
    numbers = _numbers(page.content.decode())
    lengths: dict[str, int] = {}
    for address, number in numbers:
        if address not in lengths:
            answer = client.get(address)
            assert answer.status_code == 200, address
            lengths[address] = answer.context["page"].paginator.count
            assert len(answer.context["rows"]) == min(lengths[address], 50)
        assert lengths[address] == number, (start, address)
    return len(lengths)


@pytest.mark.parametrize(
    ("who", "start", "least"),
    [
        ("hoffmann", "/reporting/", 60),
        ("hoffmann", "/reporting/?period=2016-h2&partner=daa", 30),
        ("hoffmann", "/", 6),
        ("lehmann", "/reporting/?period=2016", 40),
        ("weber", "/reporting/", 40),
        ("weber", "/", 4),
    ],
)
def test_every_number_of_a_page_is_the_length_of_its_list(client, cast, who, start, least):
    world.build(cast, 11)
    client.force_login(getattr(cast, who))
    assert _walk(client, start) >= least


@pytest.mark.parametrize("who", ["hoffmann", "lehmann"])
def test_every_list_opens_with_its_definition(client, cast, who):
    world.build(cast, 2, people=6)
    client.force_login(getattr(cast, who))
    for code, figure in BY_CODE.items():
        answer = client.get(f"/reporting/figures/{code}/people/")
        assert answer.status_code == 200
        assert str(figure.definition) in html.unescape(answer.content.decode())


def test_the_first_list_after_a_start_opens(client, cast):
    """Code lists are read for the conditions, and the role that counts must not read them."""
    client.force_login(cast.hoffmann)
    for code in ("employment", "integrated_a", "incomplete", "services"):
        forget()
        assert client.get(f"/reporting/figures/{code}/people/").status_code == 200


@pytest.mark.parametrize("who", ["hoffmann", "lehmann", "weber"])
def test_every_link_of_a_list_opens(client, cast, who):
    world.build(cast, 3, people=10)
    client.force_login(getattr(cast, who))
    for code in ("participants", "reached", "services"):
        page = client.get(f"/reporting/figures/{code}/people/").content.decode()
        addresses = set(re.findall(r'href="(/(?:participants|services)/[A-Z]-[^"]+)"', page))
        assert addresses
        for address in addresses:
            assert client.get(address).status_code == 200, address


def test_pages_of_a_list_hold_every_row_once(client, cast, monkeypatch):
    monkeypatch.setattr("reporting.queries.people.ROWS", 4)
    world.build(cast, 11)
    client.force_login(cast.hoffmann)
    first = client.get("/reporting/figures/participants/people/")
    count = first.context["page"].paginator.count
    seen = [
        row.cases[0].reference
        for number in first.context["page"].paginator.page_range
        for row in client.get("/reporting/figures/participants/people/", {"page": number}).context["rows"]
    ]
    assert len(seen) == len(set(seen)) == count > 8


# --- who may see what


@pytest.mark.parametrize(
    ("who", "dashboard", "people", "definitions"),
    [
        ("hoffmann", 200, 200, 200), ("lehmann", 200, 200, 200), ("krause", 200, 403, 200),
        ("berger", 403, 403, 403), ("seidel", 403, 403, 403),
    ],
)  # fmt: skip
def test_doors(client, cast, who, dashboard, people, definitions):
    client.force_login(getattr(cast, who))
    assert client.get("/reporting/").status_code == dashboard
    assert client.get(LIST).status_code == people
    assert client.get("/reporting/definitions/").status_code == definitions
    assert client.post("/reporting/").status_code in (403, 405)


def _named(cast):
    case = make_participant(cast.lehmann, "Kanarienvogel", "Tweety", original_script="تويتي", **world.COMPLETE,
                            entry_date=date(2016, 11, 1))  # fmt: skip
    record_service(by=cast.lehmann, kind="DAA-BER", participants=[Taking(case)], day=date(2016, 11, 2), minutes=30)
    return case


def test_names_stand_with_the_own_partner_only(client, cast):
    case = _named(cast)
    for who, sees_name in (("lehmann", True), ("hoffmann", False)):
        client.force_login(getattr(cast, who))
        for address in (LIST, "/reporting/figures/services/people/"):
            page = client.get(address).content.decode()
            assert case.reference in page and f"/participants/{case.reference}/" in page
            assert ("Kanarienvogel" in page) is sees_name
    client.force_login(cast.weber)
    page = client.get(LIST).content.decode()
    assert case.reference not in page and "Kanarienvogel" not in page


def test_no_query_of_the_coordinator_touches_a_name(client, cast):
    _named(cast)
    client.force_login(cast.hoffmann)
    for address in ("/", "/reporting/", LIST, "/reporting/figures/services/people/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert not any("participants_identity" in query["sql"] for query in captured)


def test_a_row_out_of_sight_still_counts(client, cast):
    """A share that has ended: the service stays in the worker's figures, the case is not shown any more."""
    from participants.models import CaseShare
    from participants.operations.sharing import revoke_share
    from participants.tests.builders import share_case

    case = make_participant(cast.lehmann, "Kanarienvogel", entry_date=date(2016, 11, 11), exit_date=date(2017, 1, 30))
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    record_service(by=cast.weber, kind="CAR-SOZ", participants=[Taking(case)], day=date(2017, 1, 9), minutes=30)
    revoke_share(by=cast.lehmann, share=CaseShare.objects.get())
    client.force_login(cast.weber)
    for address in (LIST, "/reporting/figures/services/people/"):
        answer = client.get(address)
        assert answer.context["page"].paginator.count == len(answer.context["rows"]) == 1
        page = answer.content.decode()
        assert not any(word in page for word in (case.reference, "Kanarienvogel", "11.11.2016", "30.01.2017"))


def test_the_place_of_a_row_out_of_sight_tells_nothing_of_its_entry(client, cast):
    from participants.models import CaseShare
    from participants.operations.sharing import revoke_share
    from participants.tests.builders import share_case

    hidden = make_participant(cast.lehmann, entry_date=date(2017, 1, 4))
    share_case(by=cast.lehmann, participation=hidden, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    own = [
        make_participant(cast.weber, given=name, entry_date=date(2017, 1, day)) for name, day in (("A", 5), ("B", 3))
    ]
    for case in (hidden, *own):
        record_service(by=cast.weber, kind="CAR-SOZ", participants=[Taking(case)], day=date(2017, 1, 9), minutes=30)
    revoke_share(by=cast.lehmann, share=CaseShare.objects.get())
    client.force_login(cast.weber)
    rows = client.get("/reporting/figures/reached/people/").context["rows"]
    assert [case.reference for row in rows for case in row.cases] == [*(one.reference for one in own), ""]


# --- addresses that mean nothing


@pytest.mark.parametrize("path", ["/reporting/", LIST])
@pytest.mark.parametrize(
    "query",
    [
        "period=abc", "period=2016-13", "period=2030", "period=%00", "period=2016%0A", "partner=nobody", "partner=%00",
        "operation=nothing", "operation=%00", "operation=" + "x" * 3000, "period=" + quote("２０１６"),
    ],
)  # fmt: skip
def test_words_that_mean_nothing_are_not_found(client, cast, path, query):
    client.force_login(cast.hoffmann)
    assert client.get(f"{path}?{query}").status_code == 404


@pytest.mark.parametrize("number", ["-1", "0", "999999", "abc", "%00", "1e9", "", "9" * 400])
def test_pages_that_do_not_exist_lead_to_the_nearest(client, cast, number):
    _named(cast)
    client.force_login(cast.hoffmann)
    answer = client.get(f"{LIST}?page={number}")
    assert answer.status_code == 200 and len(answer.context["rows"]) == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reporting/figures/nothing/people/", 404),
        ("/reporting/figures/services/people/?group=counselling", 200),
        ("/reporting/figures/services/people/?group=nothing", 404),
        ("/reporting/figures/reached/people/?group=counselling", 404),
        ("/reporting/?operation=&period=&partner=", 200),
        ("/reporting/?operation=resque", 200),
        ("/reporting/?operation=resque&period=2009-03", 200),
        ("/reporting/?partner=aufbauwerk", 200),
    ],
)
def test_addresses(client, cast, address, status):
    client.force_login(cast.hoffmann)
    assert client.get(address).status_code == status


def test_a_worker_reads_the_own_partner_and_no_other(client, cast):
    client.force_login(cast.lehmann)
    for path in ("/reporting/", LIST):
        assert client.get(path, {"partner": "daa"}).status_code == 200
        for foreign in ("caritas", "stadt", "nobody"):
            assert client.get(path, {"partner": foreign}).status_code == 404
    assert 'name="partner"' not in client.get("/reporting/").content.decode()


# --- the city


def test_the_city_reads_no_number_of_parts(client, cast):
    world.build(cast, 11)
    client.force_login(cast.krause)
    for query in ("period=2016", "period=2016-11", "partner=daa", "period=2016-h2&partner=caritas"):
        assert client.get(f"/reporting/?{query}").status_code == 404
    page = client.get("/reporting/").content.decode()
    assert "/people/" not in page and "/participants/" not in page
    assert not Participation.objects.filter(reference__in=re.findall(r"R-[A-Z0-9]{5}", page)).exists()


@pytest.mark.parametrize("number", [0, 1, 4])
def test_the_city_cannot_tell_none_from_few(client, cast, number):
    for index in range(number):
        make_participant(cast.lehmann, f"N{index}", **world.COMPLETE, entry_date=date(2016, 5, 2))
    client.force_login(cast.krause)
    page = client.get("/reporting/").content.decode()
    assert "Zu wenige Personen" in page and _figures_of(page) == []


def test_the_city_waits_for_the_end_of_the_first_half_year(client, cast):
    """Until then the period would end today, and two days could be subtracted from each other."""
    with moved_to(date(2015, 9, 1)):
        for index in range(12):
            make_participant(cast.lehmann, f"N{index}", entry_date=date(2015, 8, 3), info_given_on=date(2015, 8, 3))
        client.force_login(cast.krause)
        page = client.get("/reporting/").content.decode()
    assert "Zahlen folgen" in page and _figures_of(page) == []


def test_the_city_reads_rounded_numbers_up_to_the_last_half_year(client, cast):
    for index in range(12):
        make_participant(cast.lehmann, f"N{index}", **world.COMPLETE, entry_date=date(2016, 5, 2))
    make_participant(cast.lehmann, "Later", **world.COMPLETE, entry_date=date(2017, 1, 9))
    client.force_login(cast.krause)
    page = client.get("/reporting/").content.decode()
    assert "31.12.2016" in page
    assert _figures_of(page)[:2] == ["< 5", "10"]  # reached nobody, 12 entered


def _figures_of(page: str) -> list[str]:
    return [html.unescape(text) for text in re.findall(r'<div class="rq-fig">([^<]*?)\s*(?:<small>|</div>)', page)]


# --- published figures, costs


def test_published_figures_stand_in_their_box_and_in_no_sum(client, cast):
    _named(cast)
    client.force_login(cast.hoffmann)
    page = client.get("/reporting/").content.decode()
    box = re.search(r"<section[^>]*rq-legacy.*?</section>", page, re.S)[0]
    assert [text in box for text in ("1.290", "1.370", "50 %", "20 %", "15 %")] == [True] * 5
    rest = page.replace(box, "")
    assert not any(text in rest for text in ("1.290", "1.370", "1.291", "1.371", "2.660"))


@pytest.mark.parametrize("who", ["hoffmann", "lehmann", "krause"])
def test_few_people_cost_as_many_queries_as_many(client, cast, who):
    client.force_login(getattr(cast, who))
    addresses = ["/", "/reporting/", LIST, "/reporting/figures/services/people/", "/reporting/figures/employment/people/",
                 "/reporting/figures/incomplete/people/"]  # fmt: skip
    if who == "krause":
        addresses = addresses[:2]
    world.build(cast, 1, people=16)
    few = [_cost(client, address) for address in addresses]
    world.build(cast, 2, people=32)
    assert [_cost(client, address) for address in addresses] == few
    assert max(few) < 90


def _cost(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)
