"""Do the stored copies and the documents that name them belong together?"""

import json
import time

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.operations.document_copies import forget_removed
from participants.queries.stored_copies import Found, compare_copies, forget_strays
from resque.context.acting import acting_as_system


class Command(BaseCommand):
    """Exit code 1 when a copy is missing or was changed; files that nobody names are no danger."""

    help = (
        "Deletes documents that were removed a day ago, and compares stored copies with the documents that name them. "
        "Exit code 1 when a copy is missing or changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--delete", action="store_true", help="delete files that no document names")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args, **options):
        with acting_as_system(f"check_documents{' --delete' if options['delete'] else ''}"):
            forgotten = forget_removed()
        # After that commit, so that files of deleted documents are gone already.
        with acting_as_system("check_documents"):
            found = compare_copies(now=time.time())
            if options["delete"]:
                forget_strays(found.strays)
        if options["format"] == "json":
            words = {"deleted": forgotten, "compared": found.compared, "missing": found.missing}
            self.stdout.write(json.dumps(words | {"changed": found.changed, "strays": found.strays}, indent=1))
        else:
            self._print(found, forgotten, deleted=options["delete"])
        if found.missing or found.changed:
            raise SystemExit(1)

    def _print(self, found: Found, forgotten: int, *, deleted: bool) -> None:
        for key in found.missing:
            self.stdout.write(f"{key}  {_('copy missing')}")
        for key in found.changed:
            self.stdout.write(f"{key}  {_('copy changed or unreadable')}")
        number = len(found.strays)
        if number and deleted:
            sentence = ngettext(
                "%d file that no document names was deleted.", "%d files that no document names were deleted.", number
            )
            self.stdout.write(sentence % number)
        elif number:
            sentence = ngettext("%d file is named by no document.", "%d files are named by no document.", number)
            self.stdout.write(sentence % number)
        self.stdout.write(
            ngettext(
                "%d removed document was deleted for good.", "%d removed documents were deleted for good.", forgotten
            )
            % forgotten
        )
        if not (found.missing or found.changed):
            self.stdout.write(
                ngettext("%d copy is as it was kept.", "%d copies are as they were kept.", found.compared)
                % found.compared
            )
