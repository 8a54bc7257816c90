"""What came of it: dated, with the strength of its evidence."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.models import Participation
from resque.audit.history import tracked
from resque.codelists.queries import label
from services.choices import Evidence, OutcomeState
from services.querysets import OfParticipationQuerySet


@tracked()
class Outcome(models.Model):
    """A job, an apprenticeship, a school place, a course. Planned is not begun, placed is not an outcome."""

    reference = models.CharField(max_length=12, unique=True, editable=False)
    # PROTECT: evidence of the operation.
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="outcomes")
    partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("outcome"), max_length=16)
    state = models.CharField(_("state"), max_length=8, choices=OutcomeState, default=OutcomeState.BEGUN)
    start = models.DateField(_("begins on"))
    end = models.DateField(_("ended on"), null=True, blank=True)
    employer = models.CharField(_("employer or school"), max_length=160, blank=True)
    hours_per_week = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=1, null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.STATED)
    evidence_on = models.DateField(_("evidence seen on"), null=True, blank=True)
    evidence_note = models.CharField(_("what was seen"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        indexes = [models.Index(fields=["participation", "start"]), models.Index(fields=["kind", "start"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="outcome_ends_after_start",
                violation_error_message=_("The end must not be before the beginning."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}"

    @property
    def label(self) -> str:
        """What came of it, in words."""
        return label("outcome", self.kind)
