"""What waits because of services: where silence begins, and where a short contact comes near its limit."""

from datetime import date

import pytest

from participants.models import Participation
from participants.queries.waiting import conditions
from participants.tests.builders import make_participant
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service

pytestmark = pytest.mark.django_db
LONG_AGO = date(2016, 6, 1)


def serve(by, person, *, day=date(2017, 2, 1), minutes=45, status="attended"):
    record_service(by=by, kind="DAA-BER", participants=[Taking(person, status=status)], day=day, minutes=minutes)


def meeting(key):
    return set(Participation.objects.filter(conditions()[key].applies()).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("day", "status", "quiet"),
    [
        (date(2017, 1, 7), "attended", False),  # thirty days ago
        (date(2017, 1, 6), "attended", True),
        (date(2017, 2, 1), "no_show", True),
        (date(2017, 2, 1), "cancelled", True),
    ],
)
def test_silence_begins_after_thirty_days_without_having_met(cast, day, status, quiet):
    person = make_participant(cast.lehmann, created_on=LONG_AGO)
    serve(cast.lehmann, person, day=day, status=status)
    assert (person.pk in meeting("quiet")) is quiet


def test_who_is_new_or_has_left_is_not_quiet(cast):
    make_participant(cast.lehmann, "neu", created_on=date(2017, 1, 7))
    make_participant(cast.lehmann, "weg", created_on=LONG_AGO, entry_date="2016-06-01", exit_date="2016-12-01")
    waits = make_participant(cast.lehmann, "still", created_on=date(2017, 1, 6))
    assert meeting("quiet") == {waits.pk}


@pytest.mark.parametrize(("minutes", "near"), [((300, 59), False), ((300, 60), True), ((480,), True), ((), False)])
def test_a_short_contact_is_near_its_limit_two_hours_before(cast, minutes, near):
    person = make_participant(cast.lehmann)
    for length in minutes:
        serve(cast.lehmann, person, minutes=length)
    serve(cast.lehmann, person, minutes=400, status="no_show")
    assert (person.pk in meeting("short_contact")) is near


def test_who_has_entered_is_no_short_contact(cast):
    person = make_participant(cast.lehmann, entry_date="2017-01-09")
    serve(cast.lehmann, person, minutes=480)
    assert not meeting("short_contact")


@pytest.mark.parametrize(
    ("day", "state", "waits"),
    [
        (date(2017, 2, 5), "planned", True),
        (date(2017, 2, 6), "planned", False),
        (date(2017, 2, 5), "begun", False),
    ],
)
def test_a_plan_waits_from_the_day_after(cast, day, state, waits):
    person = make_participant(cast.lehmann)
    record_outcome(by=cast.lehmann, participation=person, kind="VKA", start=day, state=state)
    assert (person.pk in meeting("planned")) is waits
