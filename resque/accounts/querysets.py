"""Which partners and accounts a person may see."""

from django.apps import apps
from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from resque.accounts.roles import Permission, Role, permissions_of

SECOND_FACTORS = ("totp", "webauthn")  # recovery codes alone are no factor: they open the way to a new one


class PartnerQuerySet(models.QuerySet):
    def by_name(self):
        """Sort by name, stable."""
        return self.order_by("name", "pk")

    def active_on(self, day):
        """Keep partners that belong to the network on `day`."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )

    def with_account_counts(self):
        """Add `active_accounts` and, of those, `unused_accounts` that nobody has signed in with."""
        active = Q(users__is_active=True)
        return self.annotate(
            active_accounts=Count("users", filter=active),
            unused_accounts=Count("users", filter=active & Q(users__last_login__isnull=True)),
        )

    def manageable_by(self, user):
        """Keep partners whose accounts `user` may manage."""
        if user.can(Permission.MANAGE_PARTNERS):
            return self.all()
        if user.can(Permission.MANAGE_ACCOUNTS):
            return self.filter(pk=user.partner_id)
        return self.none()


class UserQuerySet(models.QuerySet):
    def manageable_by(self, user):
        """Keep accounts that `user` may manage: all, those of the own partner, or none."""
        if user.can(Permission.MANAGE_PARTNERS):
            return self.all()
        if user.can(Permission.MANAGE_ACCOUNTS):
            return self.filter(partner_id=user.partner_id)
        return self.none()

    def colleagues_of(self, user):
        """Keep active accounts of the same partner that work with people, for choosing a referent."""
        accompany = [role for role in Role if Permission.EDIT_PARTICIPANTS in permissions_of(role)]
        return self.active().filter(partner_id=user.partner_id, role__in=accompany).by_name()

    def by_name(self):
        """Sort by family name, stable."""
        return self.order_by("last_name", "first_name", "pk")

    def active(self):
        """Keep accounts whose access has not ended."""
        return self.filter(is_active=True)

    def never_signed_in(self):
        """Keep active accounts that nobody has used yet, oldest first."""
        return self.active().filter(last_login__isnull=True).order_by("date_joined", "pk")

    def newest_sign_ins(self):
        """Keep accounts that were used, latest first."""
        return self.filter(last_login__isnull=False).order_by("-last_login", "pk")

    def with_second_factor(self):
        """Add `has_second_factor`: whether a code app or a passkey is set up."""
        # By name: allauth's models point at our User, which is not there yet while this module loads.
        authenticator = apps.get_model("mfa", "Authenticator")
        factors = authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
        return self.annotate(has_second_factor=Exists(factors))


class AccountManager(UserManager.from_queryset(UserQuerySet)):
    """Django's account manager with our words."""

    use_in_migrations = False
