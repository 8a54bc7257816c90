"""The connected database as a whole: the comment that it carries, and emptying it."""

from django.db import connection


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


def remove_everything() -> None:
    """Drop all tables, as the owner. Only for a database that holds nothing but an unfinished demo world."""
    with connection.cursor() as cursor:
        cursor.execute("drop schema public cascade")
        cursor.execute("create schema public")
