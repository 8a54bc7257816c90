"""Passwords and second factors: links to set one, and the way back for somebody who lost a factor."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from resque.accounts.access import NotAllowedHere
from resque.accounts.links import password_path
from resque.accounts.mail import mail_password_changed, mail_password_link, mail_second_factor_reset
from resque.accounts.models import User
from resque.accounts.operations.safeguards import require_account_management, require_other_account
from resque.accounts.operations.sign_in import end_sessions
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.locking import lock_version


@transaction.atomic
def new_password_link(*, by, user: User, site: str = "") -> str:
    """Return a fresh one-time link for setting a password; earlier links stop working, the password stays.

    Args:
        by: the acting administrator.
        site: scheme and host in front of the link; empty: path only, no mail.

    Raises:
        NotAllowedHere: an account of another partner, or one whose access has ended.
    """
    row = lock_version(User.objects.all(), user.pk, None)
    require_account_management(by, row)
    if not row.is_active:
        raise NotAllowedHere(_("The access of this account has ended. Restore it first."))
    row.version += 1
    row.save(update_fields=["version"])
    note_deed(deed=Deed.CHANGED, kind="account", reference=row.reference, by=by, fields=["password_link"])
    link = site + password_path(row)
    mail_password_link(user=row, link=link, first=not row.has_usable_password())
    return link


@transaction.atomic
def set_password(*, user: User, password: str) -> User:
    """Set a password by a one-time link; sessions end, a second factor stays.

    Raises:
        ValidationError: the password is too easy to guess.
    """
    row = lock_version(User.objects.all(), user.pk, user.version)
    validate_password(password, row)
    row.set_password(password)
    row.version += 1
    row.save(update_fields=["password", "version"])
    end_sessions(user=row)
    note_deed(deed=Deed.CHANGED, kind="account", reference=row.reference, by=row, fields=["password"])
    mail_password_changed(user=row)
    return row


def note_own_password(*, user: User) -> None:
    """Write into the audit log that a person changed the own password, and tell the person by mail."""
    note_deed(deed=Deed.CHANGED, kind="account", reference=user.reference, by=user, fields=["password"])
    mail_password_changed(user=user)


@transaction.atomic
def reset_second_factor(*, by, user: User) -> User:
    """Remove all second factors of somebody who lost them; the next sign-in leads to setting up a new one.

    Raises:
        NotAllowedHere: the own account, or an account of another partner.
    """
    row = lock_version(User.objects.all(), user.pk, None)
    require_other_account(by, row)
    require_account_management(by, row)
    Authenticator.objects.filter(user=row).delete()
    row.version += 1
    row.save(update_fields=["version"])
    end_sessions(user=row)
    note_deed(deed=Deed.CHANGED, kind="account", reference=row.reference, by=by, fields=["second_factor"])
    mail_second_factor_reset(user=row)
    return row
