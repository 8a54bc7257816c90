"""Opaque references for people to read aloud and type: random, never a sequence, never a primary key."""

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from resque.sql import taken_references

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O 1 I L U
LENGTH = 5
_SECRET = secrets.SystemRandom()
_source: ContextVar[random.Random] = ContextVar("reference_source")


def new_reference(prefix: str, *, length: int = LENGTH) -> str:
    """Return a random reference such as "R-7K3FQ".

    Args:
        prefix: one letter that says what it refers to (R participation, L service, E outcome, B import batch).
        length: characters after the prefix; 5 give 24 million references.
    """
    return f"{prefix}-" + "".join((_source.get(None) or _SECRET).choice(ALPHABET) for _ in range(length))


def free_reference(model, prefix: str, *, length: int = LENGTH) -> str:
    """Return a reference that no row of `model` bears, whoever owns it."""
    return free_references(model, prefix, 1, length=length)[0]


def free_references(model, prefix: str, count: int, *, length: int = LENGTH) -> list[str]:
    """Return different references that no row of `model` bears; rows that the caller may not see count too."""
    free: dict[str, None] = {}
    while len(free) < count:
        wanted = [new_reference(prefix, length=length) for _ in range(count - len(free))]
        taken = taken_references(model._meta.db_table, wanted)
        free |= dict.fromkeys(one for one in wanted if one not in taken)
    return list(free)


@contextmanager
def drawn_from(source: random.Random) -> Iterator[None]:
    """Draw references from a seeded source inside the block: the demo world is the same in every run."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
