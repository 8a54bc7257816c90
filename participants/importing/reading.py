"""Opening a file by what it is, not by what its name says."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from participants.importing import text_files, workbooks
from participants.importing.faults import FileRefused, save_again
from participants.importing.tables import Line
from resque.file_kinds import kind_of

LARGEST_BY_WEB = 10 * 1024 * 1024  # bytes
LARGEST_BY_COMMAND = 50 * 1024 * 1024


def lines_of(data: bytes, known: frozenset[str], *, largest: int = LARGEST_BY_COMMAND) -> Iterator[Line]:
    """Return the rows of a CSV file or of the first sheet of a workbook.

    Args:
        data: the whole file.
        known: names of the columns, by which the separator of a CSV file is recognised.
        largest: bytes up to which a file is read.

    Raises:
        FileRefused: at once or while reading.
    """
    if len(data) > largest:
        raise FileRefused(
            _("The file is larger than %(megabytes)s MB.") % {"megabytes": largest // 1024**2},
            _("Please split it into several files."),
        )
    if not data.strip():
        raise FileRefused(_("The file is empty."), _("Please choose a file with a header and at least one row."))
    if data.startswith(b"PK"):
        return workbooks.lines_of(data, known)
    if kind := kind_of(data):
        raise FileRefused(_other_kind(kind), save_again())
    return text_files.lines_of(data, known)


def _other_kind(kind: str) -> str:
    if kind == "xls":
        return _("This is a workbook of the old kind (XLS), or one that is protected by a password.")
    return _("This is neither a CSV file nor a workbook (XLSX), but %(kind)s.") % {"kind": kind}
