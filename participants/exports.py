"""Files that leave this floor: the empty table for an import, with an explanation of every column."""

import csv
import io
from collections.abc import Callable

from django.utils.translation import gettext as _

from participants.importing.columns import Kind
from participants.queries.imports import ShownColumn, shown_columns

_DAY, _TEXT = "yyyy-mm-dd", "@"


def template_csv() -> bytes:
    """Return the header of an import file; with the mark by which spreadsheet programs know UTF-8."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([column.name for column in shown_columns()])
    return out.getvalue().encode("utf-8-sig")


def template_xlsx() -> bytes:
    """Return a workbook: the empty table first, then what each column means, then all codes."""
    import xlsxwriter  # here, because it costs a tenth of a second at every start of a command

    columns, out = shown_columns(), io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = workbook.add_format({"bold": True})
    _write_table(workbook, columns, bold)
    rows = [(column.name, column.label, _("yes") if column.required else _("no"), column.values) for column in columns]
    _write_sheet(workbook, _("Columns"), (_("Column"), _("Meaning"), _("Required"), _("Possible values")), rows, bold)
    codes = [(column.name, code, label) for column in columns for code, label in column.codes.items()]
    _write_sheet(workbook, _("Codes"), (_("Column"), _("Code"), _("Meaning")), codes, bold)
    workbook.close()
    return out.getvalue()


def _write_table(workbook, columns: list[ShownColumn], bold) -> None:
    # Formats keep the program from turning 007 into 7 and a municipality into a number.
    day, text = workbook.add_format({"num_format": _DAY}), workbook.add_format({"num_format": _TEXT})
    sheet = workbook.add_worksheet(_("Import"))
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(columns):
        width = max(12, len(column.name) + 2)
        sheet.set_column(place, place, width, day if column.kind == str(Kind.DATE.value) else text)
        sheet.write_string(0, place, column.name, bold)


def _write_sheet(workbook, name: str, head: tuple[str, ...], rows: list[tuple[str, ...]], bold) -> None:
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, label in enumerate(head):
        sheet.set_column(place, place, 60 if place == len(head) - 1 else 32)
        sheet.write_string(0, place, label, bold)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            sheet.write_string(number, place, value)


TEMPLATES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", template_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", template_xlsx),
}
