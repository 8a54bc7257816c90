"""Files that people entrusted to us: sealed, under random names, outside of anything a web server serves.

A row of the database says which file is whose. The file is written before the row is committed, and it vanishes when
the transaction is rolled back; it is removed only after the commit that forgets it. So a crash at the worst moment
leaves a file too many, which nobody can read and `check_documents` finds, and never a row whose file is missing.
"""

import os
import re
import secrets
import weakref
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from resque.database.binaries import ClusterError
from resque.database.private_files import private_directory, write_private
from resque.secrets import SealBroken, seal_bytes, unseal_bytes

# The second half is that of a draft whose writing was cut off.
_NAME = re.compile(r"[0-9a-f]{32}(\.\d+\.[0-9a-f]{8})?")


class FileLost(Exception):
    """The file is not there, or it cannot be unsealed: a backup brings it back."""


def keep(data: bytes, *, purpose: str) -> str:
    """Store a file inside the transaction that writes its row, and return its random name.

    Args:
        data: the file.
        purpose: what for ("document"); files of one purpose lie in one directory and cannot be read as another.

    Raises:
        OSError: the disk is full or gone; nothing was stored.
    """
    name = secrets.token_hex(16)
    path = _path(name, purpose)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_private(path, seal_bytes(data, purpose=purpose))
    _sync(path.parent)
    _remove_on_rollback(path)
    return name


def read(name: str, *, purpose: str) -> bytes:
    """Return a stored file.

    Raises:
        FileLost: it is not there, or was changed, or its key is not known any more.
    """
    try:
        return unseal_bytes(_path(name, purpose).read_bytes(), purpose=purpose)
    except (OSError, SealBroken) as fault:
        raise FileLost(name) from fault


def holds(name: str, *, purpose: str) -> bool:
    """Return whether a file is there."""
    return _path(name, purpose).exists()


def forget(name: str, *, purpose: str) -> None:
    """Remove a file as soon as the running transaction is committed."""
    transaction.on_commit(partial(_path(name, purpose).unlink, missing_ok=True), robust=True)


def forget_at_once(name: str, *, purpose: str) -> None:
    """Remove a file that no row names."""
    _path(name, purpose).unlink(missing_ok=True)


def stored(*, purpose: str) -> Iterator[tuple[str, float]]:
    """Yield the name of every file and when it was written, in seconds since 1970; drafts of a crash included."""
    for path in sorted(_home(purpose).glob("??/*")):
        yield path.name, path.stat().st_mtime


def _home(purpose: str) -> Path:
    try:
        return private_directory(Path(settings.RESQUE_DATA_DIR) / f"{purpose}s", owner=None)
    except ClusterError as fault:  # somebody else's directory, or none at all
        raise OSError(str(fault)) from fault


def _path(name: str, purpose: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError("not a name of a stored file")
    return _home(purpose) / name[:2] / name


def _sync(directory: Path) -> None:
    """Make the name of a new file last through a crash, as its contents do already."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Guard:
    """Removes a file when it is thrown away. The list of things to do after the commit holds it, and nothing else:
    a commit calls `release`, a rollback throws the list away."""

    def __init__(self, path: Path):
        self._finalizer = weakref.finalize(self, path.unlink, missing_ok=True)

    def release(self) -> None:
        self._finalizer.detach()


def _remove_on_rollback(path: Path) -> None:
    transaction.on_commit(_Guard(path).release)
