"""Many who record services at once: the sums kept for the figures stay what the records say, and nobody blocks another."""

import json
import os
import subprocess
import sys
import threading
import uuid
from datetime import date, timedelta
from random import Random

import pytest

from resque.settings.environment import BASE_DIR
from resque.tests.drill.people import CREATE, intake, new_name

THREADS = 6
TRANSACTIONS = int(os.environ.get("RESQUE_DRILL_TRANSACTIONS", "300"))
DAYS = [date(2016, 12, 20) + timedelta(days=step) for step in range(0, 24, 4)]
STATES = ("attended", "attended", "cancelled", "no_show")

SERVICE = """insert into services_activity (reference, kind, shape, partner_id, staff_id, title, day, minutes,
  travel_minutes, place, interpreter, topics, with_people, created_at, version)
  select %s, 'DAA-BO', 'group', partner_id, id, '', %s, 45, 0, '', '', '[]', true, now(), 1 from accounts_user
  where username = %s returning id"""
ATTENDANCES = """insert into services_attendance (activity_id, participation_id, partner_id, day, kind, status, minutes)
  select a.id, p, a.partner_id, a.day, a.kind, (%s::text[])[1 + (p + a.id) %% 4], p %% 45
  from services_activity a, unnest(%s) p where a.id = %s"""
# Held in the order of their people, as the operations do by writing person by person.
SOME = "select id from services_attendance where participation_id = any(%s) and day = %s order by participation_id, id for update"


class Recorder(threading.Thread):
    """Somebody who records services of a few people, corrects them, and sometimes lets it be."""

    def __init__(self, installation, seed: int, cases: list[int], gate: threading.Barrier):
        super().__init__()
        self.installation, self.rng, self.cases, self.gate = installation, Random(seed), cases, gate
        self.seed, self.faults, self.taken_back = seed, [], 0

    def run(self) -> None:
        try:
            with self.installation.cursor() as cursor:
                self.gate.wait(30)
                for number in range(TRANSACTIONS // THREADS):
                    cursor.execute("begin")
                    self._do_something(cursor, number)
                    is_regretted = self.rng.random() < 0.15
                    self.taken_back += is_regretted
                    cursor.execute("rollback" if is_regretted else "commit")
        except Exception as fault:
            self.faults.append(fault)

    def _do_something(self, cursor, number: int) -> None:
        several, day = self.rng.sample(self.cases, self.rng.randint(1, 4)), self.rng.choice(DAYS)
        deed = self.rng.choices(("add", "correct", "shift", "remove"), (5, 3, 1, 1))[0]
        if deed == "add":
            cursor.execute(SERVICE, [f"D{self.seed}-{number}", day, self.rng.choice(("caritas", "daa"))])
            cursor.execute(ATTENDANCES, [list(STATES), several, cursor.fetchone()[0]])
            return
        cursor.execute(SOME, [several, day])
        keys = [key for (key,) in cursor.fetchall()]
        if deed == "correct":
            written = [self.rng.choice(STATES), self.rng.randint(0, 45), keys]
            cursor.execute("update services_attendance set status = %s, minutes = %s where id = any(%s)", written)
        elif deed == "shift":
            written = [self.rng.choice(DAYS), keys]
            cursor.execute("update services_attendance set day = %s where id = any(%s)", written)
        else:
            cursor.execute("delete from services_attendance where id = any(%s)", [keys])


@pytest.fixture
def cases(installation, caseworkers) -> list[int]:
    """Eight people whom everybody works with at once; their services are gone in the end."""
    references = [
        caseworkers[number % 4].post(CREATE, **intake(new_name(Random()), str(uuid.uuid4()))).record.split("/")[-2]
        for number in range(8)
    ]
    asked = installation.ask("select id from participants_participation where reference = any(%s)", references)
    keys = [key for (key,) in asked]
    assert len(keys) == 8
    yield keys
    with installation.cursor() as cursor:
        cursor.execute("delete from services_attendance where participation_id = any(%s)", [keys])
        cursor.execute("delete from services_activity where reference like 'D%%-%%'")


def _consistency(installation) -> list[dict]:
    command = [sys.executable, "manage.py", "check_consistency", "--format", "json"]
    asked = subprocess.run(command, cwd=BASE_DIR, env=installation.environment, capture_output=True, text=True)
    return json.loads(asked.stdout)


def test_several_who_record_at_once_leave_no_difference_and_no_deadlock(installation, cases):
    gate = threading.Barrier(THREADS)
    recorders = [Recorder(installation, seed, cases, gate) for seed in range(THREADS)]
    for recorder in recorders:
        recorder.start()
    for recorder in recorders:
        recorder.join(600)
    assert not any(recorder.is_alive() for recorder in recorders)
    assert [fault for recorder in recorders for fault in recorder.faults] == []
    assert sum(recorder.taken_back for recorder in recorders)
    ((attendances, sums),) = installation.ask(
        "select (select count(*) from services_attendance), (select count(*) from reporting_serviceyear)"
    )
    assert attendances > 40
    assert sums >= 16
    assert [one for one in _consistency(installation) if one["what"] != "copy"] == []
    # Else the comparison would prove nothing.
    with installation.cursor() as cursor:
        cursor.execute("update reporting_serviceyear set attended = attended + 1 where id in "
                       "(select id from reporting_serviceyear limit 1)")  # fmt: skip
    assert [one["what"] for one in _consistency(installation) if one["what"] != "copy"] == ["different"]
