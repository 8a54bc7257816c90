"""What an error of the database means for somebody who waits for a page."""

from enum import Enum

from django.db import DatabaseError, InterfaceError, OperationalError

# https://www.postgresql.org/docs/current/errcodes-appendix.html
LOCKED = {"55P03", "40P01", "40001"}  # lock timeout, deadlock, serialization: another transaction is at the same row
DATA_EXCEPTION = "22"  # class: a value that no column can hold


class Trouble(Enum):
    """Kinds of trouble that are no fault in the code."""

    LOCKED = "somebody else is writing the same record"
    AWAY = "the database does not answer, is full, has no connection left, or takes too long"
    UNREADABLE = "the request holds a value that no database can take"


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Return the kind of trouble behind an exception, None for a fault of ours."""
    code = getattr(getattr(error, "__cause__", None), "pgcode", None) or ""
    if isinstance(error, DatabaseError) and code in LOCKED:
        return Trouble.LOCKED
    if isinstance(error, OperationalError | InterfaceError):
        return Trouble.AWAY
    if isinstance(error, DatabaseError) and code.startswith(DATA_EXCEPTION):
        return Trouble.UNREADABLE
    # The driver itself refuses this one before it asks the server.
    if isinstance(error, ValueError) and "NUL (0x00)" in str(error):
        return Trouble.UNREADABLE
    return None
