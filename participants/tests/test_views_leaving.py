"""Pages of the whole participation: exit, follow-up, return, target group, state, refusals."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from participants.models import AnonymousRefusal, Participation
from participants.operations.answers import enter
from participants.operations.stations import turn_away
from participants.places import address_of
from participants.rules import RULES
from participants.tests.builders import make_participant, share_case
from participants.tests.test_views_person import form_data
from resque.clock import moved_to

pytestmark = pytest.mark.django_db
ENTRY, LEFT = date(2016, 4, 12), date(2016, 8, 31)
PAGES = ("exit", "followup", "return", "state", "target_group")


def page_of(name, case):
    return reverse(f"participants:{name}", args=[case.reference])


@pytest.fixture
def case(client, cast):
    client.force_login(cast.lehmann)
    return make_participant(cast.lehmann, entry_date=ENTRY, e_status="employed", e_isced=3)


@pytest.fixture
def left(cast, case):
    return enter(by=cast.lehmann, participation=case, answers={"exit_date": LEFT, "exit_reason": "ARB"})


@pytest.mark.parametrize("name", PAGES)
def test_only_the_owner_opens_a_page(client, cast, case, name):
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    expected = {cast.vogel: 200, cast.weber: 403, cast.hoffmann: 404, cast.krause: 404, cast.berger: 404}
    for user, status in expected.items():
        client.force_login(user)
        assert client.get(page_of(name, case)).status_code == status
        assert client.post(page_of(name, case)).status_code == status


def test_an_exit_is_stored_once_whatever_the_fingers_do(client, case):
    address = page_of("exit", case)
    data = form_data(client.get(address).context["form"]) | {"exit_date": "31.08.2016", "exit_reason": "ARB"}
    for _click in range(2):
        assert client.post(address, data).status_code == 302
    case.refresh_from_db()
    assert (case.exit_date, case.exit_reason, case.state, case.version) == (LEFT, "ARB", "BEENDET", 3)


@pytest.mark.parametrize("name", ["exit", "followup"])
def test_nothing_is_called_done_that_is_still_open(client, case, name):
    if name == "followup":
        case = enter(by=None, participation=case, answers={"exit_date": LEFT})
    with moved_to(date(2017, 3, 1)):
        address = page_of(name, case)
        said = client.post(address, form_data(client.get(address).context["form"]), follow=True).context["messages"]
        assert next(str(one) for one in said).startswith("Gespeichert. ")


@pytest.mark.parametrize(("typed", "rule"), [("11.04.2016", "X01"), ("07.02.2017", "X02"), ("12.04.2016", "X18")])
def test_an_exit_out_of_order_is_kept_and_said(client, case, typed, rule):
    address = page_of("exit", case)
    client.post(address, form_data(client.get(address).context["form"]) | {"exit_date": typed})
    found = {one.id for one in client.get(address).context["violations"]}
    assert rule in found and (rule == "X18") == (not found & {"X01", "X02"})


def test_the_window_has_its_days_and_closes_after_the_last(client, left):
    for day, over, rule in (
        (date(2016, 9, 21), False, None), (date(2016, 9, 22), False, "X04"), (date(2016, 9, 28), False, "X04"),
        (date(2016, 9, 29), True, "X05"),
    ):  # fmt: skip
        with moved_to(day):
            page = client.get(page_of("exit", left))
            leaving = page.context["leaving"]
            assert (leaving.window_end, leaving.window_over) == (date(2016, 9, 28), over)
        assert "28.09.2016" in page.content.decode()
        found = {one.id for one in page.context["violations"]}
        assert found & {"X04", "X05"} == ({rule} if rule else set())


def test_every_rule_leads_to_its_field(client, cast, left):
    enter(by=cast.lehmann, participation=left, answers={"f_status": "employed"})
    for name in ("exit", "followup"):
        html = client.get(page_of(name, left)).content.decode()
        for rule in RULES:
            if rule.page == f"participants:{name}":
                place = address_of(rule.page, left.reference, rule.field).partition("#")[2]
                assert f'id="{place}"' in html, (rule.id, place)


def test_two_versions_of_an_exit_stand_side_by_side(client, cast, left):
    address = page_of("exit", left)
    data = form_data(client.get(address).context["form"]) | {"exit_reason": "KURS"}
    enter(by=cast.vogel, participation=left, answers={"exit_reason": "ZIEL"})
    page = client.post(address, data)
    assert page.status_code == 409
    (differing,) = page.context["differences"]
    assert (differing.mine, differing.theirs) == ("Übergang in Kurs/Maßnahme", "Ziel erreicht / regulär beendet")
    again = data | {name: page.context[name] for name in ("version", "form_key")}
    assert client.post(address, again).status_code == 302
    assert Participation.objects.get().exit_reason == "KURS"


def test_a_contact_cannot_leave(client, cast):
    client.force_login(cast.lehmann)
    contact = make_participant(cast.lehmann)
    assert "form" not in client.get(page_of("exit", contact)).context
    client.post(page_of("exit", contact), {"exit_date": "31.08.2016", "version": contact.version})
    assert Participation.objects.get().exit_date is None


@pytest.mark.parametrize(("exit_date", "day"), [(LEFT, date(2017, 2, 28)), (date(2015, 8, 31), date(2016, 2, 29))])
def test_the_follow_up_is_asked_on_its_day_and_not_before(client, cast, case, exit_date, day):
    enter(by=cast.lehmann, participation=case, answers={"entry_date": date(2015, 8, 1), "exit_date": exit_date})
    for today, asked in ((day - timedelta(days=1), False), (day, True)):
        with moved_to(today):
            page = client.get(page_of("followup", case))
            assert ("form" in page.context) == asked
            assert f"{day:%d.%m.%Y}" in page.content.decode()
            data = form_data(page.context["form"]) if asked else {"version": 3}
            client.post(page_of("followup", case), data | {"f_status": "employed", "f_improved": "true"})
        case.refresh_from_db()
        assert case.f_status == ("employed" if asked else "")
    assert (case.f_refers_to, case.f_improved) == (day, True)


def test_the_day_alone_is_no_answer(client, left):
    with moved_to(date(2017, 3, 1)):
        address = page_of("followup", left)
        data = form_data(client.get(address).context["form"])
        assert data["f_refers_to"] == date(2017, 2, 28)
        assert client.post(address, data).status_code == 302
    version = left.version
    left.refresh_from_db()
    assert (left.f_refers_to, left.version) == (None, version)


@pytest.mark.parametrize("reason", ["ABSCH", "AUSR", "DUBLIN", "TOD"])
def test_nobody_is_contacted_any_more(client, cast, left, reason):
    enter(by=cast.lehmann, participation=left, answers={"exit_reason": reason})
    with moved_to(date(2017, 3, 1)):
        page = client.get(page_of("followup", left))
        assert "form" not in page.context and "kein weiterer Kontakt" in page.content.decode()
        assert "F01" not in {one.id for one in page.context["violations"]}
        assert not any("followup" in step["url"] for step in page.context["next_steps"])


def test_a_return_keeps_the_first_entry_and_happens_once(client, left):
    address = page_of("return", left)
    data = form_data(client.get(address).context["form"])
    for _click in range(2):
        assert client.post(address, data).status_code == 302
    left.refresh_from_db()
    assert (left.entry_date, left.exit_date, left.exit_reason, left.state) == (ENTRY, None, "", "AKTIV")
    assert "31.08.2016" in client.get(page_of("history", left)).content.decode()
    page = client.post(address, form_data(client.get(address).context["form"]))
    assert page.status_code == 200 and page.context["form"].errors


def test_an_older_version_is_asked_again(client, cast, left):
    address = page_of("return", left)
    data = form_data(client.get(address).context["form"])
    enter(by=cast.vogel, participation=left, answers={"exit_reason": "ZIEL"})
    page = client.post(address, data)
    assert page.status_code == 200 and Participation.objects.get().exit_date == LEFT
    assert client.post(address, form_data(page.context["form"])).status_code == 302
    assert Participation.objects.get().exit_date is None


def test_turned_away_and_taken_up_again(client, cast):
    client.force_login(cast.lehmann)
    contact = make_participant(cast.lehmann)
    address = page_of("target_group", contact)
    for state in ("ABGEL", "KONTAKT"):
        data = form_data(client.get(address).context["form"])
        for _click in range(2):
            assert client.post(address, data).status_code == 302
        assert Participation.objects.get().state == state


def test_the_menu_moves_on_once(client, case):
    page = client.get(page_of("detail", case))
    moves = [way.move for way in page.context["ways"] if way.move]
    assert moves == ["RUHT"]
    data = {"state": "RUHT", "version": case.version, "form_key": page.context["move_key"]}
    for _click in range(2):
        assert client.post(page_of("state", case), data).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.version) == ("RUHT", 3)
    page = client.post(page_of("state", case), {"state": "NACHB", "version": 3})
    assert page.status_code == 200 and page.context["form"].errors


def test_readers_have_no_ways(client, cast, case):
    client.force_login(cast.hoffmann)
    page = client.get(page_of("detail", case))
    assert page.context["ways"] == [] and not any(stop.url for stop in page.context["stages"])


def test_turned_away_is_no_place_for_an_entry(client, cast):
    client.force_login(cast.lehmann)
    contact = turn_away(by=cast.lehmann, participation=make_participant(cast.lehmann))
    data = form_data(client.get(page_of("esf", contact)).context["form"]) | {"entry_date": "09.01.2017"}
    page = client.post(page_of("esf", contact), data)
    assert page.status_code == 200 and page.context["form"].errors["entry_date"]


def test_a_refusal_is_counted_once_and_taken_back(client, cast):
    client.force_login(cast.lehmann)
    address = reverse("participants:refusals")
    data = form_data(client.get(address).context["form"])
    for _click in range(2):
        assert client.post(reverse("participants:refusal_new"), data).status_code == 302
    page = client.get(address)
    assert (page.context["total"], [row["number"] for row in page.context["page"]]) == (1, [1])
    undo = reverse("participants:refusal_take_back", args=[page.context["fresh"][0].reference])
    for user, status in ((cast.vogel, 404), (cast.weber, 404), (cast.hoffmann, 404), (cast.lehmann, 302)):
        client.force_login(user)
        assert client.post(undo).status_code == status
    assert client.post(undo).status_code == 404 and not AnonymousRefusal.objects.exists()


@pytest.mark.parametrize("day", ["30.06.2015", "07.02.2017", "", "\x00", "9" * 400])
def test_a_refusal_on_no_day(client, cast, day):
    client.force_login(cast.lehmann)
    data = form_data(client.get(reverse("participants:refusals")).context["form"]) | {"day": day}
    page = client.post(reverse("participants:refusal_new"), data)
    assert page.status_code == 200 and page.context["form"].errors["day"]
    assert not AnonymousRefusal.objects.exists()


def test_partners_see_their_own_refusals_and_the_coordination_all(client, cast):
    for user in (cast.lehmann, cast.weber):
        client.force_login(user)
        data = form_data(client.get(reverse("participants:refusals")).context["form"])
        client.post(reverse("participants:refusal_new"), data)
    for user, seen in ((cast.vogel, 1), (cast.weber, 1), (cast.hoffmann, 2)):
        client.force_login(user)
        page = client.get(reverse("participants:refusals"))
        assert page.context["total"] == seen
    client.force_login(cast.krause)
    assert client.get(reverse("participants:refusals")).status_code == 403
