"""Kept sums are what the records say, after any history; and what would make them wrong is found."""

import json
from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from participants.models import Participation, Person
from participants.tests.builders import make_participant
from reporting.keeping.sql import SUMS, differences, mend
from reporting.models import MONTHS, ServiceYear
from reporting.querysets import held_within
from reporting.tests import world
from resque.audit.models import AccessEntry
from resque.context.acting import acting_as, acting_as_system
from resque.database.policies import apply_access_rules
from services.choices import AttendanceStatus
from services.models import Activity, Attendance
from services.operations.recording import Taking, change_attendance, record_service

pytestmark = pytest.mark.django_db
DAYS = [date(2015, 12, 30) + timedelta(days=step) for step in range(0, 400, 13)]


def _found() -> list[tuple]:
    with acting_as_system("test"):
        return [(one.what, one.reference, one.partner, one.year) for one in differences()]


def _served(cast, *cases, by=None, day=date(2016, 11, 15), status="attended", minutes=30):
    by = by or cast.lehmann
    kind = "DAA-BO" if by.partner == cast.daa else "CAR-GEW"
    taking = [Taking(case, status=status) for case in cases]
    return record_service(by=by, kind=kind, participants=taking, day=day, minutes=minutes)


def _attendances(rng: Random, cases: list[Participation], cast, several: int) -> list[Attendance]:
    partner, staff = rng.choice([(cast.daa, cast.lehmann), (cast.caritas, cast.weber)])
    activity = Activity.objects.create(
        reference=f"L-{rng.randrange(10**9)}", kind="DAA-BER", shape="individual", partner=partner, staff=staff,
        day=rng.choice(DAYS), minutes=45,
    )  # fmt: skip
    return [
        Attendance(
            activity=activity, participation=case, partner=partner, day=activity.day, kind=activity.kind,
            status=rng.choice(AttendanceStatus.values), minutes=rng.randint(0, 45),
        )
        for case in rng.sample(cases, several)
    ]  # fmt: skip


