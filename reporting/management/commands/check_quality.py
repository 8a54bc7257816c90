"""All rules of data quality over the records of an operation, and over what is reported from them."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.management.asking import AskingCommand, acting, day_of
from reporting.quality.checking import Hit, check
from resque.accounts.roles import Permission
from resque.clock import today


class Command(AskingCommand):
    needs = (Permission.VIEW_FIGURES, Permission.VIEW_PARTICIPANTS)
    help = "Lists which rule of data quality is violated by which record. Changes nothing."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--on", metavar="D", help="day of the check, year-month-day; default: today")

    def handle(self, *args, **options):
        on = day_of(options["on"]) if options["on"] else today()
        user = self.account(options)
        with acting(user, f"check_quality {options['operation']} {on}"):
            found = check(self.basis(options), on, user)
        if options["format"] == "json":
            self.stdout.write(json.dumps([_as_json(hit) for hit in found], ensure_ascii=False, indent=1))
            return
        for hit in found:
            self.stdout.write(f"{hit.rule.id} {hit.rule.severity} {hit.reference or '–':<10} {hit.rule.message}")
        count = len(found)
        self.stdout.write(ngettext("%d hit.", "%d hits.", count) % count if count else _("No rule is violated."))


def _as_json(hit: Hit) -> dict[str, str]:
    rule = hit.rule
    return {"rule": rule.id, "severity": rule.severity, "reference": hit.reference, "message": str(rule.message)}
