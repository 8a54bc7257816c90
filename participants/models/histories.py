"""Dated facts: a change adds a row, so that reports can use the value of any day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models.person import Person
from participants.querysets import PersonalFactQuerySet
from resque.audit.history import tracked


@tracked()
class ResidenceStatus(models.Model):
    """Residence status from a day on, as printed on the document."""

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="residence_statuses")
    status = models.CharField(_("residence status"), max_length=16)
    valid_from = models.DateField(_("valid from"))
    printed_until = models.DateField(_("valid until, as printed"), null=True, blank=True)
    clause = models.CharField(_("clause on the document"), max_length=16, blank=True)
    # What is printed there word for word, where the code does not say it all ("als … bei …").
    wording = models.CharField(_("wording on the document"), max_length=240, blank=True, default="", db_default="")
    seen_on = models.DateField(_("document seen on"), null=True, blank=True)

    objects = PersonalFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("residence status")
        verbose_name_plural = _("residence statuses")
        ordering = ["-valid_from", "-pk"]
        indexes = [models.Index(fields=["person", "-valid_from"])]

    def __str__(self) -> str:
        return self.status


@tracked()
class Residence(models.Model):
    """Where a person lives from a day on: kind of accommodation and municipality, never an address."""

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="residences")
    accommodation = models.CharField(_("accommodation"), max_length=16, blank=True)
    municipality = models.CharField(_("municipality"), max_length=8, blank=True)
    valid_from = models.DateField(_("valid from"))

    objects = PersonalFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of residence")
        verbose_name_plural = _("places of residence")
        ordering = ["-valid_from", "-pk"]
        indexes = [models.Index(fields=["person", "-valid_from"])]

    def __str__(self) -> str:
        return f"{self.accommodation} {self.municipality}".strip()
