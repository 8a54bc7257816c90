"""The embedded server is private."""

import contextlib
import os
import stat

import psycopg2
import pytest

from resque.database.binaries import ClusterError
from resque.database.private_files import LONGEST_SOCKET, private_directory, socket_directory


def one(cluster, role, sql):
    connection = psycopg2.connect(dbname="resque", **cluster.address(role))
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def test_nobody_else_may_read_anything(running):
    # The lock of a killed or running socket is the server's own matter; everything else is looked at.
    for path in [running.home, *running.home.rglob("*")]:
        assert path.lstat().st_mode & 0o077 == 0, path


def test_server_does_not_run_as_root(running):
    assert os.stat(f"/proc/{running.server.pid()}").st_uid != 0 or os.geteuid() != 0


def test_network_is_off_and_every_connection_needs_a_password(running):
    assert one(running, "super", "show listen_addresses") == ("",)
    rules = (running.data / "pg_hba.conf").read_text()
    assert "trust" not in [word for line in rules.splitlines() if not line.startswith("#") for word in line.split()]
    address = running.address("app") | {"password": "guessed"}
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(dbname="resque", **address)


def test_passwords_differ(running):
    assert len({running.address(role)["password"] for role in ("super", "owner", "app")}) == 3


def test_data_checksums_and_letters(running):
    assert one(running, "super", "show data_checksums") == ("on",)
    assert one(running, "owner", "select 'محمد' ~ '^[[:alpha:]]+$', lower('ÄÖ')") == (True, "äö")


def test_log_tells_nothing_of_what_people_typed(running):
    one(running, "owner", "create table if not exists typed (name text unique)")
    for _ in range(2):
        with contextlib.suppress(psycopg2.Error):
            one(running, "owner", "insert into typed values ('canary-4711')")
    log = (running.home / "server.log").read_text()
    assert "typed_name_key" in log
    assert "canary-4711" not in log


@pytest.mark.parametrize(
    ("role", "expected"),
    [("owner", (False, True, False, False)), ("app", (False, False, False, False))],
)
def test_roles_have_the_powers_they_need_and_no_more(running, role, expected):
    sql = "select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles where rolname = current_user"
    assert one(running, role, sql) == expected


def test_figures_role_is_put_on_deliberately(running):
    sql = "select pg_has_role(current_user, 'resque_figures', 'USAGE'), pg_has_role('resque_figures', 'SET')"
    assert one(running, "app", sql) == (False, True)


def test_owner_owns_the_database_and_makes_test_databases(running):
    sql = "select pg_get_userbyid(datdba) from pg_database where datname = 'resque'"
    assert one(running, "owner", sql) == ("resque_owner",)
    with pytest.raises(psycopg2.Error, match="permission denied"):
        one(running, "app", "create table forbidden ()")


def test_socket_of_a_long_path_lies_in_a_short_private_directory(tmp_path):
    long = tmp_path / ("deep" * 30)
    directory = socket_directory(long, owner=None)
    assert len(str(directory / ".s.PGSQL.5432")) <= LONGEST_SOCKET
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert socket_directory(long, owner=None) == directory
    directory.rmdir()


def test_directory_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("open", "link"):
        with pytest.raises(ClusterError, match="not a private directory"):
            private_directory(tmp_path / name, owner=None)
