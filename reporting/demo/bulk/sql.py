"""Statements of the bulk load. They need the owner of the tables: the application role may not COPY."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from resque.database.policies import existing_tables


@contextmanager
def without_triggers(tables: Iterable[str]) -> Iterator[None]:
    """Load in one transaction with the triggers of these tables off; foreign keys stay on and are checked at once.

    The triggers are on again before the commit, and a failed load leaves them as they were.
    """
    names = list(tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for name in names:
            cursor.execute(f"alter table {name} disable trigger user")
        yield
        for name in names:
            cursor.execute(f"alter table {name} enable trigger user")
        cursor.execute("set constraints all deferred")


def copy_lines(table: str, columns: Iterable[str], lines: list[str]) -> None:
    """Append rows that are written as COPY's text format wants them."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"copy {table} ({names}) from stdin", io.StringIO("".join(lines)))


def first_free_key(table: str, column: str) -> int:
    """Return the key after the highest one."""
    with connection.cursor() as cursor:
        cursor.execute(f'select coalesce(max("{column}"), 0) + 1 from {table}')
        return cursor.fetchone()[0]


def move_sequence(table: str, column: str, following: int) -> None:
    """Let the next row that an operation makes get the key `following`."""
    with connection.cursor() as cursor:
        cursor.execute("select setval(pg_get_serial_sequence(%s, %s), %s, false)", [table, column, following])


def analyze() -> None:
    """Tell the planner what is there now."""
    with connection.cursor() as cursor:
        for table in sorted(existing_tables()):
            cursor.execute(f"analyze {table}")
