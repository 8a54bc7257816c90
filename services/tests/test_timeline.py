"""The timeline: what stands on it for whom, in which order, and how the address narrows it."""

import re
from datetime import date, time

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from participants.access import get_participant
from participants.operations.sharing import revoke_share
from participants.tests.builders import make_participant, share_case
from resque.audit.models import AccessEntry, Deed
from resque.clock import moved_to
from resque.context.acting import acting_as
from services.catalogue import Category
from services.operations.notes import add_note
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service
from services.queries.timeline import EVENTS_A_PAGE, newest, timeline_page

pytestmark = pytest.mark.django_db
CANARY = "Kanarienvogel"
TOKEN = re.compile(rb"[A-Za-z0-9]{64}")


def serve(by, *people, kind="DAA-BER", day=date(2017, 2, 1), minutes=45, status="attended", **facts):
    takings = [Taking(person, status=status) for person in people]
    return record_service(by=by, kind=kind, participants=takings, day=day, minutes=minutes, **facts)


def share(person, to, scope):
    share_case(by=person.referent, participation=person, to_partner=to, scope=scope, until=date(2017, 8, 31))


def shown(person, user, query=""):
    """The timeline as the door gives it to `user`."""
    return timeline_page(get_participant(user, person.reference), user, QueryDict(query))


def events(page):
    return [value for what, value in page["lines"] if what == "event"]


def titles(page):
    return [event.title for event in events(page)]


def chips(page, row="kinds"):
    return {chip.label: chip.count for chip in page[row]}


