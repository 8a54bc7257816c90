"""Records that may be of the same human being: pairs to review, and requests to compare with another partner."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participants.models.person import Person
from participants.querysets import MatchRequestQuerySet, PossibleMatchQuerySet
from resque.clock import business_day


class MatchState(models.TextChoices):
    """What was decided about two records."""

    OPEN = "open", _("not looked at yet")
    UNSURE = "unsure", _("looked at, still unsure")
    SAME = "same", _("same person, linked")
    DIFFERENT = "different", _("different people")


WAITING = (MatchState.OPEN, MatchState.UNSURE)


class PossibleMatch(models.Model):
    """Two records that may be, are, or are known not to be of one person. One row a pair: a decision is remembered.

    The database follows these rows by itself: people joined by "same" share a cluster (participants/linking/sql.py).
    """

    # CASCADE: what was thought about a record is nothing without it.
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(_("similarity"))
    # Numbers only, no name: {"parts": [1.0, 0.82], "missing": 0, "years": 0, "day": "same"}
    explanation = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=9, choices=MatchState, default=MatchState.OPEN)
    found_at = models.DateTimeField(_("found"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    # SET_NULL: a decision outlives the account.
    decided_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = PossibleMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible match")
        verbose_name_plural = _("possible matches")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="match_once_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="match_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}: {self.state}"

    @property
    def decided_on(self) -> date | None:
        """The business day of the decision."""
        return business_day(self.decided_at) if self.decided_at else None

    def other_than(self, person: int) -> int:
        """Return the key of the other person of the pair."""
        return self.second_id if self.first_id == person else self.first_id

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state in WAITING


class RequestState(models.TextChoices):
    """Where a request to compare stands."""

    OPEN = "open", _("waits for the answer")
    ASKED_BACK = "asked_back", _("asked back")
    SAME = "same", pgettext_lazy("answer", "same person")
    DIFFERENT = "different", pgettext_lazy("answer", "different person")
    WITHDRAWN = "withdrawn", _("withdrawn")


RUNNING = (RequestState.OPEN, RequestState.ASKED_BACK)


class MatchRequest(models.Model):
    """The question to another partner whether a record of ours is somebody whom they know too.

    What was sent is a sealed copy of what the asker chose, of the own record only. It is emptied with the answer.
    """

    reference = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    # CASCADE: a question about a record is nothing without it.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    # PROTECT: who asked whom is evidence.
    from_partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="+")
    to_partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="+")
    band = models.PositiveSmallIntegerField(_("similarity"), help_text="3 to 5, as the check told it")
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.OPEN)
    sealed_sent = models.BinaryField(default=b"")
    sealed_talk = models.BinaryField(default=b"")
    asked_at = models.DateTimeField(_("asked"))
    # SET_NULL: both outlive the accounts.
    asked_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # SET_NULL: the pair goes with the records; the question stays with that of the asker.
    match = models.ForeignKey(PossibleMatch, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = MatchRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to compare")
        verbose_name_plural = _("requests to compare")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "to_partner"],
                condition=Q(state__in=("open", "asked_back")),
                name="match_request_once_at_a_time",
                violation_error_message=_("This partner has been asked already and has not answered yet."),
            ),
            models.CheckConstraint(
                condition=~Q(from_partner=F("to_partner")), name="match_request_between_two_partners"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def asked_on(self) -> date:
        """The business day of the question."""
        return business_day(self.asked_at)

    @property
    def is_running(self) -> bool:
        """Whether an answer is still awaited."""
        return self.state in RUNNING
