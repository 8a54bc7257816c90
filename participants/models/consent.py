"""Consents as dated objects, and who signs for a minor."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.choices import ConsentState
from participants.models.person import Person
from participants.querysets import PersonalQuerySet
from resque.audit.history import tracked


@tracked()
class Consent(models.Model):
    """One consent, or the handing out of the privacy information (type INFO13)."""

    # CASCADE: evidence about a person goes with the person (retention decides when).
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    type = models.CharField(_("kind of consent"), max_length=16)
    state = models.CharField(_("state"), max_length=16, choices=ConsentState)
    decided_on = models.DateField(_("on"))
    language = models.CharField(_("language of the sheet"), max_length=8, blank=True)
    text_version = models.CharField(_("version of the text"), max_length=32, blank=True)
    given_by = models.CharField(_("given by"), max_length=120, blank=True, help_text=_("The person, or the guardian."))

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-decided_on", "-pk"]
        indexes = [models.Index(fields=["person", "type", "-decided_on"])]

    def __str__(self) -> str:
        return f"{self.type} {self.state}"


@tracked()
class Guardian(models.Model):
    """Who represents a minor. `on_paper`: known from an imported file, details are in the paper file."""

    # CASCADE: as Consent.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guardians")
    name = models.CharField(_("name"), max_length=120, blank=True)
    organisation = models.CharField(_("office"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    on_paper = models.BooleanField(_("recorded on paper"), default=False)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("guardian")
        verbose_name_plural = _("guardians")

    def __str__(self) -> str:
        return self.name or self.organisation or str(_("recorded on paper"))
