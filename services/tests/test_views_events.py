"""The pages of events and of the register: every kind through the form, each role, no participant, nothing twice."""

import re
from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from participants.tests.builders import make_participant
from resque.clock import moved_to
from resque.codelists.queries import choices
from resque.once.operations import new_key
from services.catalogue import KINDS, Shape
from services.models import Activity, Audience, Involvement, Occasion, Organisation
from services.operations.checking_events import Heads
from services.operations.events import Part, correct_event, record_event
from services.operations.organisations import register_organisation
from services.operations.recording import Taking, record_service

pytestmark = pytest.mark.django_db
DAY = date(2017, 2, 6)
ACCOUNTS = {"outreach": "weber", "career": "lehmann", "public": "krause", "coordination": "hoffmann"}
EVENTS = [
    (kind.code, partner) for kind in KINDS if kind.is_event for partner in kind.partner_kinds if partner != "other"
]
LIST = "/services/events/"


@pytest.fixture
def ask(cast):
    """Give a signed-in client by the name of an account."""

    def client(who: str) -> Client:
        made = Client()
        made.force_login(getattr(cast, who))
        return made

    return client


def typed(kind: str, **more) -> dict:
    internal = Shape.INTERNAL in next(one for one in KINDS if one.code == kind).shapes
    heads = {} if internal else {"audiences_planned_AG": "3", "audiences_actual_AG": "4"}
    return {"kind": kind, "state": "held", "day": "06.02.2017", "minutes": "90", "form_key": new_key()} | heads | more


def event(by, **changes) -> Activity:
    facts = {"kind": "STL-MPS", "day": DAY, "minutes": 240, "audiences": [Heads("KOM", 10, 6)]}
    return record_event(**{"by": by, **facts} | changes)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("code", "partner"), EVENTS)
def test_every_event_of_the_catalogue_is_recorded_through_the_page(ask, code, partner):
    client = ask(ACCOUNTS[partner])
    assert f'value="{code}"' in page(client, reverse("services:event_new"))
    answer = client.post(reverse("services:event_new"), typed(code), follow=True)
    assert answer.status_code == 200
    stored = Activity.objects.get()
    assert (stored.kind, stored.with_people, stored.occasion.state) == (code, False, "held")
    assert answer.redirect_chain[-1][0] == reverse("services:event", args=[stored.reference])


