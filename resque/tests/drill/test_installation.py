"""What bin/start makes: one copy a port, private files, an end without leftovers, and production on the same database."""

import os
import secrets
import stat
import subprocess
import sys

import pytest

from resque.database.processes import works_inside
from resque.settings.environment import BASE_DIR

SAFE = {
    "RESQUE_PROFILE": "production", "RESQUE_TODAY": "", "ALLOWED_HOSTS": "resque.example",
    "SECRET_KEY": secrets.token_urlsafe(64),
}  # fmt: skip
CHECK = ("check", "--deploy", "--database", "default", "--fail-level", "WARNING")


def manage(installation, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=BASE_DIR, env=installation.environment | environment, capture_output=True, text=True
    )


def in_production(installation, *arguments: str, role: str = "app", **environment: str) -> subprocess.CompletedProcess:
    urls = {"DATABASE_URL": installation.cluster.url(role), "DATABASE_OWNER_URL": installation.cluster.url("owner")}
    return manage(installation, *arguments, **(urls | SAFE | environment))


def test_a_second_copy_says_so_and_ends(installation):
    second = installation.run()
    assert second.wait(20) == 1
    assert f"RESQUE already runs on port {installation.port}. Stop it, or choose" in installation.log.read_text()


def test_nobody_else_may_read_the_data(installation):
    for path in [installation.home, *installation.home.rglob("*")]:
        others = stat.S_IMODE(path.lstat().st_mode) & 0o077
        # As root the top may be passed, not read: PostgreSQL below runs as another user.
        assert others == (0o011 if path == installation.home and os.geteuid() == 0 else 0), path


def test_the_embedded_server_by_hand(installation):
    assert f"(process {installation.cluster.server.pid()})" in manage(installation, "pg", "status").stdout
    asked = manage(installation, "pg", "psql", "--role", "app", "--", "-Atc", "select current_user")
    assert asked.stdout == "resque_app\n"
    assert "keeps running" in manage(installation, "pg", "stop", "--if-idle").stdout


def test_production_is_content_with_a_safe_installation_that_is_no_demo(installation):
    refused = in_production(installation, *CHECK)
    assert refused.returncode == 1 and "known password" in refused.stderr
    with installation.cursor("super") as cursor:
        cursor.execute("update accounts_user set is_active = false")
        try:
            done = in_production(installation, *CHECK)
        finally:
            cursor.execute("update accounts_user set is_active = true")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("role", "words"), [("owner", "owns tables"), ("super", "is a superuser")])
def test_production_refuses_a_role_with_too_many_powers(installation, role, words):
    done = in_production(installation, *CHECK, role=role)
    assert done.returncode == 1
    assert words in done.stderr


@pytest.mark.parametrize(
    ("environment", "words"),
    [({"RESQUE_TODAY": "2017-02-06"}, "RESQUE_TODAY moves the clock"), ({"RESQUE_DEMO": "1"}, "accounts with a known"),
     ({"SECRET_KEY": ""}, "SECRET_KEY is missing or weak"), ({"SECRET_KEY": "a" * 64}, "SECRET_KEY is missing or weak"),
     ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name"), ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
     ({"RESQUE_TODAY": "morgen"}, "must look like 2017-02-06"), ({"RESQUE_PROFILE": "x"}, "must be production, demo or test")],
)  # fmt: skip
def test_production_refuses_in_a_sentence(installation, environment, words):
    done = in_production(installation, "check", **environment)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_owner_commands_need_the_address_of_the_owner(installation):
    done = in_production(installation, "migrate", DATABASE_OWNER_URL="")
    assert "set DATABASE_OWNER_URL beside" in done.stderr


def test_demo_data_never_enter_production(installation):
    assert "never enter a production database" in in_production(installation, "seed_demo").stderr


def test_end_leaves_nothing_behind(installation):
    processes = installation.everything()
    assert installation.end() == 0
    assert not [pid for pid in processes if os.path.exists(f"/proc/{pid}")]
    assert not works_inside(installation.cluster.data)
    installation.start()
