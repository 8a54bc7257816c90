"""One-time links with which a person sets a password: no administrator ever sees one."""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from resque.accounts.models import User

HOURS = settings.PASSWORD_RESET_TIMEOUT // 3600


class PasswordLinks(PasswordResetTokenGenerator):
    """Tokens that die with their use, with the next link, with any change of the account, and after their time."""

    key_salt = "resque.accounts.links.PasswordLinks"

    def _make_hash_value(self, user, timestamp):
        return f"{super()._make_hash_value(user, timestamp)}{user.version}{user.is_active}"


_tokens = PasswordLinks()


def password_path(user: User) -> str:
    """Return the path of a fresh one-time link for `user`, without the host."""
    return reverse("set_password", kwargs={"account": user.reference, "token": _tokens.make_token(user)})


def account_of_link(reference: str, token: str) -> User | None:
    """Return the active account that a link belongs to; None when it was used, replaced or is too old."""
    user = User.objects.active().filter(reference=reference).first()
    return user if user is not None and _tokens.check_token(user, token) else None
