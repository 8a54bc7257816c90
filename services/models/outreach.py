"""A visit: how many people were spoken to of whom nothing is known."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.languages import language_label
from resque.audit.history import tracked
from resque.codelists.queries import label
from services.models.activity import Activity
from services.querysets import OutreachQuerySet

MOST_UNKNOWN = 10_000


@tracked()
class Outreach(models.Model):
    """Short contacts without a name: contacts, never persons of a figure. Known people are attendances."""

    # CASCADE: a part of the activity.
    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="outreach")
    accommodation = models.CharField(_("kind of accommodation"), max_length=10, blank=True)
    women = models.PositiveSmallIntegerField(_("women"), default=0)
    men = models.PositiveSmallIntegerField(_("men"), default=0)
    unknown = models.PositiveSmallIntegerField(_("not stated"), default=0)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)

    objects = OutreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("outreach visit")
        verbose_name_plural = _("outreach visits")
        constraints = [
            models.CheckConstraint(
                condition=Q(women__lte=MOST_UNKNOWN) & Q(men__lte=MOST_UNKNOWN) & Q(unknown__lte=MOST_UNKNOWN),
                name="outreach_within_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.contacts}"

    @property
    def contacts(self) -> int:
        """Everybody of whom nothing is known."""
        return self.women + self.men + self.unknown

    @property
    def accommodation_label(self) -> str:
        """The kind of accommodation in words; empty when nobody said."""
        return label("accommodation", self.accommodation)

    @property
    def language_labels(self) -> list[str]:
        """The languages in words."""
        return [language_label(code) for code in self.languages]
