"""Reading and importing large files beside the web server, with a sign of life that the review page shows."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone, translation
from django_tasks import task

from participants.importing.sql import forget_expired_uploads
from participants.models import ImportUpload, UploadState
from participants.operations.uploads import read_upload, set_state, write_upload
from resque.accounts.models import User
from resque.accounts.roles import Permission
from resque.context.acting import acting_as

BEAT = 2.0  # seconds between two signs of life
logger = logging.getLogger(__name__)


class StepFailed(Exception):
    """A step broke. Says where, and repeats nothing of the file: task results are kept in plain text."""


@task()
def read_file(key: str, user: int, language: str) -> None:
    """Read a kept file.

    Args:
        key: of the file.
        user: key of the uploader's account.
        language: in which faults are told.
    """
    _run(read_upload, UploadState.WAITING, key, user, language)


@task()
def write_file(key: str, user: int, language: str) -> None:
    """Import a kept file that was reviewed. Arguments as of `read_file`."""
    _run(write_upload, UploadState.WRITING, key, user, language)


@task()
def forget_files() -> None:
    """Forget files whose day is over."""
    forget_expired_uploads()


def _run(step: Callable, state: UploadState, key: str, user: int, language: str) -> None:
    by = User.objects.filter(pk=user, is_active=True).first()
    if by is None or not by.can(Permission.IMPORT_PARTICIPANTS):
        return
    with acting_as(by):
        kept = ImportUpload.objects.visible_to(by).select_related("partner", "operation")
        upload = kept.filter(key=key, state=state).first()
    if upload is None:  # discarded, done by a task that came twice, or its day is over
        return
    try:
        with kept_alive(upload, by) as progress, translation.override(language), acting_as(by, reason="import"):
            step(by=by, upload=upload, progress=progress)
    except Exception as fault:
        with acting_as(by):
            set_state(upload=upload, state=UploadState.FAILED, only_from=(state,))
        raise StepFailed(_place_of(fault)) from None


def _place_of(fault: Exception) -> str:
    trace = fault.__traceback__
    while trace.tb_next:
        trace = trace.tb_next
    return f"{type(fault).__name__} in {trace.tb_frame.f_code.co_filename}, line {trace.tb_lineno}"


@contextmanager
def kept_alive(upload: ImportUpload, by) -> Iterator[Callable[[str, int], None]]:
    """Write a sign of life every few seconds while the block runs; yield what is told the progress.

    The block is one transaction that nobody sees into before it ends, so a thread with a connection of its own
    tells how far it is. When the process dies, the signs end, and the page says that the step was interrupted.
    """
    ended, told = threading.Event(), {"rows": 0}

    def beat() -> None:
        try:
            while not ended.wait(BEAT):
                with acting_as(by):
                    ImportUpload.objects.filter(pk=upload.pk).update(alive_at=timezone.now(), progress=told["rows"])
        except Exception as fault:
            # Without signs of life the page offers to try again; the step itself goes on.
            logger.warning("No sign of life of an import: %s", type(fault).__name__)
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name="import-alive", daemon=True)
    thread.start()
    try:
        yield lambda _step, rows: told.update(rows=rows)
    finally:
        ended.set()
        thread.join()
