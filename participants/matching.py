"""How similar two names are, from 0 to 1, and why. Pure functions; thresholds stand here once.

A changed vowel costs little, because Arabic, Persian and Tigrinya names are written by ear; a changed consonant
costs much, unless the two letters are known to write one sound (name_rules.py). A vowel at the end tells Samir from
Samira. Arabic script is compared letter by letter with the sounds that Latin letters write, not transliterated.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from participants.name_rules import ARABIC_SOUNDS, NEAR, SHARED_BEGINNINGS, SHARED_ENDINGS
from participants.names import arabic_letters, readings, script_of, words

# All thresholds of the comparison of names, chosen on the development half of the labelled variants.
SAME_TOKEN = 0.86  # from here on two single names count as the same
SAME_FULL = 0.82  # from here on two full names do
CLEARLY_SIMILAR = 0.9  # intake asks again before it makes a record beside such a person
LEAST = 0.62  # below, two names have nothing in common: nobody is shown
ALIKE = 0.8  # from here on two words of a name speak for the same person
# Three bands, as the marks beside a candidate show them (5, 4 or 3 of 5).
BANDS = ((CLEARLY_SIMILAR, 5), (SAME_FULL, 4), (LEAST, 3))

_VOWELS = "aeiu"
_HALF_VOWELS = "yw"
_COST = {(a, b): near.cost for near in NEAR for a, b in (near.letters, near.letters[::-1])}
_MOST_JOINED = 8  # words of a name; longer ones are not tried together and apart
_FIRST = 1.5  # how much more two near consonants cost at the front of a word
_OTHER_FIRST = 1.25  # cost of two consonants there that nobody takes for each other
_END_VOWEL = 1.3
_INNER_VOWEL = 0.4
_INNER_H = 0.5
_DIPHTHONG = 0.6  # the second half of ai and au: Ayman is not Amin

_SOUNDS = {
    letter: {sound[0]: int(sound[1:] or 0) / 10 for sound in sounds.split()} for letter, sounds in ARABIC_SOUNDS.items()
}
# What a letter costs that the other spelling of a name in Arabic script does not have.
_SPARE_ARABIC = {"ع": 0.1, "ا": 0.5, "ه": 0.5, "ة": 0.2, "ى": 0.8, "و": 0.8, "ي": 0.8}
_UNWRITTEN = {"a": 0.05, "e": 0.05, "u": 0.25, "i": 0.35, "h": 0.6}  # short vowels within a word are not written
_UNWRITTEN_END = {"a": 0.6, "e": 0.6}
_LONG = "اوي"
_OPEN_ENDS = "اىةهت"


def _distance(a: str, b: str, change: Callable, gap_a: Callable, gap_b: Callable) -> float:
    """Return the cheapest way from one word to the other; the three costs are asked by word and place."""
    before = [0.0]
    for j in range(len(b)):
        before.append(before[-1] + gap_b(b, j))
    for i in range(len(a)):
        gap = gap_a(a, i)
        row = [before[0] + gap]
        for j in range(len(b)):
            row.append(min(before[j] + change(a, i, b, j), before[j + 1] + gap, row[j] + gap_b(b, j)))
        before = row
    return before[-1]


def _as_similarity(distance: float, a: str, b: str, *, shared: int = 0) -> float:
    return max(0.0, 1 - distance / max(3.0, (len(a) + len(b)) / 2 - shared))


def _change(a: str, i: int, b: str, j: int) -> float:
    if a[i] == b[j]:
        return 0.0
    cost = _COST.get((a[i], b[j]), 1.0)
    if i or j or a[0] in _VOWELS or b[0] in _VOWELS:
        return cost
    return min(_OTHER_FIRST, cost * _FIRST)


def _gap(word: str, index: int) -> float:
    """Return the cost of a letter that the other Latin spelling does not have."""
    letter = word[index]
    if letter in _VOWELS or letter in _HALF_VOWELS:
        if index in (0, len(word) - 1):
            return _END_VOWEL
        return _DIPHTHONG if letter in "iu" and word[index - 1] == "a" else _INNER_VOWEL
    return _INNER_H if letter == "h" and index else 1.0


@lru_cache(maxsize=50_000)
def word_similarity(a: str, b: str) -> float:
    """Return how similar two folded words in Latin letters are, 0 to 1: an edit distance with sounds as costs."""
    if a == b:
        return 1.0
    distance = _distance(a, b, _change, _gap, _gap)
    return _as_similarity(distance, a, b, shared=_shared(a, b))


def _shared(a: str, b: str) -> int:
    """Return how many letters both words have in a half that many names share."""
    begins = (len(half) for half in SHARED_BEGINNINGS if a.startswith(half) and b.startswith(half))
    ends = (len(half) for half in SHARED_ENDINGS if a.endswith(half) and b.endswith(half))
    return max(begins, default=0) + max(ends, default=0)


def _change_across(arabic: str, i: int, latin: str, j: int) -> float:
    letter, sound = arabic[i], latin[j]
    if i == j == 0 and letter in "اع" and sound in _VOWELS:
        return 0.0  # at the front they carry any vowel: أسامة Osama, عمر Omar
    if letter == "ي" and sound == "a" and i == len(arabic) - 1:
        return 0.3  # Persian writes one letter for both ends: مصطفی Mustafa
    return _SOUNDS.get(letter, {}).get(sound, 1.0)


def _spare_letter(arabic: str, i: int) -> float:
    """Return the cost of an Arabic letter that the Latin spelling does not write."""
    letter = arabic[i]
    if i == 0 and letter == "ا":
        return 0.1 if arabic[1:2] in ("و", "ي") else 1.0  # إيمان Iman
    return _SPARE_ARABIC.get(letter, 1.0)


def _unwritten(latin: str, j: int) -> float:
    """Return the cost of a Latin letter that the Arabic spelling does not write."""
    letter = latin[j]
    if j == 0:
        return 1.0
    if j == len(latin) - 1 and letter in _VOWELS:
        return _UNWRITTEN_END.get(letter, 1.0)
    if letter in "iu" and latin[j - 1] == "a":
        return 0.8  # Arabic writes ai and au: حسين Husain, فوزي Fauzi
    return _UNWRITTEN.get(letter, 1.0)


@lru_cache(maxsize=50_000)
def word_similarity_across(arabic: str, latin: str) -> float:
    """Return how similar a word in Arabic letters is to a folded word in Latin letters, 0 to 1."""
    return _as_similarity(_distance(arabic, latin, _change_across, _spare_letter, _unwritten), arabic, latin)


def _change_arabic(a: str, i: int, b: str, j: int) -> float:
    if a[i] == b[j]:
        return 0.0
    at_end = i == len(a) - 1 and j == len(b) - 1
    return 0.2 if at_end and {a[i], b[j]} <= {*_OPEN_ENDS, "ي"} else 1.0


def _gap_arabic(word: str, i: int) -> float:
    return 0.4 if word[i] == "ا" and 0 < i < len(word) - 1 else 1.0  # رحمن, رحمان


@lru_cache(maxsize=50_000)
def word_similarity_arabic(a: str, b: str) -> float:
    """Return how similar two words in Arabic letters are, 0 to 1. Nobody writes them by ear: letters must agree."""
    return 1.0 if a == b else _as_similarity(_distance(a, b, _change_arabic, _gap_arabic, _gap_arabic), a, b)


@dataclass(frozen=True)
class Word:
    """A word of a name: its folded form, and the forms in which it is compared."""

    key: str
    forms: tuple[str, ...]
    arabic: bool


@lru_cache(maxsize=20_000)
def _words_of(text: str) -> list[Word]:
    if script_of(text) == "arabic":
        letters = arabic_letters(text)
        keys = words(text)
        same = len(keys) == len(letters)
        return [Word(keys[i] if same else word, (word,), True) for i, word in enumerate(letters)]
    return [Word(forms[0], forms, False) for forms in readings(text)]


def _measure(mine: Word, theirs: Word) -> float:
    if mine.arabic and theirs.arabic:
        return word_similarity_arabic(mine.forms[0], theirs.forms[0])
    if mine.arabic or theirs.arabic:
        arabic, latin = (mine, theirs) if mine.arabic else (theirs, mine)
        return max(word_similarity_across(arabic.forms[0], form) for form in latin.forms)
    if len(mine.forms) == len(theirs.forms) == 1:
        return word_similarity(mine.key, theirs.key)
    return max(word_similarity(a, b) for a in mine.forms for b in theirs.forms)


@dataclass(frozen=True)
class Pairing:
    """Two names laid beside each other."""

    score: float
    pairs: tuple[tuple[str, str, float], ...]  # folded word, folded word, similarity
    unmatched: int
    across_scripts: bool


def _pair_up(mine: list[Word], theirs: list[Word]) -> list[tuple[Word, Word, float]]:
    # Between equal scores the letters decide, so that it does not matter which name is laid first.
    ranked = sorted(
        ((_measure(a, b), *sorted((a.key, b.key)), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs)),
        reverse=True,
    )
    used_mine, used_theirs, pairs = set(), set(), []
    for score, _key, _other_key, i, j in ranked:
        if i not in used_mine and j not in used_theirs:
            used_mine.add(i)
            used_theirs.add(j)
            pairs.append((mine[i], theirs[j], score))
    return pairs


def _score(mine: list[Word], theirs: list[Word]) -> tuple[float, list[tuple[Word, Word, float]]]:
    pairs = _pair_up(mine, theirs)
    unmatched = abs(len(mine) - len(theirs))
    weights = [len(x.key) + len(y.key) for x, y, _ in pairs]
    mean = sum(weight * score for weight, (_, _, score) in zip(weights, pairs, strict=True)) / sum(weights)
    # The worst pair weighs most: one strange word is enough for another person.
    score = 0.35 * mean + 0.65 * min(score for _, _, score in pairs) - 0.03 * unmatched
    if unmatched and len(pairs) == 1:
        score *= 0.88  # one name of several: the person may be known by it, or be another one
    return max(0.0, score), pairs


def _joined(parts: list[Word]) -> list[list[Word]]:
    """Return the name with each two neighbouring words written together: "Mohammad Reza", "Mohammadreza"."""
    found = []
    for i in range(len(parts) - 1):
        text = parts[i].forms[0] + parts[i + 1].forms[0]
        found.append([*parts[:i], Word(text, (text,), parts[i].arabic), *parts[i + 2 :]])
    return found


def _compare_words(mine: list[Word], theirs: list[Word]) -> tuple[float, list[tuple[Word, Word, float]], int]:
    best = (*_score(mine, theirs), abs(len(mine) - len(theirs)))
    while len(mine) != len(theirs) and max(len(mine), len(theirs)) <= _MOST_JOINED:
        if len(mine) > len(theirs):
            mine = max(_joined(mine), key=lambda parts: _score(parts, theirs)[0])
        else:
            theirs = max(_joined(theirs), key=lambda parts: _score(mine, parts)[0])
        best = max(best, (*_score(mine, theirs), abs(len(mine) - len(theirs))), key=lambda found: found[0])
    return best


def compare(a: str, b: str) -> Pairing:
    """Lay two names beside each other, in whatever order and script they are written."""
    mine, theirs = _words_of(a), _words_of(b)
    across = (script_of(a) == "arabic") != (script_of(b) == "arabic")
    if not mine or not theirs:
        return Pairing(0.0, (), len(mine) + len(theirs), across)
    score, pairs, unmatched = _compare_words(mine, theirs)
    return Pairing(score, tuple((x.key, y.key, score) for x, y, score in pairs), unmatched, across)


def similarity(a: str, b: str) -> float:
    """Return how similar two names are, 0 to 1."""
    return compare(a, b).score


def band(score: float) -> int:
    """Return the band of a score: 5 very similar, 4 similar, 3 rather similar or less."""
    return next((number for limit, number in BANDS if score >= limit), BANDS[-1][1])
