"""One installation as bin/start makes it, in a directory of its own, and the ways to hurt it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from resque.database.cluster import Cluster
from resque.database.processes import is_alive
from resque.settings.environment import BASE_DIR
from resque.start.port import ask_health

DAY = "2017-02-06"
ACCOUNTS = "import django; django.setup(); from resque.accounts.demo import create_demo_accounts as make; make()"


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children_of(pid: int) -> list[int]:
    """Return the process ids of the direct children."""
    with contextlib.suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def command_of(pid: int) -> str:
    """Return the command line of a process, "" when it is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


class Installation:
    """Data directory, supervisor, server, task worker and embedded PostgreSQL.

    Parameters:
        home: directory for everything; made when missing.
    """

    def __init__(self, home: Path):
        self.home, self.port = home, free_port()
        self.cluster = Cluster(home / "pg")
        self.log = home.parent / "start.log"
        self.supervisor: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        inherited = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("RESQUE_", "DATABASE_", "DJANGO_", "PYTEST_"))
        }
        ours = {"RESQUE_PROFILE": "demo", "RESQUE_DATA_DIR": str(self.home), "RESQUE_TODAY": DAY}
        return inherited | ours | {"DJANGO_SETTINGS_MODULE": "resque.settings"}

    # --- Starting and ending

    def run(self, *options: str) -> subprocess.Popen:
        """Run bin/start without its installation of packages."""
        command = [sys.executable, "-m", "resque.start", "--port", str(self.port), *options]
        with self.log.open("a") as log:
            return subprocess.Popen(
                command, cwd=BASE_DIR, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def start(self, *options: str, seconds: float = 180) -> "Installation":
        """Start, empty or with these options, and wait until the server answers.

        Errors: AssertionError with what bin/start said.
        """
        self.supervisor = self.run(*(options or ("--empty",)))
        deadline = time.monotonic() + seconds
        while not ask_health(self.port):
            assert self.supervisor.poll() is None and time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)
        return self

    def add_accounts(self) -> None:
        """Make the accounts of the demo, whose people write in the drill."""
        environment = self.environment | {"RESQUE_DATABASE_ROLE": "owner"}
        subprocess.run([sys.executable, "-c", ACCOUNTS], cwd=BASE_DIR, env=environment, check=True)

    def end(self) -> int:
        """End everything as Ctrl-C does; return the exit code of bin/start."""
        self.supervisor.send_signal(signal.SIGINT)
        return self.supervisor.wait(30)

    def remove(self) -> None:
        """End what still runs, whatever state it is in."""
        for pid in self.everything():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.supervisor:
            self.supervisor.kill()
            self.supervisor.wait()
        self.cluster.stop()

    # --- Looking inside

    def server(self) -> int:
        """Return the process id of gunicorn's master."""
        return next(pid for pid in children_of(self.supervisor.pid) if "gunicorn" in command_of(pid))

    def everything(self) -> set[int]:
        """Return the process ids of supervisor, server, workers and task worker (without PostgreSQL) that run."""
        if self.supervisor is None:
            return set()
        found, queue = set(), [self.supervisor.pid]
        while queue:
            pid = queue.pop()
            found.add(pid)
            queue += children_of(pid)
        return {pid for pid in found if is_alive(pid)}

    @contextlib.contextmanager
    def cursor(self, role: str = "owner") -> Iterator:
        """Ask the database past the application."""
        connection = psycopg2.connect(dbname="resque", **self.cluster.start().address(role))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def ask(self, sql: str, *parameters: object) -> list[tuple]:
        """Return the rows of a query."""
        with self.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()
