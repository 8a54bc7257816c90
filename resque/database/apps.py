from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatabaseConfig(AppConfig):
    name = "resque.database"
    label = "database"
    verbose_name = _("Database")

    def ready(self):
        from resque.database import checks  # noqa: F401
