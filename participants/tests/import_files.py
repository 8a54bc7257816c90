"""Files for tests of the import, and the values of a stored person as a file would write them."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from participants.importing.columns import BY_NAME, COLUMNS, Goes, Kind
from participants.models import Participation, SpecialAnswers

GOLDEN = Path(__file__).parent / "data" / "golden_input.csv"
NAMES = [column.name for column in COLUMNS]


def golden_rows() -> list[dict[str, str]]:
    """Return the golden eight as texts by column."""
    with GOLDEN.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def file_of(rows: Iterable[dict[str, str]], *, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """Return a CSV file with the columns of the first row."""
    rows, out = list(rows), io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def as_workbook(rows: Iterable[dict[str, str]], *, raw: dict[tuple[int, str], str] | None = None) -> bytes:
    """Return a workbook with real days, numbers and truth values, as a spreadsheet program would write it.

    Args:
        rows: texts by column.
        raw: texts that replace a cell as they are, by place of the row and column.
    """
    from openpyxl import Workbook

    rows, workbook, out = list(rows), Workbook(), io.BytesIO()
    workbook.active.append(list(rows[0]))
    for place, row in enumerate(rows):
        wanted = {name: (raw or {}).get((place, name)) for name in row}
        workbook.active.append([wanted[name] or _cell(name, text) for name, text in row.items()])
    workbook.save(out)
    return out.getvalue()


def _cell(name: str, text: str):
    column = BY_NAME.get(name)
    if column is None or not text or text == "refused":
        return text or None
    if column.kind in (Kind.DATE, Kind.NUMBER, Kind.TRUTH):
        return column.make_parser()(text)
    return {"true": True, "false": False}.get(text, text)


def stored_values(case: Participation) -> dict[str, str]:
    """Return every column of an import as the database holds it now, written as a file writes it."""
    person, special = case.person, SpecialAnswers.objects.filter(participation=case).first()
    spellings = person.spellings.filter(kind="other").order_by("pk").values_list("text", flat=True)
    consents = {consent.type: consent for consent in person.consents.all()}
    status, place = person.residence_statuses.order_by("pk").first(), person.residences.order_by("pk").first()
    elsewhere = {
        "reference": case.external_reference,
        "other_spellings": "|".join(spellings),
        "residence_status": status.status if status else None,
        "accommodation": place.accommodation if place else None,
        "municipality": place.municipality if place else None,
        "guardian_recorded": True if person.guardians.filter(on_paper=True).exists() else None,
        "info_given_on": consents["INFO13"].decided_on if "INFO13" in consents else None,
        "contact_consent": consents["KONTAKT"].state == "erteilt" if "KONTAKT" in consents else None,
    }
    values = {}
    for column in COLUMNS:
        if column.name in elsewhere:
            value = elsewhere[column.name]
        elif column.goes is Goes.SPECIAL:
            value = getattr(special, column.field, None)
        else:
            holders = (case, person, person.identity)
            value = next(getattr(one, column.field) for one in holders if hasattr(one, column.field))
        values[column.name] = _written(value)
    return values


def _written(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
