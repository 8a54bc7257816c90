"""The embedded PostgreSQL: one private server per data directory, started when the first connection needs it.

Private means: directory 0700, SCRAM passwords at random, a unix socket and no network. Any number of processes may
ask for it at once; a lock makes one of them start it. A crash at any moment leaves something that starts again.
"""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import quote

from resque.database.binaries import ClusterError, choose_identity, find_binaries, major_version, run_program
from resque.database.configuration import PORT, initdb_options, server_configuration
from resque.database.private_files import kept_secret, socket_directory, write_private
from resque.database.roles import APP, DATABASE, OLDEST_MAJOR, OWNER, grant_statements, role_statements
from resque.database.server import Server

SUPERUSER = "resque_super"
ROLES = {"owner": OWNER, "app": APP, "super": SUPERUSER}


class Cluster:
    """A PostgreSQL server in a directory of its own.

    Parameters:
        home: directory for data, secrets, socket, lock and log; made when missing.
        throw_away: for tests: fast, and lost after a crash of the machine.
    """

    def __init__(self, home: Path | str, *, throw_away: bool = False):
        self.home = Path(home).absolute()
        self.data = self.home / "data"
        self.throw_away = throw_away
        self.server = Server(self.data, self.home / "server.log", self._program)

    @cached_property
    def binaries(self) -> Path:
        return find_binaries()

    @cached_property
    def major(self) -> int:
        return major_version(self.binaries)

    # --- What others need

    def address(self, role: str) -> dict[str, str]:
        """Return host, port, user and password for a role: "app", "owner" or "super" (the manager's own)."""
        host = self.server.socket_directory() or self._socket_directory()
        password = (self.home / f"secret-{role}").read_text().strip()
        return {"host": str(host), "port": PORT, "user": ROLES[role], "password": password}

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the address as DATABASE_URL; it contains the password."""
        part = self.address(role)
        return f"postgresql://{part['user']}:{quote(part['password'])}@/{database}?host={quote(part['host'], safe='')}"

    def is_set_up(self) -> bool:
        """Return whether the data exist with roles and database (the server may be stopped)."""
        return (self.data / "resque-roles").exists()

    def start(self, timeout: int = 60) -> "Cluster":
        """Start the server when it does not run, making it first when there is none; return self.

        Parameters:
            timeout: seconds to wait, recovery after a crash included.

        Errors: ClusterError with the reason and the end of the server's log.
        """
        if self.is_set_up() and self.server.is_ready():
            return self
        with self._lock():
            if not (self.data / "PG_VERSION").exists():
                self._create()
            self._refuse_other_major()
            if not self.server.is_ready():
                self._configure()
                self.server.run(timeout)
            if not self.is_set_up():
                self._make_roles()
        return self

    def stop(self) -> bool:
        """Stop the server, ending its connections; return whether it ran."""
        if not self.data.exists():
            return False
        with self._lock():
            return self.server.stop()

    def other_clients(self) -> int:
        """Return how many client connections there are beside the one that asks."""
        with self._superuser_cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_stat_activity "
                "where backend_type = 'client backend' and pid <> pg_backend_pid()"
            )
            return cursor.fetchone()[0]

    # --- Making and starting

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        self._make_home()
        with open(os.open(self.home / ".lock", os.O_RDWR | os.O_CREAT, 0o600), "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _make_home(self) -> None:
        try:
            self.home.parent.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
            self.home.mkdir(mode=0o700, exist_ok=True)
            if self.home.stat().st_mode & 0o077:
                self.home.chmod(0o700)
            if self._owner and self.home.stat().st_uid != self._owner[0]:
                os.chown(self.home, *self._owner)
        except PermissionError as error:
            raise ClusterError(
                f"{error.filename} belongs to another user. Run as that user, or set RESQUE_DATA_DIR elsewhere."
            ) from error

    @property
    def _identity(self):
        return choose_identity(self.home, self.data, self.binaries)

    @cached_property
    def _owner(self) -> tuple[int, int] | None:
        identity = self._identity
        if identity.user is None or identity.namespace:
            return None
        return identity.user.pw_uid, identity.user.pw_gid

    def _socket_directory(self) -> Path:
        return socket_directory(self.home, owner=self._owner)

    def _program(self, name: str, *arguments: object):
        return run_program(self._identity, self.binaries / name, *arguments)

    def _create(self) -> None:
        if self.major < OLDEST_MAJOR:
            raise ClusterError(f"PostgreSQL {self.major} is too old: RESQUE needs {OLDEST_MAJOR} or newer.")
        draft, password_file = self.home / "data.new", self.home / "initdb-password"
        shutil.rmtree(draft, ignore_errors=True)  # the rest of a start that was cut short
        write_private(password_file, kept_secret(self.home / "secret-super"))
        if self._owner:
            os.chown(password_file, *self._owner)
        try:
            result = self._program(
                "initdb", "-D", draft, "-U", SUPERUSER, f"--pwfile={password_file}",
                *initdb_options(self.major, throw_away=self.throw_away),
            )  # fmt: skip
        finally:
            password_file.unlink()
        if result.returncode:
            raise ClusterError(f"initdb failed:\n{result.stdout}")
        with open(draft / "postgresql.conf", "a") as file:
            file.write("\ninclude 'resque.conf'\n")
        os.rename(draft, self.data)

    def _refuse_other_major(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != str(self.major):
            raise ClusterError(
                f"The data in {self.data} are from PostgreSQL {found}, the installed programs are version "
                f"{self.major}. Make a backup with PostgreSQL {found} (RESQUE_PG_BIN names its programs), then "
                "restore it here."
            )

    def _configure(self) -> None:
        configuration = self.data / "resque.conf"
        write_private(configuration, server_configuration(self._socket_directory(), throw_away=self.throw_away))
        if self._owner:
            os.chown(configuration, *self._owner)

    @contextlib.contextmanager
    def _superuser_cursor(self, database: str = "postgres") -> Iterator:
        import psycopg2  # here, because `pg status` should answer without it

        connection = psycopg2.connect(dbname=database, **self.address("super"))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def _make_roles(self) -> None:
        owner, app = kept_secret(self.home / "secret-owner"), kept_secret(self.home / "secret-app")
        with self._superuser_cursor() as cursor:
            for statement in role_statements(major=self.major, owner_password=owner, app_password=app):
                cursor.execute(statement)
            cursor.execute("select 1 from pg_database where datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(f"create database {DATABASE} owner {OWNER}")
            for statement in grant_statements():
                cursor.execute(statement)
        write_private(self.data / "resque-roles", "made\n")


@lru_cache
def _cluster(home: str, throw_away: bool) -> Cluster:
    return Cluster(home, throw_away=throw_away)


def embedded_cluster(settings_dict: dict) -> Cluster | None:
    """Return the cluster behind an entry of DATABASES, None when the entry names a server of its own."""
    embedded = settings_dict.get("EMBEDDED")
    return _cluster(embedded["home"], embedded["throw_away"]) if embedded else None
