"""The benchmark measures what people do: every journey answers, its plain SQL runs, its figures are honest."""

import json

import pytest
from django.core.management import CommandError, call_command

from participants.tests.builders import make_participant
from reporting.benchmark.journeys import JOURNEYS
from reporting.benchmark.measuring import Measured, measure, percentile, visitors
from services.models import Activity
from services.operations.recording import Taking, record_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody(cast):
    person = make_participant(cast.lehmann, "Probe", "Mahmud", entry_date="2016-12-01", sex="m")
    record_service(by=cast.lehmann, kind="DAA-BER", participants=[Taking(person)], day=person.created_on, minutes=30)
    return person


def test_percentile_is_the_nearest_rank():
    assert percentile([5.0], 95) == 5.0
    assert percentile([float(n) for n in range(1, 21)], 95) == 19.0
    assert percentile([float(n) for n in range(1, 101)], 95) == 95.0
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0


def test_over_the_budget_is_said():
    journey = JOURNEYS[0]
    assert Measured(journey, [1.0, 2.0, 3.0], [1.0, 1.0, 1.0]).ratio == 2.0
    assert Measured(journey, [float(journey.budget)], [1.0]).within
    assert not Measured(journey, [journey.budget + 0.1], [1.0]).within


def test_every_journey_answers_beside_its_plain_sql(somebody, capsys):
    call_command("benchmark", rounds=1, format="json")
    told = json.loads(capsys.readouterr().out)
    assert [one["journey"] for one in told["journeys"]] == [journey.code for journey in JOURNEYS]
    assert all(one["p50_ms"] > 0 and one["sql_p50_ms"] > 0 for one in told["journeys"])
    assert told["participations"] == 1


def test_the_table_names_journey_and_size(somebody, capsys):
    call_command("benchmark", journeys=["person"], rounds=1)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 participations, 1 services, 1 rounds"
    assert [line.split()[0] for line in lines[1:]] == ["journey", "person"]


def test_saving_really_saves(somebody, capsys):
    call_command("benchmark", journeys=["save"], rounds=2)
    # Two that warm up and two that count, of the application and of plain SQL.
    assert Activity.objects.filter(title="benchmark").count() == 8


def test_an_error_is_no_time(somebody):
    journey = next(one for one in JOURNEYS if one.code == "person")
    with visitors() as visitor, pytest.raises(RuntimeError, match="person: answered 404"):
        somebody.__class__.objects.filter(pk=somebody.pk).update(reference="R-22222")
        measure(journey, visitor(journey.role), rounds=1)


def test_nobody_to_measure_with(cast):
    with pytest.raises(CommandError, match="seed_demo"):
        call_command("benchmark", rounds=1)


def test_never_beside_real_people(settings):
    settings.RESQUE_PROFILE = "production"
    with pytest.raises(CommandError, match="real people"):
        call_command("benchmark")
