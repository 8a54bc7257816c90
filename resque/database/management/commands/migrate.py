"""Django's `migrate`, followed by the access rules of the database."""

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

from resque.database.policies import apply_access_rules


class Command(DjangoMigrate):
    """Migrate, then bring grants and row-level security to the declared state.

    Access rules are declarations and not migrations: one place says what holds now, and a table that nobody
    declared stays closed.
    """

    def handle(self, *args, **options):
        super().handle(*args, **options)
        planned_only = options["plan"] or options["check_unapplied"]
        if planned_only or connections[options["database"]].vendor != "postgresql":
            return
        call_command("createcachetable", database=options["database"], verbosity=0)
        if apply_access_rules() and options["verbosity"]:
            self.stdout.write("Access rules of the database applied.")
