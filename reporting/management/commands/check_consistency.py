"""Are the sums that figures read what the records say?"""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.keeping.sql import Difference, differences, mend
from resque.context.acting import acting_as_system

SHOWN = 20  # differences that the table names; --format json names all


class Command(BaseCommand):
    """Exit code 1 where something differs, also when it was mended: somebody should ask why."""

    help = (
        "Compares the sums kept for the figures, and the copies in attendances, with the plain computation. "
        "Exit code 1 when they differ."
    )

    def add_arguments(self, parser):
        parser.add_argument("--rebuild", action="store_true", help="compute all sums anew; recording waits meanwhile")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args, **options):
        with acting_as_system(f"check_consistency{' --rebuild' if options['rebuild'] else ''}"):
            found = list(differences())
            if options["rebuild"]:
                mend()
        if options["format"] == "json":
            self.stdout.write(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        else:
            self._print(found, mended=options["rebuild"])
        if found:
            raise SystemExit(1)

    def _print(self, found: list[Difference], *, mended: bool) -> None:
        words = {
            "missing": _("sum missing"), "surplus": _("sum without services"), "different": _("sum wrong"),
            "copy": _("copy differs from its service"),
        }  # fmt: skip
        for one in found[:SHOWN]:
            self.stdout.write(f"{one.reference:<10} {one.partner:<12} {one.year}  {words[one.what]}")
        if not found:
            self.stdout.write(_("All kept sums and copies are what the records say."))
            return
        self.stdout.write(ngettext("%d difference.", "%d differences.", len(found)) % len(found))
        if mended:
            self.stdout.write(_("All sums were computed anew. Copies are never changed here."))
