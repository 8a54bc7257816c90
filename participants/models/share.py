"""A case shared with another partner: how far, until when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.choices import ShareScope
from participants.models.consent import Consent
from participants.models.participation import Participation
from participants.querysets import CaseShareQuerySet
from resque.audit.history import tracked


@tracked()
class CaseShare(models.Model):
    """Lets another partner work on a participation. It ends at its date and leaves nothing behind."""

    # CASCADE: a share is nothing without the case.
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="shares")
    # PROTECT: who shared with whom is evidence.
    from_partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="+")
    to_partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="+")
    # A share stands on the consent of the person and ends with it. PROTECT: the consent is its ground.
    # Empty only in rows that are older than consents.
    consent = models.ForeignKey(
        Consent, verbose_name=_("consent"), on_delete=models.PROTECT, null=True, blank=True, related_name="shares"
    )
    scope = models.CharField(_("scope"), max_length=12, choices=ShareScope, default=ShareScope.CONTACT)
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = CaseShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared case")
        verbose_name_plural = _("shared cases")
        indexes = [models.Index(fields=["to_partner", "participation"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_partner=models.F("to_partner")),
                name="share_between_two_partners",
                violation_error_message=_("A case is shared with another partner, not with the own one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} -> {self.to_partner_id}"
