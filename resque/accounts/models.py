"""Partners of the network and the accounts of their people."""

from functools import partial

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resque.accounts.querysets import AccountManager, PartnerQuerySet
from resque.accounts.roles import Permission, Role, permissions_of
from resque.references import new_reference


class LegalRegime(models.TextChoices):
    """Data-protection law that binds a partner."""

    GDPR_PRIVATE = "GDPR_PRIVATE", _("GDPR and Federal Data Protection Act (private body)")
    KDG = "KDG", _("Church data protection law (KDG)")
    GDPR_PUBLIC = "GDPR_PUBLIC", _("GDPR and state data protection law (public body)")


class PartnerKind(models.TextChoices):
    """What a partner does in the network; decides which services it can record."""

    COORDINATION = "coordination", _("Coordination")
    OUTREACH = "outreach", _("Outreach and social support")
    CAREER = "career", _("Career counselling and training")
    PUBLIC = "public", _("Public administration, structural work")
    OTHER = "other", _("Other organisation")


class AccountState(models.TextChoices):
    """Whether somebody can sign in with an account."""

    INVITED = "invited", _("Invited, no password yet")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Access ended")


class Partner(models.Model):
    """An independent organisation of the network and its own data controller."""

    code = models.SlugField(
        _("short code"),
        max_length=32,
        unique=True,
        error_messages={"unique": _("Another partner already has this short code. Please choose a different one.")},
    )
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40)
    kind = models.CharField(_("task in the network"), max_length=16, choices=PartnerKind)
    legal_regime = models.CharField(_("data protection law"), max_length=16, choices=LegalRegime)
    phone = models.CharField(_("telephone for colleagues of other partners"), max_length=40, blank=True)
    valid_from = models.DateField(_("in the network since"), null=True, blank=True)
    valid_to = models.DateField(_("in the network until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="partner_valid_to_after_from",
                violation_error_message=_("The end must not be before the beginning."),
            )
        ]

    def __str__(self) -> str:
        return self.short_name


class User(AbstractUser):
    """An account: one person, one partner, one role."""

    reference = models.CharField(
        _("reference"), max_length=12, unique=True, editable=False, default=partial(new_reference, "A")
    )
    # PROTECT: an account names the author of records that must outlive it.
    partner = models.ForeignKey(
        Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="users", null=True, blank=True
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                condition=Q(role=Role.ADMIN) | Q(partner__isnull=False),
                name="user_belongs_to_partner",
                violation_error_message=_("Every account except a system administrator's belongs to a partner."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def can(self, permission: Permission | str) -> bool:
        """Return whether the role of this active account holds `permission`."""
        return self.is_active and permission in permissions_of(self.role)

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside the name."""
        return (self.first_name[:1] + self.last_name[:1]).upper() or self.username[:2].upper()

    @property
    def short_name(self) -> str:
        """Name as colleagues write it: "K. Lehmann"."""
        return f"{self.first_name[:1]}. {self.last_name}" if self.first_name and self.last_name else str(self)

    @property
    def state(self) -> AccountState:
        """Whether somebody can sign in with this account now."""
        if not self.is_active:
            return AccountState.ENDED
        return AccountState.ACTIVE if self.has_usable_password() else AccountState.INVITED

    @property
    def people_partner_id(self) -> int | None:
        """The partner whose people this account may see: only caseworkers have one."""
        return self.partner_id if self.is_active and self.role == Role.CASEWORKER else None
