"""Which database, in which role. Nothing here connects: the embedded server starts at the first connection."""

import os

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from resque.settings.environment import DATA_DIR

ENGINE = "resque.database.postgresql"
# Conditions of row-level security look a million times dearer than they are, and the server would compile machine code
# for queries of some milliseconds: a second lost each time, where it was built with a compiler.
NO_COMPILING = "-c jit=off"
WEB_OPTIONS = "-c statement_timeout=5000 -c lock_timeout=3000"  # milliseconds


def database(*, fallback_to_app_url: bool) -> dict:
    """Return the entry for DATABASES["default"].

    Parameters:
        fallback_to_app_url: whether DATABASE_URL may serve owner commands too when DATABASE_OWNER_URL is missing
            (a developer's own server); production says no.

    Errors: ImproperlyConfigured when the owner's address is needed and missing.
    """
    role = os.environ.get("RESQUE_DATABASE_ROLE", "app")
    url = os.environ.get("DATABASE_URL", "")
    if role == "owner" and url:
        url = os.environ.get("DATABASE_OWNER_URL") or (url if fallback_to_app_url else "")
        if not url:
            raise ImproperlyConfigured(
                "This command changes tables and needs the owner's address: set DATABASE_OWNER_URL beside "
                "DATABASE_URL. `manage.py database_roles --sql` prints what the server's administrator must run."
            )
    entry = dj_database_url.parse(url, engine=ENGINE) if url else {"ENGINE": ENGINE, "NAME": "resque"}
    entry |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
    options = entry.setdefault("OPTIONS", {})
    options.setdefault("application_name", f"resque-{os.environ.get('RESQUE_PROCESS', role)}")
    options["options"] = f"{NO_COMPILING} {options.get('options', '')}".strip()
    if os.environ.get("RESQUE_PROCESS") == "web":
        # Only where somebody waits for an answer: migrations, imports and exports take longer by right.
        options["options"] = f"{options['options']} {WEB_OPTIONS}"
    if not url:
        entry["EMBEDDED"] = {"home": str(DATA_DIR / "pg"), "role": role, "throw_away": False}
    return entry
