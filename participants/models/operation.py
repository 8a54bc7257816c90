"""The funded grant. The counting unit of the ESF is person x operation."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from resque.audit.history import tracked


@tracked()
class Operation(models.Model):
    """One operation (Vorhaben) with its own rules; an extension changes the end of the same operation."""

    code = models.CharField(_("short code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    start = models.DateField(_("start"))
    first_planned_end = models.DateField(_("first planned end"))
    rules = models.CharField(_("funding period"), max_length=4, default="2014")
    small_contact_hours = models.PositiveSmallIntegerField(
        _("limit of small contacts in hours"), default=8, help_text=_("From here on a person is a participant.")
    )
    household_questions = models.BooleanField(_("household questions are asked"), default=False)
    accepts_entries = models.BooleanField(_("participants can be entered"), default=True)
    # Number by code of the entity indicators (CO20-23, EECO18-19), as the grant letter and the partners say.
    entities = models.JSONField(
        _("supported projects and organisations"),
        default=dict,
        blank=True,
        db_default=models.Value({}, models.JSONField()),  # a version that still runs does not know the column
    )

    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["start"]
        verbose_name = _("operation")
        verbose_name_plural = _("operations")

    def __str__(self) -> str:
        return self.name

    def end_on(self, day: date) -> date:
        """Return the end as it was decided on `day` (extensions carry the date of their decision).

        Reads the prefetched extensions; where there are none, those that are stored now, and keeps them.
        """
        models.prefetch_related_objects([self], "extensions")
        decided = [extension for extension in self.extensions.all() if extension.decided_on <= day]
        return max([self.first_planned_end, *(extension.end for extension in decided)])


@tracked()
class OperationExtension(models.Model):
    """A decided change of the end of an operation."""

    # CASCADE: an extension is part of its operation.
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="extensions")
    end = models.DateField(_("new end"))
    decided_on = models.DateField(_("decided on"))
    source = models.CharField(_("letter that says so"), max_length=120, blank=True, db_default="")

    class Meta:
        ordering = ["decided_on"]

    def __str__(self) -> str:
        return f"{self.operation} – {self.end}"
