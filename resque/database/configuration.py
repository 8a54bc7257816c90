"""Options of initdb and of the embedded server."""

import sys
from pathlib import Path

PORT = "5432"  # names the socket file only: the server listens on no network


def initdb_options(major: int, *, throw_away: bool) -> list[str]:
    """Return the options that make a new cluster, the right locale above all.

    With a plain C locale pg_trgm sees no letters in Arabic, Ethiopic or Cyrillic names and drops umlauts. The
    programs by pip have no ICU; from 17 on PostgreSQL brings UTF-8 rules of its own.
    """
    options = ["--encoding=UTF8", "--auth=scram-sha-256", "--data-checksums", "--no-instructions"]
    if major >= 17:
        letters = "C.UTF-8" if sys.platform == "linux" else "UTF-8"
        options += ["--locale=C", f"--lc-ctype={letters}", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:
        options += ["--locale=C.UTF-8"]
    return [*options, "--no-sync"] if throw_away else options


def server_configuration(socket_directory: Path, *, throw_away: bool) -> str:
    """Return the text of resque.conf, written anew at every start.

    The log names no statement and no detail: both contain what people typed.
    """
    quoted = str(socket_directory).replace("'", "''")
    lines = [
        "listen_addresses = ''",
        f"port = {PORT}",
        f"unix_socket_directories = '{quoted}'",
        "unix_socket_permissions = 0700",
        "shared_buffers = 128MB",
        f"max_connections = {100 if throw_away else 50}",
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
        "logging_collector = off",
        "log_checkpoints = off",
        "log_statement = 'none'",
        "log_min_duration_statement = -1",
        "log_min_error_statement = panic",
        "log_error_verbosity = terse",
    ]
    if throw_away:
        lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
    return "\n".join(["# Written by RESQUE at every start; changes here are lost.", *lines, ""])
