"""Recording a service in the browser: for one person, for a group, with faults, twice, without JavaScript."""

import pytest
from django.urls import reverse

from participants.tests.builders import make_participant
from services.models import Activity, Attendance

pytestmark = pytest.mark.django_db
RECORD = "/services/record/"


def sent(*people, **changes) -> dict:
    return {
        "participants": [person.reference for person in people], "kind": "DAA-BER", "minutes": "45",
        "day": "06.02.2017", "note_scope": "team",
    } | changes  # fmt: skip


def test_one_entry_for_one_person(client, cast):
    person = make_participant(cast.lehmann)
    client.force_login(cast.lehmann)
    page = client.get(RECORD, {"person": person.reference})
    assert page.status_code == 200
    answer = client.post(RECORD, sent(person, form_key=page.context["form"]["form_key"].value()))
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer.url == reverse("services:timeline", args=[person.reference])
    activity = Activity.objects.get()
    assert (activity.kind, activity.minutes, activity.staff, activity.partner) == ("DAA-BER", 45, cast.lehmann, cast.daa)
    assert Attendance.objects.get().participation == person
