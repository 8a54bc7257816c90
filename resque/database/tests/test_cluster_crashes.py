"""Many starters, kills at any moment, leftovers: afterwards the server runs and nothing is lost."""

import os
import signal
import subprocess
import sys
import time

import psycopg2
import pytest
from django.db import connections

from resque.database.binaries import ClusterError
from resque.database.cluster import Cluster
from resque.database.postgresql.base import DatabaseWrapper
from resque.database.processes import is_alive
from resque.database.tests.conftest import needs_root

START = "import sys; from resque.database.cluster import Cluster; print(Cluster(sys.argv[1]).start().server.pid())"


def execute(cluster, sql):
    connection = psycopg2.connect(dbname="resque", **cluster.address("owner"))
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def kill(pid):
    """Kill the server and wait until it is dead: for an instant it would still look ready."""
    os.kill(pid, signal.SIGKILL)
    while is_alive(pid):
        time.sleep(0.01)


def test_six_at_once_make_one_server(home):
    starters = [subprocess.Popen([sys.executable, "-c", START, home], stdout=subprocess.PIPE) for _ in range(6)]
    answers = {starter.communicate(timeout=60)[0] for starter in starters}
    assert [starter.returncode for starter in starters] == [0] * 6
    assert answers == {f"{Cluster(home).server.pid()}\n".encode()}


def test_killed_server_comes_back_with_what_was_committed(home):
    cluster = Cluster(home).start()
    execute(cluster, "create table kept as select 1 as n")
    kill(cluster.server.pid())
    assert execute(cluster.start(), "select n from kept") == [(1,)]


def test_connection_brings_a_killed_server_back(home, django_db_blocker):
    embedded = {"home": str(home), "role": "app", "throw_away": True}
    settings = connections["default"].settings_dict | {"NAME": "resque", "EMBEDDED": embedded}
    connection = DatabaseWrapper(settings, alias="default")
    with django_db_blocker.unblock():
        for _ in range(2):
            with connection.cursor() as cursor:
                cursor.execute("select current_user")
                assert cursor.fetchone() == ("resque_app",)
            connection.close()
            os.kill(Cluster(home).server.pid(), signal.SIGKILL)


def test_start_cut_short_while_making_the_data(home):
    (home / "data.new" / "base").mkdir(parents=True)
    (home / "data.new" / "PG_VERSION").write_text("18")
    cluster = Cluster(home, throw_away=True).start()
    assert cluster.server.is_ready()
    assert not (home / "data.new").exists()


def test_start_cut_short_while_making_the_roles(home):
    cluster = Cluster(home, throw_away=True).start()
    (cluster.data / "resque-roles").unlink()
    assert not cluster.is_set_up()
    assert cluster.start().is_set_up()


def test_number_of_a_dead_server_that_another_program_got(home):
    cluster = Cluster(home, throw_away=True).start()
    text = (cluster.data / "postmaster.pid").read_text()
    cluster.stop()
    other = subprocess.Popen(["sleep", "60"])
    try:
        (cluster.data / "postmaster.pid").write_text(text.replace(text.split()[0], str(other.pid), 1))
        assert cluster.server.pid() is None
        assert cluster.start().server.is_ready()
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_lost_socket_is_made_again(home):
    cluster = Cluster(home, throw_away=True).start()
    (cluster.server.socket_directory() / ".s.PGSQL.5432").unlink()
    before = cluster.server.pid()
    assert cluster.start().server.is_ready()
    assert cluster.server.pid() != before


def test_data_of_another_major_version_are_refused_in_a_sentence(home):
    cluster = Cluster(home, throw_away=True).start()
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(ClusterError, match=r"from PostgreSQL 14, the installed programs are version \d+"):
        cluster.start()
    assert not cluster.server.is_ready()


def test_stop_is_quick_and_says_whether_it_ran(home):
    cluster = Cluster(home, throw_away=True).start()
    start = time.monotonic()
    assert cluster.stop()
    assert not cluster.stop()
    assert time.monotonic() - start < 5


def test_a_configuration_that_fails_is_reported_at_once(home):
    cluster = Cluster(home, throw_away=True).start()
    cluster.stop()
    (cluster.data / "postgresql.auto.conf").write_text("shared_buffers = 'nonsense'\n")
    start = time.monotonic()
    with pytest.raises(ClusterError, match="shared_buffers"):
        cluster.start()
    assert time.monotonic() - start < 10


@needs_root
def test_long_path_that_no_other_user_can_reach(tmp_path):
    """As root below a private directory: a user namespace, and a socket with a short name."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    home = closed / ("long" * 30) / "pg"
    cluster = Cluster(home, throw_away=True).start()
    try:
        assert cluster.data.stat().st_uid == 0
        assert closed.stat().st_mode & 0o077 == 0
        assert execute(cluster, "select current_user") == [("resque_owner",)]
    finally:
        cluster.stop()
        directory = cluster._socket_directory()
        if directory != home:
            directory.rmdir()
