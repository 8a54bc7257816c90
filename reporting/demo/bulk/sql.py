"""Statements of the bulk load. They need the owner of the tables: the application role may not COPY."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from resque.database.policies import existing_tables

# Keys to other tables, and rules that no row comes twice; primary keys stay.
_CONSTRAINTS = """
select format('alter table %%s drop constraint %%I', conrelid::regclass, conname),
       format('alter table %%s add constraint %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
from pg_constraint where contype in ('f', 'u') and conrelid = any(%s::regclass[])
order by contype = 'f', conrelid::regclass::text, conname
"""
_INDEXES = """
select format('drop index %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
from pg_index where indrelid = any(%s::regclass[]) and not indisprimary
  and not exists (select 1 from pg_constraint where conindid = indexrelid)
order by 1
"""


@contextmanager
def unhindered(tables: Iterable[str]) -> Iterator[None]:
    """Load in one transaction, with what these tables do for single rows laid aside.

    Their triggers are off. Indexes are built and foreign keys checked at the end, at once for all rows instead of row
    by row (docs/performance.md). A failed load leaves everything as it was.

    Raises:
        django.db.IntegrityError: a row is there twice, or refers to one that is not there.
    """
    names = list(tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # no table may be altered while checks of it wait
        cursor.execute("set local maintenance_work_mem = '256MB'")
        cursor.execute("set local work_mem = '64MB'")
        aside = [pair for query in (_INDEXES, _CONSTRAINTS) for pair in _asked(cursor, query, names)]
        for remove, _bring_back in reversed(aside):
            cursor.execute(remove)
        for name in names:
            cursor.execute(f"alter table {name} disable trigger user")
        yield
        for name in names:
            cursor.execute(f"alter table {name} enable trigger user")
        for _remove, bring_back in aside:
            cursor.execute(bring_back)
        cursor.execute("set constraints all deferred")


def _asked(cursor, query: str, names: list[str]) -> list[tuple[str, str]]:
    cursor.execute(query, [names])
    return cursor.fetchall()


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


def analyze(tables: Iterable[str] = ()) -> None:
    """Tell the planner what is there now, in some tables or in all."""
    with connection.cursor() as cursor:
        for table in sorted(tables or existing_tables()):
            cursor.execute(f"analyze {table}")
