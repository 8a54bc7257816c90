"""Canaries: every text that a person's record holds is a token of its own, so that a leak says where it came from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from django.db.models import CharField, TextField

# Text columns that hold codes or keys, not words about a person.
CODES = {
    "reference", "nationality", "interpreter_language", "gender", "e_status_detail", "e_education", "exit_reason",
    "status", "clause", "accommodation", "municipality", "type", "language", "kind", "interpreter", "sort_key",
    "fold", "skeleton", "fingerprint", "format", "stored", "copy_kind", "copy_digest", "evidence", "overall",
    "listening", "reading", "speaking", "writing", "literacy", "exam", "certificate", "country", "route", "paper",
    "code", "rules", "formulas", "code_lists", "checksum",  # of kept reports
    "text_version",  # of a printed sheet, the same for everybody who was given it
}  # fmt: skip
_FIND = re.compile(r"kqz([a-z]{4})zqk", re.IGNORECASE)
_ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنه")
_LATIN = {
    ord(arabic): latin for latin, arabic in zip("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنه", strict=True)
}
_FIND_ARABIC = re.compile(f"{'kqz'.translate(_ARABIC)}(.{{4}}){'zqk'.translate(_ARABIC)}")


@dataclass(frozen=True)
class Canary:
    """One token and where it sits.

    Attributes:
        token: the text, in Latin letters.
        case: label of the case whose record holds it (world.py).
        what: identity, own (never shared), fact, service, outcome, note, batch or reason (of a kept report).
        field: "Model.field", for the sentence of a finding.
        partner: code of the partner that wrote it.
        author: username of who wrote a note.
        scope: scope of a note.
    """

    token: str
    case: str
    what: str
    field: str
    partner: str
    author: str = ""
    scope: str = ""

    def __str__(self) -> str:
        return f"{self.field} of the {self.case} case"


class Canaries:
    """All tokens of a world."""

    def __init__(self):
        self._numbers = count()
        self.by_token: dict[str, Canary] = {}

    def new(self, case: str, what: str, field: str, partner: str, **more: str) -> str:
        """Return a fresh token, in the shape of a name."""
        number = next(self._numbers)
        letters = "".join(chr(97 + number // 26**place % 26) for place in (3, 2, 1, 0))
        token = f"kqz{letters}zqk"
        self.by_token[token] = Canary(token, case, what, field, partner, **more)
        return token.capitalize()

    def found_in(self, text: str) -> set[Canary]:
        """Return the canaries that a text contains, in Latin or Arabic letters, whatever the case."""
        tokens = {f"kqz{letters.lower()}zqk" for letters in _FIND.findall(text)}
        tokens |= {f"kqz{letters.translate(_LATIN)}zqk" for letters in _FIND_ARABIC.findall(text)}
        return {self.by_token[token] for token in tokens if token in self.by_token}


def in_script(token: str) -> str:
    """Return the token in Arabic letters."""
    return token.lower().translate(_ARABIC)


def near(token: str) -> str:
    """Return a name that is very similar to the token and yet no token: typed into a search, it proves nothing."""
    return token.replace("zqk", "zqq").replace("Kqz", "Kqs")


def text_fields(model) -> Iterable[str]:
    """Return the names of a model's columns that hold words about a person."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices and field.name not in CODES
    ]
