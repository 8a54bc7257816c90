"""From lines to checked rows: every fault of every row is named, none hides behind another."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from rapidfuzz import process

from participants.importing.columns import BY_NAME, COLUMNS, NAMES
from participants.importing.faults import Fault, FileRefused, WrongValue, shown
from participants.importing.reading import LARGEST_BY_COMMAND, lines_of
from participants.importing.rows import ImportRow
from participants.importing.tables import Line, Unreadable
from participants.importing.texts import cleaned
from participants.importing.values import ALIKE, Parser
from participants.models import Spelling

Names = tuple[str | None, ...]
Progress = Callable[[int], None]
REQUIRED = tuple(column.name for column in COLUMNS if column.required)
MOST_FAULTS = 10_000  # nobody mends more of them at a time
LONGEST_NAME = Spelling._meta.get_field("text").max_length


@dataclass
class Checked:
    """What a file holds.

    Attributes:
        rows: rows without any fault.
        faults: all faults, by row.
        count: rows below the header, faulty ones included.
    """

    rows: list[ImportRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    count: int = 0


def check_file(data: bytes, *, largest: int = LARGEST_BY_COMMAND, progress: Progress | None = None) -> Checked:
    """Read and check a whole file; nothing is compared with what is stored.

    Args:
        data: the file, CSV or XLSX.
        largest: bytes up to which a file is read.
        progress: is told the number of rows read so far, every 500 rows.
    """
    checked = Checked()
    try:
        lines = iter(lines_of(data, NAMES, largest=largest))
        header = next(lines, None)
        if header is None:
            raise FileRefused(_("The file has no rows."), _("Please choose a file with a header and at least one row."))
        names, faults = _header(header)
        checked.faults += faults
        if names:
            _check_lines(checked, names, lines, progress)
            if not checked.count and not checked.faults:
                raise FileRefused(_("Below the header the file has no row."), _("Please add at least one row."))
    except FileRefused as refusal:
        checked.faults.append(refusal.fault)
    return checked


def _header(line: Line) -> tuple[Names, list[Fault]]:
    """Return the columns in their order and the faults of the header.

    "" stands for a column without a name, None for one that has a fault of its own.
    """
    names, faults = [], []
    for place, cell in enumerate(line.cells, 1):
        name, fault = _column_name(cell, place, line.number, names)
        names.append(name)
        faults += [fault] if fault else []
    while names and names[-1] == "":
        names.pop()
    if not any(names):
        fault = _("The first row names none of the columns of an import.")
        return (), [Fault(line.number, "", shown(str(line.cells[0])), fault, _first_row_remedy())]
    faults += [
        Fault(line.number, name, "", _("The column is missing."), _("Please add it; every row needs a value there."))
        for name in REQUIRED
        if name not in names
    ]
    return tuple(names), faults


def _first_row_remedy() -> str:
    return _(
        "The first row holds the names of the columns, for example reference, family_name, entry_date. The template has them all."
    )


def _column_name(cell, place: int, row: int, before: list[str]) -> tuple[str | None, Fault | None]:
    text = cell.text if isinstance(cell, Unreadable) else cell
    name = " ".join(text.split())
    if name in before and name:
        return None, Fault(row, shown(name), "", _("The column stands there twice."), _("Please remove one of them."))
    if name in NAMES and not isinstance(cell, Unreadable):
        return name, None
    if not name:
        return "", None
    remedy = _("Please remove the column, or name it as the template does.")
    alike = process.extractOne(name.lower()[:60], list(NAMES), score_cutoff=ALIKE + 15)
    if alike:
        remedy = _("Did you mean %s?") % alike[0] + " " + remedy
    return None, Fault(
        row, shown(name), shown(name), _("There is no such column (column %s of the file).") % place, remedy
    )


def _check_lines(checked: Checked, names: Names, lines: Iterator[Line], progress: Progress | None) -> None:
    parsers = {name: BY_NAME[name].make_parser() for name in names if name}
    whole = all(name in names for name in REQUIRED)  # else no row can come in
    seen: dict[str, int] = {}
    for line in lines:
        checked.count += 1
        values, faults = _values(line, names, parsers)
        faults += _row_faults(line.number, values, names, {fault.column for fault in faults})
        faults += _seen_before(line.number, values.get("reference"), seen)
        checked.faults += faults
        if whole and not faults:
            checked.rows.append(ImportRow(line.number, values))
        if len(checked.faults) >= MOST_FAULTS:
            message = _("Up to this row there are %(count)s faults; what follows was not checked.")
            remedy = _("Please mend these first. Often all of them have one cause, such as a wrong column.")
            checked.faults.append(Fault(line.number, "", "", message % {"count": len(checked.faults)}, remedy))
            return
        if progress and checked.count % 500 == 0:
            progress(checked.count)


def _values(line: Line, names: Names, parsers: dict[str, Parser]) -> tuple[dict[str, object], list[Fault]]:
    values, faults = {}, []
    for name, cell in zip(names, line.cells, strict=False):
        try:
            if isinstance(cell, Unreadable):
                raise WrongValue(cell.message, cell.remedy)
            text = cleaned(cell)
            if name == "" and text:
                raise WrongValue(
                    _("The value stands in a column without a name."), _("Please name the column, or empty it.")
                )
            if name and text and (value := parsers[name](text)) != ():
                values[name] = value
        except WrongValue as wrong:
            faults.append(wrong.at(line.number, name or "", cell.text if isinstance(cell, Unreadable) else cell))
    return values, faults + _cells_missing_or_left(line, len(names))


def _cells_missing_or_left(line: Line, wanted: int) -> list[Fault]:
    left = [cell for cell in line.cells[wanted:] if str(getattr(cell, "text", cell)).strip()]
    if left:
        message = _("The row has more cells than the header has columns.")
        remedy = _("Is a separator or a quotation mark too much, or a column without a name?")
        return [Fault(line.number, "", shown(str(getattr(left[0], "text", left[0]))), message, remedy)]
    if line.complete and len(line.cells) < wanted:
        message = _("The row has %(cells)s cells, the header %(columns)s.") % {
            "cells": len(line.cells),
            "columns": wanted,
        }
        return [Fault(line.number, "", "", message, _("Is the file cut off, or a separator missing?"))]
    return []


def _row_faults(row: int, values: dict, names: Iterable[str], faulty: set[str]) -> list[Fault]:
    faults = [
        Fault(row, name, "", _("The cell is empty, but needs a value."), _("Please fill it."))
        for name in REQUIRED
        if name in names and name not in values and name not in faulty
    ]
    name_columns = {"family_name", "given_name"}
    if not name_columns & values.keys() and not name_columns & faulty:
        message = _("The person has no name.")
        faults.append(
            Fault(row, "family_name", "", message, _("Please enter a family name or a given name; one is enough."))
        )
    if len(f"{values.get('given_name', '')} {values.get('family_name', '')}") > LONGEST_NAME:
        message = _("Both names together are longer than %(longest)s characters.") % {"longest": LONGEST_NAME}
        faults.append(Fault(row, "family_name", shown(str(values["family_name"])), message, _("Please shorten it.")))
    return faults


def _seen_before(row: int, reference: str | None, seen: dict[str, int]) -> list[Fault]:
    if reference is None:
        return []
    first = seen.setdefault(reference, row)
    if first == row:
        return []
    return [
        Fault(
            row, "reference", shown(reference), _("The same number stands in row %(first)s already.") % {"first": first},
            _("Every person stands in the file once; please remove one of the rows."),
        )
    ]  # fmt: skip


def already_taken(rows: Iterable[ImportRow], taken: set[str]) -> list[Fault]:
    """Return a fault for each row whose number the partner has used in the operation.

    Args:
        rows: checked rows.
        taken: numbers that are in use.
    """
    return [
        Fault(
            row.line, "reference", shown(row.reference),
            _("This number is already used for a person of your organisation in this operation."),
            _("An import adds people and changes none. Please remove the row, or change the answers in the record."),
        )
        for row in rows
        if row.reference in taken
    ]  # fmt: skip
