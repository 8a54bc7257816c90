"""Adding and changing accounts."""

from django.core.exceptions import ValidationError
from django.db import transaction

from resque.accounts.links import password_path
from resque.accounts.mail import mail_password_link
from resque.accounts.models import Partner, User
from resque.accounts.operations.safeguards import (
    require_account_management,
    require_another_admin,
    require_other_account,
    require_role,
)
from resque.accounts.operations.sign_in import end_sessions
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.locking import lock_version

CHANGEABLE = ("first_name", "last_name", "email", "role", "partner")
RIGHTS = ("role", "partner")


@transaction.atomic
def add_account(
    *,
    by,
    username: str,
    first_name: str,
    last_name: str,
    role: str,
    partner: Partner | None,
    email: str = "",
    site: str = "",
) -> tuple[User, str]:
    """Add an account without a password, and a one-time link with which its person sets one.

    Args:
        by: the acting administrator.
        username: name for signing in; it never changes.
        role: a Role that fits the kind of the partner.
        partner: the organisation; None only for system administrators.
        email: where the link goes too, when there is an address.
        site: scheme and host in front of the link, for example "https://resque.example"; empty: path only, no mail.

    Returns:
        the account, and the link. The link is nowhere stored: show it once.

    Raises:
        NotAllowedHere: a safeguard forbids it; `sentence` says which.
        ValidationError: by field, for example a name that is taken.
    """
    require_role(by, role, partner)
    user = User(username=username, first_name=first_name, last_name=last_name, role=role, partner=partner, email=email)
    user.set_unusable_password()
    user.full_clean()
    _require_free_name(username)
    user.save()
    note_deed(deed=Deed.CREATED, kind="account", reference=user.reference, by=by, role=role)
    link = site + password_path(user)
    mail_password_link(user=user, link=link, first=True)
    return user, link


def _require_free_name(username: str) -> None:
    """Signing in does not tell capital letters apart, so neither may two names."""
    if User.objects.filter(username__iexact=username).exists():
        raise ValidationError({"username": User._meta.get_field("username").error_messages["unique"]})


@transaction.atomic
def change_account(*, by, user: User, version: int, **facts) -> User:
    """Change names, address, role or organisation of an account.

    A change of role or organisation ends all its sessions: rights must not outlive it until the next sign-in.

    Args:
        by: the acting administrator.
        version: version that the form was opened with.
        facts: any of CHANGEABLE.

    Raises:
        NotAllowedHere: a safeguard forbids it; `sentence` says which.
        StaleRecord: somebody changed the account in between.
        ValidationError: by field.
    """
    row = lock_version(User.objects.all(), user.pk, version)
    require_account_management(by, row)
    changed = [name for name in CHANGEABLE if name in facts and getattr(row, name) != facts[name]]
    if not changed:
        return row
    rights = [name for name in RIGHTS if name in changed]
    if rights:
        require_other_account(by, row)
        require_role(by, facts.get("role", row.role), facts.get("partner", row.partner))
        require_another_admin(row)
    for name in changed:
        setattr(row, name, facts[name])
    row.version += 1
    row.full_clean()
    row.save(update_fields=[*changed, "version"])
    note_deed(deed=Deed.CHANGED, kind="account", reference=row.reference, by=by, fields=changed)
    if rights:
        end_sessions(user=row)
    return row
