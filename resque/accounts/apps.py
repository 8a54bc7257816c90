from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "resque.accounts"
    label = "accounts"
    verbose_name = _("Partners and accounts")

    def ready(self):
        from resque.accounts import checks  # noqa: F401