def test_a_double_click_makes_one_event(ask):
    client, data = ask("krause"), typed("STL-MPS")
    first, second = (client.post(reverse("services:event_new"), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Activity.objects.count() == 1


def test_planned_held_and_the_numbers_beside_each_other(ask, cast):
    client = ask("krause")
    client.post(
        reverse("services:event_new"),
        {"kind": "STL-MPS", "state": "planned", "day": "14.03.2017", "minutes": "240", "audiences_planned_KOM": "10"},
    )
    stored = Activity.objects.get()
    edit = reverse("services:event_edit", args=[stored.reference])
    data = typed("STL-MPS", version="1", audiences_planned_KOM="10", audiences_actual_KOM="0")
    assert client.post(edit, data).status_code == 302
    assert Occasion.objects.get().state == "held"
    shown = page(client, reverse("services:event", args=[stored.reference]))
    assert "−10" in shown and "+1" in shown


def test_an_event_whose_day_has_passed_asks_for_its_result(ask, cast):
    with moved_to(date(2017, 2, 1)):
        stored = event(cast.krause, day=date(2017, 2, 3), state="planned", audiences=[Heads("KOM", 10)])
    address = reverse("services:event_edit", args=[stored.reference]) + "?state=held"
    for where in ("/", reverse("services:event", args=[stored.reference])):
        assert address in page(ask("krause"), where)
    assert address not in page(ask("lehmann"), reverse("services:event", args=[stored.reference]))
    assert 'value="held" id="id_state_1" checked' in re.sub(r"required ?", "", page(ask("krause"), address))


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(ask):
    client = ask("krause")
    answer = client.post(reverse("services:event_new"), typed("STL-MPS", audiences_actual_AG="viele", title="Fachtag"))
    shown = answer.content.decode()
    assert answer.status_code == 200 and not Activity.objects.exists()
    assert 'value="viele"' in shown and 'value="Fachtag"' in shown and "#div_id_audiences" in shown


def test_cancelled_at_a_click_by_its_organisation_only(ask, cast):
    stored = event(cast.krause, day=date(2017, 3, 1), state="planned", audiences=[])
    address = reverse("services:event_cancel", args=[stored.reference])
    assert ask("lehmann").post(address, {"version": "1"}).status_code == 404
    assert 'name="version" value="1"' in page(ask("krause"), reverse("services:event", args=[stored.reference]))
    assert ask("krause").post(address, {"version": "1"}, follow=True).status_code == 200
    assert Occasion.objects.get().state == "cancelled"
    assert ask("krause").post(address, {"version": "1"}).status_code == 302, "a second click asks nothing"
    held = event(cast.krause)
    ask("krause").post(reverse("services:event_cancel", args=[held.reference]), {"version": "1"})
    assert Occasion.objects.get(activity=held).state == "held"


@pytest.mark.parametrize("version", ["1", "", "0", "x", "9" * 30])
def test_an_event_that_changed_in_between_is_shown_before_it_is_cancelled(ask, cast, version):
    stored = event(cast.krause, day=date(2017, 3, 1), state="planned", audiences=[])
    correct_event(by=cast.krause, activity=stored, version=1, title="Nun doch", day=date(2017, 3, 8))
    address = reverse("services:event_cancel", args=[stored.reference])
    answer = ask("krause").post(address, {"version": version})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Nun doch" in shown and "inzwischen" in shown and 'name="version" value="2"' in shown
    assert Occasion.objects.get().state == "planned"
    assert ask("krause").post(address, {"version": "2"}).status_code == 302
    assert Occasion.objects.get().state == "cancelled"


def test_a_colleague_who_saved_in_between_is_not_overwritten(ask, cast):
    stored = event(cast.krause)
    correct_event(by=cast.krause, activity=stored, version=1, title="Neu")
    edit = reverse("services:event_edit", args=[stored.reference])
    data = typed("STL-MPS", version="1", title="Mein Titel")
    answer = ask("krause").post(edit, data)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Neu" in shown and 'value="Mein Titel"' in shown and 'name="version" value="2"' in shown
    assert Activity.objects.get().title == "Neu"
    assert ask("krause").post(edit, data | {"version": "2", "form_key": new_key()}).status_code == 302
    assert Activity.objects.get().title == "Mein Titel"


def test_what_was_saved_in_between_stands_there_in_words(ask, cast):
    stored = event(cast.krause)
    saved = {"topics": ["AR", "SPR"], "estimated": True, "start": time(9, 30), "audiences": [Heads("KOM", 4000, 12)]}
    correct_event(by=cast.krause, activity=stored, version=1, **saved)
    answer = ask("krause").post(reverse("services:event_edit", args=[stored.reference]), typed("STL-MPS", version="1"))
    said = dict(answer.context["stale"])
    labels = dict(choices("audience")) | dict(choices("training_topic"))
    assert said["Wer wird erwartet, wer ist gekommen?"] == f"{labels['KOM']}: 4.000 erwartet, 12 gekommen"
    assert said["Themen"] == f"{labels['AR']}, {labels['SPR']}"
    assert {"ja", "09:30"} <= set(said.values())


def test_the_difference_has_its_thousands(ask, cast):
    assert "−4.000" in page(ask("krause"), f"{LIST}{event(cast.krause, audiences=[Heads('KOM', 4000, 0)]).reference}/")


@pytest.mark.parametrize("who", ["lehmann", "weber", "krause", "hoffmann"])
def test_everybody_who_works_reads_all_events(ask, cast, who):
    stored = event(cast.krause, title="Fachtag")
    assert "Fachtag" in page(ask(who), LIST)
    shown = page(ask(who), reverse("services:event", args=[stored.reference]))
    assert (reverse("services:event_edit", args=[stored.reference]) in shown) == (who == "krause")


@pytest.mark.parametrize("who", ["krause", "hoffmann", "lehmann"])
def test_empty_lists_say_what_comes_here_and_what_a_filter_left_out(ask, who):
    visits = () if who == "krause" else ("/services/outreach/visits/",)
    for address in (LIST, "/services/organisations/", *visits):
        for query in ("", "?kind=STL-MPS&year=2016", "?q=x&since=01.01.2016", "?state=held"):
            assert "rq-empty" in page(ask(who), address + query)


@pytest.mark.parametrize("who", ["berger", "seidel"])
def test_administrators_see_no_events(ask, who):
    assert ask(who).get(LIST).status_code == 403


def test_the_city_meets_no_participant_on_any_of_its_pages(ask, cast):
    person = make_participant(cast.lehmann, "Kanarienvogel", "Umar")
    record_service(by=cast.lehmann, kind="DAA-BER", participants=[Taking(person)], day=DAY, minutes=45)
    stored = event(cast.krause)
    for address in ("/", LIST, reverse("services:event", args=[stored.reference]), "/services/organisations/"):
        shown = page(ask("krause"), address)
        assert "Kanarienvogel" not in shown and person.reference not in shown and "/participants/" not in shown


def test_a_service_with_people_has_no_page_among_events(ask, cast):
    person = make_participant(cast.lehmann)
    service = record_service(by=cast.lehmann, kind="DAA-BER", participants=[Taking(person)], day=DAY, minutes=45)
    for name in ("event", "event_edit", "event_organisations"):
        assert ask("lehmann").get(reverse(f"services:{name}", args=[service.reference])).status_code == 404


def test_the_page_of_services_leads_to_the_event(ask, cast):
    stored = event(cast.lehmann, kind="NET-UNT")
    answer = ask("lehmann").get(reverse("services:activity", args=[stored.reference]))
    assert answer["Location"] == reverse("services:event", args=[stored.reference])


def test_filters_and_tabs_keep_what_they_say(ask, cast):
    event(cast.krause, title="Eins")
    event(cast.lehmann, kind="NET-UNT", title="Zwei", audiences=[Heads("AG", None, 3)])
    event(cast.krause, kind="STL-SEN", day=date(2016, 5, 2), title="Drei", estimated=True)
    event(cast.krause, day=date(2017, 5, 2), state="planned", audiences=[], title="Vier")

    def titles(query: str) -> set[str]:
        shown = page(ask("hoffmann"), LIST + query)
        return {title for title in ("Eins", "Zwei", "Drei", "Vier") if f">{title}</a>" in shown}

    assert titles("") == {"Eins", "Zwei", "Drei", "Vier"}
    assert titles("?state=planned") == {"Vier"}
    assert titles("?kind=NET-UNT") == {"Zwei"} == titles("?partner=daa") == titles("?audience=AG")
    assert titles("?year=2016") == {"Drei"} == titles("?estimated=yes") == titles("?until=2016-12-31")
    assert titles("?state=held&partner=stadt&since=01.01.2017") == {"Eins"}


def test_only_years_of_the_list_are_offered(ask, cast):
    event(cast.krause, day=date(2016, 5, 2))
    event(cast.lehmann, kind="NET-UNT", day=date(2017, 2, 6), audiences=[Heads("AG", None, 3)])

    def years(query: str) -> list[str]:
        select = page(ask("hoffmann"), LIST + query).split('name="year"')[1].split("</select>")[0]
        return re.findall(r'value="(\d+)"', select)

    assert years("") == ["2017", "2016"] == years("?year=2016") == years("?year=1") == years("?year=x")
    assert years("?year=2013") == ["2017", "2016", "2013"], "an address of a former list keeps its words"


@pytest.mark.parametrize(("who", "plans"), [("krause", True), ("hoffmann", True), ("berger", False), ("seidel", False)])
def test_whoever_may_plan_events_finds_the_way_at_home(ask, who, plans):
    assert (f'href="{reverse("services:event_new")}"' in page(ask(who), "/")) is plans


# --- Organisations


def test_an_organisation_is_entered_once(ask, cast):
    client, address = ask("krause"), reverse("services:organisation_new")
    data = {"name": "Mustermann GmbH", "kind": "employer", "size": "small", "town": "Leipzig", "form_key": new_key()}
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302  # the same form again
    assert Organisation.objects.count() == 1
    near = client.post(address, {"name": "Mustermann und Co GmbH", "kind": "employer"})
    assert "Mustermann GmbH" in near.content.decode() and Organisation.objects.count() == 1
    assert client.post(address, {"name": "Mustermann und Co GmbH", "kind": "employer", "sure": "on"}).status_code == 302
    same = client.post(address, {"name": "MUSTERMANN Gmbh", "kind": "employer", "sure": "on"})
    assert same.status_code == 200 and Organisation.objects.count() == 2


def test_a_new_name_shows_entries_that_are_called_alike(ask, cast):
    register_organisation(by=cast.krause, name="Mustermann GmbH", kind="employer")
    stored = register_organisation(by=cast.krause, name="Beispiel AG", kind="employer")
    client, address = ask("krause"), reverse("services:organisation_edit", args=[stored.reference])
    data = {"name": "Mustermann und Co GmbH", "kind": "employer", "version": "1"}
    near = client.post(address, data).content.decode()
    assert ">Mustermann GmbH</a>" in near and 'name="sure"' in near
    assert client.post(address, data | {"sure": "on"}).status_code == 302
    stored.refresh_from_db()
    assert stored.name == "Mustermann und Co GmbH"
    same = {"name": "Mustermann und Co. GmbH", "town": "Wurzen", "kind": "employer", "version": "2"}
    assert client.post(address, same).status_code == 302, "who keeps the name is asked nothing"


def test_the_register_is_found_however_it_is_written(ask, cast):
    register_organisation(by=cast.krause, name="Bäckerei Müller & Söhne", kind="employer", town="Wurzen")
    register_organisation(by=cast.krause, name="Jobcenter Leipzig", kind="administration")
    for words in ("baeckerei", "MÜLLER und", "söhne", "wurz"):
        shown = page(ask("lehmann"), f"/services/organisations/?q={words}")
        assert "Bäckerei" in shown and "Jobcenter" not in shown
    assert "Bäckerei" not in page(ask("lehmann"), "/services/organisations/?q=&kind=administration")


def test_organisations_of_an_event_by_search_and_tick(ask, cast):
    stored, client = event(cast.krause), ask("krause")
    one = register_organisation(by=cast.krause, name="Mustermann GmbH", kind="employer", size="micro")
    address = reverse("services:event_organisations", args=[stored.reference])
    found = client.post(address, {"version": "1", "q": "mustermann", "look": "1"}).content.decode()
    assert one.reference in found and not Involvement.objects.exists()
    data = {"version": "1", "organisations": one.reference, "organisations_supported": one.reference}
    assert client.post(address, data).status_code == 302
    assert Involvement.objects.get().supported
    shown = page(client, reverse("services:organisation", args=[one.reference]))
    assert reverse("services:event", args=[stored.reference]) in shown
    assert client.post(address, {"version": "1"}).status_code == 409
    assert client.post(address, {"version": "2"}).status_code == 302
    assert not Involvement.objects.exists()


def test_entering_an_organisation_keeps_the_ticks(ask, cast):
    stored, client = event(cast.krause), ask("krause")
    one = register_organisation(by=cast.krause, name="Eins", kind="school")
    data = {"version": "1", "organisations": one.reference, "q": "Zwei & Co", "enter": "1"}
    answer = client.post(reverse("services:event_organisations", args=[stored.reference]), data, follow=True)
    assert Involvement.objects.get().organisation == one
    assert 'value="Zwei &amp; Co"' in answer.content.decode()


def test_a_new_entry_leads_back_to_the_event_it_is_for(ask, cast):
    stored, client = event(cast.krause), ask("krause")
    address = f"{reverse('services:organisation_new')}?event={stored.reference}"
    answer = client.post(address, {"name": "Handwerkskammer", "kind": "social_partner"}, follow=True)
    assert "Handwerkskammer" in answer.content.decode()
    assert reverse("services:event_organisations", args=[stored.reference]) in answer.redirect_chain[-1][0]
    foreign = event(cast.lehmann, kind="NET-UNT")
    assert client.get(f"{reverse('services:organisation_new')}?event={foreign.reference}").status_code == 404


def test_no_column_of_network_work_holds_a_person():
    """Whoever adds a column that could name somebody meets this test."""
    known = {
        Organisation: {"id", "reference", "name", "key", "town", "kind", "size", "created_at", "version"},
        Occasion: {"activity", "state", "format", "estimated"},
        Audience: {"id", "activity", "kind", "planned", "actual"},
        Involvement: {"id", "activity", "organisation", "supported"},
    }
    for model, columns in known.items():
        assert {field.name for field in model._meta.concrete_fields} == columns


def test_supported_counts_only_held_events(cast):
    one = register_organisation(by=cast.krause, name="Eins", kind="employer", size="small")
    event(cast.krause, day=date(2017, 5, 1), state="planned", audiences=[], organisations=[Part(one, supported=True)])
    assert not Organisation.objects.taking_part(supported=True).exists()
    event(cast.krause, organisations=[Part(one, supported=True)])
    event(cast.lehmann, kind="NET-UNT", organisations=[Part(one, supported=True)])
    assert Organisation.objects.taking_part(supported=True).count() == 1
