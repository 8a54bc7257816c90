"""The golden scenario lived through: the file of eight people, their services, and the steps with the moving clock."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.core.management import call_command

import participants.tests
from participants.models import Operation, Participation
from participants.operations.answers import enter
from participants.operations.stations import re_enter, refuse_anonymously, turn_away
from participants.tests.builders import make_participant
from resque.clock import moved_to
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service

DATA = Path(participants.tests.__file__).parent / "data"
GOLDEN = json.loads((DATA / "golden.json").read_text(encoding="utf-8"))
STEPS = json.loads((DATA / "golden_steps.json").read_text(encoding="utf-8"))


def case_of(who: str) -> Participation:
    """Return the participation of a person of the story as it is now."""
    return Participation.objects.select_related("person", "operation").get(external_reference=who)


def names_of(references) -> str:
    """Return the names of the story behind our own numbers, as golden.json writes them."""
    names = Participation.objects.filter(reference__in=references).values_list("external_reference", flat=True)
    return ",".join(sorted(names, key=lambda name: int(name[1:])))


def live(worker, at_check: Callable[[date], None]) -> None:
    """Live through the story as `worker` of the DAA would.

    Args:
        worker: a caseworker of the partner `daa`.
        at_check: called at each step "check" with the day, while the clock stands there.
    """
    call_command(
        "import_participants", str(DATA / "golden_input.csv"), partner="daa", operation="resque-2.0", verbosity=0
    )
    services = list(csv.DictReader((DATA / "golden_services.csv").read_text(encoding="utf-8").splitlines()))
    for step in sorted(STEPS, key=lambda step: step["on"]):
        day = date.fromisoformat(step["on"])
        while services and services[0]["date"] <= step["on"]:
            _serve(worker, services.pop(0))
        with moved_to(day):
            at_check(day) if step["do"] == "check" else _DO[step["do"]](worker, step, day)


def _serve(worker, row: dict) -> None:
    day = date.fromisoformat(row["date"])
    taking = Taking(case_of(row["reference"]), status=row["status"])
    with moved_to(day):
        record_service(by=worker, kind=row["kind"], participants=[taking], day=day, minutes=int(row["minutes"]))


def _refuse(worker, step: dict, day: date) -> None:
    operation = Operation.objects.get(code="resque-2.0")
    refuse_anonymously(by=worker, operation=operation, partner=worker.partner, day=day)


def _turn_away(worker, step: dict, day: date) -> None:
    contact = make_participant(worker, "Krasniqi", "Besnik", external_reference=step["who"], info_given_on=day)
    turn_away(by=worker, participation=contact)


def _outcome(worker, step: dict, day: date) -> None:
    record_outcome(
        by=worker, participation=case_of(step["who"]), kind=step["outcome"], start=date.fromisoformat(step["start"]),
        evidence="document", evidence_on=day, evidence_note=step["evidence"],
    )  # fmt: skip


def _enter(worker, step: dict, day: date) -> None:
    answers = {name: value for name, value in step.items() if name not in ("on", "do", "who", "note")}
    enter(by=worker, participation=case_of(step["who"]), answers=answers)


def _re_enter(worker, step: dict, day: date) -> None:
    re_enter(by=worker, participation=case_of(step["who"]))


_DO = {
    "anonymous_refusal": _refuse,
    "not_target_group": _turn_away,
    "outcome": _outcome,
    "exit": _enter,
    "follow_up": _enter,
    "re_enter": _re_enter,
}
