"""Work without participants: what is known of an event beside its header, who was addressed, who took part."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resque.audit.history import tracked
from resque.codelists.queries import label
from services.choices import OccasionState
from services.models.activity import Activity
from services.models.organisation import Organisation
from services.querysets import OccasionQuerySet, OfEventQuerySet

MOST_HEADS = 10_000


@tracked()
class Occasion(models.Model):
    """The part of a structural or internal activity that other services do not have."""

    # CASCADE: a part of the activity.
    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="occasion")
    state = models.CharField(_("state"), max_length=10, choices=OccasionState)
    format = models.CharField(_("format"), max_length=8, blank=True)
    estimated = models.BooleanField(_("the numbers are estimated"), default=False)

    objects = OccasionQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.state} {self.activity_id}"

    @property
    def is_held(self) -> bool:
        """Whether it took place: only then it counts."""
        return self.state == OccasionState.HELD

    @property
    def format_label(self) -> str:
        """The format in words; empty when nobody said."""
        return label("training_format", self.format)


@tracked()
class Audience(models.Model):
    """How many people of one audience were expected, and how many came: numbers, no names."""

    # CASCADE: a part of the activity.
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="audiences")
    kind = models.CharField(_("audience"), max_length=8)
    planned = models.PositiveSmallIntegerField(_("planned"), null=True, blank=True)
    actual = models.PositiveSmallIntegerField(_("came"), null=True, blank=True)

    objects = OfEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        constraints = [
            models.UniqueConstraint(fields=["activity", "kind"], name="audience_once_per_activity"),
            models.CheckConstraint(
                condition=(Q(planned__isnull=True) | Q(planned__lte=MOST_HEADS))
                & (Q(actual__isnull=True) | Q(actual__lte=MOST_HEADS)),
                name="audience_within_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.planned} {self.actual}"

    @property
    def label(self) -> str:
        """The audience in words."""
        return label("audience", self.kind)


@tracked()
class Involvement(models.Model):
    """An organisation that took part in an event, and whether it was directly supported by it."""

    # CASCADE: a part of the activity.
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="involvements")
    # PROTECT: figures count it.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="involvements")
    supported = models.BooleanField(_("directly supported"), default=False)

    objects = OfEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation that took part")
        verbose_name_plural = _("organisations that took part")
        constraints = [
            models.UniqueConstraint(fields=["activity", "organisation"], name="organisation_once_per_activity")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.activity_id}"
