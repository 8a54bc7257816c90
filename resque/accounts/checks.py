"""What accounts must not be in production; asked before its server starts (`manage.py check --database default`)."""

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core import checks
from django.db import connections

from resque.accounts import demo
from resque.accounts.models import User


@checks.register(checks.Tags.database)
def demo_accounts_open_nothing(app_configs, databases=None, **kwargs):
    """The password of the demo stands in its papers: in a database that was a demo it would open everything."""
    if settings.RESQUE_PROFILE != "production":
        return []
    return [
        checks.Error(
            f"Accounts of the demo can sign in with its known password: {', '.join(names)}.",
            hint="Give production a database of its own, or end the access of these accounts.",
            id="resque.E007",
        )
        for alias in databases or []
        if (names := _with_known_password(alias))
    ]


def _with_known_password(alias: str) -> list[str]:
    if User._meta.db_table not in connections[alias].introspection.table_names():
        return []  # before the first migration
    names = [account.username for account in demo.ACCOUNTS]
    accounts = User.objects.using(alias).active().filter(username__in=names).order_by("username")
    # Two columns and no more: this runs before a migration that adds others.
    found = accounts.values_list("username", "password")
    return [username for username, password in found if check_password(demo.PASSWORD, password)]
