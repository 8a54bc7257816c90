"""Labelled variants of names, the pairs that are made of them, and how well a threshold tells them apart.

name_variants.csv is the development half of the labelled set. name_variants_own.csv was written for this project
from what is known about spellings, before the rules were judged on it: half a was looked at while the rules were
made, half b was never read for them.

`python -m participants.tests.name_pairs` prints the table of docs/matching.md.
"""

import csv
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from participants.matching import SAME_FULL, SAME_TOKEN, similarity
from participants.names import fold

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


def judged(names: list[tuple[str, str]], measure=similarity) -> list[Judged]:
    """Return every pair of the names; pairs across clusters are different names (about 99 of 100)."""
    return [Judged(a, b, (one, other), measure(a, b)) for (one, a), (other, b) in combinations(names, 2)]


def quality(pairs: list[Judged], threshold: float) -> tuple[float, float, float]:
    """Return precision, recall and F1 of saying "the same" from a threshold on."""
    hits = sum(pair.same and pair.score >= threshold for pair in pairs)
    said = sum(pair.score >= threshold for pair in pairs)
    same = sum(pair.same for pair in pairs)
    precision, recall = hits / said if said else 0.0, hits / same if same else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0


def best_threshold(pairs: list[Judged]) -> float:
    """Return the threshold of the best F1, in steps of a hundredth."""
    return max((step / 100 for step in range(30, 100)), key=lambda threshold: quality(pairs, threshold)[2])


def by_folds(pairs: list[Judged], folds: int = 5) -> list[Judged]:
    """Judge whole clusters with a threshold that was chosen without them.

    Returns:
        every pair once, its score moved so that 0 is the threshold that pairs without its first cluster gave.
    """
    clusters = sorted({cluster for pair in pairs for cluster in pair.clusters}, key=int)
    part_of = {cluster: number % folds for number, cluster in enumerate(clusters)}
    moved = []
    for part in range(folds):
        outside = [pair for pair in pairs if part not in {part_of[cluster] for cluster in pair.clusters}]
        threshold = best_threshold(outside)
        inside = [pair for pair in pairs if part_of[pair.clusters[0]] == part]
        moved += [Judged(pair.a, pair.b, pair.clusters, pair.score - threshold) for pair in inside]
    return moved


def trigrams(a: str, b: str) -> float:
    """Return the similarity of pg_trgm: shared groups of three letters among all of them."""
    groups = [
        {word[i : i + 3] for part in text.lower().split() for word in [f"  {part} "] for i in range(len(word) - 2)}
        for text in (a, b)
    ]
    return len(groups[0] & groups[1]) / max(1, len(groups[0] | groups[1]))


def table() -> str:
    """Return how well each way tells names apart: threshold from the development half, judged on half b."""
    ways = {
        "pg_trgm similarity": trigrams,
        "Jaro-Winkler": JaroWinkler.similarity,
        "fold key equal": lambda a, b: float(fold(a) == fold(b)),
        "trigrams of fold keys": lambda a, b: trigrams(fold(a), fold(b)),
        "participants/matching.py": similarity,
    }
    lines = []
    for kind in ("token", "full"):
        for way, measure in ways.items():
            learnt, seen = (
                judged(variants(path, kind, half), measure) for path, half in ((DEVELOPMENT, ""), (OWN, "b"))
            )
            used = {"token": SAME_TOKEN, "full": SAME_FULL}[kind] if measure is similarity else best_threshold(learnt)
            figures = " ".join(f"{figure:.3f}" for figure in quality(seen, used))
            lines.append(f"{kind:6} {way:26} {used:.2f} {figures}")
    for name, path, half in (("development half", DEVELOPMENT, ""), ("own, half b", OWN, "b")):
        folds = quality(by_folds(judged(variants(path, "token", half))), 0.0)
        lines.append(f"token  five folds, {name:18} " + " ".join(f"{figure:.3f}" for figure in folds))
    pairs = judged(variants(DEVELOPMENT, "token"))
    for language in ("ar", "fa", "ti", "ru"):
        inside = {cluster for cluster, _name in variants(DEVELOPMENT, "token", language=language)}
        learnt = [pair for pair in pairs if not inside & set(pair.clusters)]
        judged_pairs = [pair for pair in pairs if inside >= set(pair.clusters)]
        figures = " ".join(f"{figure:.3f}" for figure in quality(judged_pairs, best_threshold(learnt)))
        lines.append(f"token  threshold of the others, {language:5} {figures}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
