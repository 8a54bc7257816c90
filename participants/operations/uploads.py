"""An uploaded file between review and import: kept sealed, read, imported once, forgotten after a day."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from participants.importing.checking import Checked
from participants.importing.findings import Findings, Likeness, RowPerson, seal_file, unseal_file
from participants.importing.reading import LARGEST_BY_WEB
from participants.importing.rows import ImportRow
from participants.importing.sql import forget_expired_uploads
from participants.matching import CLEARLY_SIMILAR
from participants.models import ImportUpload, Operation, UploadState
from participants.names import fold
from participants.operations.imports import check_for_import, import_file
from participants.queries.search import Wanted, find_candidates

KEPT = timedelta(days=1)
PREVIEWED = 20  # people that the review shows
MOST_COMPARED = 300  # rows whose names are compared with the records
MOST_ALIKE = 3  # similar people that are named for one row
Progress = Callable[[str, int], None]


class Overtaken(Exception):
    """The file was imported, discarded or read anew while this import ran; nothing of it may stay."""


def keep_upload(*, by, operation: Operation, data: bytes, file_name: str) -> ImportUpload:
    """Keep a file for its uploader until it is imported, at most one day.

    Args:
        by: the uploader; the people will belong to the partner of this account.
        operation: operation that they will take part in.
        data: the file.
        file_name: its name on the uploader's machine; what cannot be shown is left out.
    """
    forget_expired_uploads()
    name = "".join(letter for letter in file_name if letter.isprintable())[:200]
    return ImportUpload.objects.create(
        user=by,
        partner_id=by.people_partner_id,
        operation=operation,
        file_name=name,
        size=len(data),
        sealed_file=seal_file(data),
        expires_at=timezone.now() + KEPT,
    )


def read_upload(*, by, upload: ImportUpload, progress: Progress | None = None) -> None:
    """Read a kept file, look for faults and for people who are known already, and keep what was found.

    Args:
        by: the uploader.
        upload: the file.
        progress: is told steps and rows.
    """
    checked = check_for_import(
        partner=upload.partner, operation=upload.operation, data=unseal_file(upload.sealed_file),
        largest=LARGEST_BY_WEB, progress=progress,
    )  # fmt: skip
    _keep(upload, _findings(by, checked))


@transaction.atomic
def write_upload(*, by, upload: ImportUpload, progress: Progress | None = None) -> None:
    """Import a file that is in the state "is being imported", all or nothing.

    When its numbers were used since the review, the faults are kept and the file waits again.

    Args:
        by: the uploader.
        upload: the file.
        progress: is told steps and rows.

    Raises:
        Overtaken: somebody changed the state meanwhile; nothing was imported.
    """
    result = import_file(
        by=by, partner=upload.partner, operation=upload.operation, data=unseal_file(upload.sealed_file),
        file_name=upload.file_name, largest=LARGEST_BY_WEB, progress=progress,
    )  # fmt: skip
    if result.faults:
        return _keep(upload, Findings(rows=result.rows, faults=tuple(result.faults)))
    running = ImportUpload.objects.filter(pk=upload.pk, state=UploadState.WRITING)
    if not running.update(state=UploadState.DONE, batch=result.batch, sealed_file=b"", sealed_findings=b""):
        raise Overtaken(str(upload.key))
    return None


def set_state(*, upload: ImportUpload, state: UploadState, only_from: Iterable[UploadState] = ()) -> bool:
    """Set how far a file is; return whether it was in one of the states `only_from`, where those are named."""
    found = ImportUpload.objects.filter(pk=upload.pk)
    if only_from:
        found = found.filter(state__in=list(only_from))
    return bool(found.update(state=state, progress=0, alive_at=timezone.now()))


def discard_upload(*, upload: ImportUpload) -> None:
    """Forget a file that was not imported. One that is being imported then ends without a trace."""
    ImportUpload.objects.filter(pk=upload.pk).exclude(state=UploadState.DONE).delete()


def _keep(upload: ImportUpload, findings: Findings) -> None:
    ImportUpload.objects.filter(pk=upload.pk).exclude(state=UploadState.DONE).update(
        state=UploadState.CHECKED, sealed_findings=findings.sealed(), rows=findings.rows,
        faults=len(findings.faults), alive_at=timezone.now(),
    )  # fmt: skip


def _findings(by, checked: Checked) -> Findings:
    people = tuple(_row_person(row) for row in checked.rows[:PREVIEWED])
    if checked.faults:
        return Findings(checked.count, tuple(checked.faults), people)
    return Findings(
        rows=checked.count,
        people=people,
        likenesses=tuple(_likenesses(by, checked.rows)),
        compared=min(checked.count, MOST_COMPARED),
    )


def _row_person(row: ImportRow) -> RowPerson:
    names = filter(None, (row.values.get("family_name"), row.values.get("given_name")))
    days = {name: row.values[name].isoformat() for name in ("birth_date", "entry_date") if name in row.values}
    return RowPerson(row.line, row.reference, ", ".join(names), **days)


def _likenesses(by, rows: list[ImportRow]) -> Iterable[Likeness]:
    seen: dict[tuple, int] = {}
    for number, row in enumerate(rows):
        born = row.values.get("birth_date")
        first = seen.setdefault((fold(row.spoken_name), born), row.line)
        alike = _alike(by, Wanted(row.spoken_name, birth_date=born)) if number < MOST_COMPARED else ()
        if alike or first != row.line:
            yield Likeness(_row_person(row), alike, first if first != row.line else 0)


def _alike(by, wanted: Wanted) -> tuple[str, ...]:
    near = [found for found in find_candidates(by, wanted) if found.score >= CLEARLY_SIMILAR]
    return tuple(found.participation.reference for found in near[:MOST_ALIKE])
