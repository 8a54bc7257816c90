"""The home pages: every number has its people, nobody meets a foreign name, and more data cost no more queries."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.operations.sharing import revoke_share
from participants.tests.builders import make_participant, share_case
from resque.accounts.demo import create_demo_accounts
from resque.accounts.models import User
from resque.clock import moved_to
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service

pytestmark = pytest.mark.django_db
HOME = "/"
DEMO_ACCOUNTS = ("caritas", "caritas2", "daa", "daa2", "stadt", "koordination", "partneradmin", "admin")
NUMBER = re.compile(r'<a(?: class="bad")? href="([^"]+)"><b>([\d.]+)</b><span>([^<]+)</span></a>')
OPEN_CASES = re.compile(r'href="([^"]+view=mine)">\D*(\d+)')


def serve(by, *people, kind="DAA-BER", day=date(2017, 2, 1), minutes=45):
    return record_service(
        by=by, kind=kind, participants=[Taking(person) for person in people], day=day, minutes=minutes
    )


def home(client, user):
    client.force_login(user)
    answer = client.get(HOME)
    assert answer.status_code == 200
    return answer.content.decode()


def waiting(page):
    """Number and address by the words beside it."""
    return {words: (int(number.replace(".", "")), unescape(url)) for url, number, words in NUMBER.findall(page)}


@pytest.fixture
def busy(cast):
    """A referent with a case for every condition, and cases of others for which the same is true."""
    for worker, kind in ((cast.lehmann, "DAA-BER"), (cast.vogel, "DAA-BER"), (cast.weber, "CAR-SOZ")):
        name = f"Kanari{worker.username}"
        answers = {"created_on": date(2016, 2, 1), "entry_date": "2016-02-01", "accommodation": "GU"}
        papers = {"residence_status": "GEST"}
        make_participant(worker, name, "abgelaufen", **answers, **papers, residence_until=date(2017, 1, 31))
        make_participant(worker, name, "laufen ab", **answers, **papers, residence_until=date(2017, 2, 10))
        make_participant(worker, name, "austritt", **answers, exit_date="2017-01-15", exit_reason="ARB")
        make_participant(worker, name, "verbleib", **answers, exit_date="2016-08-06", exit_reason="ARB")
        short = make_participant(worker, name, "kurz", created_on=date(2017, 2, 1))
        serve(worker, short, kind=kind, minutes=361)
        planned = make_participant(worker, name, "geplant", created_on=date(2017, 2, 1))
        record_outcome(by=worker, participation=planned, kind="VKA", start=date(2017, 2, 5), state="planned")
    return cast


# --- For whom


@pytest.mark.parametrize("username", DEMO_ACCOUNTS)
def test_three_rows_cost_as_many_queries_as_thirty(client, cast, username):
    create_demo_accounts()
    reader = User.objects.get(username=username)
    workers = [User.objects.get(username=name) for name in ("daa", "caritas")]
    counts = []
    for number in (3, 27):
        for index in range(number):
            for worker, kind in zip(workers, ("DAA-BER", "CAR-SOZ"), strict=True):
                person = make_participant(worker, f"Name{number}{index}", created_on=date(2016, 2, 1), sex="f")
                serve(worker, person, kind=kind)
        client.force_login(reader)
        for person in reader.partner.participations.all()[:5] if reader.people_partner_id else ():
            client.get(reverse("participants:detail", args=[person.reference]))
        client.get(HOME)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(HOME).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 40


@pytest.mark.parametrize("who", ["krause", "hoffmann", "berger", "seidel"])
def test_no_name_of_a_participant_reaches_who_has_no_people(client, busy, who):
    assert "Kanari" not in home(client, getattr(busy, who))


def test_a_worker_meets_only_people_of_the_own_partner(client, busy):
    page = home(client, busy.weber)
    assert "Kanariweber" in page and "Kanarilehmann" not in page and "Kanarivogel" not in page


def test_the_city_finds_nothing_personal(client, busy):
    page = home(client, busy.krause)
    assert "/participants/" not in page and not re.search(r"R-[0-9A-Z]{5}", page)


def test_a_new_worker_reads_what_will_stand_here(client, cast):
    page = home(client, cast.lehmann)
    assert "Sie begleiten noch niemanden." in page and "Hier steht, was Sie erfassen" in page


# --- What waits


def test_every_number_has_exactly_its_people(client, busy):
    found = waiting(home(client, busy.lehmann))
    assert {words: number for words, (number, _url) in found.items()} == {
        "mit abgelaufenen Aufenthaltspapieren": 1,
        "mit fälligem Verbleib nach sechs Monaten": 1,
        "mit geplantem Ergebnis, dessen Tag vorbei ist": 1,
        "mit fehlenden ESF-Angaben": 4,
        "als Kurzkontakt, weniger als 2 Std. bis zum Fragebogen": 1,
        "seit über 30 Tagen ohne Kontakt": 2,
        "mit Aufenthaltspapieren, die in 60 Tagen ablaufen": 1,
        "ohne Stand beim Austritt": 2,
    }
    for words, (number, url) in found.items():
        behind = client.get(url).context
        assert (behind["page"].paginator.count, len(behind["rows"])) == (number, number), words
        assert {row.participation.referent for row in behind["rows"]} == {busy.lehmann}


def test_the_open_cases_lead_to_their_list(client, busy):
    url, number = OPEN_CASES.search(home(client, busy.lehmann)).groups()
    assert client.get(unescape(url)).context["page"].paginator.count == int(number) == 4


def test_the_same_holds_where_the_database_alone_decides(client, busy):
    client.force_login(busy.lehmann)
    with connection.cursor() as cursor:
        cursor.execute("set local role resque_app")
        found = waiting(client.get(HOME).content.decode())
        counts = {words: client.get(url).context["page"].paginator.count for words, (_number, url) in found.items()}
        cursor.execute("reset role")
    assert counts == {words: number for words, (number, _url) in found.items()} and len(counts) == 8


def test_nothing_waits_says_so(client, cast):
    make_participant(cast.lehmann, created_on=date(2017, 2, 1))
    assert "Nichts wartet auf Sie." in home(client, cast.lehmann)


def test_deadlines_of_two_weeks_stand_at_the_side(client, busy):
    page = home(client, busy.lehmann)
    assert re.search(r"10\.02\.2017, in 4 Tagen.{3}Aufenthaltspapiere laufen ab", page)
    assert re.search(r"12\.02\.2017, in 6 Tagen.{3}Stand beim Austritt: letzter Tag der Frist", page)
    assert re.search(r"06\.02\.2017, heute.{3}Verbleib nach sechs Monaten", page)
    with moved_to(date(2017, 2, 25)):
        assert "In den nächsten zwei Wochen ist nichts fällig." in home(client, busy.lehmann)


# --- People opened last, and services recorded last


def test_people_opened_last_are_remembered_by_the_session(client, cast):
    people = [make_participant(cast.lehmann, f"Familie{index}") for index in range(6)]
    client.force_login(cast.lehmann)
    for person in (*people, people[2]):
        client.get(reverse("participants:detail", args=[person.reference]))
    client.get(reverse("services:timeline", args=[people[0].reference]))
    page = client.get(HOME).content.decode()
    shown = re.findall(r'class="rq-chip" href="/participants/([^/]+)/"', page)
    assert shown == [people[index].reference for index in (0, 2, 5, 4, 3)]
    client.force_login(cast.vogel)
    assert "Zuletzt geöffnet" not in client.get(HOME).content.decode()


def test_who_is_not_shared_any_more_is_forgotten(client, cast):
    person = make_participant(cast.weber, "Kanari")
    share_case(by=cast.weber, participation=person, to_partner=cast.daa, scope="contact", until=date(2017, 8, 31))
    client.force_login(cast.lehmann)
    client.get(reverse("participants:detail", args=[person.reference]))
    serve(cast.lehmann, person)
    assert "Kanari" in client.get(HOME).content.decode()
    revoke_share(by=cast.weber, share=person.shares.get())
    page = client.get(HOME).content.decode()
    assert "Kanari" not in page and person.reference not in page
    assert "Beratung zu Arbeitsmarkt und Ausbildung" in page, "the work stays, without the person"


def test_a_case_shared_without_the_name_stands_under_its_number(client, cast):
    person = make_participant(cast.weber, "Kanari")
    share_case(by=cast.weber, participation=person, to_partner=cast.daa, scope="services", until=date(2017, 8, 31))
    client.force_login(cast.lehmann)
    client.get(reverse("participants:detail", args=[person.reference]))
    serve(cast.lehmann, person)
    page = client.get(HOME).content.decode()
    assert "Kanari" not in page and page.count(f">{person.reference}") == 2


def test_what_i_recorded_last_can_be_repeated(client, cast):
    one, two = make_participant(cast.lehmann, "Eins"), make_participant(cast.lehmann, "Zwei")
    serve(cast.lehmann, one, day=date(2017, 1, 10))
    group = serve(cast.lehmann, one, two, kind="DAA-PC", day=date(2017, 2, 3), minutes=120)
    serve(cast.vogel, two, kind="DAA-KF", day=date(2017, 2, 4))
    page = home(client, cast.lehmann)
    assert page.index("PC-Training") < page.index("Beratung zu Arbeitsmarkt") and "Gruppe, 2 Personen" in page
    assert "Kompetenzfeststellung" not in page
    again = reverse("services:record") + f"?again={group.reference}"
    assert again in page and client.get(again).status_code == 200
