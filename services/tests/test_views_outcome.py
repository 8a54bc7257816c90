"""Outcomes in the browser: recording, changing, two versions, and what other readers learn."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.tests.builders import make_participant, share_case
from services.models import Outcome
from services.operations.outcomes import change_outcome, record_outcome

pytestmark = pytest.mark.django_db
SENT = {"kind": "SVB_VZ", "start": "01.02.2017", "evidence": "stated"}


def new(person) -> str:
    return reverse("services:outcome_new", args=[person.reference])


def stored(by, person, **changes) -> Outcome:
    return record_outcome(**{
        "by": by, "participation": person, "kind": "SVB_VZ", "start": date(2017, 2, 1), "employer": "Kanarien GmbH",
        "evidence_note": "Tweety-Vertrag",
    } | changes)  # fmt: skip


def address(outcome) -> str:
    return reverse("services:outcome", args=[outcome.reference])


@pytest.fixture
def worker(client, cast):
    client.force_login(cast.lehmann)
    return client


def test_an_outcome_with_everything(worker, cast):
    person = make_participant(cast.lehmann)
    key = worker.get(new(person)).context["form"]["form_key"].value()
    full = {"employer": "Betrieb Muster", "hours_per_week": "38,5", "end": "31.12.2017", "evidence": "document",
            "evidence_on": "03.02.2017", "evidence_note": "Vertrag", "form_key": key}  # fmt: skip
    for _twice in range(2):
        answer = worker.post(new(person), SENT | full)
        assert answer.url == reverse("services:timeline", args=[person.reference])
    outcome = Outcome.objects.get()
    assert (outcome.state, outcome.hours_per_week, outcome.end) == ("begun", Decimal("38.5"), date(2017, 12, 31))
    assert (outcome.evidence, outcome.evidence_on, outcome.evidence_note) == ("document", date(2017, 2, 3), "Vertrag")


def test_the_beginning_decides_what_is_planned(worker, cast):
    person = make_participant(cast.lehmann)
    assert worker.post(new(person), SENT | {"start": "01.03.2017"}).status_code == 302
    assert Outcome.objects.get().state == "planned"
    form = worker.post(new(person), SENT | {"start": "01.03.2017", "state": "begun"}).context["form"]
    assert "geplant" in form.errors["start"][0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ""}, "kind"), ({"kind": "nonsense"}, "kind"), ({"kind": "\0"}, "kind"), ({"start": ""}, "start"),
        ({"start": "31.02.2017"}, "start"), ({"start": "\0"}, "start"), ({"start": "01.02.1017"}, "start"),
        ({"start": "01.12.9999", "state": "planned"}, "start"), ({"end": "31.01.2017"}, "end"), ({"end": "x"}, "end"),
        ({"hours_per_week": "0"}, "hours_per_week"), ({"hours_per_week": "80,1"}, "hours_per_week"),
        ({"hours_per_week": "viel"}, "hours_per_week"), ({"hours_per_week": "9" * 400}, "hours_per_week"),
        ({"hours_per_week": "1e999999"}, "hours_per_week"), ({"hours_per_week": "NaN"}, "hours_per_week"),
        ({"hours_per_week": "\0"}, "hours_per_week"), ({"state": "perhaps"}, "state"), ({"employer": "\0"}, "employer"),
        ({"employer": "x" * 161}, "employer"), ({"evidence": ""}, "evidence"), ({"evidence": "rumour"}, "evidence"),
        ({"evidence": "document"}, "evidence_on"), ({"evidence_on": "07.02.2017"}, "evidence_on"),
        ({"evidence": "lasting", "evidence_on": "06.02.2017"}, "evidence"), ({"evidence_note": "x" * 201}, "evidence_note"),
    ],
)  # fmt: skip
def test_a_fault_is_a_sentence_at_its_field(worker, cast, changes, field):
    answer = worker.post(new(make_participant(cast.lehmann)), SENT | changes)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not Outcome.objects.exists()


def test_an_empty_form_is_refused(worker, cast):
    errors = worker.post(new(make_participant(cast.lehmann)), {}).context["form"].errors
    assert set(errors) == {"kind", "start", "evidence"}


def test_a_plan_comes_true_and_the_proof_grows(worker, cast):
    outcome = stored(cast.lehmann, make_participant(cast.lehmann), state="planned", start=date(2017, 2, 6))
    form = worker.get(address(outcome)).context["form"]
    assert form["employer"].value() == "Kanarien GmbH"
    changes = {"version": form["version"].value(), "state": "begun", "start": "06.02.2017", "evidence": "confirmed",
               "evidence_on": "06.02.2017", "employer": "Kanarien GmbH"}  # fmt: skip
    assert worker.post(address(outcome), SENT | changes).status_code == 302
    outcome.refresh_from_db()
    assert (outcome.state, outcome.evidence, outcome.version) == ("begun", "confirmed", 2)


def test_two_versions_are_laid_side_by_side(worker, cast):
    outcome = stored(cast.lehmann, make_participant(cast.lehmann), hours_per_week=Decimal("39.0"))
    change_outcome(by=cast.vogel, outcome=outcome, version=1, employer="Anderer Betrieb", end=date(2017, 2, 5))
    mine = SENT | {"version": 1, "state": "begun", "employer": "Mein Betrieb", "hours_per_week": "39"}
    answer = worker.post(address(outcome), mine)
    assert answer.status_code == 409
    named = {difference.name: (difference.mine, difference.theirs) for difference in answer.context["differences"]}
    assert named["employer"] == ("Mein Betrieb", "Anderer Betrieb")
    assert set(named) == {"employer", "end", "evidence_note"}
    picked = mine | {"version": answer.context["version"], "pick_end": "theirs", "pick_employer": "mine"}
    assert worker.post(address(outcome), picked).status_code == 302
    outcome.refresh_from_db()
    assert (outcome.employer, outcome.end, outcome.version) == ("Mein Betrieb", date(2017, 2, 5), 3)


def test_the_owner_reads_what_another_partner_recorded(client, cast):
    person = make_participant(cast.weber)
    share_case(by=cast.weber, participation=person, to_partner=cast.daa, scope="contact", until=date(2017, 3, 6))
    outcome = stored(cast.lehmann, person)
    client.force_login(cast.weber)
    page = client.get(address(outcome))
    assert "form" not in page.context
    assert "Kanarien GmbH" in page.content.decode()
    assert client.post(address(outcome), SENT | {"version": 1}).status_code == 404


def test_the_coordination_reads_facts_without_employer_and_proof(client, cast):
    outcome = stored(cast.lehmann, make_participant(cast.lehmann, "Kanarienvogel"))
    client.force_login(cast.hoffmann)
    text = client.get(address(outcome)).content.decode()
    assert outcome.label in text
    assert not any(word in text for word in ("Kanarien", "Tweety"))
    assert client.post(address(outcome), SENT | {"version": 1}).status_code == 404


@pytest.mark.parametrize("who", ["weber", "krause", "berger", "seidel"])
def test_strangers_get_404(client, cast, who):
    person = make_participant(cast.lehmann)
    outcome = stored(cast.lehmann, person)
    client.force_login(getattr(cast, who))
    for url in (new(person), address(outcome), "/services/outcomes/E-22222/"):
        assert client.get(url).status_code == 404
        assert client.post(url, SENT).status_code == 404
    assert Outcome.objects.count() == 1


def test_the_coordination_records_nothing(client, cast):
    person = make_participant(cast.lehmann)
    client.force_login(cast.hoffmann)
    assert client.get(new(person)).status_code == 404
    assert client.post(new(person), SENT).status_code == 404


def test_the_pages_cost_the_same_with_one_outcome_and_with_thirty(worker, cast):
    person, counts = make_participant(cast.lehmann), []
    outcome = stored(cast.lehmann, person)
    for url in (new(person), address(outcome)):
        worker.get(url)
    for number in (2, 27):
        for _one in range(number):
            stored(cast.lehmann, person)
        for url in (new(person), address(outcome)):
            with CaptureQueriesContext(connection) as captured:
                worker.get(url)
            counts.append(len(captured))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 32
