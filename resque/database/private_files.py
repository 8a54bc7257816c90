"""Secrets and private directories on disk: readable by one user only, complete or absent, never half."""

import hashlib
import os
import secrets
import stat
from pathlib import Path

from resque.database.binaries import ClusterError

# The address of a socket holds 104 bytes on macOS, 108 on Linux, with the closing zero.
LONGEST_SOCKET = 103
SOCKET_NAME = ".s.PGSQL.5432"


def write_private(path: Path, text: str | bytes) -> None:
    """Write a file of mode 0600 in one step: whoever reads it reads all of it, and a full disk leaves nothing."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def kept_secret(path: Path) -> str:
    """Return the secret in a file, made at random at the first call. Call it under a lock."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text().strip()


def private_directory(path: Path, *, owner: tuple[int, int] | None) -> Path:
    """Make a directory that only we (or `owner`, as uid and gid) may enter; refuse one that somebody else made.

    Errors: ClusterError when the path is somebody else's, a link, or open to others.
    """
    try:
        os.mkdir(path, 0o700)
        if owner:
            os.chown(path, *owner)
    except FileExistsError:
        pass
    found = os.lstat(path)
    allowed = {os.geteuid()} | ({owner[0]} if owner else set())
    if not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077 or found.st_uid not in allowed:
        raise ClusterError(f"{path} is not a private directory of ours. Remove it, or set RESQUE_DATA_DIR elsewhere.")
    return path


def socket_directory(home: Path, *, owner: tuple[int, int] | None) -> Path:
    """Return where the socket lives: in the home, or in a private directory with a short name.

    The short name is derived from the home, so that every process finds the same.
    """
    if len(os.fsencode(home / SOCKET_NAME)) <= LONGEST_SOCKET:
        return home
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return private_directory(Path("/tmp") / f"resque-pg-{os.geteuid()}-{digest}", owner=owner)
