"""Certificates, diplomas and licences that a person brought. Their recognition is a procedure of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models.person import Person
from participants.querysets import PersonalQuerySet
from resque.audit.history import tracked


class PaperState(models.TextChoices):
    """Where the paper is."""

    ORIGINAL = "original", _("original at hand")
    COPY = "copy", _("copy only")
    ABROAD = "abroad", _("in the home country")
    LOST = "lost", _("lost")
    NONE = "none", _("there never was one")


@tracked()
class Credential(models.Model):
    """One credential. Its title may tell who the person is, so it is as open as the name."""

    # CASCADE: as Identity.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="credentials")
    title = models.CharField(_("credential"), max_length=160)
    route = models.CharField(_("way of recognition"), max_length=8, blank=True)  # code list recognition_kind
    country = models.CharField(_("country"), max_length=3, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    paper = models.CharField(_("paper"), max_length=12, choices=PaperState, blank=True)
    seen_on = models.DateField(_("original seen on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = [models.F("year").desc(nulls_last=True), "-pk"]

    def __str__(self) -> str:
        return self.title
