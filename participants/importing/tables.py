"""What readers of all formats hand over: rows of cells as texts, with their number in the file."""

from dataclasses import dataclass

HIGHEST_ROW = 50_000
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Unreadable:
    """A cell that holds no value: a formula, an error of the spreadsheet."""

    text: str
    message: str
    remedy: str

    def strip(self) -> "Unreadable":
        return self


Cell = str | Unreadable


@dataclass(frozen=True)
class Line:
    """One row.

    Attributes:
        number: line of the file or row of the sheet; the header mostly is 1.
        cells: texts as they stand in the file; dates, numbers and truth values of a workbook in our notation.
        complete: whether a missing cell at the end is a fault (CSV) or simply empty (workbook).
    """

    number: int
    cells: tuple[Cell, ...]
    complete: bool = True
