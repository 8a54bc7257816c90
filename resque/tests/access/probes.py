"""Asking the application's scopes and the database's policies who may read and write which rows."""

from collections.abc import Iterable, Iterator

from django.db import DatabaseError, connection, transaction
from django.db.models import ForeignKey
from django.db.models.fields import AutoFieldMixin

from resque.database.policies import APP, FIGURES, Table
from resque.tests.access.modes import in_role, speaking_as, undone
from resque.tests.access.relations import WORKER_CODES
from resque.tests.access.tables import ROLES, Row, Rows, model_of, protected_tables, rights_of
from resque.tests.access.world import World

# Columns that an update may set on any row without breaking a constraint.
HARMLESS = (
    "kind", "scope", "gender", "nationality", "status", "accommodation", "type", "e_migrant", "file_name", "target",
    "family_name", "name", "fingerprint", "deed", "pgh_label", "state", "reference", "supported", "source",
    "minutes", "sheet", "title", "certificate", "overall", "begun_on", "total",
)  # fmt: skip
UNIQUE = "23505"
REFUSED = "42501"  # insufficient_privilege: no grant, or a policy says no


def scope_faults(world: World, rows: Rows, model, name: str, allowed) -> list[str]:
    """Compare one scope of a queryset with the rules.

    Args:
        model: whose rows.
        name: visible_to or editable_by.
        allowed: the rule.
    """
    kind = type(model._default_manager.get_queryset()).__name__
    faults = []
    for role, user in world.users.items():
        expected = {row.pk for row in rows.of(model._meta.db_table) if allowed(role, row)}
        found = set(getattr(model._default_manager, name)(user).values_list("pk", flat=True))
        faults += _differences(f"{kind}.{name} of {model.__name__} as {role}", expected, found)
    return faults


def _differences(what: str, expected: set, found: set) -> list[str]:
    too_many, too_few = len(found - expected), len(expected - found)
    return [f"{what}: {too_many} rows too many, {too_few} too few"] if too_many or too_few else []


class Database:
    """Asks the policies of one table as every role."""

    def __init__(self, world: World, rows: Rows, table: Table):
        self.world, self.rows, self.table = world, rows, table
        self.model, self.rights = model_of(table.name), rights_of(table.name)

    def faults(self, letters: Iterable[str] = "SIUDF") -> list[str]:
        """Return what differs from the rules, for reading, inserting, updating, deleting, figures."""
        asked = {"S": self._reads, "I": self._inserts, "U": self._updates, "D": self._deletes, "F": self._figures}
        return [fault for letter in letters for role in ROLES for fault in asked[letter](role)]

    def _as(self, role: str):
        return speaking_as(self.world.users.get(role))

    def _expected(self, rule, role: str) -> set:
        return {row.pk for row in self.rows.of(self.table.name) if rule(role, row)}

    def _said(self, role: str, deed: str) -> str:
        return f"{self.table.name}, {deed} as {role}"

    def _reads(self, role: str, *, database_role: str = APP, rule=None) -> Iterator[str]:
        rule = rule or self.rights.read
        with undone(), in_role(database_role), self._as(role):
            found = set(self.model._base_manager.values_list("pk", flat=True))
        yield from _differences(self._said(role, f"select in {database_role}"), self._expected(rule, role), found)

    def _figures(self, role: str) -> Iterator[str]:
        if self.table.figures is not None:
            yield from self._reads(role, database_role=FIGURES, rule=self.rights.figures)

    def _updates(self, role: str) -> Iterator[str]:
        names = {field.name for field in self.model._meta.concrete_fields}
        name = next(one for one in HARMLESS if one in names)
        # Without WHERE: reading a column would ask the policy for select as well and hide a hole behind it.
        value = {"BooleanField": "true", "PositiveIntegerField": "0", "DateField": "'2017-01-01'"}.get(
            self.model._meta.get_field(name).get_internal_type(), "'x'"
        )
        yield from self._changes(role, f"update {self.table.name} set {name} = {value}", "U", self.rights.update)

    def _deletes(self, role: str) -> Iterator[str]:
        yield from self._changes(role, f"delete from {self.table.name}", "D", self.rights.delete)

    def _changes(self, role: str, statement: str, letter: str, rule) -> Iterator[str]:
        expected = len(self._expected(rule, role)) if letter in self.table.grants else 0
        found = 0
        with undone(), in_role(APP), self._as(role):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement)
                    found = cursor.rowcount
            except DatabaseError as error:
                if error.__cause__.pgcode != REFUSED:
                    raise
        if found != expected:
            yield f"{self._said(role, statement.split()[0])}: {found} rows instead of {expected}"

    def _inserts(self, role: str) -> Iterator[str]:
        for row, values in self._copies(mixed=WORKER_CODES.get(role) == "daa"):
            expected = row is not None and "I" in self.table.grants and self.rights.insert(role, row)
            with undone(), in_role(APP), self._as(role):
                found = self._may_insert(values)
            if found != expected:
                what = (
                    f"a copy of a row of {'+'.join(row.cases) or row.partner}" if row else "a row with a foreign parent"
                )
                yield f"{self._said(role, 'insert')}: {what} is {'accepted' if found else 'refused'}"

    def _copies(self, *, mixed: bool) -> Iterator[tuple[Row | None, dict]]:
        """Yield the columns of one row of every kind; with `mixed` of the DAA's rows on a parent of Caritas too."""
        columns = [field.attname for field in self.model._meta.concrete_fields if not isinstance(field, AutoFieldMixin)]
        seen, first = set(), {}
        for row in self.rows.of(self.table.name):
            kind = (row.cases, row.partner, row.user)
            if kind not in seen and self.table.name == row.table:
                seen.add(kind)
                first.setdefault(row.cases, row)
                yield row, {name: row.values[name] for name in columns}
        own, foreign = first.get(("own",)), first.get(("foreign",))
        for parent in self.model._meta.concrete_fields if mixed and own and foreign else ():
            if not isinstance(parent, ForeignKey) or own.values[parent.attname] == foreign.values[parent.attname]:
                continue  # what both have, such as the operation, belongs to neither
            if parent.remote_field.model._meta.db_table in protected_tables():
                yield (
                    None,
                    {name: own.values[name] for name in columns} | {parent.attname: foreign.values[parent.attname]},
                )

    def _may_insert(self, values: dict) -> bool:
        fields = {f.attname: f for f in self.model._meta.concrete_fields}
        texts = [fields[name].get_db_prep_save(value, connection) for name, value in values.items()]
        columns = ", ".join(connection.ops.quote_name(fields[name].column) for name in values)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f"insert into {self.table.name} ({columns}) values ({', '.join(['%s'] * len(values))})", texts
                )
        except DatabaseError as error:
            # Policies are asked before unique keys: a row that only exists already would have been allowed.
            if error.__cause__.pgcode not in (REFUSED, UNIQUE):
                raise
            return error.__cause__.pgcode == UNIQUE
        return True
