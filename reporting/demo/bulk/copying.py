"""Rows of a model as lines for COPY, each with the entry in its change history that a trigger would have made."""

import json
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.db.models.expressions import DatabaseDefault

from reporting.demo.bulk.sql import copy_lines, first_free_key, move_sequence

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _text(value: str) -> str:
    return value.translate(_ESCAPES)


def _json(value) -> str:
    return _text(json.dumps(value))


@cache
def _day(value: date) -> str:
    return value.isoformat()


_WRITTEN = {
    type(None): lambda value: "\\N",
    bool: lambda value: "t" if value else "f",
    int: str,
    Decimal: str,
    str: _text,
    date: _day,
    datetime: lambda value: value.isoformat(),
    bytes: lambda value: "\\\\x" + value.hex(),
    list: _json,
    dict: _json,
}


def written(value) -> str:
    """Return a value in COPY's text format."""
    return _WRITTEN.get(type(value), str)(value)


def _default_of(field):
    """The value of a column that nobody names, also where the database fills it in."""
    value = field.get_default()
    return value.expression.value if isinstance(value, DatabaseDefault) else value


class CopyTable:
    """Rows of one model, kept until `flush`.

    Attributes:
        model: the model.
        tables: names of its table and of its change history, where it has one.
    """

    def __init__(self, model):
        self.model = model
        fields = model._meta.concrete_fields
        self.columns = [field.column for field in fields]
        self.position = {field.attname: position for position, field in enumerate(fields)}
        self.blank = [written(_default_of(field)) for field in fields]
        self.tables = [model._meta.db_table]
        if hasattr(model, "pgh_event_models"):
            self.tables.append(f"{model._meta.db_table}event")
        key = model._meta.pk
        # A table that borrows its key from another one has no sequence.
        self.sequence = key.column if key.remote_field is None else ""
        self.next_key = first_free_key(self.tables[0], key.column) if self.sequence else 0
        self.rows: list[str] = []
        self.events: list[str] = []

    def new_key(self) -> int:
        """Return the key of a new row."""
        self.next_key += 1
        return self.next_key - 1

    def line(self, values: dict[str, object]) -> str:
        """Return a row as a line; a column that is not named has its default."""
        cells = self.blank[:]
        for name, value in values.items():
            cells[self.position[name]] = written(value)
        return "\t".join(cells) + "\n"

    def insert(self, key: int, values: dict[str, object], moment: str, editor: str) -> None:
        """Add a row, and that it was made.

        Args:
            key: primary key; it stands among the values too.
            values: by attribute name.
            moment: when.
            editor: context of the change history, as `context_of` writes it.
        """
        line = self.line(values)
        self.rows.append(line)
        self.note("insert", key, line, moment, editor)

    def note(self, label: str, key: int, line: str, moment: str, editor: str) -> None:
        """Add an entry of the change history alone: the state of a row at some time."""
        self.events.append(f"{label}\t{key}\t{moment}\t{editor}\t{line}")

    def flush(self) -> None:
        """Send what was kept to the database."""
        if self.rows:
            copy_lines(self.tables[0], self.columns, self.rows)
        if self.events and len(self.tables) > 1:
            columns = ["pgh_label", "pgh_obj_id", "pgh_created_at", "pgh_context", *self.columns]
            copy_lines(self.tables[1], columns, self.events)
        self.rows, self.events = [], []

    def finish(self) -> None:
        """Let later rows get keys of their own."""
        if self.sequence:
            move_sequence(self.tables[0], self.sequence, self.next_key)
