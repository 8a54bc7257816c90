"""What this floor tells the page of the exit: proposals, and services that come too late."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from participants.operations.answers import enter
from participants.tests.builders import make_participant
from participants.tests.test_views_person import form_data
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service

pytestmark = pytest.mark.django_db
ENTRY, LEFT = date(2016, 4, 12), date(2016, 8, 31)


def page_of(case):
    return reverse("participants:exit", args=[case.reference])


@pytest.fixture
def case(client, cast):
    client.force_login(cast.lehmann)
    return make_participant(cast.lehmann, entry_date=ENTRY, e_status="employed", e_isced=3)


@pytest.fixture
def left(cast, case):
    return enter(by=cast.lehmann, participation=case, answers={"exit_date": LEFT, "exit_reason": "ARB"})


def test_what_the_record_says_is_proposed_and_not_stored(client, cast, case):
    taking = [Taking(case)]
    for kind, day in (("DAA-BER", date(2016, 8, 30)), ("DAA-NB", date(2016, 10, 1))):
        record_service(by=cast.lehmann, kind=kind, day=day, minutes=30, participants=taking)
    record_outcome(by=cast.lehmann, participation=case, kind="AUSB_B", start=date(2016, 9, 1), evidence="document")
    address = page_of(case)
    assert form_data(client.get(address).context["form"])["exit_date"] == ""
    shown = form_data(client.get(address + "?proposed=1").context["form"])
    wanted = {"exit_date": date(2016, 8, 30), "exit_reason": "AUSB", "x_status": "employed"}
    assert {name: shown[name] for name in wanted} == wanted and shown["x_in_edu"] == "true"
    case.refresh_from_db()
    assert case.exit_date is None


def test_an_outcome_behind_the_window_proposes_nothing(client, cast, left):
    for days, proposed in ((28, "employed"), (29, "")):
        outcome = record_outcome(
            by=cast.lehmann, participation=left, kind="SVB_VZ", start=LEFT + timedelta(days=days), evidence="document"
        )
        form = client.get(page_of(left) + "?proposed=1").context["form"]
        assert form["x_status"].value() == proposed
        outcome.delete()


def test_a_service_after_the_exit_is_said_and_aftercare_is_not(client, cast, left):
    for kind, day, said in (("DAA-BER", LEFT, False), ("DAA-NB", date(2016, 10, 1), False),
                            ("DAA-BER", date(2016, 9, 1), True)):  # fmt: skip
        record_service(by=cast.lehmann, kind=kind, day=day, minutes=30, participants=[Taking(left)])
        page = client.get(page_of(left))
        assert ("X03" in {one.id for one in page.context["violations"]}) == said
