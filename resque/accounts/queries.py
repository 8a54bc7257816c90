"""Reading partners and accounts for the pages of administrators."""

from resque.accounts.models import Partner, User
from resque.accounts.roles import ROLES, Permission, Role

NEWEST = 8  # rows in the lists of the home page


def partners_for(user) -> list[Partner]:
    """Return the partners that `user` may manage, with the number of their accounts, by name."""
    return list(Partner.objects.manageable_by(user).with_account_counts().by_name())


def accounts_of(partner: Partner | None) -> list[User]:
    """Return the accounts of a partner (None: those without a partner), active ones first, with second factor."""
    accounts = User.objects.filter(partner=partner).with_second_factor()
    return list(accounts.order_by("-is_active", "last_name", "first_name", "pk"))


def overview_for(user) -> dict:
    """Return what the home page of an administrator shows: numbers, newest sign-ins, unused accounts."""
    accounts = User.objects.manageable_by(user)
    recent = accounts.newest_sign_ins().select_related("partner")[:NEWEST]
    unused = accounts.never_signed_in().select_related("partner")
    return {
        "active": accounts.active().count(),
        "ended": accounts.filter(is_active=False).count(),
        "without_factor": accounts.active().with_second_factor().filter(has_second_factor=False).count(),
        "recent": list(recent),
        "unused": list(unused[:NEWEST]),
        "unused_count": unused.count(),
    }


def permission_table() -> list[dict]:
    """Return one row per permission: its sentence, and for each role, in the order of `Role`, whether it holds it."""
    return [
        {
            "permission": permission,
            "sentence": permission.label,
            "held": [(role, permission in ROLES[role].permissions) for role in Role],
        }
        for permission in Permission
    ]


def role_sentences() -> list[tuple[Role, str]]:
    """Return each role with the sentence that describes it."""
    return [(role, ROLES[role].sentence) for role in Role]
