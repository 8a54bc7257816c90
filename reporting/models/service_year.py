"""Services kept for speed: what one partner did with one participation in one calendar year."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models import Participation
from reporting.querysets import ServiceYearQuerySet


def _count() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(default=0, db_default=0)


class ServiceYear(models.Model):
    """A sum over attendances. Triggers of the database write it (reporting/keeping/sql.py), the application reads it.

    A row stands as long as anything is recorded; only who came counts as attended.
    """

    # CASCADE: a sum goes with what was summed up.
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+", db_index=False)
    # PROTECT: as in the attendances below.
    partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    recorded = _count()
    first_recorded = models.DateField()
    attended = _count()
    minutes = models.PositiveIntegerField(default=0, db_default=0)
    first_attended = models.DateField(null=True)
    last_attended = models.DateField(null=True)
    # Attended services by month of the year.
    m01, m02, m03, m04, m05, m06 = (_count() for _month in range(6))
    m07, m08, m09, m10, m11, m12 = (_count() for _month in range(6))

    objects = ServiceYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("services of a year")
        verbose_name_plural = _("services of a year")
        constraints = [
            models.UniqueConstraint(fields=["participation", "partner", "year"], name="serviceyear_once"),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} {self.partner_id} {self.year}"


MONTHS = tuple(f"m{month:02}" for month in range(1, 13))
