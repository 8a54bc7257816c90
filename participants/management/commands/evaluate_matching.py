"""How well the comparison of names tells same from different, at the thresholds that the application uses."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from participants.matching import SAME_FULL, SAME_TOKEN, similarity

THRESHOLDS = {"token": SAME_TOKEN, "full": SAME_FULL}
COLUMNS = ["kind", "a", "b", "same"]


@dataclass
class Tally:
    """Counts of one kind of pairs."""

    hits: int = 0
    false_alarms: int = 0
    missed: int = 0
    rejected: int = 0

    def add(self, *, said: bool, same: bool) -> None:
        """Count one judgement."""
        self.hits += said and same
        self.false_alarms += said and not same
        self.missed += same and not said
        self.rejected += not said and not same

    @property
    def precision(self) -> float:
        """Of the pairs called the same, the share that is; 0 when none was called so."""
        return self.hits / (self.hits + self.false_alarms) if self.hits else 0.0

    @property
    def recall(self) -> float:
        """Of the pairs that are the same, the share that was called so; 0 when there is none."""
        return self.hits / (self.hits + self.missed) if self.hits else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        together = self.precision + self.recall
        return 2 * self.precision * self.recall / together if together else 0.0


class Command(BaseCommand):
    help = "Judge a CSV file of name pairs (kind,a,b,same; kind: token or full) and print precision, recall, F1."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args, **options):
        tallies = {kind: Tally() for kind in THRESHOLDS}
        for kind, a, b, same in _pairs(Path(options["file"])):
            tallies[kind].add(said=similarity(a, b) >= THRESHOLDS[kind], same=same)
        figures = {kind: _figures(tally, THRESHOLDS[kind]) for kind, tally in tallies.items()}
        figures["all"] = _figures(_sum(tallies.values()), None)
        if options["format"] == "json":
            self.stdout.write(json.dumps(figures, indent=1))
            return
        self.stdout.write(f"{'kind':8}{'pairs':>9}{'same':>7}{'threshold':>11}{'precision':>11}{'recall':>8}{'F1':>7}")
        for kind, row in figures.items():
            threshold = "" if row["threshold"] is None else f"{row['threshold']:.2f}"
            self.stdout.write(
                f"{kind:8}{row['pairs']:>9}{row['same']:>7}{threshold:>11}"
                f"{row['precision']:>11.3f}{row['recall']:>8.3f}{row['f1']:>7.3f}"
            )


def _pairs(path: Path):
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if rows.fieldnames != COLUMNS:
                raise CommandError(_("The columns must be: %s") % ",".join(COLUMNS))
            for number, row in enumerate(rows, 2):
                if row["kind"] not in THRESHOLDS or row["same"] not in ("0", "1") or None in row:
                    raise CommandError(_("Row %d: kind must be token or full, same must be 0 or 1.") % number)
                yield row["kind"], row["a"], row["b"], row["same"] == "1"
    except OSError as fault:
        raise CommandError(_("The file cannot be read: %s") % fault.strerror) from fault


def _figures(tally: Tally, threshold: float | None) -> dict:
    return {
        "pairs": tally.hits + tally.false_alarms + tally.missed + tally.rejected,
        "same": tally.hits + tally.missed,
        "threshold": threshold,
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
    }


def _sum(tallies) -> Tally:
    together = Tally()
    for tally in tallies:
        together.hits += tally.hits
        together.false_alarms += tally.false_alarms
        together.missed += tally.missed
        together.rejected += tally.rejected
    return together
