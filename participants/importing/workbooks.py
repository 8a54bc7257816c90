"""Reading XLSX: the first sheet. The archive is judged by its table of contents before anything is unpacked."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from participants.importing.faults import FileRefused, save_again
from participants.importing.tables import HIGHEST_ROW, MOST_COLUMNS, Cell, Line, Unreadable
from participants.importing.text_files import too_many, too_wide

LARGEST_UNPACKED = 50 * 1024 * 1024  # bytes
MOST_MEMBERS = 200
HIGHEST_RATIO = 100  # unpacked to packed
LAST_ROW = 1_048_576  # of any sheet; beyond it only a forged file has rows


def guard(data: bytes) -> None:
    """Refuse an archive that is damaged or grows too much, by its table of contents alone.

    Raises:
        FileRefused: with the reason.
    """
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError) as fault:
        raise FileRefused(_("The workbook is damaged or cut off."), save_again()) from fault
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if unpacked / packed > HIGHEST_RATIO:
        raise FileRefused(
            _("The workbook would grow to %(times)s times its size when it is unpacked.")
            % {"times": unpacked // packed},
            save_again(),
        )
    if len(members) > MOST_MEMBERS or unpacked > LARGEST_UNPACKED:
        raise FileRefused(
            _("The workbook would unpack to %(megabytes)s MB in %(members)s parts; at most %(limit)s MB in "
              "%(most)s parts are read.")
            % {"megabytes": unpacked // 1024**2, "members": len(members), "limit": LARGEST_UNPACKED // 1024**2,
               "most": MOST_MEMBERS},
            _("Please split it, or save it as CSV."),
        )  # fmt: skip
    names = [member.filename for member in members]
    if any(".." in name or name.startswith(("/", "\\")) for name in names) or len(set(names)) < len(names):
        raise FileRefused(_("The workbook holds parts under names that no spreadsheet program writes."), save_again())
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(_("The workbook is protected by a password."), _("Please save it without a password."))


def lines_of(data: bytes, known: frozenset[str]) -> Iterator[Line]:
    """Yield the rows of the first sheet; empty rows are left out.

    Args:
        data: the file.
        known: unused, as in the reader of CSV.

    Raises:
        FileRefused: the workbook is damaged, too large or protected.
    """
    guard(data)
    workbook = _opened(data)
    try:
        yield from _lines(workbook)
    finally:
        workbook.close()


def _damaged(fault: Exception) -> FileRefused:
    refusal = FileRefused(_("The workbook is damaged or cut off."), save_again())
    refusal.__cause__ = fault
    return refusal


def _opened(data: bytes):
    # Imported here: openpyxl costs a sixth of a second at every start of a command.
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not concern values
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except Exception as fault:  # openpyxl raises whatever the broken XML leads it into
        raise _damaged(fault) from fault
    if not workbook.worksheets:
        workbook.close()
        raise FileRefused(_("The workbook has no sheet with cells."), save_again())
    return workbook


def _lines(workbook) -> Iterator[Line]:
    sheet = workbook.worksheets[0]
    sheet.reset_dimensions()  # some programs write them wrong, and rows beyond would be left out in silence
    rows = _filled(sheet.iter_rows(max_col=MOST_COLUMNS + 1))
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                number, row = next(rows, (0, ()))
        except Exception as fault:  # as above, while reading lazily
            raise _damaged(fault) from fault
        if not number:
            return
        if number > HIGHEST_ROW:
            raise too_many(number)
        if row[MOST_COLUMNS].value is not None:
            raise too_wide(number)
        cells = tuple("" if cell.value is None else _text_of(cell) for cell in row)
        if any(cells):
            yield Line(number, cells, complete=False)


def _filled(rows: Iterator[tuple]) -> Iterator[tuple[int, tuple]]:
    """Yield rows that hold anything, with their number. Sheets often end in a million blank ones."""
    blank = None
    for number, row in enumerate(rows, 1):
        if number > LAST_ROW:
            raise ValueError("a row beyond the last one of any sheet")
        if row is blank:  # openpyxl gives one and the same row for all that are missing
            continue
        if all(cell.value is None for cell in row):
            blank = row
        else:
            yield number, row


def _text_of(cell) -> Cell:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if kind == "f":
        return Unreadable(
            str(value), _("The cell holds a formula."),
            _("Please replace it by its value (copy, then “paste values only”)."),
        )  # fmt: skip
    if kind == "e":
        return Unreadable(
            str(value), _("The cell holds an error of the spreadsheet program."), _("Please enter the value itself.")
        )
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