def body(client, user, person, query=""):
    client.force_login(user)
    answer = client.get(f"/participants/{person.reference}/timeline/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def person(cast):
    return make_participant(cast.lehmann, CANARY, "Filmon", created_on=date(2016, 12, 1), entry_date="2017-01-09")


# --- Order


def test_planned_above_today_then_the_newest_by_month(cast, person):
    serve(cast.lehmann, person, day=date(2017, 2, 6), start=time(9, 0))
    serve(cast.lehmann, person, day=date(2017, 2, 6), start=time(14, 0), kind="DAA-KF")
    record_outcome(by=cast.lehmann, participation=person, kind="AUSB_B", start=date(2017, 9, 1), state="planned")
    record_outcome(by=cast.lehmann, participation=person, kind="VKA", start=date(2016, 12, 5))
    lines = [value if what != "event" else value.title for what, value in shown(person, cast.lehmann)["lines"]]
    assert lines == [
        "September 2017", "Geplant: betriebliche Ausbildung", "Heute, Montag, 06.02.2017", "Februar 2017",
        "Kompetenzfeststellung / Profiling, 45 Min.", "Beratung zu Arbeitsmarkt und Ausbildung, 45 Min.",
        "Januar 2017", "Eintritt in RESQUE 2.0", "Dezember 2016", "Ergebnis: VKA/BVJ/BGJ", "Erstkontakt",
    ]  # fmt: skip


def test_a_planned_outcome_whose_day_has_passed_asks_whether_it_began(cast, person):
    record_outcome(by=cast.lehmann, participation=person, kind="VKA", start=date(2017, 2, 5), state="planned")
    found = events(shown(person, cast.lehmann))[0]
    assert (found.look, found.ahead) == ("future", False)
    assert "Der Tag ist vorbei: Hat es begonnen?" in found.by


def test_an_outcome_of_today_that_is_planned_stands_above_today(cast, person):
    record_outcome(by=cast.lehmann, participation=person, kind="VKA", start=date(2017, 2, 6), state="planned")
    assert events(shown(person, cast.lehmann))[0].ahead


def test_an_outcome_that_ended_is_two_stops(cast, person):
    record_outcome(by=cast.lehmann, participation=person, kind="MJ", start=date(2017, 1, 10), end=date(2017, 2, 1))
    assert [title.split(":")[0] for title in titles(shown(person, cast.lehmann))[:2]] == ["Beendet", "Ergebnis"]


def test_stations_of_the_exit_and_of_six_months_later(cast):
    left = make_participant(
        cast.lehmann, created_on=date(2016, 1, 4), entry_date="2016-01-04", exit_date="2016-08-31", exit_reason="ARB"
    )
    with moved_to(date(2017, 2, 27)):
        assert shown(left, cast.lehmann)["lines"][1][1].title == "Verbleib nach sechs Monaten"
        assert events(shown(left, cast.lehmann))[0].ahead
    with moved_to(date(2017, 3, 1)):
        found = events(shown(left, cast.lehmann))
        assert not found[0].ahead and "noch nicht gefragt" in found[0].by and "28.02.2017" in found[0].by
        assert [event.title for event in found] == [
            "Verbleib nach sechs Monaten", "Austritt", "Eintritt in RESQUE 2.0", "Erstkontakt",
        ]  # fmt: skip


def test_the_coming_of_age_is_announced(cast):
    minor = make_participant(cast.lehmann, birth_date=date(1999, 5, 12))
    assert events(shown(minor, cast.lehmann))[0].title == "18. Geburtstag: eigene Einwilligung nötig"


# --- Content for whom


def test_the_own_partner_reads_everything(cast, person):
    serve(
        cast.lehmann, person, place="Raum 2.14", start=time(14, 0), interpreter="SPM", topics=["job"], note="Wort",
        note_scope="team",
    )  # fmt: skip
    found = events(shown(person, cast.vogel))[0]
    assert found.by.startswith("Mi, 01.02.2017, 14:00 · K. Lehmann, DAA · Raum 2.14 · Sprachmittlung:")
    assert (found.look, found.mine, found.topics) == ("consultation", False, ("Arbeitssuche",))
    assert [note.text for note in found.notes] == ["Wort"]
    assert found.url


def test_who_did_not_come_is_said(cast, person):
    serve(cast.lehmann, person, status="no_show")
    assert titles(shown(person, cast.lehmann))[0] == "Beratung zu Arbeitsmarkt und Ausbildung: nicht gekommen"


@pytest.mark.parametrize("scope", ["contact", "services"])
def test_another_partner_learns_kind_day_and_duration_only(client, cast, person, scope):
    share(person, cast.caritas, scope)
    serve(cast.lehmann, person, place="Geheimraum", topics=["job"], note="Geheimwort", note_scope="team")
    found = events(shown(person, cast.weber))[0]
    assert found.title == "Beratung zu Arbeitsmarkt und Ausbildung bei DAA, 45 Min."
    assert (found.by, found.look, found.url) == ("Mi, 01.02.2017 · Inhalt nicht geteilt.", "masked", "")
    page = body(client, cast.weber, person)
    assert "Warum ist manches nicht geteilt?" in page
    assert not any(word in page for word in ("Geheimraum", "Geheimwort", "Arbeitssuche"))
    assert (CANARY in page) is (scope == "contact")


def test_the_order_of_a_day_tells_no_time_of_another_partner(cast, person):
    share(person, cast.caritas, "services")
    serve(cast.lehmann, person, kind="DAA-PC", shape="group", start=time(15))
    serve(cast.lehmann, person, start=time(9))
    ours, theirs = (events(shown(person, user)) for user in (cast.lehmann, cast.weber))
    assert [event.start for event in ours[:2]] == [time(15), time(9)]
    assert [event.start for event in theirs[:2]] == [None, None]
    assert theirs[0].title.startswith("Beratung"), "what was recorded last stands first"


def test_a_note_for_the_network_opens_the_entry(cast, person):
    share(person, cast.caritas, "services")
    serve(cast.lehmann, person, place="Geheimraum", note="Für alle", note_scope="network")
    found = events(shown(person, cast.weber))[0]
    assert found.by == "Mi, 01.02.2017 · K. Lehmann, DAA" and found.look == "consultation"
    assert [note.text for note in found.notes] == ["Für alle"]


def test_the_owner_sees_what_the_other_partner_did_in_the_same_way(cast, person):
    share(person, cast.caritas, "contact")
    serve(cast.weber, person, kind="CAR-BEG", minutes=60, note="Nur Caritas", note_scope="team")
    found = events(shown(person, cast.lehmann))[0]
    assert (found.title, found.look, found.notes) == ("Begleitung zu Behörden bei Caritas, 60 Min.", "masked", ())


def test_the_employer_stands_where_the_name_does(cast, person):
    record_outcome(
        by=cast.lehmann, participation=person, kind="SVB_VZ", start=date(2017, 2, 1), employer="Betrieb Geheim"
    )
    share(person, cast.caritas, "services")
    assert "Betrieb Geheim" in events(shown(person, cast.lehmann))[0].by
    assert "Betrieb Geheim" not in events(shown(person, cast.weber))[0].by
    assert "Betrieb Geheim" not in events(shown(person, cast.hoffmann))[0].by


def test_the_coordination_sees_facts_without_names_and_notes(client, cast, person):
    serve(cast.lehmann, person, place="Geheimraum", title="Gruppe Geheim", note="Geheimwort", note_scope="network")
    add_note(by=cast.lehmann, participation=person, text="Geheimwort 2", scope="network")
    page = body(client, cast.hoffmann, person)
    assert "Beratung zu Arbeitsmarkt und Ausbildung, 45 Min." in page and "Mi, 01.02.2017 · DAA" in page
    assert not any(word in page for word in (CANARY, "Filmon", "Geheim", "Notiz schreiben", "notes/"))


@pytest.mark.parametrize("who", ["weber", "krause", "berger", "seidel"])
def test_a_stranger_meets_the_same_page_as_for_a_missing_number(client, cast, person, who):
    client.force_login(getattr(cast, who))
    for page in ("timeline/", "notes/"):
        ask = client.post if page == "notes/" else client.get
        foreign, missing = ask(f"/participants/{person.reference}/{page}"), ask(f"/participants/R-22222/{page}")
        assert (foreign.status_code, missing.status_code) == (404, 404)
        # A page knows its own address, and the token against forged requests is drawn anew for each.
        bare = [
            TOKEN.sub(b"", answer.content).replace(reference.encode(), b"")
            for answer, reference in ((foreign, person.reference), (missing, "R-22222"))
        ]
        assert bare[0] == bare[1]


@pytest.mark.parametrize("who", ["lehmann", "vogel", "weber", "hoffmann"])
def test_both_belts_show_the_same(cast, person, who):
    share(person, cast.caritas, "services")
    serve(cast.lehmann, person, note="Für alle", note_scope="network")
    serve(cast.weber, person, kind="CAR-BEG", note="Nur Caritas", note_scope="team")
    record_outcome(by=cast.lehmann, participation=person, kind="AUSB_B", start=date(2017, 9, 1), state="planned")
    reader = getattr(cast, who)

    def seen():
        with acting_as(reader):
            return [
                (event.title, event.by, [note.text for note in event.notes]) for event in events(shown(person, reader))
            ]

    by_application = seen()
    with connection.cursor() as cursor:
        cursor.execute("set local role resque_app")
        by_both = seen()
        cursor.execute("reset role")
    assert by_both == by_application and len(by_both) == 5


def test_an_ended_share_closes_the_timeline(client, cast, person):
    share(person, cast.caritas, "contact")
    body(client, cast.weber, person)
    revoke_share(by=cast.lehmann, share=person.shares.get())
    assert client.get(f"/participants/{person.reference}/timeline/").status_code == 404


def test_each_opening_is_logged_once(client, cast, person):
    body(client, cast.vogel, person)
    opened = AccessEntry.objects.filter(deed=Deed.OPENED, reference=person.reference, user_id=cast.vogel.pk)
    assert opened.count() == 1


# --- Narrowing


def test_chips_count_what_stands_behind_them(cast, person):
    share(person, cast.caritas, "contact")
    serve(cast.lehmann, person)
    serve(cast.vogel, person, kind="DAA-KF")
    serve(cast.weber, person, kind="CAR-SOZ")
    record_outcome(by=cast.lehmann, participation=person, kind="VKA", start=date(2017, 2, 1))
    add_note(by=cast.lehmann, participation=person, text="Wort", scope="team")
    page = shown(person, cast.lehmann)
    assert chips(page) == {
        "Alles": 7, "Beratung": 2, str(Category.BETREUUNG.label): 1, "Ergebnisse": 1, "Notizen": 1, "Stationen": 2,
    }  # fmt: skip
    assert chips(page, "sources") == {"Alle Träger": 7, "Caritas": 1, "DAA": 6, "Nur meine": 3}
    for chip in (*page["kinds"], *page["sources"]):
        assert len(events(shown(person, cast.lehmann, chip.url[1:]))) == chip.count, chip.label
    mine = shown(person, cast.lehmann, "mine=1")
    assert chips(mine)["Beratung"] == 1 and mine["narrowed"]


def test_chips_of_partners_appear_only_where_there_is_a_choice(cast, person):
    assert shown(person, cast.hoffmann)["sources"] == []


@pytest.mark.parametrize(
    "query", ["kind=UNSINN", "partner=nirgends", "page=99", "page=x", "kind=%00", "mine=2", "kind="]
)
def test_words_that_mean_nothing_narrow_nothing(client, cast, person, query):
    assert len(events(shown(person, cast.lehmann, query))) == 2
    body(client, cast.lehmann, person, f"?{query}")


def test_nothing_fits_offers_the_way_back(client, cast, person):
    share(person, cast.caritas, "contact")
    serve(cast.weber, person, kind="CAR-SOZ")
    page = body(client, cast.lehmann, person, "?kind=STATION&partner=caritas")
    assert "Zu dieser Auswahl gibt es nichts" in page and "Heute, Montag" not in page


def test_an_empty_record_says_what_comes_here(client, cast, person):
    page = body(client, cast.lehmann, person)
    assert "Noch nichts erfasst" in page and "Erstkontakt" in page
    assert "Noch nichts erfasst" in body(client, cast.hoffmann, person)


def test_pages_keep_the_order_and_the_line_of_today(cast, person):
    for index in range(EVENTS_A_PAGE + 5):
        serve(cast.lehmann, person, day=date(2017, 1, 1 + index % 28))
    first, second = shown(person, cast.lehmann), shown(person, cast.lehmann, "page=2")
    assert [len(events(page)) for page in (first, second)] == [EVENTS_A_PAGE, 7]
    assert events(first)[-1].day >= events(second)[0].day
    assert [what for what, _value in first["lines"]].count("today") == 1
    assert "today" not in [what for what, _value in second["lines"]]


def test_the_line_of_today_stands_once_however_much_is_planned(cast, person):
    for index in range(EVENTS_A_PAGE):
        record_outcome(
            by=cast.lehmann, participation=person, kind="VKA", start=date(2017, 3, 1 + index), state="planned"
        )
    pages = [shown(person, cast.lehmann, f"page={number}") for number in (1, 2)]
    assert [[what for what, _value in page["lines"]].count("today") for page in pages] == [0, 1]
    assert pages[1]["lines"][0][0] == "today"


# --- Overview and cost


def test_the_overview_shows_the_newest_and_leads_to_all(client, cast, person):
    for index in range(8):
        serve(cast.lehmann, person, day=date(2017, 1, 10 + index))
    panel = newest(get_participant(cast.lehmann, person.reference), cast.lehmann)
    assert len([1 for what, _value in panel["lines"] if what == "event"]) == 5
    client.force_login(cast.lehmann)
    page = client.get(f"/participants/{person.reference}/").content.decode()
    assert "Alle 10 Einträge" in page and f"/participants/{person.reference}/outcomes/new/" in page
    client.force_login(cast.hoffmann)
    assert "outcomes/new/" not in client.get(f"/participants/{person.reference}/").content.decode()


@pytest.mark.parametrize("who", ["lehmann", "hoffmann"])
@pytest.mark.parametrize("tab", ["", "timeline/"])
def test_three_rows_cost_as_many_queries_as_thirty(client, cast, person, who, tab):
    client.force_login(getattr(cast, who))
    counts = []
    for number in (3, 27):
        for index in range(number):
            serve(cast.lehmann, person, day=date(2017, 1, 1 + index % 28), note="Wort", note_scope="network")
            record_outcome(by=cast.lehmann, participation=person, kind="VKA", start=date(2017, 1, 1 + index % 28))
        client.get(f"/participants/{person.reference}/{tab}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/participants/{person.reference}/{tab}")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 32
