"""Installing the shipped code lists."""

import json
from datetime import date
from pathlib import Path

SHIPPED = Path(__file__).parent / "data" / "codelists.json"


def install_codelists(model) -> int:
    """Insert or refresh the shipped lists; codes that an operator added stay. Return the number of codes.

    Args:
        model: the `CodeEntry` model (a migration passes its historical version).
    """
    rows = [
        model(
            list=name,
            code=row["code"],
            position=position,
            label_de=row["de"],
            label_en=row["en"],
            valid_from=_day(row.get("valid_from")),
            valid_to=_day(row.get("valid_to")),
            attributes=row.get("attributes", {}),
        )
        for name, entries in json.loads(SHIPPED.read_text(encoding="utf-8")).items()
        for position, row in enumerate(entries)
    ]
    model.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["list", "code"],
        update_fields=["position", "label_de", "label_en", "valid_from", "valid_to", "attributes"],
    )
    return len(rows)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
