"""Documents of a person: what was seen, until when it is valid, and, where it is needed, a copy."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.choices import ParticipationState
from participants.models.participation import Participation
from participants.models.person import Person
from participants.querysets import PersonalQuerySet
from resque.audit.history import tracked


class RemovalReason(models.TextChoices):
    """Why a document was taken out of the file."""

    MISTAKE = "mistake", _("entered by mistake")
    WRONG_PERSON = "person", _("belongs to somebody else")
    NOT_NEEDED = "needless", _("is not needed any more")
    NO_CONSENT = "consent", _("the person does not agree to a copy any more")


class DocumentQuerySet(PersonalQuerySet):
    def visible_to(self, user):
        """Keep documents of visible names; of special categories only own ones; of restricted people none."""
        partner = user.people_partner_id
        restricted = Participation.objects.filter(state=ParticipationState.RESTRICTED).values("person")
        named = super().visible_to(user).exclude(person__in=restricted)
        return named.filter(Q(special=False) | Q(person__partner=partner))

    def of_case(self, participation):
        """Keep documents of the person that belong to every case or to this one."""
        of_all_or_this = Q(participation=None) | Q(participation=participation)
        return self.filter(of_all_or_this, person=participation.person_id)

    def current(self):
        """Keep what belongs to the file today: not removed, and not replaced by a newer one that is still there."""
        replaced = Q(replaced_by__isnull=False, replaced_by__removed_at__isnull=True)
        return self.filter(removed_at__isnull=True).exclude(replaced)

    def ending_by(self, day):
        """Keep documents whose last day lies before `day` or on it."""
        return self.filter(valid_until__lte=day)


@tracked()
class Document(models.Model):
    """One document. That the original was seen is enough; a copy is the exception."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # CASCADE: part of the person.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="documents")
    # CASCADE: sheets of an operation go with it. Empty: belongs to the person in every operation.
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, null=True, blank=True, related_name="documents"
    )
    type = models.CharField(_("document"), max_length=16)  # code list document_type
    # Of a special category (Article 9): copied from the code list, because policies of the database ask for it.
    special = models.BooleanField(default=False, editable=False)
    remark = models.CharField(_("to mind"), max_length=120, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    seen_on = models.DateField(_("original seen on"), null=True, blank=True)
    # SET_NULL: that it was seen outlives the account.
    seen_by = models.ForeignKey(
        "accounts.User", verbose_name=_("seen by"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The copy (resque/vault.py): its random name, what it is, how long and which it is. Empty without a copy.
    stored = models.CharField(max_length=32, blank=True, editable=False)
    copy_kind = models.CharField(_("copy"), max_length=8, blank=True)
    copy_size = models.PositiveIntegerField(_("size"), default=0, help_text="bytes")
    copy_digest = models.CharField(max_length=64, blank=True, editable=False, help_text="SHA-256")
    copied_on = models.DateField(_("copied on"), null=True, blank=True)
    # SET_NULL: when the newer one is gone, the older one holds again.
    replaced_by = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces"
    )
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removal_reason = models.CharField(_("reason"), max_length=8, choices=RemovalReason, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["person", "type"]),
            models.Index(fields=["valid_until"], condition=Q(removed_at=None), name="document_ends"),
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="document_removed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(special=False) | Q(stored=""),
                name="document_special_without_copy",
                violation_error_message=_("Of this kind of document no copy is kept."),
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=False) | Q(seen_on__isnull=False) | ~Q(stored=""),
                name="document_seen_or_copied",
                violation_error_message=_("Please say when you saw the original, or add a copy."),
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")), name="document_replaces_another"
            ),
            models.UniqueConstraint(fields=["stored"], condition=~Q(stored=""), name="document_copy_once"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.key}"
