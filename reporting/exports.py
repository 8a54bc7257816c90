"""Files that leave this floor: the values of a kept report, as they were reported. No record and no name is in them."""

import csv
import io
from collections.abc import Callable

from django.utils.translation import gettext as _

from resque.ui.tags.numbers import day as written


def values_csv(page: dict) -> bytes:
    """Return the values of a report; with the mark by which spreadsheet programs know UTF-8."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([_harmless(one) for one in row] for row in [_head(page), *_rows(page)])
    return out.getvalue().encode("utf-8-sig")


def _harmless(value):
    """A text that no spreadsheet program takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def values_xlsx(page: dict) -> bytes:
    """Return a workbook: the values, and behind them what the report is."""
    import xlsxwriter  # here, because it costs a tenth of a second at every start of a command

    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = workbook.add_format({"bold": True})
    sheet = workbook.add_worksheet(_("Values"))
    sheet.freeze_panes(1, 1)
    sheet.set_column(1, 1, 70)
    sheet.set_column(2, 20, 14)
    for number, row in enumerate([_head(page), *_rows(page)]):
        sheet.write_row(number, 0, row, bold if number == 0 else None)
    about = workbook.add_worksheet(_("Report"))
    about.set_column(0, 0, 30)
    about.set_column(1, 1, 70)
    for number, pair in enumerate(_about(page)):
        about.write_row(number, 0, pair)
    workbook.close()
    return out.getvalue()


def _head(page: dict) -> list[str]:
    period = [_("Period since %(day)s") % {"day": written(page["before"].until)}] if page["before"] else []
    return [_("Code"), _("Indicator"), *map(str, page["columns"]), *period, _("Today"), _("Reason for the difference")]


def _rows(page: dict) -> list[list]:
    return [
        [
            line.code, str(line.title), *("" if number is None else number for number, _label in line.numbers),
            *([line.period if line.period is not None else ""] if page["before"] else []), line.now, line.reason,
        ]
        for group in page["groups"]
        for line in group.lines
    ]  # fmt: skip


def _about(page: dict) -> list[tuple[str, str]]:
    report = page["report"]
    return [
        (_("Operation"), report.operation.name),
        (_("Reference date"), written(report.until)),
        (_("Rules of the funding period"), {"2014": "2014–2020", "2021": "2021–2027"}[report.rules]),
        (_("kept on"), written(report.kept_on)),
        (_("kept by"), report.kept_by.short_name if report.kept_by else "–"),
        (_("Checksum"), report.checksum),
        (_("Version of the formulas"), report.formulas),
        (_("Version of the code lists"), report.code_lists),
    ]


FILES: dict[str, tuple[str, Callable[[dict], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", values_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", values_xlsx),
}
