"""Somebody who did not want to be recorded: a day, and nothing about the person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models.operation import Operation
from participants.querysets import AnonymousRefusalQuerySet


class AnonymousRefusal(models.Model):
    """A person who took part and refused to be asked. Counts once in the grand total; no name, no fact is stored."""

    reference = models.CharField(max_length=12, unique=True, editable=False)
    # PROTECT: a figure stands on these rows.
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="refusals")
    partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("date"))

    objects = AnonymousRefusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("anonymous refusal")
        verbose_name_plural = _("anonymous refusals")
        indexes = [models.Index(fields=["operation", "day"])]

    def __str__(self) -> str:
        return self.reference
