"""Gather, check and compile the German catalogues (pure Python)."""

from django.core.management.base import BaseCommand, CommandError

from resque.ui.catalogues import FLOORS, compile_floor, faults, update


class Command(BaseCommand):
    help = "Gather words into the German catalogues (update), list what lacks German (check), write .mo (compile)."
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("action", nargs="?", choices=["update", "check", "compile"], default="update")
        parser.add_argument("--check", action="store_true", help="the same as the action check")
        parser.add_argument("--floor", choices=FLOORS, action="append", help="only this floor; may be repeated")

    def handle(self, *, action: str, check: bool, floor: list[str] | None, **options) -> None:
        floors = floor or list(FLOORS)
        if check or action == "check":
            return self._check(floors)
        for name in floors:
            if action == "compile":
                written = compile_floor(name)
                self.stdout.write(f"{name}: {'compiled' if written else 'up to date'}")
            else:
                self.stdout.write(f"{name}: {update(name)} messages")
        return None

    def _check(self, floors: list[str]) -> None:
        found = [fault for name in floors for fault in faults(name)]
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(f"{len(found)} messages need a German translation.")
        self.stdout.write("Every message has a German translation.")
