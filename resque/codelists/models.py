"""Coded values as data: stable codes, labels in both languages, validity. A retired code stays readable."""

from django.db import models
from django.utils.translation import get_language


class CodeEntry(models.Model):
    """One code of one list. Codes are never reused and never deleted."""

    list = models.CharField(max_length=32)
    code = models.CharField(max_length=16)
    position = models.PositiveSmallIntegerField()
    label_de = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    attributes = models.JSONField(default=dict, help_text="Further columns of the list, for example legal_basis")

    class Meta:
        ordering = ["list", "position"]
        constraints = [models.UniqueConstraint(fields=["list", "code"], name="code_entry_list_code")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the reader."""
        return self.label_de if (get_language() or "de").startswith("de") else self.label_en

    def is_valid_on(self, day) -> bool:
        """Return whether the code may be chosen for a fact of `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)
