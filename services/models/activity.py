"""A service and who took part."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models import Operation, Participation
from resque.audit.history import tracked
from resque.codelists.queries import entries, label
from services.catalogue import WITH_PEOPLE, WITHOUT_PEOPLE, Kind, Shape, kind_of
from services.choices import AttendanceStatus, Topic
from services.querysets import ActivityQuerySet, AttendanceQuerySet

DAY_IN_MINUTES = 24 * 60


@tracked()
class Activity(models.Model):
    """The header of a service: what, who, when, where. Every common fact stands here once."""

    reference = models.CharField(max_length=12, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12)
    shape = models.CharField(max_length=12, choices=Shape)
    # PROTECT: the partner is frozen at the time of the deed.
    # Every key here stands at the front of an index below: one of its own would only slow down writing.
    partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="+", db_index=False)
    # PROTECT: the author of evidence stays named.
    staff = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(_("title"), max_length=120, blank=True)
    day = models.DateField(_("date"))
    start = models.TimeField(_("start"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MaxValueValidator(DAY_IN_MINUTES)])
    travel_minutes = models.PositiveSmallIntegerField(
        _("travel time in minutes"), default=0, validators=[MaxValueValidator(DAY_IN_MINUTES)]
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=16, blank=True)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    # Whether participants may take part. It never changes, and guard_attendance in services/sql.py holds to it.
    with_people = models.BooleanField(default=True, editable=False)
    # PROTECT: figures of an operation. Only where no participation tells it: outreach, events, internal work.
    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        indexes = [
            models.Index(fields=["partner", "-day"]),
            models.Index(fields=["staff", "-day"]),
            models.Index(fields=["-day"], condition=models.Q(with_people=False), name="activity_without_people"),
            # One in a thousand services is a visit, and they have a page of their own.
            models.Index(fields=["partner", "-day"], condition=models.Q(shape=Shape.OUTREACH), name="activity_visits"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__lte=DAY_IN_MINUTES),
                name="activity_minutes_within_a_day",
                violation_error_message=_("A service lasts at most 1,440 minutes (one day)."),
            ),
            models.CheckConstraint(
                condition=models.Q(shape__in=WITH_PEOPLE, with_people=True)
                | models.Q(shape__in=WITHOUT_PEOPLE, with_people=False)
                | models.Q(shape=Shape.OUTREACH),
                name="activity_people_by_shape",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"

    @property
    def offer(self) -> Kind:
        """The row of the catalogue."""
        return kind_of(self.kind)

    @property
    def topic_labels(self) -> list[str]:
        """The topics in words, in the order of their lists: of counselling, and of events."""
        talked = [str(topic.label) for topic in Topic if topic in self.topics]
        return talked + [entry.label for entry in entries("training_topic") if entry.code in self.topics]

    @property
    def is_event(self) -> bool:
        """Whether it is structural or internal work, with an `occasion`."""
        return self.shape in WITHOUT_PEOPLE

    @property
    def interpreter_label(self) -> str:
        """How the interpreting was done, in words; empty when nobody said."""
        return label("interpreter", self.interpreter)


@tracked()
class Attendance(models.Model):
    """One participation in one service. Copies day, kind and partner, because figures read millions of them."""

    # PROTECT: evidence of the operation.
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="attendances", db_index=False)
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="attendances", db_index=False
    )
    partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    kind = models.CharField(max_length=12)
    status = models.CharField(
        _("attendance"), max_length=10, choices=AttendanceStatus, default=AttendanceStatus.ATTENDED
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        indexes = [models.Index(fields=["participation", "-day"]), models.Index(fields=["partner", "day"])]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "participation"],
                name="attendance_once_per_activity",
                violation_error_message=_("This person is already recorded in this service."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.participation_id}"

    @property
    def offer(self) -> Kind:
        """The row of the catalogue."""
        return kind_of(self.kind)
