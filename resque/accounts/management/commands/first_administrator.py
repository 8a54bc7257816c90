"""`manage.py first_administrator`: the first account of an empty installation."""

import getpass
import os
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from resque.accounts.links import HOURS
from resque.accounts.models import User
from resque.accounts.operations.first_administrator import AdministratorExists, add_first_administrator
from resque.context.acting import acting_as_system


class Command(BaseCommand):
    help = "Add the first system administrator: asks for name and password, or prints a one-time link."

    def add_arguments(self, parser):
        parser.add_argument("--username", default="admin", help="name for signing in (default: %(default)s)")
        parser.add_argument("--no-input", action="store_true", help="ask nothing, print a link that sets a password")

    def handle(self, *args, username: str, no_input: bool, **options):
        password = ""
        if not no_input and sys.stdin.isatty():
            username, password = self._ask(username)
        try:
            with acting_as_system("first administrator of a new installation"):
                user, path = add_first_administrator(username=username, password=password)
        except AdministratorExists as error:
            raise CommandError("There is a system administrator already, who adds accounts.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"System administrator {user.username} added.")
        if path:
            site = os.environ.get("RESQUE_ADDRESS", "")
            self.stdout.write(f"Open this link to set the password; it works once, within {HOURS} hours:")
            self.stdout.write(f"    {site}{path}")

    def _ask(self, username: str) -> tuple[str, str]:
        try:
            username = input(f"User name of the first administrator [{username}]: ").strip() or username
            while True:
                password = getpass.getpass("Password (at least 12 characters; empty: print a one-time link): ")
                if not password:
                    return username, ""
                try:
                    validate_password(password, User(username=username))
                except ValidationError as error:
                    self.stdout.write(" ".join(error.messages))
                    continue
                if getpass.getpass("Once more: ") == password:
                    return username, password
                self.stdout.write("The two differ.")
        except (EOFError, KeyboardInterrupt) as error:
            raise CommandError("No administrator was added.") from error
