"""The doors to partners and accounts, and who may give which role."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise

from resque.accounts.models import Partner, User
from resque.accounts.roles import Permission, Role, roles_of_kind


class NotAllowedHere(PermissionDenied):
    """A safeguard forbids it, whatever the role; `sentence` says why in the words of the page."""

    def __init__(self, sentence: str | Promise):
        self.sentence = sentence
        super().__init__(sentence)


def get_partner(user, code: str) -> Partner:
    """Return a partner whose accounts `user` may manage.

    Raises:
        Http404: there is none, or `user` may not manage it.
    """
    partner = Partner.objects.manageable_by(user).filter(code=code).first()
    if partner is None:
        raise Http404
    return partner


def get_account(user, reference: str) -> User:
    """Return an account that `user` may manage, with its partner and `has_second_factor`.

    Raises:
        Http404: there is none, or `user` may not manage it.
    """
    accounts = User.objects.manageable_by(user).select_related("partner").with_second_factor()
    account = accounts.filter(reference=reference).first()
    if account is None:
        raise Http404
    return account


def roles_to_give(user, partner: Partner | None) -> tuple[Role, ...]:
    """Return the roles that `user` may give to accounts of `partner` (None: accounts without a partner)."""
    if user.can(Permission.MANAGE_PARTNERS):
        return roles_of_kind(partner.kind if partner else None)
    if user.can(Permission.MANAGE_ACCOUNTS) and partner is not None and partner.pk == user.partner_id:
        return roles_of_kind(partner.kind)
    return ()


def partner_administrators(user) -> list[User]:
    """Return who can help `user` with rights: active administrators of the own partner, else of the system."""
    active = User.objects.active().by_name()
    if user.partner_id:
        own = list(active.filter(partner_id=user.partner_id, role=Role.PARTNER_ADMIN).exclude(pk=user.pk)[:3])
        if own:
            return own
    return list(active.filter(role=Role.ADMIN).exclude(pk=user.pk)[:3])
