"""The first account of an empty installation. Every other one is added by an administrator."""

from django.db import transaction

from resque.accounts.links import password_path
from resque.accounts.models import User
from resque.accounts.roles import Role
from resque.audit.models import Deed
from resque.audit.operations import note_deed


class AdministratorExists(Exception):
    """There is one already: that person adds accounts, in the application."""


@transaction.atomic
def add_first_administrator(*, username: str, password: str = "") -> tuple[User, str]:
    """Add a system administrator to an installation that has none. Call it while acting as the system.

    Args:
        username: name for signing in.
        password: already validated; empty: the person sets one through the link.

    Returns:
        the account, and the path of a one-time link that sets a password ("" when one was given).

    Raises:
        AdministratorExists: an active system administrator exists.
        ValidationError: by field, for example a name that is taken.
    """
    if User.objects.active().filter(role=Role.ADMIN).exists():
        raise AdministratorExists
    user = User(username=username, role=Role.ADMIN)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    note_deed(deed=Deed.CREATED, kind="account", reference=user.reference, role=user.role)
    return user, "" if password else password_path(user)
