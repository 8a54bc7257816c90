"""Network work in figures: contacts are no persons, an organisation counts once, every number leads to its rows."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from participants.models import Operation
from participants.tests.builders import make_participant
from reporting.indicators.counting import tallies
from reporting.indicators.facts import Basis
from services.operations.checking_events import Heads
from services.operations.events import Part, record_event
from services.operations.organisations import register_organisation
from services.operations.outreach import record_outreach
from services.operations.recording import Taking, record_service
from services.queries.network import supported, supported_until

pytestmark = pytest.mark.django_db
DAY = date(2016, 11, 7)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def operation():
    return Operation.objects.get(code="resque-2.0")


@pytest.fixture
def busy(cast):
    """Events of three partners, planned and cancelled ones beside them, and two visits."""

    def enter(name, kind, size="unknown"):
        return register_organisation(by=cast.krause, name=name, kind=kind, size=size)

    micro, large = enter("Kleinst GmbH", "employer", "micro"), enter("Groß AG", "employer", "large")
    unknown, office = enter("Ohne Größe", "employer"), enter("Jobcenter", "administration")
    parts = [Part(micro, supported=True), Part(large, supported=True), Part(unknown, supported=True), Part(office)]
    record_event(
        by=cast.krause, kind="STL-MPS", day=DAY, minutes=240, organisations=parts,
        audiences=[Heads("KOM", 10, 6), Heads("GRU", 8, 9), Heads("KAM", None, 0)],
    )  # fmt: skip
    record_event(
        by=cast.lehmann, kind="NET-UNT", day=DAY, minutes=60, audiences=[Heads("AG", None, 2)],
        organisations=[Part(micro, supported=True)],
    )  # fmt: skip
    record_event(
        by=cast.krause, kind="STL-SEN", day=DAY, minutes=60, audiences=[Heads("AG", None, 60)], estimated=True,
        organisations=[Part(office, supported=True)],
    )  # fmt: skip
    record_event(by=cast.krause, kind="STL-AEM", day=DAY, minutes=90, audiences=[Heads("ABH", None, 9)])
    record_event(
        by=cast.krause, kind="STL-MPS", day=date(2017, 5, 1), minutes=60, state="planned",
        audiences=[Heads("KOM", 50)], organisations=[Part(enter("Später GmbH", "employer", "small"), supported=True)],
    )  # fmt: skip
    record_event(by=cast.krause, kind="STL-MPS", day=DAY, minutes=60, state="cancelled", audiences=[Heads("KOM", 50)])
    record_event(by=cast.hoffmann, kind="AWL-KOO", day=DAY, minutes=60)
    record_outreach(by=cast.weber, kind="CAR-AUF", day=DAY, minutes=60, place="GU", men=9, women=4, unknown=1)
    record_outreach(by=cast.lehmann, kind="ALL-KK", day=DAY, minutes=10, women=2)
    return cast


def test_entity_indicators_count_each_supported_organisation_once(busy, operation):
    assert supported_until(operation, [DAY]) == [{"CO23": 1, "EECO19": 1, "EECO18": 1}]
    assert [one.name for one in supported("CO23", operation, DAY)] == ["Kleinst GmbH"]
    assert [one.name for one in supported("EECO18", operation, DAY)] == ["Jobcenter"]
    before = date(2016, 11, 6)
    assert supported_until(operation, [before, DAY]) == [
        {"CO23": 0, "EECO19": 0, "EECO18": 0},
        {"CO23": 1, "EECO19": 1, "EECO18": 1},
    ]
    now, earlier = tallies(Basis(operation, "2014"), [DAY, before])
    assert (now.entities["CO23"], earlier.entities["CO23"], (now - earlier).entities["CO23"]) == (1, 0, 1)
    (new,) = tallies(Basis(operation, "2021"), [DAY])
    assert new.entities == {"EECO18": 1, "EECO19": 1}


def test_of_another_operation_nothing_counts(busy):
    assert supported_until(Operation.objects.get(code="resque-plus"), [DAY])[0]["CO23"] == 0


def test_contacts_are_never_persons(busy):
    """A hundred contacts, and not one person of any figure."""
    assert not any(number.value for number in shown(busy).values())
    person = make_participant(busy.lehmann, entry_date="2016-11-07", created_on=DAY)
    record_service(by=busy.lehmann, kind="DAA-BER", participants=[Taking(person)], day=DAY, minutes=30)
    after = shown(busy)
    assert (after["reached"].value, after["services"].value) == (1, 1)


def shown(cast) -> dict:
    return client_of(cast.hoffmann).get(reverse("reporting:dashboard")).context["n"]


def lines(cast, who: str, query: str = "") -> dict:
    answer = client_of(getattr(cast, who)).get(reverse("reporting:dashboard") + query)
    assert answer.status_code == 200
    shown = unescape(answer.content.decode())
    network = answer.context["network"]
    assert all(line.url in shown for line in network if line.value)
    return {str(line.label): line for line in network}


def test_the_coordination_sees_all_of_it_and_the_city_no_visit(busy):
    values = [line.value for line in lines(busy, "hoffmann").values()]
    # events, contacts, then KOM, GRU, AG, organisations, supported, unknown people
    assert values == [4, 77, 6, 9, 62, 4, 4, 16]
    assert [line.value for line in lines(busy, "krause").values()] == values[:-1]
    own = [line.value for line in lines(busy, "lehmann").values()]
    assert own == [1, 2, 2, 1, 1, 2]


@pytest.mark.parametrize("who", ["hoffmann", "krause", "lehmann"])
@pytest.mark.parametrize("query", ["", "?period=2016-h2", "?period=2016-11", "?period=2017"])
def test_every_number_is_the_number_of_its_list(busy, who, query):
    if who == "krause" and query:
        return  # the city has no choice of a period
    user = getattr(busy, who)
    for line in lines(busy, who, query).values():
        answer = client_of(user).get(line.url)
        assert answer.status_code == 200
        if "/outreach/" in line.url:
            counted = answer.context["totals"].contacts
        elif "counted=yes" in line.url:
            counted = answer.context["totals"]["came"] or 0
            assert counted == sum(row.came or 0 for row in answer.context["rows"])
        else:
            counted = answer.context["page"].paginator.count
        assert counted == line.value, line.label


def test_nothing_yet_says_what_will_stand_there(cast):
    assert lines(cast, "hoffmann") == {} == lines(cast, "krause")


@pytest.mark.parametrize(("rules", "codes"), [("2014", {"CO23": 1}), ("2021", {"EECO18": 1, "EECO19": 1})])
def test_an_entity_indicator_leads_to_its_organisations(busy, rules, codes):
    page = reverse("reporting:indicators") + f"?until=2016-12-31&rules={rules}"
    shown = client_of(busy.hoffmann).get(page).context["entities"]
    numbers = {entity.code: cells[0] for entity, cells in shown if "/organisations/" in cells[0][1]}
    assert {code: number for code, (number, _url) in numbers.items()} == codes
    for number, url in numbers.values():
        assert client_of(busy.hoffmann).get(url).context["page"].paginator.count == number


@pytest.mark.parametrize("since", ["2016-06-30", "2016-11-07", "2016-12-31"])
def test_what_came_in_a_period_is_a_list_too(busy, since):
    """An organisation that is supported again belongs to the period in which it was supported first."""
    late = register_organisation(by=busy.krause, name="Spät GmbH", kind="employer", size="small")
    again = [Part(late, supported=True), *(Part(one, supported=True) for one in supported("CO23", running(), DAY))]
    audiences = [Heads("AG", None, 2)]
    record_event(
        by=busy.lehmann, kind="NET-UNT", day=date(2017, 1, 20), minutes=60, audiences=audiences, organisations=again
    )
    make_participant(busy.lehmann, entry_date="2016-11-07", created_on=DAY)  # without anybody the page shows no numbers
    client = client_of(busy.hoffmann)
    page = client.get(reverse("reporting:indicators") + f"?date=2017-02-06&since={since}&rules=2014")
    found = {entity.code: cells for entity, cells in page.context["entities"]}
    (whole, whole_url), (part, part_url) = found["CO23"]
    assert (whole, part) == (2, 2 if since == "2016-06-30" else 1)
    for number, url in ((whole, whole_url), (part, part_url)):
        assert client.get(url).context["page"].paginator.count == number
        assert url in unescape(page.content.decode())
    assert found["CO20"][0][1] == found["CO20"][1][1] == "/operations/resque-2.0/#entities"


def running() -> Operation:
    return Operation.objects.get(code="resque-2.0")
