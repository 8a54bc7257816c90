"""What holds for every test. The profile is chosen here, before Django reads its settings."""

import os
import types
from datetime import date

import pytest

os.environ["RESQUE_PROFILE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resque.settings")
# Playwright keeps an event loop running in the main thread; Django would take it for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PASSWORD = "resque-demo"
DAY = date(2017, 2, 6)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Make the test database, and in the end leave it alone: a stray session would keep it from being removed."""
    yield
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select application_name, backend_type, query, pg_terminate_backend(pid, 5000) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'"
        )
        for name, kind, query, _ended in cursor.fetchall():
            print(f"A session was left in the test database: {kind} {name}: {query[:200]}")


@pytest.fixture
def cast(db):
    """The small cast: one account per role and partner, and a colleague beside the counsellor.

    weber (Caritas) and lehmann, vogel (DAA) are caseworkers; krause is the city officer, hoffmann the
    coordinator, seidel the system administrator, berger administers the accounts of the DAA.
    """
    from resque.accounts.models import Partner, User
    from resque.accounts.roles import Role

    partners = {partner.code: partner for partner in Partner.objects.all()}

    def account(username, first, last, role, partner):
        user = User(username=username, first_name=first, last_name=last, role=role, partner=partners.get(partner))
        user.set_password(PASSWORD)
        user.save()
        return user

    return types.SimpleNamespace(
        aufbauwerk=partners["aufbauwerk"],
        daa=partners["daa"],
        caritas=partners["caritas"],
        stadt=partners["stadt"],
        weber=account("weber", "Maria", "Weber", Role.CASEWORKER, "caritas"),
        lehmann=account("lehmann", "Katrin", "Lehmann", Role.CASEWORKER, "daa"),
        vogel=account("vogel", "Thomas", "Vogel", Role.CASEWORKER, "daa"),
        krause=account("krause", "Jana", "Krause", Role.CITY_OFFICER, "stadt"),
        hoffmann=account("hoffmann", "Sabine", "Hoffmann", Role.COORDINATOR, "aufbauwerk"),
        berger=account("berger", "Uwe", "Berger", Role.PARTNER_ADMIN, "daa"),
        seidel=account("seidel", "Ines", "Seidel", Role.ADMIN, None),
    )


@pytest.fixture
def app_role(db):
    """Step down to the application's database role: row-level security holds until the test ends."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("set local role resque_app")
    yield
    with connection.cursor() as cursor:
        cursor.execute("reset role")


@pytest.fixture(autouse=True)
def _business_day():
    """Every test plays on one day unless it moves the clock itself."""
    from resque.clock import moved_to

    with moved_to(DAY):
        yield


@pytest.fixture(autouse=True)
def _german():
    """Every test begins in German: the language that a request of another test chose stays on the thread."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _fresh_codelists():
    """Code lists are kept in the process; a test must not see those of another one."""
    yield
    from resque.codelists.queries import forget

    forget()
