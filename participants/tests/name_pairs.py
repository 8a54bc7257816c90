"""Labelled variants of names, the pairs that are made of them, and how well a threshold tells them apart.

name_variants.csv is the development half of the labelled set. name_variants_own.csv was written for this project
from what is known about spellings, before the rules were judged on it: half a was looked at while the rules were
made, half b was never read for them.
"""

import csv
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from participants.matching import similarity

DATA = Path(__file__).parent / "data"
DEVELOPMENT, OWN = DATA / "name_variants.csv", DATA / "name_variants_own.csv"


@dataclass(frozen=True)
class Judged:
    """Two names with what is known of them and what the score says."""

    a: str
    b: str
    clusters: tuple[str, str]
    score: float

    @property
    def same(self) -> bool:
        """Whether both write one name."""
        return self.clusters[0] == self.clusters[1]


def variants(path: Path, kind: str, half: str = "", language: str = "") -> list[tuple[str, str]]:
    """Return (cluster, name) of one kind, token or full."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == kind]
    return [
        (row["cluster"], row["name"])
        for row in rows
        if row.get("half", "").startswith(half) and row["language"].startswith(language)
    ]


def judged(names: list[tuple[str, str]]) -> list[Judged]:
    """Return every pair of the names; pairs across clusters are different names (about 99 of 100)."""
    return [Judged(a, b, (one, other), similarity(a, b)) for (one, a), (other, b) in combinations(names, 2)]


def quality(pairs: list[Judged], threshold: float) -> tuple[float, float, float]:
    """Return precision, recall and F1 of saying "the same" from a threshold on."""
    hits = sum(pair.same and pair.score >= threshold for pair in pairs)
    said = sum(pair.score >= threshold for pair in pairs)
    same = sum(pair.same for pair in pairs)
    precision, recall = hits / said if said else 0.0, hits / same if same else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0


def best_threshold(pairs: list[Judged]) -> float:
    """Return the threshold of the best F1, in steps of a hundredth."""
    return max((step / 100 for step in range(60, 100)), key=lambda threshold: quality(pairs, threshold)[2])


def by_folds(pairs: list[Judged], folds: int = 5) -> list[Judged]:
    """Judge whole clusters with a threshold that was chosen without them.

    Returns:
        every pair within one fold, its score moved so that 0 is the threshold of the other folds.
    """
    clusters = sorted({cluster for pair in pairs for cluster in pair.clusters}, key=int)
    fold_of = {cluster: number % folds for number, cluster in enumerate(clusters)}
    moved = []
    for fold in range(folds):
        inside = [pair for pair in pairs if {fold_of[cluster] for cluster in pair.clusters} == {fold}]
        outside = [pair for pair in pairs if fold not in {fold_of[cluster] for cluster in pair.clusters}]
        threshold = best_threshold(outside)
        moved += [Judged(pair.a, pair.b, pair.clusters, pair.score - threshold) for pair in inside]
    return moved
