"""Consents as dated objects, the texts that they answer, and who signs for a minor."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.choices import ConsentState, GivenBy
from participants.models.person import Person
from participants.querysets import ConsentQuerySet, PersonalQuerySet
from resque.audit.history import tracked


class ConsentText(models.Model):
    """One version of a sheet in one language, as it was printed: a later change of the text alters no old consent."""

    # Code that stands on the paper; made of the texts themselves (participants/sheets/texts.py).
    version = models.CharField(_("version of the text"), max_length=32, unique=True)
    sheet = models.CharField(_("sheet"), max_length=16)
    language = models.CharField(_("language of the sheet"), max_length=8)
    texts = models.JSONField(_("texts"))
    first_used_on = models.DateField(_("first used on"))

    class Meta:
        verbose_name = _("text of a sheet")
        verbose_name_plural = _("texts of sheets")

    def __str__(self) -> str:
        return self.version


@tracked()
class Consent(models.Model):
    """One decision of a person about one purpose, or the handing out of the privacy information (type INFO13).

    Whether it still holds today says `state_on`: an expiry needs no clock that writes.
    """

    # CASCADE: evidence about a person goes with the person (retention decides when).
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    type = models.CharField(_("kind of consent"), max_length=16)
    # PROTECT: who may know the person is evidence. Only for sharing; a release names its body in `recipient`.
    partner = models.ForeignKey(
        "accounts.Partner", verbose_name=_("partner"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipient = models.CharField(_("body"), max_length=120, blank=True, db_default="")
    channel = models.CharField(_("way of contact"), max_length=120, blank=True, db_default="")
    state = models.CharField(_("state"), max_length=16, choices=ConsentState)
    decided_on = models.DateField(_("on"))
    expires_on = models.DateField(_("last day"), null=True, blank=True)
    language = models.CharField(_("language of the sheet"), max_length=8, blank=True)
    text_version = models.CharField(_("version of the text"), max_length=32, blank=True)
    given_by_kind = models.CharField(_("signed by"), max_length=8, choices=GivenBy, blank=True, db_default="")
    given_by = models.CharField(_("given by"), max_length=120, blank=True, help_text=_("The person, or the guardian."))
    witness = models.CharField(_("witness"), max_length=120, blank=True, db_default="")
    interpreter = models.CharField(_("interpretation"), max_length=8, blank=True, db_default="")
    paper_location = models.CharField(_("place of the paper"), max_length=120, blank=True, db_default="")
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawal_channel = models.CharField(_("way of withdrawal"), max_length=120, blank=True, db_default="")
    # A withdrawal is also noted on the paper; until then it waits.
    paper_noted_on = models.DateField(_("noted on the paper on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-decided_on", "-pk"]
        indexes = [models.Index(fields=["person", "type", "-decided_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=models.F("decided_on")),
                name="consent_ends_after_it_begins",
                violation_error_message=_("The last day must not lie before the day of the consent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.state}"

    @property
    def subject(self) -> tuple[str, int | None, str]:
        """What the decision is about: kind, partner, body. The newest decision about the same holds."""
        return self.type, self.partner_id, self.recipient

    def state_on(self, day: date) -> str:
        """Return the state as it is on a day, after the last day "expired"."""
        if self.state == ConsentState.GIVEN and self.expires_on and self.expires_on < day:
            return ConsentState.EXPIRED
        return ConsentState(self.state)

    def holds_on(self, day: date) -> bool:
        """Return whether the consent allows something on a day."""
        return self.state_on(day) == ConsentState.GIVEN and self.decided_on <= day


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
