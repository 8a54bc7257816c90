"""What django-allauth asks us about accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _

from resque.accounts.operations.passwords import note_own_password
from resque.accounts.operations.sign_in import note_sign_in


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; every sign-in is audited; messages are ours."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("User name and password do not match. Please check both."),
        "too_many_login_attempts": _(
            "Too many attempts. Please wait 15 minutes, or ask your administrator for a new link."
        ),
        "incorrect_password": _("This is not your current password."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not valid. Codes change every 30 seconds and work once."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def login(self, request, user) -> None:
        """Called once the password and the second factor were right."""
        super().login(request, user)
        note_sign_in(user=user)

    def set_password(self, user, password) -> None:
        super().set_password(user, password)
        note_own_password(user=user)

    def add_message(self, request, level, message_template=None, message_context=None, **options) -> None:
        """Say nothing at sign-in and sign-out: the page that follows says it."""
        if message_template not in ("account/messages/logged_in.txt", "account/messages/logged_out.txt"):
            super().add_message(request, level, message_template, message_context, **options)
