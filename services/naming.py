"""When two names are those of one organisation."""

import unicodedata

LONGEST = 200  # letters that are compared: one sign can stand for many
_WORDS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "&": "und", "+": "und"})


def organisation_key(name: str) -> str:
    """Return a name without capitals, accents, signs and spaces: "Müller & Söhne e. V." is "muellerundsoehneev".

    A name of signs only has an empty key.
    """
    # Composed first: "a" with a mark of its own is "ä" like the single letter.
    written = unicodedata.normalize("NFC", name).casefold().translate(_WORDS)
    return "".join(letter for letter in unicodedata.normalize("NFKD", written) if letter.isalnum())[:LONGEST]
