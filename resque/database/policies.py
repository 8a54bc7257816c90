"""The access rules of the database, declared table by table and applied after every migration.

A table that no floor declares gets no grant at all: a forgotten table is closed, not open. Each floor keeps
its declarations in its `sql.py`; `settings.RESQUE_ACCESS_RULES` names those modules, because the ground floor
does not import what stands above it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module

from django.conf import settings
from django.db import connection, transaction

APP, FIGURES = "resque_app", "resque_figures"
COMMANDS = {"S": "select", "I": "insert", "U": "update", "D": "delete"}
SYSTEM = "(select app_role()) = 'system'"


@dataclass(frozen=True)
class Table:
    """Access to one table.

    Attributes:
        name: name of the table.
        grants: letters of what the application role may do at all: S, I, U, D.
        policies: condition per letter; a letter in `grants` without a condition is closed for everybody but
            the system. None as a whole: no row-level security (accounts, code lists, third-party tables).
        figures: condition under which the figures role reads rows; None: it has no right to the table.
    """

    name: str
    grants: str = "SIUD"
    policies: dict[str, str] | None = field(default_factory=dict)
    figures: str | None = None


def open_table(name: str, grants: str = "SIUD", *, figures: bool = False) -> Table:
    """Declare a table without row-level security; `figures`: the figures role reads it too."""
    return Table(name, grants, None, "true" if figures else None)


def history_of(parent: str, key: str = "id", *, removed: str = "false") -> Table:
    """Declare the change history of a tracked table: visible exactly where its row is.

    Args:
        parent: name of the tracked table.
        key: its primary key.
        removed: condition under which the history stays visible when the row is gone.
    """
    seen = f"exists (select 1 from {parent} o where o.{key} = pgh_obj_id)"
    return Table(f"{parent}event", "S", {"S": f"{seen} or {removed}"})


def _policy(table: Table, letter: str) -> list[str]:
    condition = f"({SYSTEM} or ({table.policies[letter]}))" if table.policies.get(letter) else SYSTEM
    clause = {
        "S": f"using ({condition})",
        "I": f"with check ({condition})",
        "U": f"using ({condition}) with check ({condition})",
        "D": f"using ({condition})",
    }[letter]
    return [f"create policy {COMMANDS[letter]}_rule on {table.name} for {COMMANDS[letter]} to {APP} {clause}"]


def statements_for(table: Table) -> list[str]:
    """Return the SQL that gives a table exactly its declared rights, from a state without any."""
    rights = ", ".join(COMMANDS[letter] for letter in table.grants)
    lines = [f"grant {rights} on {table.name} to {APP}"] if rights else []
    if table.policies is None:
        counted = [f"grant select on {table.name} to {FIGURES}"] if table.figures else []
        return [*lines, *counted, f"alter table {table.name} disable row level security"]
    lines.append(f"alter table {table.name} enable row level security")
    for letter in table.grants:
        lines += _policy(table, letter)
    if table.figures is not None:
        lines.append(f"grant select on {table.name} to {FIGURES}")
        lines.append(f"create policy figures_rule on {table.name} for select to {FIGURES} using ({table.figures})")
    return lines


def declared() -> tuple[list[str], list[Table]]:
    """Collect functions and tables of all floors, lowest floor first."""
    modules = [import_module(name) for name in settings.RESQUE_ACCESS_RULES]
    functions = [text for module in modules for text in module.FUNCTIONS]
    return functions, [table for module in modules for table in module.TABLES]


def existing_tables() -> set[str]:
    """Return the names of all ordinary tables of the schema."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        return {name for (name,) in cursor.fetchall()}


def undeclared_tables() -> set[str]:
    """Return tables that no floor declares; the application cannot touch them. A test expects none."""
    return existing_tables() - {table.name for table in declared()[1]}


_CLEAN = f"""
do $$ declare r record; begin
  for r in select policyname, tablename from pg_policies where schemaname = 'public' loop
    execute format('drop policy %I on %I', r.policyname, r.tablename);
  end loop;
end $$;
revoke all on all tables in schema public from public, {APP}, {FIGURES};
grant usage on schema public to {APP}, {FIGURES};
grant usage, select on all sequences in schema public to {APP};
"""

# Trigger functions of the change history run with the owner's rights, so that the application role needs no
# right to write history and cannot forge it.
_HISTORY_WRITES_AS_OWNER = """
do $$ declare f text; begin
  for f in select distinct p.oid::regprocedure::text from pg_trigger t join pg_proc p on p.oid = t.tgfoid
           where p.proname like 'pgtrigger_%' loop
    execute 'alter function ' || f || ' security definer set search_path = pg_catalog, public, pg_temp';
  end loop;
end $$;
"""


def _fingerprint(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def apply_access_rules(*, force: bool = False) -> bool:
    """Bring functions, grants and policies to the declared state, in one transaction, as the owner.

    Nothing happens when the declarations and the set of tables are what they were the last time.

    Returns:
        whether anything was applied.
    """
    functions, tables = declared()
    present = existing_tables()
    lines = [*functions, _CLEAN]
    for table in tables:
        if table.name in present:
            lines += statements_for(table)
    lines.append(_HISTORY_WRITES_AS_OWNER)
    if not force and _fingerprint([*lines, *sorted(present), *_trigger_functions()]) == _remembered():
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        for line in lines:
            cursor.execute(line)
        applied = _fingerprint([*lines, *sorted(present), *_trigger_functions()])
        cursor.execute(f"comment on schema public is 'resque access rules {applied}'")
    return True


def _trigger_functions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select proname || ':' || prosecdef from pg_proc where proname like 'pgtrigger_%' order by 1")
        return [name for (name,) in cursor.fetchall()]


def _remembered() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select obj_description('public'::regnamespace)")
        return (cursor.fetchone()[0] or "").removeprefix("resque access rules ")
