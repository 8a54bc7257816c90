"""Where and how long a person went to school or university."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models.person import Person
from participants.querysets import PersonalFactQuerySet
from resque.audit.history import tracked

MOST_YEARS = 20


@tracked()
class Schooling(models.Model):
    """One school or university: country, years, certificate. Codes and numbers only."""

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="schoolings")
    certificate = models.CharField(_("certificate"), max_length=16)  # code list education_isced
    country = models.CharField(_("country"), max_length=3, blank=True)
    years = models.PositiveSmallIntegerField(_("years of school"), null=True, blank=True)
    university = models.BooleanField(_("allows university there"), null=True, blank=True)
    from_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    until_year = models.PositiveSmallIntegerField(_("until year"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PersonalFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("schooling")
        verbose_name_plural = _("schooling")
        ordering = [models.F("until_year").desc(nulls_first=True), models.F("from_year").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(years__isnull=True) | models.Q(years__lte=MOST_YEARS), name="schooling_years_0_to_20"
            )
        ]

    def __str__(self) -> str:
        return self.certificate
