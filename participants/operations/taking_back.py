"""Taking an import back: a small one while the page loads, a large one beside the server."""

from django.core.cache import cache
from django_tasks import task

from participants.models import ImportBatch, ImportedRow
from participants.operations.imports import AlreadyTakenBack, TakenBack, take_back_import
from resque.accounts.models import User
from resque.accounts.roles import Permission
from resque.context.acting import acting_as

ROWS_AT_ONCE = 500  # people that are removed while the page loads; the web stops a statement after five seconds
LONGEST_RUN = 15 * 60  # seconds after which a silent attempt may be repeated
KEPT = 24 * 60 * 60  # seconds for which the page names the rows that were touched
RUNNING = "running"


def begin_take_back(*, by, batch: ImportBatch) -> TakenBack | None:
    """Take an import back, or leave that to the task worker: None then, and the batch page tells how it goes.

    Args:
        by: the acting account.
        batch: the import.

    Raises:
        AlreadyTakenBack: it was taken back before.
        PermissionDenied: `by` does not work with the people of the batch's partner.
    """
    if batch.rows <= ROWS_AT_ONCE:
        return take_back_import(by=by, batch=batch)
    if not batch.taken_back_at and not is_being_taken_back(batch):
        cache.set(_key(batch.pk), RUNNING, LONGEST_RUN)
        take_back_large.enqueue(batch.pk, by.pk)
    return None


@task()
def take_back_large(batch: int, user: int) -> None:
    """Take a large import back and remember which rows somebody had touched.

    Args:
        batch: key of the import.
        user: key of the acting account.
    """
    lines: list[int] = []
    try:
        by = User.objects.get(pk=user, is_active=True)
        with acting_as(by, reason="import"):
            found = ImportBatch.objects.visible_to(by).filter(pk=batch).first()
            if found and by.can(Permission.IMPORT_PARTICIPANTS):
                lines = [row.line for row in take_back_import(by=by, batch=found).touched]
    except AlreadyTakenBack:
        return
    finally:
        cache.set(_key(batch), lines, KEPT)


def is_being_taken_back(batch: ImportBatch) -> bool:
    """Return whether the task worker is at it."""
    return cache.get(_key(batch.pk)) == RUNNING


def rows_touched(batch: ImportBatch) -> list[ImportedRow]:
    """Return the rows because of which the last attempt in the background changed nothing."""
    lines = cache.get(_key(batch.pk))
    if not lines or lines == RUNNING:
        return []
    return list(batch.imported_rows.filter(line__in=lines).select_related("participation").order_by("line"))


def _key(batch: int) -> str:
    # Only the state of an attempt stands there, row numbers at most: the cache may lose it at any time.
    return f"take-back-{batch}"
