"""What a person has worked as before. Later work in Germany is an outcome of the services floor."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participants.models.person import Person
from participants.querysets import PersonalQuerySet
from resque.audit.history import tracked


class WorkKind(models.TextChoices):
    """How somebody worked."""

    EMPLOYED = "employed", pgettext_lazy("kind of work", "employed")
    SELF = "self", _("self-employed")
    FAMILY = "family", _("in a family business")
    TRAINING = "training", _("apprenticeship or internship")
    UNPAID = "unpaid", _("unpaid, also at home")


@tracked()
class WorkExperience(models.Model):
    """One occupation. Its words may tell who the person is, so it is as open as the name."""

    # CASCADE: as Identity.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="work_experiences")
    occupation = models.CharField(_("occupation"), max_length=120)
    kind = models.CharField(_("kind of work"), max_length=12, choices=WorkKind, blank=True)
    country = models.CharField(_("country"), max_length=3, blank=True)
    from_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    until_year = models.PositiveSmallIntegerField(_("until year"), null=True, blank=True)
    tasks = models.CharField(_("tasks"), max_length=240, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("work experience")
        verbose_name_plural = _("work experience")
        ordering = [models.F("until_year").desc(nulls_first=True), models.F("from_year").desc(nulls_last=True), "-pk"]

    def __str__(self) -> str:
        return self.occupation
