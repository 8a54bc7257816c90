"""Recording a service in the browser: for one person, for a group, with faults, twice, without JavaScript."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.tests.builders import make_participant, share_case
from services.models import Activity, Attendance, Note
from services.operations.recording import Taking, record_service

pytestmark = pytest.mark.django_db
RECORD, LOOKUP = "/services/record/", "/services/record/people/"


def sent(*people, **changes) -> dict:
    return {
        "participants": [person.reference for person in people], "kind": "DAA-BER", "minutes": "45",
        "day": "06.02.2017", "note_scope": "team",
    } | changes  # fmt: skip


def errors(client, *people, **changes) -> dict:
    answer = client.post(RECORD, sent(*people, **changes))
    assert answer.status_code == 200
    assert not Activity.objects.exists()
    return answer.context["form"].errors


@pytest.fixture
def worker(client, cast):
    client.force_login(cast.lehmann)
    return client


def test_one_entry_for_one_person(worker, cast):
    person = make_participant(cast.lehmann)
    page = worker.get(RECORD, {"person": person.reference, "kind": "DAA-EG"})
    form = page.context["form"]
    assert form["kind"].value() == "DAA-EG"
    assert form["day"].value() == date(2017, 2, 6)
    assert [row.case for row in page.context["people"].ticked] == [person]
    answer = worker.post(
        RECORD,
        sent(person, start="9:30", travel_minutes="20", place="Büro", interpreter="TEL", topics=["job", "german"],
             note="Lebenslauf begonnen.", minutes_other="50", form_key=form["form_key"].value()),
    )  # fmt: skip
    assert answer.url == reverse("services:timeline", args=[person.reference])
    activity = Activity.objects.get()
    assert (activity.kind, activity.minutes, activity.travel_minutes, activity.place) == ("DAA-BER", 50, 20, "Büro")
    assert (activity.staff, activity.partner, activity.shape) == (cast.lehmann, cast.daa, "individual")
    assert (activity.topics, activity.interpreter) == (["job", "german"], "TEL")
    assert Attendance.objects.get().participation == person
    assert Note.objects.get().scope == "team"
    text = worker.get(answer.url).content.decode()
    assert "Beratung gespeichert, 50 Min." in text


def test_a_group_comes_to_the_page_of_the_service(worker, cast):
    people = [make_participant(cast.lehmann, name) for name in ("Eins", "Zwei", "Drei")]
    status = {
        f"participants_status_{people[1].reference}": "no_show",
        f"participants_minutes_{people[2].reference}": "60",
    }
    answer = worker.post(RECORD, sent(*people, kind="DAA-BT", minutes="90", title="Modul 2", **status))
    activity = Activity.objects.get()
    assert answer.url == reverse("services:activity", args=[activity.reference])
    assert "Leistung gespeichert, 90 Min." in worker.get(answer.url).content.decode()
    assert list(activity.attendances.order_by("pk").values_list("status", "minutes")) == [
        ("attended", 90), ("no_show", 0), ("attended", 60),
    ]  # fmt: skip


def test_a_placement_proposes_the_outcome(worker, cast):
    person = make_participant(cast.lehmann)
    answer = worker.post(RECORD, sent(person, kind="DAA-VAR"))
    outcome = reverse("services:outcome_new", args=[person.reference])
    assert f'href="{outcome}"' in worker.get(answer.url).content.decode()


def test_the_next_one_is_like_this_one(worker, cast):
    person = make_participant(cast.lehmann)
    answer = worker.post(RECORD, sent(person, kind="DAA-KF", topics=["job"], next="1"))
    page = worker.get(answer.url)
    form, people = page.context["form"], page.context["people"]
    assert (form["kind"].value(), form["minutes"].value(), form["topics"].value()) == ("DAA-KF", 45, ["job"])
    assert people.ticked == []
    again = worker.get(RECORD, {"again": Activity.objects.get().reference})
    assert [row.case for row in again.context["people"].ticked] == [person]


def test_offers_are_grouped_and_only_those_with_people(worker):
    groups = worker.get(RECORD).context["form"].fields["kind"].choices[1:]
    assert [label for label, _offers in groups] == [
        "Beratung",
        "Qualifizierung",
        "Vermittlung",
        "Betreuung, Begleitung",
    ]
    codes = [code for _label, offers in groups for code, _words in offers]
    assert len(codes) == 17
    assert not any(code.startswith(("CAR", "STL", "NET", "AWL")) or code in ("ALL-KK", "ALL-DOL") for code in codes)


def test_an_individual_offer_says_why_it_refuses_two(worker, cast):
    a, b = make_participant(cast.lehmann, "A"), make_participant(cast.lehmann, "B")
    assert "wird mit einer Person erfasst, ausgewählt sind 2" in errors(worker, a, b, kind="DAA-EG")["kind"][0]


def test_without_javascript_a_search_finds_people_to_tick(worker, cast):
    one, other = (
        make_participant(cast.lehmann, "Bikila", "Abebe"),
        make_participant(cast.lehmann, "Ghebreyesus", "Filmon"),
    )
    make_participant(cast.weber, "Ghebreyesus", "Fremd")
    typed = sent(one, look="1", who_text="ghebre", kind="DAA-BT", note="Bleibt stehen.", topics=["job"])
    page = worker.post(RECORD, typed)
    people, form = page.context["people"], page.context["form"]
    assert [row.case for row in people.ticked] == [one]
    assert [row.case for row in people.offered] == [other]
    assert (form["note"].value(), form["kind"].value(), form["topics"].value()) == ("Bleibt stehen.", "DAA-BT", ["job"])
    assert not form.errors
    assert f'name="participants" value="{other.reference}"' in page.content.decode()
    assert not Activity.objects.exists()


def test_whoever_was_chosen_in_the_box_is_ticked(worker, cast):
    person = make_participant(cast.lehmann)
    page = worker.post(RECORD, sent(look="1", who=person.reference, who_text="Al Hassan, Mohamad"))
    assert [row.case for row in page.context["people"].ticked] == [person]
    assert page.context["form"]["who"].value() == ""
    assert worker.post(RECORD, sent(who=person.reference)).status_code == 302


def test_saving_with_a_name_only_shows_who_may_be_meant(worker, cast):
    person = make_participant(cast.lehmann)
    answer = worker.post(RECORD, sent(who_text="Mohammed Alhasan"))
    assert [row.case for row in answer.context["people"].offered] == [person]
    assert "participants" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ghebre", True), ("Filmon", True), ("fil ghe", True), ("gebreyesus", True), ("Tekle", True),
        ("xyz", False), ("", False), ("\0", False), ("%", False), ("_", False), ("'; drop", False), ("a" * 5000, False),
    ],
)  # fmt: skip
def test_the_type_ahead_finds_beginnings_in_any_spelling(worker, cast, typed, found):
    person = make_participant(cast.lehmann, "Ghebreyesus-Tekle", "Filmon")
    answer = worker.post(LOOKUP, {"q": typed})
    assert answer.status_code == 200
    assert (person.reference in answer.content.decode()) is found


def test_the_type_ahead_knows_numbers_and_shared_people_and_no_foreign_ones(worker, cast):
    own, foreign = make_participant(cast.lehmann), make_participant(cast.weber, "Fremd", "Carla")
    assert own.reference in worker.post(LOOKUP, {"q": own.reference.lower()}).content.decode()
    assert own.reference in worker.post(LOOKUP, {"q": own.reference[2:]}).content.decode()
    for typed in ("fremd", foreign.reference):
        assert foreign.reference not in worker.post(LOOKUP, {"q": typed}).content.decode()
    share_case(by=cast.weber, participation=foreign, to_partner=cast.daa, scope="contact", until=date(2017, 3, 6))
    assert foreign.reference in worker.post(LOOKUP, {"q": "fremd"}).content.decode()


def test_sent_twice_is_one_record(worker, cast):
    person = make_participant(cast.lehmann)
    key = worker.get(RECORD).context["form"]["form_key"].value()
    first, second = (worker.post(RECORD, sent(person, form_key=key)) for _time in range(2))
    assert first.url == second.url
    assert Activity.objects.count() == Attendance.objects.count() == 1
    worker.post(RECORD, sent(person))
    assert Activity.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ""}, "kind"), ({"kind": "CAR-SOZ"}, "kind"), ({"kind": "STL-MPS"}, "kind"), ({"kind": "\0"}, "kind"),
        ({"minutes": ""}, "minutes"), ({"minutes": "0"}, "minutes"), ({"minutes": "1441"}, "minutes"),
        ({"minutes_other": "9" * 5000}, "minutes"), ({"minutes_other": "viel"}, "minutes"), ({"minutes": "\0"}, "minutes"),
        ({"day": ""}, "day"), ({"day": "31.02.2017"}, "day"), ({"day": "07.02.2017"}, "day"), ({"day": "06.02.1017"}, "day"),
        ({"day": "\0"}, "day"), ({"start": "25:00"}, "start"), ({"start": "\0"}, "start"),
        ({"travel_minutes": "-1"}, "travel_minutes"), ({"travel_minutes": "9" * 30}, "travel_minutes"),
        ({"place": "a\0b"}, "place"), ({"place": "x" * 121}, "place"), ({"title": "x" * 121}, "title"),
        ({"interpreter": "KLINGON"}, "interpreter"), ({"topics": ["weather"]}, "topics"), ({"topics": "\0"}, "topics"),
        ({"note": "x" * 4001}, "note"), ({"note": "a\0b"}, "note"), ({"note_scope": "world"}, "note_scope"),
        ({"participants": []}, "participants"), ({"participants": ["R-22222"]}, "participants"),
        ({"participants": ["\0", "R-", "-1", "x" * 5000]}, "participants"),
        ({"participants": [f"R-2222{letter}" for letter in "23456789ABC"] * 20}, "participants"),
        ({"form_key": "\0"}, "form_key"),
    ],
)  # fmt: skip
def test_bad_input_is_a_sentence_at_its_field(worker, cast, changes, field):
    assert field in errors(worker, make_participant(cast.lehmann), **changes)


@pytest.mark.parametrize(
    ("said", "what"), [("viel", "minutes"), ("0", "minutes"), ("99999", "minutes"), ("here", "status")]
)
def test_bad_own_minutes_and_states_are_named(worker, cast, said, what):
    person = make_participant(cast.lehmann)
    assert "participants" in errors(worker, person, **{f"participants_{what}_{person.reference}": said})


def test_a_foreign_person_is_as_unknown_as_a_missing_one(worker, cast):
    foreign = make_participant(cast.weber, "Kanarienvogel")
    sentence = errors(worker, foreign)["participants"][0].replace(foreign.reference, "R-22222")
    assert sentence == errors(worker, participants=["R-22222"])["participants"][0]
    page = worker.get(RECORD, {"person": foreign.reference})
    assert page.context["people"].ticked == []
    assert "Kanarienvogel" not in page.content.decode()


@pytest.mark.parametrize(
    "query", ["person=%00", "person=x", "kind=%00", "kind=CAR-SOZ", "like=%00", "like=L-22222", "again=x"]
)
def test_the_form_opens_with_any_address(worker, query):
    assert worker.get(f"{RECORD}?{query}").status_code == 200


@pytest.mark.parametrize("who", ["krause", "hoffmann", "berger", "seidel"])
def test_nobody_else_records(client, cast, who):
    client.force_login(getattr(cast, who))
    for answer in (client.get(RECORD), client.post(RECORD, sent()), client.post(LOOKUP, {"q": "a"})):
        assert answer.status_code == 403


def test_the_form_costs_the_same_for_three_people_and_for_thirty(worker, cast):
    people = [make_participant(cast.lehmann, f"Name{number}") for number in range(30)]
    for kind in ("DAA-BT", "DAA-PC", "DAA-BO"):
        record_service(
            by=cast.lehmann, kind=kind, participants=[Taking(one) for one in people], day=date(2017, 2, 3), minutes=60
        )
    worker.get(RECORD, {"person": people[0].reference})
    counts = []
    for number in (3, 30):
        with CaptureQueriesContext(connection) as captured:
            worker.get(RECORD, {"person": [one.reference for one in people[:number]]})
        counts.append(len(captured))
    assert counts == [15, 15]


def test_a_person_who_is_out_of_sight_is_named_once_in_the_form(worker, cast):
    foreign = make_participant(cast.weber)
    page = worker.post(RECORD, sent(foreign)).text
    assert page.count(f"„{foreign.reference}“ gehört nicht") == 2, "in the summary and beside the field"
