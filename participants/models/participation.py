"""The participation: the answers of entry, exit and follow-up. All ESF indicators are derived from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.choices import (
    Answer,
    Art9Basis,
    LabourStatus,
    ParticipationState,
    QualificationKind,
    Sex,
    WorkAccess,
)
from participants.models.operation import Operation
from participants.models.person import Person
from participants.querysets import ParticipationQuerySet, SpecialAnswersQuerySet
from resque.audit.history import tracked


def _yes_no(label: str, **options) -> models.BooleanField:
    """A question that may be unanswered: True, False, or None for not asked."""
    return models.BooleanField(label, null=True, blank=True, **options)


@tracked()
class Participation(models.Model):
    """One person in one operation."""

    reference = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    # PROTECT: statistics stand on these rows; erasure is an operation of its own.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="participations")
    partner = models.ForeignKey("accounts.Partner", on_delete=models.PROTECT, related_name="participations")
    # SET_NULL: a case outlives the account of its referent and is then handed over.
    referent = models.ForeignKey(
        "accounts.User", verbose_name=_("referent"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=16, choices=ParticipationState, default=ParticipationState.CONTACT)
    external_reference = models.CharField(_("own number of the partner"), max_length=32, blank=True)
    created_on = models.DateField(_("first contact"))
    version = models.PositiveIntegerField(default=1, editable=False)

    # Entry: the situation on the entry day, not on the day the form is filled in.
    entry_date = models.DateField(_("entry"), null=True, blank=True)
    entry_form_on = models.DateField(_("questionnaire dated"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=2, choices=Sex, blank=True)
    gender = models.CharField(_("gender"), max_length=16, blank=True)
    e_status = models.CharField(_("labour-market status"), max_length=12, choices=LabourStatus, blank=True)
    e_status_detail = models.CharField(_("situation at entry"), max_length=16, blank=True)
    e_unemp_since = models.DateField(_("registered unemployed since"), null=True, blank=True)
    e_in_edu = _yes_no(_("in education or training"))
    e_edu_fulltime = _yes_no(_("full-time education"))
    e_isced = models.PositiveSmallIntegerField(_("education level (ISCED)"), null=True, blank=True)
    e_education = models.CharField(_("highest completed education"), max_length=16, blank=True)
    e_work_access = models.CharField(_("access to work"), max_length=12, choices=WorkAccess, blank=True)
    degurba = models.PositiveSmallIntegerField(_("degree of urbanisation"), null=True, blank=True)
    hh_jobless = _yes_no(_("household without work"))
    hh_jobless_dep = _yes_no(_("household without work, with dependent children"))
    hh_single_dep = _yes_no(_("single adult with dependent children"))
    e_homeless = _yes_no(_("homeless or affected by housing exclusion"))
    e_rural = _yes_no(_("rural area"))
    e_foreign_bg = _yes_no(_("foreign background"))
    e_third_country = _yes_no(_("third-country national"))
    # A withdrawn consent to ESF data takes the record out of the indicators; it stays in the grand total.
    esf_withdrawn_on = models.DateField(_("consent to ESF data withdrawn on"), null=True, blank=True)
    art9_basis = models.CharField(_("basis of the special answers"), max_length=8, choices=Art9Basis, blank=True)

    # Exit: observed from the exit day to 28 days after it.
    exit_date = models.DateField(_("exit"), null=True, blank=True)
    exit_reason = models.CharField(_("reason of exit"), max_length=16, blank=True)
    x_status = models.CharField(_("status at exit"), max_length=12, choices=LabourStatus, blank=True)
    x_in_edu = _yes_no(_("in education at exit"))
    x_job_search = _yes_no(_("looking for work at exit"))
    x_qualified = _yes_no(_("gained a qualification"))
    x_qual_kind = models.CharField(_("kind of qualification"), max_length=12, choices=QualificationKind, blank=True)
    x_qual_evidence = models.CharField(_("evidence of the qualification"), max_length=200, blank=True)
    x_observed = models.DateField(_("observed on"), null=True, blank=True)
    x_unreachable = _yes_no(_("not reached at exit"))
    x_work_access = models.CharField(_("access to work at exit"), max_length=12, choices=WorkAccess, blank=True)

    # Follow-up: the situation on exactly exit + 6 months.
    f_status = models.CharField(_("status after six months"), max_length=12, choices=LabourStatus, blank=True)
    f_improved = _yes_no(_("better situation than at entry"))
    f_refers_to = models.DateField(_("follow-up refers to"), null=True, blank=True)
    f_unreachable = _yes_no(_("not reached after six months"))

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        indexes = [
            models.Index(fields=["partner", "-entry_date", "id"]),
            # The list as it opens: its first page is there when fifty visible rows were met.
            models.Index(fields=["-entry_date", "id"], name="participation_newest"),
            # The same under a state; counting reads no answers, because what filters and access rules ask lies in it.
            models.Index(
                fields=["state", "-entry_date", "id"],
                include=["sex", "partner", "referent", "operation", "person"],
                name="participation_by_state",
            ),
            models.Index(fields=["operation", "entry_date"]),
            models.Index(fields=["referent"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "operation"],
                name="participation_once_per_operation",
                violation_error_message=_("This person already has a participation in this operation."),
            ),
            models.UniqueConstraint(
                fields=["partner", "operation", "external_reference"],
                condition=~models.Q(external_reference=""),
                name="participation_external_reference",
                violation_error_message=_("This number is already used for another person of the same partner."),
            ),
            models.CheckConstraint(
                condition=models.Q(e_isced__isnull=True) | models.Q(e_isced__lte=8),
                name="participation_isced_0_to_8",
                violation_error_message=_("ISCED levels run from 0 to 8."),
            ),
            models.CheckConstraint(
                condition=models.Q(degurba__isnull=True) | models.Q(degurba__range=(1, 3)),
                name="participation_degurba_1_to_3",
                violation_error_message=_("The degree of urbanisation is 1, 2 or 3."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def title(self) -> str:
        """The name where the reader may see it, else the number."""
        return self.person.name or self.reference


@tracked()
class SpecialAnswers(models.Model):
    """Answers of special categories (Art. 9 GDPR), apart from the rest; every opening is logged."""

    # CASCADE: withdrawn consent removes the row, the participation stays.
    participation = models.OneToOneField(
        Participation, primary_key=True, on_delete=models.CASCADE, related_name="special_answers"
    )
    e_migrant = models.CharField(_("migrant, foreign background, minority"), max_length=8, choices=Answer, blank=True)
    e_disab = models.CharField(_("disability"), max_length=8, choices=Answer, blank=True)
    e_other_dis = models.CharField(_("other disadvantage"), max_length=8, choices=Answer, blank=True)
    e_minority = models.CharField(_("minority"), max_length=8, choices=Answer, blank=True)

    objects = SpecialAnswersQuerySet.as_manager()

    class Meta:
        verbose_name = _("special answers")
        verbose_name_plural = _("special answers")

    def __str__(self) -> str:
        return f"special answers of {self.participation_id}"
