"""Importing people from a file, all or nothing, and taking an import back while nobody has touched it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from participants.importing import sql
from participants.importing.checking import Checked, already_taken, check_file
from participants.importing.faults import Fault
from participants.importing.reading import LARGEST_BY_COMMAND
from participants.importing.rows import ImportRow
from participants.models import ImportBatch, ImportedRow, Operation, Participation
from participants.operations.import_rows import write_rows
from participants.operations.pairs import find_pairs_of_batch
from resque.accounts.models import Partner
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.references import free_reference

KIND = "import"
Progress = Callable[[str, int], None]  # step ("read", "write"), rows dealt with


class ImportRefused(Exception):
    """Nothing was written, because of these faults."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        super().__init__(f"{len(faults)} faults")


class AlreadyTakenBack(Exception):
    """The import was taken back before."""


@dataclass(frozen=True)
class ImportResult:
    """What became of a file.

    Attributes:
        batch: the stored batch; None when there are faults or nothing was to be kept.
        rows: rows of the file below the header.
        faults: everything that is wrong; with a single fault nothing is imported.
    """

    batch: ImportBatch | None
    rows: int
    faults: list[Fault] = field(default_factory=list)

    @property
    def imported(self) -> int:
        """Number of people that are stored now."""
        return self.batch.rows if self.batch else 0


@dataclass(frozen=True)
class TakenBack:
    """What became of taking an import back.

    Attributes:
        removed: number of people that are gone.
        touched: imported rows that somebody worked with since; then nothing was removed.
    """

    removed: int
    touched: list[ImportedRow]


def check_for_import(
    *,
    partner: Partner,
    operation: Operation,
    data: bytes,
    largest: int = LARGEST_BY_COMMAND,
    progress: Progress | None = None,
) -> Checked:
    """Read a file and compare it with what is stored; nothing is written.

    Args:
        partner, operation: whose people they will be, and in which operation.
        data: the file.
        largest: bytes up to which a file is read.
        progress: is told steps and rows.
    """
    told = (lambda rows: progress("read", rows)) if progress else None
    checked = check_file(data, largest=largest, progress=told)
    taken = _taken_numbers(partner, operation, checked.rows)
    checked.faults += already_taken(checked.rows, taken)
    checked.faults.sort(key=lambda fault: fault.row)
    return checked


def import_file(
    *,
    by,
    partner: Partner,
    operation: Operation,
    data: bytes,
    file_name: str,
    dry_run: bool = False,
    largest: int = LARGEST_BY_COMMAND,
    progress: Progress | None = None,
) -> ImportResult:
    """Check a file and import it when it has no fault.

    Args:
        by: the acting account; None inside `acting_as_system`.
        partner: owner of the people.
        operation: operation that they take part in.
        data: the file, CSV or XLSX.
        file_name: its name, for the list of imports.
        dry_run: do everything, then roll it back.
        largest: bytes up to which a file is read.
        progress: is told steps and rows.

    Raises:
        PermissionDenied: `by` does not work with the people of `partner`.
    """
    _require_own_partner(by, partner)
    checked = check_for_import(partner=partner, operation=operation, data=data, largest=largest, progress=progress)
    if checked.faults:
        return ImportResult(None, checked.count, checked.faults)
    told = (lambda rows: progress("write", rows)) if progress else None
    try:
        with transaction.atomic():
            batch = import_batch(
                by=by, partner=partner, operation=operation, rows=checked.rows, file_name=file_name, progress=told
            )
            if dry_run:
                transaction.set_rollback(True)
    except ImportRefused as refusal:
        return ImportResult(None, checked.count, refusal.faults)
    return ImportResult(None if dry_run else batch, checked.count)


@transaction.atomic
def import_batch(
    *,
    by,
    partner: Partner,
    operation: Operation,
    rows: Sequence[ImportRow],
    file_name: str,
    progress: Callable[[int], None] | None = None,
) -> ImportBatch:
    """Store checked rows as one batch, all or nothing.

    Args:
        by: the acting account; None inside `acting_as_system`.
        partner: owner of the people.
        operation: operation that they take part in.
        rows: rows without any fault.
        file_name: name of the file, for the list of imports.
        progress: is told the number of people stored so far.

    Raises:
        ImportRefused: numbers of the file were used in the meantime.
        PermissionDenied: `by` does not work with the people of `partner`.
    """
    _require_own_partner(by, partner)
    batch = ImportBatch.objects.create(
        reference=free_reference(ImportBatch, "B"),
        partner=partner,
        operation=operation,
        file_name=file_name[:200],
        rows=len(rows),
        imported_at=timezone.now(),
        imported_by=by,
    )
    try:
        with transaction.atomic():
            write_rows(by=by, batch=batch, rows=rows, progress=progress)
    except IntegrityError as clash:
        # Somebody else stored the same numbers between our look and our writing.
        if faults := already_taken(rows, _taken_numbers(partner, operation, rows)):
            raise ImportRefused(faults) from clash
        raise
    find_pairs_of_batch(by=by, batch=batch)
    sql.seal_batch(batch.pk)
    note_deed(deed=Deed.IMPORTED, kind=KIND, reference=batch.reference, by=by, rows=len(rows), operation=operation.code)
    return batch


def take_back_import(*, by, batch: ImportBatch) -> TakenBack:
    """Remove everything that a batch brought in, unless somebody has worked with one of its people.

    The check and the removal happen in one function of the database: it sees rows that `by` may not see, such as
    notes of another partner.

    Args:
        by: the acting account; None inside `acting_as_system`.
        batch: the batch.

    Raises:
        AlreadyTakenBack: it was taken back before.
        PermissionDenied: `by` does not work with the people of the batch's partner.
    """
    _require_own_partner(by, batch.partner)
    if (
        batch.taken_back_at
        or not ImportBatch.objects.select_for_update().filter(pk=batch.pk, taken_back_at=None).exists()
    ):
        raise AlreadyTakenBack(batch.reference)
    removed = batch.imported_rows.count()
    if keys := sql.take_back_batch(batch.pk):
        return TakenBack(0, touched_rows(keys))
    batch.refresh_from_db(fields=["taken_back_at"])
    note_deed(deed=Deed.TOOK_BACK, kind=KIND, reference=batch.reference, by=by, rows=removed)
    return TakenBack(removed, [])


def touched_rows(keys: list[int]) -> list[ImportedRow]:
    """Return imported rows with their participations, by row of the file."""
    return list(ImportedRow.objects.filter(pk__in=keys).select_related("participation").order_by("line"))


def _taken_numbers(partner: Partner, operation: Operation, rows: Sequence[ImportRow]) -> set[str]:
    numbers = [row.reference for row in rows]
    known = Participation.objects.filter(partner=partner, operation=operation, external_reference__in=numbers)
    return set(known.values_list("external_reference", flat=True))


def _require_own_partner(by, partner: Partner) -> None:
    if by is not None and by.people_partner_id != partner.pk:
        raise PermissionDenied(f"{by.username} does not work with the people of {partner.code}")
