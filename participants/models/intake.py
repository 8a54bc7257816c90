"""How far the taking in of a person has come: state of a form, no fact about the person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models.participation import Participation
from participants.querysets import IntakeQuerySet


class Intake(models.Model):
    """One intake: which of its steps are done. Untracked: what the steps stored has its own history."""

    # CASCADE: means nothing without its case.
    participation = models.OneToOneField(
        Participation, primary_key=True, on_delete=models.CASCADE, related_name="intake"
    )
    done = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    begun_on = models.DateField(_("begun on"))
    finished_on = models.DateField(_("finished on"), null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        indexes = [models.Index(fields=["begun_on"], condition=models.Q(finished_on=None), name="intake_open")]

    def __str__(self) -> str:
        return f"intake of {self.participation_id}"
