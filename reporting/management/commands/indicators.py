"""All indicators of an operation at a reference date, or of the period between two."""

import json

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from reporting.indicators.catalogue import BY_CODE, ENTITIES
from reporting.indicators.counting import Tally, references_behind, stock, tallies
from reporting.management.asking import AskingCommand, acting, day_of

TITLES = {**BY_CODE, **{entity.code: entity for entity in ENTITIES}}
COLUMNS = "{code:<8}{m:>8}{f:>8}{nb:>8}{total:>8}  {title}"


class Command(AskingCommand):
    help = (
        "Counts every indicator of an operation by sex, cumulative at the reference date. With --since all numbers are "
        "those of the period after that date (the difference of both); stock and rates stay those of the reference date."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--reference-date", required=True, metavar="D", help="year-month-day, included")
        parser.add_argument("--since", metavar="D", help="earlier reference date: its values are subtracted")

    def handle(self, *args, **options):
        until = day_of(options["reference_date"])
        since = day_of(options["since"]) if options["since"] else None
        if since and since >= until:
            raise CommandError(_("--since must lie before the reference date."))
        with acting(self.account(options), f"indicators {options['operation']} {until}"):
            basis = self.basis(options)
            now, *before = tallies(basis, [until, since] if since else [until])
            shown = now - before[0] if before else now
            found = _as_json(shown, now, references_behind(basis, until, since), stock(basis, until))
        if options["format"] == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            self._print(found)

    def _print(self, found: dict) -> None:
        words = {"code": _("Code"), "m": "m", "f": _("f"), "nb": "nb", "total": _("all"), "title": _("Indicator")}
        self.stdout.write(COLUMNS.format(**words))
        for code, row in found["indicators"].items():
            self.stdout.write(COLUMNS.format(code=code, **_numbers(row), title=TITLES[code].title))
        rates = {name: "–" if rate is None else f"{rate} %" for name, rate in found["integration_rate"].items()}
        self.stdout.write(
            _("Complete records %(complete)s, grand total %(grand_total)s, exited %(exited)s, in the project %(stock)s")
            % {**found, "stock": len(found["stock"])}
        )
        self.stdout.write(_("Integration rate: A %(A)s, B %(B)s") % rates)


def _numbers(row: dict) -> dict[str, int]:
    return {name: row[name] for name in ("m", "f", "nb", "total")}


def _as_json(shown: Tally, now: Tally, references: dict[str, list[str]], present: list[str]) -> dict:
    people = {
        code: {"m": number.m, "f": number.f, "nb": number.nb, "total": number.total, "references": references[code]}
        for code, number in shown.indicators.items()
    }
    # Not people: they have no sex and no record, only a number.
    entities = {
        code: {"m": 0, "f": 0, "nb": 0, "total": number, "references": []} for code, number in shown.entities.items()
    }
    return {
        "complete": shown.complete,
        "grand_total": shown.grand_total,
        "exited": shown.exited,
        "stock": present,
        "integration_rate": {name: _percent(share.value) for name, share in now.rates.items()},
        "indicators": people | entities,
    }


def _percent(value: float | None) -> float | None:
    return None if value is None else round(100 * value, 1)
