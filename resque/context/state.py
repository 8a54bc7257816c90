"""The actor of the running request, command or task, told to PostgreSQL as transaction-local settings."""

import json
import uuid
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection


@dataclass(frozen=True)
class Context:
    """Who acts. Empty fields mean: nobody, and row-level security then shows no row."""

    user_id: int | None = None
    username: str = ""
    role: str = ""
    people_partner_id: int | None = None
    home_partner_id: int | None = None
    reason: str = ""
    ip: str | None = None
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))


NOBODY = Context(request_id="")
SYSTEM_ROLE = "system"
_current: ContextVar[Context] = ContextVar("resque_context", default=NOBODY)


def current() -> Context:
    """Return who acts now."""
    return _current.get()


def context_of(user, *, ip: str | None = None, reason: str = "") -> Context:
    """Describe an account (or an anonymous visitor) as a context."""
    if user is None or not user.is_authenticated or not user.is_active:
        return Context(ip=ip, reason=reason)
    return Context(
        user_id=user.pk,
        username=user.username,
        role=user.role,
        people_partner_id=user.people_partner_id,
        home_partner_id=user.partner_id,
        reason=reason,
        ip=ip,
    )


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def tell_database(context: Context) -> None:
    """Set every key of the context for the running transaction, in one statement.

    Every key every time, anonymous too: a forgotten key of an earlier caller must not survive.
    """
    history = {"user": context.user_id, "partner": context.home_partner_id, "request": context.request_id}
    keys = {
        "app.user_id": _text(context.user_id),
        "app.role": context.role,
        "app.partner_id": _text(context.people_partner_id),
        "app.home_partner_id": _text(context.home_partner_id),
        "pghistory.context_metadata": json.dumps(history) if context.user_id or context.role else "",
    }
    calls = ", ".join(["set_config(%s, %s, true)"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(f"select {calls}", [part for pair in keys.items() for part in pair])
