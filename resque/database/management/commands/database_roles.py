"""`manage.py database_roles [--sql]`: for the administrator of a PostgreSQL server of your own."""

import secrets

from django.core import checks
from django.core.management.base import BaseCommand, CommandError

from resque.database.roles import APP, DATABASE, OLDEST_MAJOR, OWNER, grant_statements, role_statements


class Command(BaseCommand):
    help = "Check the database roles, or print the SQL that makes them on a server of your own."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--sql", action="store_true", help="print what the server's administrator must run")
        parser.add_argument("--database", default=DATABASE, help="name of the database (default: %(default)s)")
        parser.add_argument("--major", type=int, default=16, help="major version of the server (default: %(default)s)")

    def handle(self, *args, sql, database, major, **options):
        if major < OLDEST_MAJOR:
            raise CommandError(f"RESQUE needs PostgreSQL {OLDEST_MAJOR} or newer.")
        if sql:
            self._print_sql(database, major)
            return
        found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
        for message in found:
            self.stdout.write(f"{message.id} {message.msg}\n    {message.hint}")
        if any(message.level >= checks.ERROR for message in found):
            raise CommandError("The database is not as it must be.")
        self.stdout.write("The database and its roles are as they must be.")

    def _print_sql(self, database: str, major: int) -> None:
        owner, app = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        locale = ("locale_provider builtin builtin_locale 'C.UTF-8' " if major >= 17 else "") + "locale 'C.UTF-8'"
        lines = [
            f"-- PostgreSQL {major}{' or newer' if major >= 16 else ''}, as a superuser, with psql.",
            "-- The passwords are random and were made for this printout only.",
            *role_statements(major=major, owner_password=owner, app_password=app),
            f"create database {database} owner {OWNER} encoding 'UTF8' template template0 {locale};",
            *grant_statements(database),
            "-- Then, in the environment of RESQUE (HOST is the name of the server):",
            f"-- DATABASE_URL=postgresql://{APP}:{app}@HOST/{database}?sslmode=verify-full",
            f"-- DATABASE_OWNER_URL=postgresql://{OWNER}:{owner}@HOST/{database}?sslmode=verify-full",
        ]
        self.stdout.write("\n".join(lines))
