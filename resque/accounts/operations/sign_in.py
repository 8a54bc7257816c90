"""Who can sign in: ending and restoring access, ending sessions, and what the audit log says about sign-ins."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from resque.accounts.models import User
from resque.accounts.operations.safeguards import (
    require_account_management,
    require_another_admin,
    require_other_account,
    require_role,
)
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.locking import lock_version


@transaction.atomic
def end_access(*, by, user: User, version: int | None = None) -> User:
    """End the access of an account at once: all its sessions, and every link that waits for a password.

    Raises:
        NotAllowedHere: the own account, the last system administrator, or an account of another partner.
        StaleRecord: somebody changed the account in between.
    """
    row = lock_version(User.objects.all(), user.pk, version)
    require_other_account(by, row)
    require_account_management(by, row)
    require_another_admin(row)
    _set_active(row, active=False, by=by)
    end_sessions(user=row)
    return row


@transaction.atomic
def restore_access(*, by, user: User, version: int | None = None) -> User:
    """Let an account whose access had ended sign in again, with the password it had.

    Raises:
        NotAllowedHere: an account of another partner, or a role that the partner no longer has.
        StaleRecord: somebody changed the account in between.
    """
    row = lock_version(User.objects.all(), user.pk, version)
    require_account_management(by, row)
    require_role(by, row.role, row.partner)
    _set_active(row, active=True, by=by)
    return row


def _set_active(row: User, *, active: bool, by) -> None:
    if row.is_active == active:
        return
    row.is_active = active
    row.version += 1
    row.save(update_fields=["is_active", "version"])
    note_deed(deed=Deed.CHANGED, kind="account", reference=row.reference, by=by, fields=["is_active"], is_active=active)


def end_sessions(*, user: User) -> None:
    """End every session of an account now."""
    sessions = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    sessions.delete()


def note_sign_in(*, user: User) -> None:
    """Write a completed sign-in into the audit log."""
    note_deed(deed=Deed.SIGNED_IN, kind="account", reference=user.reference, by=user)


def note_failed_sign_in(*, username: str) -> None:
    """Write a failed sign-in into the audit log.

    A name that belongs to no account is not written down: people type passwords into the wrong field.
    """
    user = User.objects.filter(username__iexact=username[:150]).first()
    note_deed(
        deed=Deed.SIGN_IN_FAILED,
        kind="account",
        reference=user.reference if user else "",
        by=user,
        known=user is not None,
    )
