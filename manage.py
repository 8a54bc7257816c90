#!/usr/bin/env python3
"""Django's command line. What changes tables works as the owner of the database, all else as the application."""

import os
import sys

# The application role may not create tables or pass row-level security by; these commands must.
OWNER_COMMANDS = {
    "access_rules",
    "backup",
    "createcachetable",
    "first_administrator",
    "flush",
    "lintmigrations",
    "loaddata",
    "makemigrations",
    "migrate",
    "optimizemigration",
    "pgtrigger",
    "restore",
    "seed_demo",
    "showmigrations",
    "sqlflush",
    "sqlmigrate",
    "squashmigrations",
    "verify_backup",
}


def main() -> None:
    """Run one command with the profile and the database role it needs."""
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resque.settings")
    os.environ.setdefault("RESQUE_PROFILE", "demo")
    os.environ.setdefault("RESQUE_DATABASE_ROLE", "owner" if command in OWNER_COMMANDS else "app")
    if command == "runserver":
        os.environ.setdefault("RESQUE_PROCESS", "web")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit("Django is not installed here. bin/start does the set-up.") from error
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        raise SystemExit(str(problem)) from problem


if __name__ == "__main__":
    main()
