"""How long the daily ways take, and how many times the plain SQL of the same question."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from participants.models import Participation
from reporting.benchmark.journeys import BY_CODE, JOURNEYS
from reporting.benchmark.measuring import Measured, NothingToMeasure, measure, visitors
from resque.context.acting import acting_as_system
from services.models import Attendance

LINE = "{code:<12}{middle:>9}{slow:>9}{budget:>9}{plain:>10}{ratio:>8}  {words}"


class Command(BaseCommand):
    """Ask the application as people do, in this process and through all its layers, and the database beside it."""

    help = (
        "Measures the journeys of the speed budget in milliseconds: the whole answer of the application (without the "
        "socket), the plain SQL of the same question in the same run, and their ratio. The journey `save` writes."
    )

    def add_arguments(self, parser):
        parser.add_argument("--journeys", nargs="+", choices=sorted(BY_CODE), metavar="NAME", help=", ".join(BY_CODE))
        parser.add_argument("--rounds", type=int, default=20, help="timed answers a journey; default 20")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args, journeys, rounds: int, format: str, **options):
        if settings.RESQUE_PROFILE == "production":
            raise CommandError("The benchmark signs in and writes; it never runs beside real people.")
        if rounds < 1:
            raise CommandError(f"--rounds {rounds}: at least one.")
        chosen = [journey for journey in JOURNEYS if not journeys or journey.code in journeys]
        try:
            with visitors() as visitor:
                found = [measure(journey, visitor(journey.role), rounds=rounds) for journey in chosen]
        except NothingToMeasure as missing:
            raise CommandError("There is nobody to measure with: fill a database with seed_demo first.") from missing
        self.stdout.write(_as_json(found) if format == "json" else _as_table(found, rounds))


def _sizes() -> tuple[int, int]:
    with acting_as_system("benchmark: size"):
        return Participation.objects.count(), Attendance.objects.count()


def _as_table(found: list[Measured], rounds: int) -> str:
    people, services = _sizes()
    head = LINE.format(
        code="journey", middle="p50 ms", slow="p95 ms", budget="budget", plain="SQL p50", ratio="ratio", words=""
    )
    lines = [f"{people:,} participations, {services:,} services, {rounds} rounds", head.rstrip()]
    for one in found:
        words = one.journey.words if one.within else f"{one.journey.words} (over the budget)"
        lines.append(
            LINE.format(
                code=one.journey.code, middle=f"{one.middle:.1f}", slow=f"{one.slow:.1f}", budget=one.journey.budget or "–",
                plain=f"{one.middle / one.ratio:.1f}", ratio=f"{one.ratio:.1f}", words=words,
            )
        )  # fmt: skip
    return "\n".join(lines)


def _as_json(found: list[Measured]) -> str:
    people, services = _sizes()
    journeys = [
        {
            "journey": one.journey.code, "p50_ms": round(one.middle, 2), "p95_ms": round(one.slow, 2),
            "budget_ms": one.journey.budget, "sql_p50_ms": round(one.middle / one.ratio, 2),
            "ratio": round(one.ratio, 2), "within": one.within,
        }
        for one in found
    ]  # fmt: skip
    return json.dumps({"participations": people, "services": services, "journeys": journeys}, indent=1)
