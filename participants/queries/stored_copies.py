"""Stored copies beside the documents that name them, both ways."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from participants.models import Document
from participants.operations.document_copies import PURPOSE
from resque import vault

# A file is written before the row that names it is committed: a young one may still belong to somebody.
YOUNG = 3600  # seconds


@dataclass(frozen=True)
class Found:
    """What differs.

    Attributes:
        compared: copies that are as they were kept.
        missing, changed: keys of documents whose copy is not there, or is not what was kept.
        strays: names of files that no document names.
    """

    compared: int
    missing: list[str]
    changed: list[str]
    strays: list[str]


def compare_copies(*, now: float) -> Found:
    """Read every stored copy and compare it with its document; as the system.

    Args:
        now: seconds since 1970; files of the last hour are left alone.
    """
    files = dict(vault.stored(purpose=PURPOSE))  # before the rows: what comes in meanwhile is young
    compared, missing, changed, named = 0, [], [], set()
    rows = Document.objects.exclude(stored="").values_list("key", "stored", "copy_digest")
    for key, name, digest in rows.iterator():
        named.add(name)
        if not vault.holds(name, purpose=PURPOSE):
            missing.append(str(key))
        elif _digest(name) != digest:
            changed.append(str(key))
        else:
            compared += 1
    strays = [name for name, written in files.items() if name not in named and now - written > YOUNG]
    return Found(compared, missing, changed, strays)


def forget_strays(names: Iterable[str]) -> None:
    """Delete files that no document names."""
    for name in names:
        vault.forget_at_once(name, purpose=PURPOSE)


def _digest(name: str) -> str:
    try:
        return hashlib.sha256(vault.read(name, purpose=PURPOSE)).hexdigest()
    except vault.FileLost:
        return ""
