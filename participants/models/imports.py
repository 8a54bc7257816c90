"""An import and the rows it made, so that it can be taken back while nobody has touched them."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants.models.operation import Operation
from participants.models.participation import Participation
from participants.querysets import ImportBatchQuerySet, ImportUploadQuerySet

SILENCE = timedelta(seconds=45)  # a step without a sign of life for so long was interrupted


class ImportBatch(models.Model):
    """One committed import of a file."""

    reference = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    # PROTECT: a batch says whose data came in.
    partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="+")
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    rows = models.PositiveIntegerField(_("rows"))
    imported_at = models.DateTimeField(_("imported"))
    # SET_NULL: the batch outlives the account.
    imported_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return self.reference


class ImportedRow(models.Model):
    """One row of a batch and the participation it made."""

    # CASCADE: part of the batch.
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="imported_rows")
    # CASCADE: taking back removes the participation and with it this row.
    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="imported_row")
    line = models.PositiveIntegerField()
    # Versions at import: a difference later means that somebody touched the record.
    fingerprint = models.CharField(max_length=64)

    objects = models.Manager()

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"


class UploadState(models.TextChoices):
    """How far an uploaded file is."""

    WAITING = "waiting", _("waits to be read")
    CHECKED = "checked", _("checked")
    WRITING = "writing", _("is being imported")
    DONE = "done", _("imported")
    FAILED = "failed", _("interrupted")


class ImportUpload(models.Model):
    """An uploaded file between review and import: sealed, for its uploader only, gone after a day."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # CASCADE: nobody else may read the file.
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey("accounts.Partner", on_delete=models.CASCADE, related_name="+")
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    size = models.PositiveIntegerField(_("size"), help_text="bytes")
    # Both are emptied when the import is done.
    sealed_file = models.BinaryField()
    sealed_findings = models.BinaryField(default=b"")
    state = models.CharField(_("state"), max_length=8, choices=UploadState, default=UploadState.WAITING)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    faults = models.PositiveIntegerField(_("faults"), default=0)
    progress = models.PositiveIntegerField(default=0, help_text="rows dealt with in the running step")
    # Sign of life of the running step; when it is old, the step was interrupted.
    alive_at = models.DateTimeField(auto_now_add=True)
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    expires_at = models.DateTimeField()
    # SET_NULL: the batch can be erased with its people.
    batch = models.ForeignKey(ImportBatch, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ImportUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def is_running(self) -> bool:
        """Whether the file is being read or imported."""
        return self.state in (UploadState.WAITING, UploadState.WRITING) and not self.is_interrupted

    @property
    def is_interrupted(self) -> bool:
        """Whether a step broke, or gave no sign of life for too long."""
        silent = timezone.now() - self.alive_at > SILENCE
        return self.state == UploadState.FAILED or (silent and self.state in (UploadState.WAITING, UploadState.WRITING))
