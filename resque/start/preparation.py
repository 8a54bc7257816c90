"""Bring the database, translations and static files to the state of the code. A process of its own, as the owner."""

import argparse
import os
import sys
from dataclasses import replace

import django
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.utils import translation

from resque.database.contents import prepared_by_one, remove_everything
from resque.database.private_files import write_private
from resque.settings.environment import BASE_DIR, DATA_DIR, make_data_dir
from resque.start.mark import Mark, code_fingerprint, read_mark, static_fingerprint, write_mark

ACCOUNTS_SHEET = DATA_DIR / "demo-accounts.txt"


def stale_translations() -> bool:
    """Return whether a catalogue is missing its compiled form, or is newer than it."""
    catalogues = list(BASE_DIR.glob("locale/*/*/LC_MESSAGES/*.po"))
    compiled = [path.with_suffix(".mo") for path in catalogues]
    return any(
        not target.exists() or target.stat().st_mtime < source.stat().st_mtime
        for source, target in zip(catalogues, compiled, strict=True)
    )


def static_mark() -> str:
    """Return what the collected static files were collected from, "" when there are none."""
    mark = settings.RESQUE_DATA_DIR / "static.mark"
    collected = (settings.STATIC_ROOT / "staticfiles.json").exists()
    return mark.read_text() if collected and mark.exists() else ""


def compile_translations() -> None:
    """Compile the catalogues that changed."""
    if "translations" in get_commands() and stale_translations():
        call_command("translations", "compile", verbosity=0)


def collect_static_files() -> None:
    """Collect and compress the static files when they changed."""
    wanted = static_fingerprint()
    if static_mark() != wanted:
        print("Collecting static files ...", flush=True)
        earlier = os.umask(0o077)  # compressed copies heed no setting
        call_command("collectstatic", interactive=False, verbosity=0)
        os.umask(earlier)
        write_private(make_data_dir() / "static.mark", wanted)


def prepare_database(*, size: str, demo: bool) -> None:
    """Migrate; fill an empty database with the demo world or make its first administrator.

    Parameters:
        size: s, m or l, for an empty database.
        demo: whether an empty database gets the demo world.
    """
    mark = read_mark()
    if mark.sources == code_fingerprint():
        return  # somebody else prepared it while we waited
    if mark.world == "unfinished":
        print("The demo world was cut short the last time; starting it again ...", flush=True)
        remove_everything()
        mark = Mark()
    print("Preparing the database ...", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    if not mark.world:
        mark = _fill(size, demo)
    if mark.world == "demo":
        write_accounts_sheet()
    write_mark(replace(mark, sources=code_fingerprint()))


def write_accounts_sheet() -> None:
    """Keep what bin/start prints about the demo accounts, so that it need not load the application for it."""
    from resque.accounts.demo import ACCOUNTS, PASSWORD

    with translation.override("en"):
        lines = [
            f"    {account.username:<14}{account.first_name} {account.last_name}, {account.note}"
            for account in ACCOUNTS
        ]
    write_private(ACCOUNTS_SHEET, "\n".join([f"Accounts, each with the password {PASSWORD}:", *lines]))


def _fill(size: str, demo: bool) -> Mark:
    from resque.accounts.models import User

    if User.objects.exists():
        return Mark(world="own")
    if not demo:
        call_command("first_administrator")
        return Mark(world="own")
    patience = ", which takes some minutes" if size == "l" else ""
    print(f"Inventing the demo world (size {size}){patience} ...", flush=True)
    write_mark(Mark(world="unfinished"))
    call_command("seed_demo", size=size)
    return Mark(world="demo", size=size)


def main() -> None:
    """Prepare everything that is not as the code wants it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", default="s")
    parser.add_argument("--demo", action="store_true")
    options = parser.parse_args()
    django.setup()
    try:
        with prepared_by_one():
            compile_translations()
            prepare_database(size=options.size, demo=options.demo)
            collect_static_files()
    except CommandError as error:
        sys.exit(f"{error}")
    except KeyboardInterrupt:
        sys.exit(130)  # the starter says so; the next start goes on from here


if __name__ == "__main__":
    main()
