"""The ten people of the example scenario: eight records of a file, their services and outcomes until the demo day."""

import csv
from datetime import date
from pathlib import Path

from django.core.management import call_command

from participants.models import Participation
from resque.accounts.models import User
from resque.clock import moved_to
from resque.context.acting import acting_as
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service

DATA = Path(__file__).parent / "data"
# who, outcome, start, evidence
OUTCOMES = (
    ("P8", "SVB_VZ", date(2016, 4, 1), "document"),
    ("P1", "AUSB_B", date(2016, 9, 1), "document"),
)


def bring_in_the_ten(today: date) -> None:
    """Import the eight records of the file as the counsellor would, then record what they took part in."""
    call_command(
        "import_participants", str(DATA / "people.csv"), partner="daa", operation="resque-2.0", user="daa", verbosity=0
    )
    worker = User.objects.get(username="daa")
    with acting_as(worker):
        people = {
            participation.external_reference: participation
            for participation in Participation.objects.filter(partner=worker.partner).exclude(external_reference="")
        }
        _record_services(worker, people, today)
        for who, kind, start, evidence in OUTCOMES:
            with moved_to(start):
                record_outcome(
                    by=worker,
                    participation=people[who],
                    kind=kind,
                    start=start,
                    evidence=evidence,
                    evidence_on=start,
                    employer="Betrieb Muster GmbH",
                )


def _record_services(worker: User, people: dict[str, Participation], today: date) -> None:
    with (DATA / "services.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["date"])
            if day > today:
                continue
            with moved_to(day):
                record_service(
                    by=worker,
                    kind=row["kind"],
                    participants=[Taking(people[row["reference"]], status=row["status"])],
                    day=day,
                    minutes=int(row["minutes"]),
                )
