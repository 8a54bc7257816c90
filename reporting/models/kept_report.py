"""Kept reports: what went to the funder, as it was then. Nobody changes or removes a row, not even the owner.

No key leads to people: a number of a record outlives the record, when its time has come and it is deleted.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.choices import Sex
from participants.models import Operation
from reporting.querysets import KeptNumberQuerySet, KeptRecordQuerySet, KeptReportQuerySet


def _immutable() -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]


class KeptReport(models.Model):
    """The report of one operation up to a reference date, by the rules of a funding period.

    A day may be reported again; the newest report of it counts.
    """

    reference = models.CharField(max_length=12, unique=True, editable=False)
    # PROTECT here and below: what was reported stays.
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    rules = models.CharField(_("funding period"), max_length=4)
    until = models.DateField(_("reference date"))
    kept_on = models.DateField(_("kept on"), help_text="Business date")
    # The beginning of the transaction: the database lets values and records in only beside their report.
    kept_at = models.DateTimeField(db_default=TransactionNow(), editable=False)
    kept_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    formulas = models.CharField(max_length=64, help_text="Fingerprint of formulas and titles of the indicators")
    code_lists = models.CharField(max_length=64, help_text="Fingerprint of the code lists")
    checksum = models.CharField(max_length=64, help_text="Fingerprint of everything that was kept")
    history_mark = models.BigIntegerField(help_text="Last entry of the change history of participations then")

    objects = KeptReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept report")
        verbose_name_plural = _("kept reports")
        indexes = [models.Index(fields=["operation", "rules", "until"])]
        triggers = _immutable()

    def __str__(self) -> str:
        return self.reference


class _Numbers(models.Model):
    """A number of persons by sex. `total` is its own: not everybody has a sex recorded, and projects have none."""

    code = models.CharField(max_length=24)
    m = models.PositiveIntegerField()
    f = models.PositiveIntegerField()
    nb = models.PositiveIntegerField()
    total = models.PositiveIntegerField()

    objects = KeptNumberQuerySet.as_manager()

    class Meta:
        abstract = True


class KeptValue(_Numbers):
    """One value of a kept report."""

    report = models.ForeignKey(KeptReport, on_delete=models.PROTECT, related_name="values")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="keptvalue_once")]
        triggers = _immutable()

    def __str__(self) -> str:
        return f"{self.report_id} {self.code}"


class Revision(_Numbers):
    """A value reported earlier that is another one today, with the reason: a report tells it before it is kept."""

    report = models.ForeignKey(KeptReport, on_delete=models.PROTECT, related_name="revisions")
    of = models.ForeignKey(KeptReport, on_delete=models.PROTECT, related_name="revised_by")
    reason = models.TextField(_("reason"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "of", "code"], name="revision_once")]
        triggers = _immutable()

    def __str__(self) -> str:
        return f"{self.report_id} {self.of_id} {self.code}"


class KeptRecord(models.Model):
    """Under which codes a report counted a record.

    Two rows where special answers decide too: those codes are for the coordination, the others also for who sees the
    case.
    """

    report = models.ForeignKey(KeptReport, on_delete=models.PROTECT, related_name="records")
    reference = models.CharField(max_length=12)
    sex = models.CharField(max_length=2, choices=Sex, blank=True)
    special = models.BooleanField()
    codes = ArrayField(models.CharField(max_length=24))

    objects = KeptRecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "reference", "special"], name="keptrecord_once")]
        triggers = _immutable()

    def __str__(self) -> str:
        return f"{self.report_id} {self.reference}"