def _step(rng: Random, cases: list[Participation], cast) -> None:
    """Do one thing to some attendances, several in a statement: what people do, and what only SQL by hand does."""
    some = Attendance.objects.filter(pk__in=rng.sample(list(Attendance.objects.values_list("pk", flat=True)) or [0], 1))
    several = Attendance.objects.filter(participation__in=rng.sample(cases, 2), day__lte=rng.choice(DAYS))
    deed = rng.choice(("add", "add", "add", "status", "minutes", "day", "shift", "partner", "person", "delete"))
    if deed == "add":
        Attendance.objects.bulk_create(_attendances(rng, cases, cast, rng.randint(1, len(cases) // 2)))
    elif deed == "status":
        several.update(status=rng.choice(AttendanceStatus.values))
    elif deed == "minutes":
        several.update(minutes=F("minutes") + 1)
    elif deed == "day":
        some.update(day=rng.choice(DAYS))
    elif deed == "shift":
        several.update(day=F("day") + timedelta(days=rng.choice((-366, -30, 1, 366))))
    elif deed == "partner":
        some.update(partner=rng.choice((cast.daa, cast.caritas)))
    elif deed == "person":
        some.exclude(activity__attendances__participation=cases[0]).update(participation=cases[0])
    else:
        several.all()._raw_delete("default")


@pytest.mark.parametrize("seed", range(4))
def test_after_a_random_history_the_sums_are_those_of_the_plain_computation(cast, seed):
    rng, cases = Random(seed), [make_participant(cast.lehmann) for _ in range(8)]
    for _ in range(60):
        _step(rng, cases, cast)
        sums = [one for one in _found() if one[0] != "copy"]
        assert not sums, sums
    assert ServiceYear.objects.exists()


def test_what_people_do_keeps_the_sums(cast):
    world.build(cast, 3)
    case, other = make_participant(cast.lehmann), make_participant(cast.lehmann)
    group = _served(cast, case, other, day=date(2016, 12, 31))
    _served(cast, case, day=date(2017, 1, 1), status="no_show")
    change_attendance(
        by=cast.lehmann, activity=group, version=1,
        participants=[Taking(other, status="no_show"), Taking(case, minutes=10)],
    )  # fmt: skip
    assert _found() == []
    sums = ServiceYear.objects.filter(participation__in=[case, other]).order_by("participation", "year")
    assert [(one.year, one.recorded, one.attended, one.minutes, one.m12) for one in sums] == [
        (2016, 1, 1, 10, 1), (2017, 1, 0, 0, 0), (2016, 1, 0, 0, 0)
    ]  # fmt: skip


def test_a_take_back_removes_the_sums(cast):
    case = make_participant(cast.lehmann)
    _served(cast, case)
    Attendance.objects.filter(participation=case)._raw_delete("default")
    assert not ServiceYear.objects.filter(participation=case).exists()


def test_a_transaction_that_is_taken_back_leaves_nothing(cast):
    case = make_participant(cast.lehmann)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _served(cast, case)
        assert ServiceYear.objects.count() == 1
        1 / 0  # noqa: B018
    assert not ServiceYear.objects.exists()


def test_the_columns_of_the_rule_are_those_of_the_model():
    columns = {field.column for field in ServiceYear._meta.concrete_fields}
    assert columns == {"id", "participation_id", "partner_id", "year", *SUMS}
    assert set(MONTHS) < set(SUMS)


@pytest.mark.parametrize("seed", range(2))
def test_any_days_are_answered_exactly(cast, seed):
    """Not whole months alone: a period ends today, whatever day that is, and somebody may have come later."""
    rng, cases = Random(seed), [make_participant(cast.lehmann) for _ in range(6)]
    for _ in range(12):
        Attendance.objects.bulk_create(_attendances(rng, cases, cast, 2))
    written = list(Attendance.objects.values_list("participation", "partner", "day"))
    came = list(Attendance.objects.attended().values_list("participation", "partner", "day"))
    for _ in range(150):
        start, end = sorted(date(2015, 12, 1) + timedelta(days=rng.randint(0, 430)) for _ in range(2))
        if rng.random() < 0.4:
            start, end = start.replace(day=1), end.replace(day=1) + timedelta(days=31) - timedelta(days=3)
        start = start if rng.random() < 0.8 else None
        rows = ServiceYear.objects.filter(held_within(start, end)).values_list("participation", "partner", "year")
        inside = [one for one in came if (start is None or start <= one[2]) and one[2] <= end]
        assert set(rows) == {(case, by, day.year) for case, by, day in inside}, (start, end)
        assert ServiceYear.objects.count_attended(start, end) == len(inside), (start, end)
        recorded = {(case, by, day.year) for case, by, day in written if day <= end}
        until = ServiceYear.objects.recorded_until(end).values_list("participation", "partner", "year")
        assert set(until) == recorded


# --- Faults are found, and mended


def _planted(cast) -> Participation:
    case = make_participant(cast.lehmann)
    _served(cast, case)
    _served(cast, case, day=date(2015, 11, 15))
    return case


def test_a_trigger_that_was_off_is_found_and_mended(cast):
    case = _planted(cast)
    ask = connection.cursor()
    ask.execute("set constraints all immediate; alter table services_attendance disable trigger user")
    _served(cast, case)
    _served(cast, case, day=date(2017, 2, 1))
    Attendance.objects.filter(day=date(2015, 11, 15))._raw_delete("default")
    ask.execute("alter table services_attendance enable trigger user")
    key = (case.reference, "daa")
    assert _found() == [("surplus", *key, 2015), ("different", *key, 2016), ("missing", *key, 2017)]
    with acting_as_system("test"):
        assert mend() == 3
    assert _found() == []


@pytest.mark.parametrize("column", sorted(SUMS))
def test_every_wrong_value_is_found(cast, column):
    case = _planted(cast)
    ServiceYear.objects.filter(year=2016).update(**{column: F(column) + (timedelta(days=1) if "_" in column else 1)})
    assert _found() == [("different", case.reference, "daa", 2016)]


def test_a_copy_that_differs_is_found(cast):
    case = _planted(cast)
    service = Activity.objects.get(day=date(2016, 11, 15))
    for change in ({"day": date(2016, 11, 14)}, {"kind": "DAA-BER"}, {"partner": cast.caritas}):
        with transaction.atomic():
            Attendance.objects.filter(participation=case, activity=service).update(**change)
            assert [one[:2] for one in _found()] == [("copy", service.reference)]
            transaction.set_rollback(True)


def _command(*options) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_consistency", *options, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_the_command_says_what_differs_and_mends_it(cast, app_role):
    case = make_participant_as(cast)
    assert _command()[0] == 0
    with connection.cursor() as cursor:
        cursor.execute("reset role; update reporting_serviceyear set minutes = 0; set local role resque_app")
    code, said = _command("--format", "json")
    assert (code, json.loads(said)) == (
        1, [{"what": "different", "reference": case.reference, "partner": "daa", "year": 2016}]
    )  # fmt: skip
    code, said = _command("--rebuild")
    assert code == 1 and case.reference in said
    assert _command("--format", "json") == (0, "[]\n")
    with connection.cursor() as cursor:
        cursor.execute("reset role")
    assert AccessEntry.objects.filter(deed="acted_as_system", detail__reason="check_consistency --rebuild").exists()


def make_participant_as(cast) -> Participation:
    with acting_as(cast.lehmann):
        case = make_participant(cast.lehmann)
        _served(cast, case)
    return case


# --- Who may do what


@pytest.mark.parametrize(
    "write",
    [
        "insert into reporting_serviceyear (participation_id, partner_id, year, first_recorded) "
        "select participation_id, partner_id, 1999, day from services_attendance",
        "update reporting_serviceyear set minutes = 1",
        "delete from reporting_serviceyear",
        "truncate reporting_serviceyear",
        "select mend_service_years()",
        "select app_mend_service_years()",
    ],
)
def test_the_application_only_reads_the_sums(cast, app_role, write):
    make_participant_as(cast)
    with acting_as(cast.lehmann):
        assert ServiceYear.objects.count() == 1
        with pytest.raises(DatabaseError, match=r"permission denied|mended by the system"), transaction.atomic():
            connection.cursor().execute(write)


def test_who_sees_an_attendance_sees_its_sum(cast, app_role):
    make_participant_as(cast)
    for user, rows in ((cast.lehmann, 1), (cast.hoffmann, 1), (cast.weber, 0), (cast.krause, 0)):
        with acting_as(user):
            assert ServiceYear.objects.count() == rows == ServiceYear.objects.visible_to(user).count()


def test_linking_two_people_changes_no_sum(cast):
    cases = [_planted(cast), _planted(cast)]
    Person.objects.filter(pk__in=[case.person_id for case in cases]).update(cluster_id=1)
    assert _found() == []


def test_a_new_rule_comes_into_a_house_that_is_lived_in(cast):
    """As on an upgrade: rows are computed and rights are set in one transaction, with foreign keys still to check."""
    _served(cast, make_participant(cast.lehmann))
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
        cursor.execute("comment on table reporting_serviceyear is 'kept by an older rule'")
    ServiceYear.objects.all().delete()
    apply_access_rules(force=True)
    assert ServiceYear.objects.count() == 1
    assert not _found()
