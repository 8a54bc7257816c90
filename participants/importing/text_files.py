"""Reading CSV: encoding, separator and quotation marks are recognised, doubt is a fault and no guess."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from participants.importing.faults import FileRefused, save_again
from participants.importing.tables import HIGHEST_ROW, MOST_COLUMNS, Line

SEPARATORS = ",;\t"
# The module's own limit is 131,072 characters; longer cells are to be named as faults, not to end the reading.
csv.field_size_limit(64 * 1024 * 1024)
_MULTI_BYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8 (with or without mark), UTF-16 with mark, or Windows-1252.

    Raises:
        FileRefused: none of them fits without losing letters.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        broken = fault
    if b"\x00" in data[:1000]:
        raise FileRefused(
            _("The encoding of the file is not recognised (UTF-16 or UTF-32 without its mark?)."), save_again()
        )
    if pieces := _letters_in_utf_8(data):
        # Read as Windows-1252, those letters would turn into others without anybody noticing.
        row = data.count(b"\n", 0, broken.start) + 1
        raise FileRefused(
            _("The file mixes two encodings: %(count)s letters are UTF-8, this row is not.") % {"count": pieces},
            save_again(),
            row=row,
        )
    return _strictly(data, "cp1252")


def _letters_in_utf_8(data: bytes) -> int:
    return sum(1 for piece in _MULTI_BYTE.findall(data) if _is_utf_8(piece))


def _is_utf_8(piece: bytes) -> bool:
    try:
        # Halves of a pair of surrogates too: no Windows program writes those bytes for letters.
        piece.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        row = data.count(b"\n", 0, fault.start) + 1
        raise FileRefused(
            _("From this row on the file does not hold to its encoding."), save_again(), row=row
        ) from fault


def separator_of(text: str, known: frozenset[str]) -> str:
    """Return the separator that finds most known columns in the header; a comma when none finds any."""
    first = text[:100_000].lstrip("\r\n").partition("\n")[0]

    def found(separator: str) -> tuple[int, int]:
        cells = [cell.strip().strip('"').strip() for cell in first.split(separator)]
        return len(known.intersection(cells)), len(cells)

    return max(SEPARATORS, key=found)


def lines_of(data: bytes, known: frozenset[str]) -> Iterator[Line]:
    """Yield the rows of a CSV file with the number of the line on which they begin; empty rows are left out.

    Args:
        data: the file.
        known: names of columns, by which the separator is recognised.

    Raises:
        FileRefused: while reading, where a quotation mark breaks the rest.
    """
    text = decoded(data)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text, known), strict=True)
    begins = 1
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as fault:
            raise FileRefused(
                _("The quotation marks of this row do not fit together; what follows cannot be read."),
                _("A cell that holds a separator or a line break stands in quotation marks, and a quotation mark "
                  "inside is doubled. Is the file cut off?"),
                row=begins,
            ) from fault  # fmt: skip
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            if begins > HIGHEST_ROW:
                raise too_many(begins)
            if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
                raise too_wide(begins)
            yield Line(begins, tuple(cells[:MOST_COLUMNS]))
        begins = rows.line_num + 1


def too_many(row: int) -> FileRefused:
    """Return the fault of a file with more rows than one import takes."""
    return FileRefused(
        _("The file has more than %(rows)s rows.") % {"rows": HIGHEST_ROW},
        _("Please split it into several files."),
        row=row,
    )


def too_wide(row: int) -> FileRefused:
    """Return the fault of a row with more cells than any import has columns."""
    return FileRefused(
        _("The row has more than %(columns)s columns.") % {"columns": MOST_COLUMNS},
        _("Please remove the columns that do not belong to the import."),
        row=row,
    )
