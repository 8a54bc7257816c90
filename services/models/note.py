"""Confidential notes: encrypted by the application, readable by scope."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models import Participation
from services.choices import NoteScope
from services.models.activity import Activity
from services.querysets import NoteQuerySet


class Note(models.Model):
    """A short factual note on a case, mostly written with a service. The text is encrypted (resque.secrets)."""

    # CASCADE: a note is nothing without its case (retention class L3 removes it earlier).
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="notes")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="notes")
    partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="+")
    # PROTECT: the author decides who reads it.
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(_("who may read it"), max_length=8, choices=NoteScope, default=NoteScope.TEAM)
    sealed = models.BinaryField()
    written_at = models.DateTimeField(auto_now_add=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return f"note {self.pk}"
