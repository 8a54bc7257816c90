"""Letters about accounts. They leave after the transaction, only when the account has an address."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from resque.accounts.links import HOURS
from resque.accounts.models import User


def mail_password_link(*, user: User, link: str, first: bool) -> None:
    """Send a one-time link; `first` for a new account. A link without a host cannot be followed: no letter."""
    if "://" in link:
        _post(user, lambda: _("Your access to RESQUE"), "password_link", link=link, first=first, hours=HOURS)


def mail_password_changed(*, user: User) -> None:
    """Tell the person that the password was set, in case somebody else did it."""
    _post(user, lambda: _("Your password for RESQUE was set"), "password_changed")


def mail_second_factor_reset(*, user: User) -> None:
    """Tell the person that the second factor was removed."""
    _post(user, lambda: _("Your second factor for RESQUE was removed"), "second_factor_reset")


def _post(user: User, subject, template: str, **context) -> None:
    if not user.email:
        return
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"accounts/mail/{template}.txt", {"account": user, **context})
        letter = EmailMessage(subject(), text, to=[user.email])
    transaction.on_commit(lambda: letter.send(fail_silently=True))
