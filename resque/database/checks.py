"""What the database must be before people's data go in. Each finding says how to mend it.

The checks that ask the database run with `manage.py check --database default`, before every migration, and before
the server of production starts.
"""

import importlib.util
import os

from django.conf import settings
from django.core import checks
from django.db import connections

from resque.database.roles import OLDEST_MAJOR

SCRIPTS = {"Arabic": "محمد", "Ethiopic": "ኃይሌ", "Cyrillic": "Дмитрий"}


def _ask(alias: str, sql: str, parameters: list | None = None) -> list[tuple]:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _in_production() -> bool:
    return settings.RESQUE_PROFILE == "production"


@checks.register(checks.Tags.compatibility)
def driver_is_psycopg2(app_configs, **kwargs):
    """psycopg 3 beside psycopg2 flips Django to it without a word."""
    if importlib.util.find_spec("psycopg") is None:
        return []
    return [
        checks.Error(
            "psycopg 3 is installed, and Django now uses it instead of psycopg2.",
            hint="Find the package that pulled it (pip show psycopg) and pip uninstall psycopg.",
            id="resque.E001",
        )
    ]


@checks.register(checks.Tags.database)
def version_is_supported(app_configs, databases=None, **kwargs):
    """The oldest version that the policies and grants are written for."""
    return [
        checks.Error(
            f"The database server is PostgreSQL {version // 10000}.",
            hint=f"Use PostgreSQL {OLDEST_MAJOR} or newer.",
            id="resque.E002",
        )
        for alias in databases or []
        for ((version,),) in [_ask(alias, "select current_setting('server_version_num')::int")]
        if version // 10000 < OLDEST_MAJOR
    ]


@checks.register(checks.Tags.database)
def letters_of_every_script(app_configs, databases=None, **kwargs):
    """Without letters pg_trgm finds no similar name: a locale of plain C knows ASCII only."""
    found = []
    for alias in databases or []:
        installed = _ask(alias, "select 1 from pg_extension where extname = 'pg_trgm'")
        test = "show_trgm(%s) <> '{}'" if installed else "%s ~ '^[[:alpha:]]+$'"
        blind = [script for script, name in SCRIPTS.items() if _ask(alias, f"select {test}", [name]) != [(True,)]]
        if blind:
            found.append(
                checks.Error(
                    f"The database sees no letters in {', '.join(blind)} names, so their search would find nothing.",
                    hint="Create the database with the locale C.UTF-8; `manage.py database_roles --sql` shows how.",
                    id="resque.E003",
                )
            )
    return found


@checks.register(checks.Tags.database)
def application_role_is_weak(app_configs, databases=None, **kwargs):
    """Row-level security binds neither superusers nor owners of tables."""
    if not _in_production() or os.environ.get("RESQUE_DATABASE_ROLE") == "owner":
        return []
    sql = """
        select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole or r.rolcreatedb,
               exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                       where n.nspname = 'public' and pg_has_role(r.oid, c.relowner, 'MEMBER'))
        from pg_roles r where r.rolname = current_user
    """
    powers = ("is a superuser", "bypasses row-level security", "may create roles or databases", "owns tables")
    found = []
    for alias in databases or []:
        ((role, *has),) = _ask(alias, sql)
        if any(has):
            list_of_powers = ", ".join(power for power, it in zip(powers, has, strict=True) if it)
            found.append(
                checks.Error(
                    f"The application signs in to the database as {role}, which {list_of_powers}.",
                    hint="Let DATABASE_URL name resque_app; `manage.py database_roles --sql` prints how it is made.",
                    id="resque.E004",
                )
            )
    return found


@checks.register(checks.Tags.database)
def commits_survive_a_crash(app_configs, databases=None, **kwargs):
    """Speed is no reason to lose what was acknowledged."""
    if not _in_production():
        return []
    return [
        checks.Error(
            f"The database server runs with {name} = off: a crash loses what people saved.",
            hint=f"Set {name} = on in postgresql.conf and reload the server.",
            id="resque.E005",
        )
        for alias in databases or []
        for name in ("fsync", "full_page_writes", "synchronous_commit")
        if _ask(alias, "select current_setting(%s)", [name]) == [("off",)]
    ]


@checks.register(checks.Tags.database)
def row_level_security_is_on(app_configs, databases=None, **kwargs):
    """The second belt is worn, on every table that declares it."""
    from resque.database.policies import declared

    if not _in_production():
        return []
    names = [table.name for table in declared()[1] if table.policies is not None]
    sql = "select relname from pg_class where relkind = 'r' and relname = any(%s) and not relrowsecurity order by 1"
    return [
        checks.Error(
            f"Row-level security is off on {table}.",
            hint="Run `manage.py migrate`: it applies the access rules.",
            id="resque.E006",
        )
        for alias in databases or []
        if os.environ.get("RESQUE_DATABASE_ROLE") != "owner"
        for (table,) in _ask(alias, sql, [names])
    ]
