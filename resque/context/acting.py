"""Commands and background tasks act as somebody: an account, or the system with a reason."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from resque.context.state import SYSTEM_ROLE, Context, _current, context_of, current, tell_database


@contextmanager
def _as(context: Context) -> Iterator[Context]:
    before = current()
    token = _current.set(context)
    try:
        with transaction.atomic():
            tell_database(context)
            yield context
            # Inside an outer transaction the settings would outlive this block.
            tell_database(before)
    finally:
        _current.reset(token)


@contextmanager
def acting_as(user, *, reason: str = "") -> Iterator[Context]:
    """Do everything in the block as `user`, in one transaction, with exactly the rights of that account."""
    with _as(context_of(user, reason=reason)) as context:
        yield context


@contextmanager
def acting_as_system(reason: str) -> Iterator[Context]:
    """Do everything in the block as the system, in one transaction; the reason stands in the audit log.

    Row-level security lets the system role see and write all rows of the application role's tables.
    """
    if not reason:
        raise ValueError("Acting as the system needs a reason.")
    from resque.audit.models import Deed
    from resque.audit.operations import note_deed

    with _as(Context(username="system", role=SYSTEM_ROLE, reason=reason)) as context:
        note_deed(deed=Deed.ACTED_AS_SYSTEM, reason=reason)
        yield context
