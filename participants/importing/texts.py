"""Cells as texts: composed letters, single blanks, nothing invisible that harms."""

import unicodedata

from django.utils.translation import gettext as _

from participants.importing.faults import WrongValue

LONGEST_CELL = 2_000  # characters, before anything looks closer
# Letters that turn the direction of what follows: a name could be made to look like another one.
_TURNING = frozenset(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_BREAKS = frozenset("\t\r\n")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def cleaned(text: str) -> str:
    """Return the text of a cell as it is stored.

    Line breaks and tabs inside become blanks; letters stay as they are, in every script.

    Raises:
        WrongValue: it is too long, or holds characters that may not be stored.
    """
    if len(text) > LONGEST_CELL:
        raise WrongValue(
            _("The cell holds %(count)s characters.") % {"count": len(text)},
            _("At most %(most)s characters are read. Is a quotation mark missing?") % {"most": LONGEST_CELL},
        )
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    for letter in text:
        _require_harmless(letter)
    return " ".join(unicodedata.normalize("NFC", text).split())


def _require_harmless(letter: str) -> None:
    if letter in _BREAKS:
        return
    name = f"U+{ord(letter):04X}"
    remedy = _("Please type the value anew.")
    if letter in _TURNING:
        raise WrongValue(_("The value holds a character that turns the direction of writing (%s).") % name, remedy)
    if unicodedata.category(letter) in ("Cc", "Cs"):
        raise WrongValue(_("The value holds a control character (%s).") % name, remedy)
    if letter == "\ufffd":
        raise WrongValue(_("A letter of the value was lost when the file was converted."), remedy)


def require_no_formula(text: str) -> None:
    """Refuse a text that a spreadsheet program would compute instead of showing it.

    Raises:
        WrongValue: it begins like a formula.
    """
    if text.startswith(_FORMULA):
        raise WrongValue(
            _("The value begins like a formula (“%s”).") % text[0],
            _("Please replace it by its value, or remove the first character."),
        )
