"""Every write to partners and accounts."""

from resque.accounts.operations.accounts import add_account, change_account
from resque.accounts.operations.partners import add_partner, change_partner
from resque.accounts.operations.passwords import new_password_link, reset_second_factor, set_password
from resque.accounts.operations.sign_in import end_access, end_sessions, restore_access

__all__ = [
    "add_account",
    "add_partner",
    "change_account",
    "change_partner",
    "end_access",
    "end_sessions",
    "new_password_link",
    "reset_second_factor",
    "restore_access",
    "set_password",
]
