"""The connected database as a whole: the comment that it carries, having it alone, and emptying it."""

import contextlib
from collections.abc import Iterator

from django.db import connection

PREPARATION = 0x5265735175650001  # key of an advisory lock: "ResQue", 1


def comment() -> str:
    """Return the comment on the connected database, "" when it has none; starts the embedded server."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
        )
        ((text,),) = cursor.fetchall()
    return text or ""


def set_comment(text: str) -> None:
    """Set the comment on the connected database, as its owner."""
    with connection.cursor() as cursor:
        cursor.execute("select quote_ident(current_database())")
        ((name,),) = cursor.fetchall()
        cursor.execute(f"comment on database {name} is %s", [text])


@contextlib.contextmanager
def prepared_by_one() -> Iterator[None]:
    """Wait until nobody else prepares this database, whichever machine they sit at."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [PREPARATION])
    try:
        yield
    finally:
        connection.close()  # gives the lock back, also after an error that the session cannot go on from


def remove_everything() -> None:
    """Drop all tables, as the owner. Only for a database that holds nothing but an unfinished demo world."""
    with connection.cursor() as cursor:
        cursor.execute("drop schema public cascade")
        cursor.execute("create schema public")
