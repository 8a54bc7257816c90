"""What the pages of the import do: small files within the request, large ones in the background."""

from django.utils.translation import get_language

from participants.models import ImportUpload, Operation, UploadState
from participants.operations.import_tasks import forget_files, read_file, write_file
from participants.operations.uploads import keep_upload, read_upload, set_state, write_upload

# A file up to this size is read while the page loads. Comparing its names with the records takes most of the time.
AT_ONCE = 12 * 1024  # bytes
LINES_AT_ONCE = 60
ROWS_AT_ONCE = 200  # people that are written while the page loads


def receive_file(*, by, operation: Operation, data: bytes, file_name: str) -> ImportUpload:
    """Keep an uploaded file and read it, a small one at once.

    Args:
        by: the uploader.
        operation: operation that the people will take part in.
        data: the file.
        file_name: its name.
    """
    upload = keep_upload(by=by, operation=operation, data=data, file_name=file_name)
    forget_files.using(run_after=upload.expires_at).enqueue()
    if len(data) <= AT_ONCE and data.count(b"\n") <= LINES_AT_ONCE:
        read_upload(by=by, upload=upload)
    else:
        read_file.enqueue(str(upload.key), by.pk, get_language())
    return upload


def read_again(*, by, upload: ImportUpload) -> None:
    """Read a file anew after a step was interrupted; a step that ran all the same then ends without a trace.

    Args:
        by: the uploader.
        upload: the file.
    """
    if upload.is_interrupted and set_state(
        upload=upload,
        state=UploadState.WAITING,
        only_from=(UploadState.WAITING, UploadState.WRITING, UploadState.FAILED),
    ):
        read_file.enqueue(str(upload.key), by.pk, get_language())


def import_upload(*, by, upload: ImportUpload) -> None:
    """Import a reviewed file once; a file with faults, or one whose import has begun, is left as it is.

    Args:
        by: the uploader.
        upload: the file.
    """
    if upload.faults or not set_state(upload=upload, state=UploadState.WRITING, only_from=(UploadState.CHECKED,)):
        return
    if upload.rows <= ROWS_AT_ONCE:
        write_upload(by=by, upload=upload)
    else:
        write_file.enqueue(str(upload.key), by.pk, get_language())
