"""How similar two names are, from 0 to 1, and why. Pure functions; thresholds stand here once.

A changed vowel costs little, because Arabic, Persian and Tigrinya names are written by ear; a changed consonant
costs much, unless the two letters are known to write one sound. A vowel at the end tells Samir from Samira.
"""

from dataclasses import dataclass
from functools import lru_cache

from participants.names import script_of, words

# From these scores on two names count as the same; chosen on the development half of the labelled variants.
SAME_TOKEN = 0.86
SAME_FULL = 0.84
# Bands that a person sees beside a candidate.
BANDS = ((0.9, 5), (0.84, 4), (0.76, 3), (0.66, 2), (0.0, 1))

_VOWELS = "aeiu"
_HALF_VOWELS = "yw"
# Letters that write one sound in another custom: cost of taking one for the other.
_NEAR = {
    "ae": 0.2, "ei": 0.2, "ai": 0.75, "iu": 0.9, "au": 0.8, "eu": 0.5,
    "iy": 0.2, "ey": 0.3, "jy": 0.2, "ij": 0.4, "uw": 0.2,
    "gk": 0.35, "hk": 0.45, "gh": 0.5, "hH": 0.1, "HS": 0.25, "Hk": 0.4, "Hg": 0.5, "Ss": 0.5, "Hs": 0.6,
    "gj": 0.35, "st": 0.45, "dt": 0.4, "ds": 0.6,
    "Sk": 0.7, "bp": 0.5, "fw": 0.5, "mn": 0.9, "js": 0.7, "jS": 0.7,
}  # fmt: skip
_COST = {(a, b): cost for pair, cost in _NEAR.items() for a, b in (pair, pair[::-1])}
# Long vowels of Arabic script against Latin vowels, and what Latin letters cost that Arabic does not write.
_COST_ACROSS = _COST | dict.fromkeys((("y", "i"), ("y", "e"), ("w", "u"), ("y", "a"), ("a", "e")), 0.0)
_UNWRITTEN = {"a": 0.05, "e": 0.05, "u": 0.1, "i": 0.35, "y": 0.4, "w": 0.4}
_END_VOWEL = 1.1
_INNER_VOWEL = 0.35
_INNER_H = 0.5


def _gap(word: str, index: int) -> float:
    """Return the cost of a letter that the other spelling does not have."""
    letter = word[index]
    if letter in _VOWELS or letter in _HALF_VOWELS:
        return _END_VOWEL if index in (0, len(word) - 1) else _INNER_VOWEL
    return _INNER_H if letter == "h" and index else 1.0


def _unwritten(word: str, index: int) -> float:
    """Return the cost of a letter that the same name in Arabic script does not have: short vowels are free."""
    return _UNWRITTEN.get(word[index], 1.0)


def _distance(a: str, b: str, gap_a, gap_b, costs) -> float:
    before = [0.0]
    for j in range(len(b)):
        before.append(before[-1] + gap_b(b, j))
    for i, letter in enumerate(a):
        gap = gap_a(a, i)
        row = [before[0] + gap]
        for j, other in enumerate(b):
            change = 0.0 if letter == other else costs.get((letter, other), 1.0)
            row.append(min(before[j] + change, before[j + 1] + gap, row[j] + gap_b(b, j)))
        before = row
    return before[-1]


@lru_cache(maxsize=50_000)
def word_similarity(a: str, b: str) -> float:
    """Return how similar two folded words of one script are, 0 to 1: an edit distance with sounds as costs."""
    if a == b:
        return 1.0
    return max(0.0, 1 - _distance(a, b, _gap, _gap, _COST) / max(3.0, (len(a) + len(b)) / 2))


@lru_cache(maxsize=50_000)
def word_similarity_across(arabic: str, latin: str) -> float:
    """Return how similar a folded word in Arabic script is to one in Latin script, 0 to 1."""
    distance = _distance(arabic, latin, _gap, _unwritten, _COST_ACROSS)
    return max(0.0, 1 - distance / max(3.0, (len(arabic) + len(latin)) / 2))


@dataclass(frozen=True)
class Pairing:
    """Two names laid beside each other."""

    score: float
    pairs: tuple[tuple[str, str, float], ...]  # folded word, folded word, similarity
    unmatched: int
    across_scripts: bool


def _pair_up(mine: list[str], theirs: list[str], measure) -> list[tuple[str, str, float]]:
    ranked = sorted(((measure(a, b), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs)), reverse=True)
    used_mine, used_theirs, pairs = set(), set(), []
    for score, i, j in ranked:
        if i not in used_mine and j not in used_theirs:
            used_mine.add(i)
            used_theirs.add(j)
            pairs.append((mine[i], theirs[j], score))
    return pairs


def _measure(a: str, b: str):
    """Return the word measure for two names by their scripts, and whether they differ."""
    arabic = [script_of(text) == "arabic" for text in (a, b)]
    if arabic[0] == arabic[1]:
        return word_similarity, False
    return (word_similarity_across if arabic[0] else lambda x, y: word_similarity_across(y, x)), True


def compare(a: str, b: str) -> Pairing:
    """Lay two names beside each other, in whatever order and script they are written."""
    mine, theirs = words(a), words(b)
    measure, across = _measure(a, b)
    if not mine or not theirs:
        return Pairing(0.0, (), len(mine) + len(theirs), across)
    pairs = _pair_up(mine, theirs, measure)
    unmatched = abs(len(mine) - len(theirs))
    weights = [len(x) + len(y) for x, y, _ in pairs]
    mean = sum(weight * score for weight, (_, _, score) in zip(weights, pairs, strict=True)) / sum(weights)
    # The worst pair weighs most: one strange word is enough for another person.
    score = 0.35 * mean + 0.65 * min(score for _, _, score in pairs) - 0.03 * unmatched
    if unmatched and len(pairs) == 1:
        score *= 0.88  # one name of several: the person may be known by it, or be another one
    if unmatched:
        score = max(score, measure("".join(mine), "".join(theirs)))  # together or apart: "Sher Zad", "Sherzad"
    if across:
        score *= 0.97 if min(map(len, mine + theirs)) > 2 else 0.8
    return Pairing(max(0.0, score), tuple(pairs), unmatched, across)


def similarity(a: str, b: str) -> float:
    """Return how similar two names are, 0 to 1."""
    return compare(a, b).score


def band(score: float) -> int:
    """Return 1 to 5 for a score, as the marks beside a candidate show it."""
    return next(number for limit, number in BANDS if score >= limit)
