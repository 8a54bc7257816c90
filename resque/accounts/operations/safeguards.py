"""What no account may do, whatever its role. Each raises NotAllowedHere with a sentence for the page."""

from django.utils.translation import gettext_lazy as _

from resque.accounts.access import NotAllowedHere, roles_to_give
from resque.accounts.models import Partner, User
from resque.accounts.roles import Permission, Role


def require_partner_management(by: User) -> None:
    """Only system administrators touch partners."""
    if not by.can(Permission.MANAGE_PARTNERS):
        raise NotAllowedHere(_("Partners are added and changed by a system administrator."))


def require_account_management(by: User, user: User) -> None:
    """Partner administrators manage accounts of their own partner, with roles that they may give."""
    if by.can(Permission.MANAGE_PARTNERS):
        return
    if not (by.can(Permission.MANAGE_ACCOUNTS) and user.partner_id == by.partner_id):
        raise NotAllowedHere(_("You manage the accounts of your own organisation only."))
    if user.role not in roles_to_give(by, user.partner):
        raise NotAllowedHere(_("This account is managed by a system administrator."))


def require_role(by: User, role: str, partner: Partner | None) -> None:
    """The role must fit the kind of the partner, and `by` must be allowed to give it."""
    if role not in roles_to_give(by, partner):
        raise NotAllowedHere(_("You cannot give this role in this organisation."))


def require_other_account(by: User, user: User) -> None:
    """Nobody ends or changes the rights of the own account: a slip would lock the person out."""
    if by.pk == user.pk:
        raise NotAllowedHere(
            _("You cannot end your own access or change your own role. Another administrator can do it.")
        )


def require_another_admin(user: User) -> None:
    """One active system administrator must remain.

    Locks all of them in one order, so that two who end each other at the same moment queue up.
    """
    if user.role != Role.ADMIN:
        return
    admins = User.objects.active().filter(role=Role.ADMIN).order_by("pk").select_for_update()
    if not [admin for admin in admins if admin.pk != user.pk]:
        raise NotAllowedHere(_("This is the last system administrator. Add another one first, then end this access."))
