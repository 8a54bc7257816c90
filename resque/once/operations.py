"""`once`: run the writing part of a form at most one time for each shown form."""

import uuid
from collections.abc import Callable

from resque.once.models import FormKey

FIELD = "form_key"


def new_key() -> str:
    """Return a fresh key for the hidden field of a form."""
    return str(uuid.uuid4())


def target_of(key: str, *, by) -> str:
    """Return where a form with this key led when this account wrote it, "" when it was not written yet."""
    try:
        parsed = uuid.UUID(key)
    except (TypeError, ValueError, AttributeError):
        return ""
    return FormKey.objects.filter(key=parsed, user=by).values_list("target", flat=True).first() or ""


def written_before(key: str, *, by) -> bool:
    """Return whether a form with this key was already written: then checks that would stop it must not run again."""
    return bool(target_of(key, by=by))


def once(key: str, *, by, write: Callable[[], str]) -> tuple[str, bool]:
    """Run `write` unless a form with this key was already written by this account.

    Two submissions at the same moment queue up at the unique key: the second one waits for the first to
    commit and then only follows it.

    Args:
        key: value of the hidden field; a missing or malformed key counts as a new form.
        by: the acting account.
        write: does the work and returns the address of the result.

    Returns:
        the address, and whether `write` ran now.
    """
    try:
        parsed = uuid.UUID(key)
    except (TypeError, ValueError, AttributeError):
        return write(), True
    row, first = FormKey.objects.get_or_create(key=parsed, user=by)
    if not first:
        return row.target, False
    row.target = write()
    row.save(update_fields=["target"])
    return row.target, True
