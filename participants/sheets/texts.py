"""The texts of the sheets: one file a language, and the version that stands on the paper."""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
GERMAN = "deu"
INFORMATION, CONSENT = "information", "consent"
SHEETS = (INFORMATION, CONSENT)
WAY = "way"  # "Mein Weg": it needs a record, and tells what other floors know
LANGUAGES = ("deu", "eng", "fra", "ara", "pes", "tir", "kmr", "pus", "som", "rus")  # ISO 639-3
# Dari is read from the sheet in Persian script; languages without a sheet get none proposed.
READ_AS = {"prs": "pes"}
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # as references: nothing that looks like another


@dataclass(frozen=True)
class SheetText:
    """One sheet in one language, as printed: its own texts and the German ones beside them."""

    sheet: str
    language: str
    texts: dict

    @property
    def version(self) -> str:
        """The code on the paper, made of every word of the sheet: another word, another code."""
        words = json.dumps(self.texts, ensure_ascii=False, sort_keys=True)
        number = int.from_bytes(hashlib.sha256(f"{self.sheet}\n{words}".encode()).digest()[:8])
        code = "".join(_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(8))
        return f"{self.sheet[0].upper()}-{self.language}-{code[:4]}-{code[4:]}"


@cache
def language_texts(language: str) -> dict:
    """Return everything that a file of texts holds.

    Raises:
        KeyError: there is no sheet in this language.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def sheet_text(sheet: str, language: str) -> SheetText:
    """Return the sheet that is printed today in a language, with German beside it."""
    kept = ("name", "tag", "direction", "reviewed", "draft", "labels", sheet)
    sides = {
        side: {key: language_texts(code)[key] for key in kept}
        for side, code in (("foreign", language), ("german", GERMAN))
    }
    return SheetText(sheet, language, sides)


def language_of_sheet(*spoken: str) -> str:
    """Return the language in which a sheet is proposed: the first spoken one that has a sheet, else German."""
    return next((code for code in (READ_AS.get(one, one) for one in spoken) if code in LANGUAGES), GERMAN)


def sheet_languages() -> list[tuple[str, str]]:
    """Return `(code, name)` of the languages, each name in its own language."""
    return [(code, language_texts(code)["name"]) for code in LANGUAGES]
