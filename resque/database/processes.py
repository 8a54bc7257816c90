"""Whether the server that postmaster.pid speaks of is really alive.

PostgreSQL itself is careful to a fault: a killed server that nobody has reaped yet, or a number that another program
got after a restart of the container, keeps it from starting. We look closer, and stay as careful where we cannot.
"""

import os
from pathlib import Path


def read_postmaster(data: Path) -> tuple[int, Path | None, str] | None:
    """Return process id, socket directory and state from postmaster.pid, None when there is none (yet)."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid = int(lines[0])
    except (OSError, ValueError, IndexError):
        return None
    socket_directory = Path(lines[4]) if len(lines) > 4 and lines[4] else None
    return abs(pid), socket_directory, lines[7].strip() if len(lines) > 7 else ""


def is_alive(pid: int) -> bool:
    """Return whether the process runs: a killed one that its parent has not reaped does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return not Path("/proc/self").exists()  # no /proc: believe the signal


def is_server(pid: int) -> bool:
    """Return whether the process runs and is a PostgreSQL server (where that cannot be seen: whether it runs)."""
    return is_alive(pid) and _is_postgres(pid)


def _is_postgres(pid: int) -> bool:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return True
    return os.path.basename(words[0]).startswith(b"postgres")


def works_inside(data: Path) -> bool:
    """Return whether any process has its working directory in the data: every server process does.

    True also where that cannot be seen.
    """
    if not Path("/proc/self").exists():
        return True
    wanted = os.path.realpath(data)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.readlink(entry / "cwd") == wanted:
                    return True
            except OSError:
                continue  # gone, a zombie, or of another user: ours are readable
    return False


def forget_dead_server(data: Path) -> bool:
    """Remove the postmaster.pid of a server that is certainly dead; return whether it was removed.

    Call it under the lock of the cluster. A server process that outlived its postmaster keeps the file, because
    PostgreSQL uses it to see that memory is still shared.
    """
    postmaster = read_postmaster(data)
    if postmaster is None or is_server(postmaster[0]) or works_inside(data):
        return False
    (data / "postmaster.pid").unlink(missing_ok=True)
    return True
