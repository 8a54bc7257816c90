"""Fill an empty database with an invented, deterministic world."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from participants.models import Participation
from reporting.demo.ten_people import bring_in_the_ten
from reporting.demo.world import populate
from resque.accounts.demo import create_demo_accounts
from resque.clock import today

PEOPLE = {"s": 62, "m": 642}


class Command(BaseCommand):
    """Invented people in several scripts, with services, outcomes, exits and shared cases until the demo day."""

    help = "Fills an empty database with an invented, deterministic world; s: about 70 people, m: 650."

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=sorted(PEOPLE), default="s")
        parser.add_argument("--participants", type=int, help="number of invented people, instead of --size")

    def handle(self, *args, size: str, participants: int | None, **options):
        if not settings.RESQUE_DEMO and settings.RESQUE_PROFILE == "production":
            raise CommandError("Demo data never enter a production database.")
        if Participation.objects.exists():
            raise CommandError("The database already holds participants; demo data enter an empty one only.")
        began = time.monotonic()
        create_demo_accounts()
        bring_in_the_ten(today())
        populate(
            PEOPLE[size] if participants is None else participants,
            today(),
            tell_progress=lambda count: self.stdout.write(f"  {count} people"),
        )
        self.stdout.write(f"Demo world of {Participation.objects.count()} people in {time.monotonic() - began:.0f} s.")
