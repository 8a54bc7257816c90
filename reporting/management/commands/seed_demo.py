"""Fill an empty database with an invented, deterministic world."""

import time
from dataclasses import dataclass
from random import Random

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from participants.models import Participation
from reporting.demo.chapters import SEED
from reporting.demo.ten_people import bring_in_the_ten
from reporting.demo.world import populate, populate_in_bulk
from resque.accounts.demo import create_demo_accounts
from resque.clock import today
from resque.references import drawn_from
from services.models import Attendance

SERVICES_EACH = 10  # of a person in a large world
MOST_LIVED_THROUGH = 1000  # people; more are loaded in bulk


@dataclass(frozen=True)
class Size:
    """How large a world is: invented people beside the ten, and services where they are loaded in bulk."""

    participants: int
    services: int | None = None


SIZES = {"s": Size(62), "m": Size(642), "l": Size(100_000, 1_000_000)}


class Command(BaseCommand):
    """Invented people in several scripts, with services, outcomes, exits and shared cases until the demo day."""

    help = (
        "Fills an empty database with an invented, deterministic world; s: about 70 people, m: 650, l: 100,000 with "
        "1,000,000 services."
    )

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=sorted(SIZES), default="s")
        parser.add_argument("--participants", type=int, help="number of invented people, instead of that of the size")
        parser.add_argument("--services", type=int, help="number of services; the world is then loaded in bulk")

    def handle(self, *args, size: str, participants: int | None, services: int | None, **options):
        if not settings.RESQUE_DEMO and settings.RESQUE_PROFILE == "production":
            raise CommandError("Demo data never enter a production database.")
        wanted = _wanted(SIZES[size], participants, services)
        if Participation.objects.exists():
            raise CommandError("The database already holds participants; demo data enter an empty one only.")
        began = time.monotonic()
        with drawn_from(Random(SEED)):  # the same references in every run
            self._make(wanted)
        self.stdout.write(
            f"Demo world of {Participation.objects.count()} people with {Attendance.objects.count()} attended or "
            f"missed services in {time.monotonic() - began:.0f} s."
        )

    def _make(self, wanted: Size) -> None:
        create_demo_accounts()
        bring_in_the_ten(today())
        if wanted.services is None:
            populate(wanted.participants, today(), tell_progress=self._tell_progress)
        else:
            populate_in_bulk(wanted.participants, wanted.services, today(), tell_progress=self._tell_progress)

    def _tell_progress(self, people: int) -> None:
        self.stdout.write(f"  {people} people")


def _wanted(size: Size, participants: int | None, services: int | None) -> Size:
    people = size.participants if participants is None else participants
    if people < 1:
        raise CommandError("--participants must be 1 or more.")
    if services is None and (size.services is not None or people > MOST_LIVED_THROUGH):
        services = size.services if participants is None else people * SERVICES_EACH
    if services is not None and services < people:
        raise CommandError("--services must be at least as many as --participants: everybody comes once.")
    return Size(people, services)
