"""Planted faults: a scope or a policy that is taken away must be noticed, each one, by name."""

import pytest
from django.db import connection

from resque.accounts.models import Partner, User
from resque.database.policies import APP, COMMANDS, SYSTEM, Table
from resque.tests.access.modes import our_models, scoped_querysets, undone, without_scope
from resque.tests.access.probes import Database, scope_faults
from resque.tests.access.tables import RIGHTS, Rows, parent_of, protected_tables
from resque.tests.access.world import built

pytestmark = pytest.mark.django_db
TABLES = sorted(protected_tables())


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), built() as made:
        yield made


@pytest.fixture(scope="module")
def rows(world):
    return Rows(world)


def _scopes():
    """Every scope that narrows what an account reaches: (model, name of the scope, rule)."""
    for model in our_models():
        kind = type(model._default_manager.get_queryset())
        rights = RIGHTS.get(model._meta.db_table)
        if rights and hasattr(kind, "visible_to"):
            yield model, "visible_to", rights.scope or rights.read
        if rights and rights.edit and hasattr(kind, "editable_by"):
            yield model, "editable_by", rights.edit


def test_every_table_has_its_rights_written_down():
    assert {name for name in TABLES if not parent_of(name)} == RIGHTS.keys()


def test_scopes_give_exactly_what_the_rules_say(world, rows):
    faults = [fault for model, name, rule in _scopes() for fault in scope_faults(world, rows, model, name, rule)]
    assert not faults, "\n".join(faults)


def test_a_scope_that_is_forgotten_is_noticed(world, rows):
    noticed, asked = set(), set(scoped_querysets())
    for name, kind in scoped_querysets().items():
        with without_scope(kind):
            for model, scope, rule in _scopes():
                if scope_faults(world, rows, model, scope, rule):
                    noticed.add(name)
    assert asked - noticed == set(), "nobody notices when these return everything"
    assert len(asked) > 8


@pytest.mark.parametrize("table", TABLES)
def test_policies_give_exactly_what_the_rules_say(world, rows, table):
    faults = Database(world, rows, protected_tables()[table]).faults()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("table", TABLES)
def test_a_policy_that_is_lost_or_opened_is_noticed(world, rows, table):
    declared = protected_tables()[table]
    asked = Database(world, rows, declared)
    rules = [(letter, f"{COMMANDS[letter]}_rule", COMMANDS[letter], APP) for letter in declared.grants]
    if declared.figures is not None:
        rules.append(("F", "figures_rule", "select", "resque_figures"))
    unnoticed = []
    for letter, name, command, role in rules:
        for fault, statement in _mutations(declared, letter, name, command, role):
            with undone(), connection.cursor() as cursor:
                cursor.execute(f"drop policy {name} on {table}")
                if statement:
                    cursor.execute(statement)
                if not asked.faults([letter]):
                    unnoticed.append(f"{name} of {table} {fault}")
    assert not unnoticed


def _mutations(table: Table, letter: str, name: str, command: str, role: str):
    yield "lost", ""
    condition = table.figures if letter == "F" else table.policies.get(letter, "")
    if condition != "true":
        clause = "with check (true)" if letter == "I" else "using (true)"
        yield "opened", f"create policy {name} on {table.name} for {command} to {role} {clause}"
    if condition and letter != "F":
        clause = f"with check ({SYSTEM})" if letter == "I" else f"using ({SYSTEM})"
        yield "closed", f"create policy {name} on {table.name} for {command} to {role} {clause}"


@pytest.mark.parametrize(
    ("functions", "tables"),
    [
        ("app_owns_person", ["participants_spelling", "participants_participation"]),
        ("app_owns_participation", ["participants_specialanswers"]),
        ("app_owns_participation app_share_stands_on", ["participants_caseshare"]),  # a share asks both
        ("app_serves_participation", ["services_attendance", "services_outcome", "services_note"]),
        ("app_owns_batch", ["participants_importedrow"]),
        ("app_owns_activity", ["services_attendance", "services_note", "services_outreach"]),
        ("app_keeps_event", ["services_occasion", "services_audience", "services_involvement"]),
    ],
)
def test_a_question_that_always_says_yes_is_noticed(world, rows, functions, tables):
    with undone(), connection.cursor() as cursor:
        for function in functions.split():
            cursor.execute("select pg_get_function_arguments(%s::regproc)", [function])
            (arguments,) = cursor.fetchone()
            cursor.execute(f"""create or replace function {function}({arguments}) returns boolean
                language sql stable security definer set search_path = pg_catalog, public as 'select true'""")
        for table in tables:
            assert Database(world, rows, protected_tables()[table]).faults("I"), f"{table} trusts {functions}"


@pytest.mark.parametrize("model", [User, Partner])
def test_accounts_are_managed_within_the_own_partner(world, model):
    def reached(role):
        found = model.objects.manageable_by(world.users[role])
        return (
            {one.partner.code if one.partner else None for one in found} if model is User else {p.code for p in found}
        )

    assert reached("partner_admin") == {"daa"} and reached("other_admin") == {"caritas"}
    assert len(reached("admin")) > 3
    for role in ("caseworker", "other", "coordinator", "city"):
        assert reached(role) == set()
