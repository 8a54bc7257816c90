"""What the database refuses whatever the code does: forging history, reading the audit log, raising oneself."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from participants.models import Participation
from resque.accounts.models import User
from resque.audit.models import AccessEntry, Deed
from resque.audit.operations import note_deed
from resque.context.acting import acting_as, acting_as_system
from resque.database.policies import APP, COMMANDS, FIGURES, declared, existing_tables, undeclared_tables
from resque.tests.access.modes import in_role, speaking_as, undone
from resque.tests.access.world import CASES, built

pytestmark = pytest.mark.django_db
OPEN_TO_ALL: set[str] = set()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), built() as made:
        yield made


@contextmanager
def acting(user):
    """Act as an account in the application's role; everything is taken back."""
    with undone(), in_role(APP), speaking_as(user):
        yield


@contextmanager
def as_owner():
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        yield
        cursor.execute(f"set local role {APP}")


def refused(write) -> bool:
    try:
        with transaction.atomic():
            changed = write()
    except DatabaseError:
        return True
    return changed == 0


def ask(sql: str, *parameters) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


# --- Roles, grants, tables


def test_the_application_is_no_owner_and_no_superuser():
    sql = """select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
             from pg_roles where rolname in (%s, %s)"""
    assert set(ask(sql, APP, FIGURES)) == {(APP, False), (FIGURES, False)}
    owned = "select relname from pg_class where pg_has_role(%s, relowner, 'MEMBER') and relnamespace = 'public'::regnamespace"
    assert ask(owned, APP) == []
    assert ask("select has_schema_privilege(%s, 'public', 'create')", APP) == [(False,)]
    assert ask("select rolcanlogin from pg_roles where rolname = %s", FIGURES) == [(False,)]


def test_functions_with_the_rights_of_the_owner_cannot_be_led_astray():
    """A temporary table hides the real one unless `pg_temp` stands last; nobody but our roles may call them."""
    sql = """select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace
               and prosecdef and not coalesce(proconfig, '{}') @> '{"search_path=pg_catalog, public, pg_temp"}'"""
    assert ask(sql) == []
    sql = """select p.oid::regprocedure::text from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
             where p.pronamespace = 'public'::regnamespace and prosecdef and prorettype <> 'trigger'::regtype
               and a.grantee = 0 and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')"""
    assert ask(sql) == []


def test_every_table_is_declared_and_every_personal_table_protected():
    assert undeclared_tables() == set()
    personal = {name for name in existing_tables() if name.startswith(("participants_", "services_", "reporting_"))}
    assert personal & {table.name for table in declared()[1] if table.policies is None} == OPEN_TO_ALL
    protected = {name for (name,) in ask("select relname from pg_class where relrowsecurity")}
    assert personal - protected == OPEN_TO_ALL


@pytest.mark.parametrize("table", [table.name for table in declared()[1]])
def test_grants_are_those_that_were_declared_and_no_more(table):
    """So nobody deletes people, changes the audit log or writes history: those letters are declared nowhere."""
    declaration = next(one for one in declared()[1] if one.name == table)
    if table not in existing_tables():
        assert table == "resque_cache", "the shared cache is a table outside of tests only; all others exist"
        return

    def granted(role):
        found = {
            right
            for right in COMMANDS.values()
            if ask("select has_table_privilege(%s, %s, %s)", role, table, right)[0][0]
        }
        more = [
            ask("select has_table_privilege(%s, %s, %s)", role, table, right)[0][0] for right in ("truncate", "trigger")
        ]
        return found | ({"more"} if any(more) else set())

    assert granted(APP) == {COMMANDS[letter] for letter in declaration.grants}
    assert granted(FIGURES) == ({"select"} if declaration.figures is not None else set())


def test_nothing_that_matters_can_be_deleted_or_rewritten():
    letters = {table.name: set(table.grants) for table in declared()[1]}
    kept = ("person", "participation", "identity", "spelling", "consent", "caseshare", "importbatch", "importedrow")
    for name in (*(f"participants_{one}" for one in kept), "services_activity", "services_outcome", "services_note"):
        assert "D" not in letters[name], name
    assert letters["audit_accessentry"] == {"S", "I"}
    assert {name: grants for name, grants in letters.items() if name.endswith("event") and grants != {"S"}} == {}


def test_an_undeclared_table_is_closed():
    ask("create table forgotten (id int); select 1")
    assert "forgotten" in undeclared_tables()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), in_role(APP):
        ask("select * from forgotten")


def test_every_policy_names_a_role_of_ours():
    assert (
        ask("select tablename from pg_policies where roles::text not in (%s, %s)", f"{{{APP}}}", f"{{{FIGURES}}}") == []
    )


def test_functions_with_rights_of_the_owner_cannot_be_misled():
    """A fixed search path, and nobody but the application may call those that answer questions."""
    unsafe = """select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
                and not coalesce(proconfig::text, '') like '%%search_path=pg_catalog%%'"""
    assert ask(unsafe) == []
    called = """select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
                and prorettype <> 'trigger'::regtype and (has_function_privilege(%s, oid, 'execute') or proacl is null)"""
    assert ask(called, FIGURES) == []
    assert ask("select proname from pg_proc where proname like 'pgtrigger_%%' and not prosecdef") == []


