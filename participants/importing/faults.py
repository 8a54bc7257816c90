"""A fault of a file: where it stands, what stands there, what is wrong with it, what to do."""

import unicodedata
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

LONGEST_SHOWN = 40  # characters of a value that a fault repeats


@dataclass(frozen=True)
class Fault:
    """One fault.

    Attributes:
        row: line of the file, the header is 1; 0 when the file as a whole is meant.
        column: name of the column, empty when no single one is meant.
        value: what stands there, shortened, with invisible characters made visible.
        message: what is wrong.
        remedy: what to do.
    """

    row: int
    column: str
    value: str
    message: str
    remedy: str

    def as_dict(self) -> dict:
        """Return the fault as the command prints it."""
        return asdict(self)


class FileRefused(Exception):
    """The file, or the rest of it from some row on, cannot be read at all."""

    def __init__(self, message: str, remedy: str, *, row: int = 0, column: str = "", value: str = ""):
        self.fault = Fault(row, column, shown(value), message, remedy)
        super().__init__(message)


class WrongValue(Exception):
    """A cell does not hold what its column asks for."""

    def __init__(self, message: str, remedy: str):
        self.message, self.remedy = message, remedy
        super().__init__(message)

    def at(self, row: int, column: str, value: str) -> Fault:
        """Return the fault at its place."""
        return Fault(row, column, shown(value), self.message, self.remedy)


def shown(value: str) -> str:
    """Return a value as a fault may repeat it: short, on one line, nothing invisible, nothing that turns the text."""
    parts = []
    for letter in value[: LONGEST_SHOWN + 1]:
        category = unicodedata.category(letter)
        if letter in "\r\n\t":
            parts.append(" ")
        elif category in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            parts.append(f"<U+{ord(letter):04X}>")
        else:
            parts.append(letter)
    if len(value) <= LONGEST_SHOWN:
        return "".join(parts)
    return "".join(parts[: LONGEST_SHOWN - 1]) + "…"


def save_again() -> str:
    """Return the remedy for files whose form is broken."""
    return _("Please open the file in the spreadsheet program and save it again as CSV (UTF-8) or XLSX.")