# --- History and audit


def test_history_is_written_by_the_database_and_cannot_be_forged(world):
    event, own = Participation.pgh_event_model, world.cases["own"]
    with acting(world.users["caseworker"]):
        Participation.objects.filter(pk=own.pk).update(e_isced=4)
        newest = event.objects.order_by("-pgh_id").first()
        assert (newest.pgh_label, newest.e_isced) == ("update", 4)
        assert newest.pgh_context["user"] == world.users["caseworker"].pk
        for write in (
            lambda: event.objects.update(e_isced=1),
            lambda: event.objects.all()._raw_delete("default"),
            lambda: event.objects.create(
                pgh_label="update", pgh_created_at=timezone.now(), id=1, person_id=1, partner_id=1
            ),
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                write()


def test_audit_can_be_added_but_not_read_changed_or_removed(world):
    with acting(world.users["caseworker"]):
        note_deed(deed=Deed.OPENED, by=world.users["caseworker"], kind="participation", reference="R-TEST1")
        assert AccessEntry.objects.count() == 0
        for write in (
            lambda: AccessEntry.objects.update(detail={}),
            lambda: AccessEntry.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                write()
        with speaking_as(world.users["partner_admin"]):
            assert AccessEntry.objects.filter(reference="R-TEST1").count() == 1
        with speaking_as(world.users["other_admin"]):
            assert AccessEntry.objects.filter(reference="R-TEST1").count() == 0


# --- Accounts: no row-level security, so a trigger guards what matters


def _change(user, **values):
    return lambda: User.objects.filter(pk=user.pk).update(**values)


@pytest.mark.parametrize(
    ("who", "whom", "values", "allowed"),
    [
        ("caseworker", "caseworker", {"first_name": "Karin"}, True),
        ("caseworker", "caseworker", {"password": "x"}, True),
        ("caseworker", "caseworker", {"role": "coordinator"}, False),
        ("caseworker", "caseworker", {"is_superuser": True}, False),
        ("caseworker", "caseworker", {"is_staff": True}, False),
        ("caseworker", "caseworker", {"username": "other"}, False),
        ("caseworker", "other", {"is_active": False}, False),
        ("coordinator", "coordinator", {"role": "admin"}, False),
        ("partner_admin", "colleague", {"is_active": False}, True),
        ("partner_admin", "colleague", {"role": "partner_admin"}, True),
        ("partner_admin", "colleague", {"role": "coordinator"}, False),
        ("partner_admin", "colleague", {"role": "city_officer"}, False),
        ("partner_admin", "colleague", {"role": "admin"}, False),
        ("partner_admin", "colleague", {"is_superuser": True}, False),
        ("partner_admin", "other", {"is_active": False}, False),
        ("admin", "colleague", {"role": "coordinator"}, True),
        ("nobody", "caseworker", {"role": "admin"}, False),
    ],
)
def test_role_partner_and_state_of_accounts_are_guarded(world, who, whom, values, allowed):
    with acting(world.users.get(who)):
        assert refused(_change(world.users[whom], **values)) is not allowed


def test_nobody_moves_an_account_into_another_partner(world):
    daa, caritas = world.users["caseworker"].partner, world.users["other"].partner
    with acting(world.users["partner_admin"]):
        assert refused(_change(world.users["colleague"], partner=caritas))
        assert refused(_change(world.users["other"], partner=daa))
    with acting(world.users["caseworker"]):
        assert refused(lambda: User.objects.create(username="new", role="caseworker", partner=daa))
        assert refused(lambda: type(daa).objects.filter(pk=daa.pk).update(kind="coordination"))
        assert refused(lambda: type(daa).objects.create(code="new", name="New", short_name="N", kind="career"))
    with acting(world.users["partner_admin"]):
        assert refused(lambda: User.objects.create(username="new", role="caseworker", partner=caritas))
        assert refused(lambda: User.objects.create(username="new", role="admin", partner=daa))
        assert not refused(lambda: User.objects.create(username="new", role="caseworker", partner=daa))


def test_an_ended_account_sees_nothing(world):
    world.users["colleague"].is_active = False
    try:
        with acting(world.users["colleague"]):
            assert Participation.objects.count() == 0
    finally:
        world.users["colleague"].is_active = True


# --- The figures and the system


def test_the_figures_role_has_no_way_to_a_name(world):
    for table in ("identity", "spelling", "contact", "guardian", "consent", "importbatch", "importupload"):
        refusal = pytest.raises(DatabaseError, match="permission denied")
        with speaking_as(world.users["coordinator"]), refusal, transaction.atomic(), in_role(FIGURES):
            ask(f"select count(*) from participants_{table}")


def test_the_system_sees_all_and_says_why(world):
    with undone(), in_role(APP):
        with acting_as_system("test of the system role"):
            assert Participation.objects.count() == len(CASES)
        assert Participation.objects.count() == 0, "the context ends with its block"
        with as_owner():
            said = AccessEntry.objects.filter(deed=Deed.ACTED_AS_SYSTEM, detail__reason="test of the system role")
            assert said.count() == 1
        with acting_as(world.users["caseworker"]):
            assert Participation.objects.count() == 3
    with pytest.raises(ValueError, match="reason"), acting_as_system(""):
        pass
