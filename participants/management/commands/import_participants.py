"""Import people from a CSV or XLSX file, all or nothing."""

import json
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.importing.reading import LARGEST_BY_COMMAND
from participants.models import Operation
from participants.operations.imports import ImportResult, import_file
from resque.accounts.models import Partner, User
from resque.accounts.roles import Permission
from resque.context.acting import acting_as, acting_as_system


class Command(BaseCommand):
    help = "Import people from a CSV or XLSX file. With a single fault nothing is imported."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="CSV or XLSX; columns are those of the template")
        parser.add_argument("--partner", required=True, metavar="CODE", help="whose people they are, e.g. daa")
        parser.add_argument("--operation", required=True, metavar="CODE", help="e.g. resque-2.0")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then roll it back")
        parser.add_argument("--format", choices=["table", "json"], default="table")
        parser.add_argument("--user", metavar="NAME", help="act as this account; default: the system")

    def handle(self, *args, **options):
        data, name = _read(options["file"])
        partner = _found(Partner, options["partner"], _("There is no partner “%s”. Known: %s."))
        operation = _found(Operation, options["operation"], _("There is no operation “%s”. Known: %s."))
        user = account(options["user"]) if options["user"] else None
        with acting(user, f"import_participants {name}"):
            if user and user.people_partner_id != partner.pk:
                raise CommandError(_("%s does not work with the people of this partner.") % user.username)
            result = import_file(
                by=user, partner=partner, operation=operation, data=data, file_name=name,
                dry_run=options["dry_run"], progress=self._progress(options),
            )  # fmt: skip
        if options["format"] == "json":
            self.stdout.write(json.dumps(_as_json(result, options["dry_run"]), ensure_ascii=False, indent=1))
        else:
            self._print(result, options["dry_run"])
        if result.faults:
            count = len(result.faults)
            raise CommandError(
                ngettext("Nothing imported: %d fault.", "Nothing imported: %d faults.", count) % count, returncode=1
            )

    def _progress(self, options):
        if options["format"] == "json" or options["verbosity"] == 0 or not sys.stderr.isatty():
            return None
        words = {"read": _("%d rows read"), "write": _("%d people stored")}

        def tell(step: str, rows: int) -> None:
            self.stderr.write(words[step] % rows)

        return tell

    def _print(self, result: ImportResult, dry_run: bool) -> None:
        for fault in result.faults:
            self.stdout.write(_line(fault))
        if result.faults:
            return
        if dry_run:
            words = _("%(rows)s rows without a fault. A dry run: nothing was kept.")
            self.stdout.write(words % {"rows": result.rows})
        else:
            words = _("%(rows)s people imported as %(batch)s. Back out again: take_back_import %(batch)s")
            self.stdout.write(words % {"rows": result.imported, "batch": result.batch.reference})


def acting(user: User | None, reason: str) -> AbstractContextManager:
    """Act as an account, or as the system with a reason."""
    return acting_as(user, reason=reason) if user else acting_as_system(reason)


def account(name: str) -> User:
    """Return an active account that may import.

    Raises:
        CommandError: there is none, or its role lacks the right.
    """
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise CommandError(_("There is no account “%s”.") % name)
    if not found.can(Permission.IMPORT_PARTICIPANTS):
        raise CommandError(_("The role of %s may not import.") % name)
    return found


def _read(path: str) -> tuple[bytes, str]:
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST_BY_COMMAND:
            # One byte more than is read: the file is refused by its size, with the usual fault.
            with file.open("rb") as opened:
                return opened.read(LARGEST_BY_COMMAND + 1), file.name
        return file.read_bytes(), file.name
    except OSError as fault:
        raise CommandError(
            _("%(file)s cannot be read: %(reason)s") % {"file": path, "reason": fault.strerror}
        ) from fault


def _found(model, code: str, words: str):
    found = model.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(model.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(words % (code, known))
    return found


def _line(fault) -> str:
    place = (
        _("Row %(row)s, column %(column)s")
        if fault.column and fault.row
        else _("Row %(row)s")
        if fault.row
        else _("File")
    )
    value = f" „{fault.value}“" if fault.value else ""
    return f"{place % {'row': fault.row, 'column': fault.column}}{value}: {fault.message} {fault.remedy}"


def _as_json(result: ImportResult, dry_run: bool) -> dict:
    return {
        "batch": result.batch.reference if result.batch else "",
        "rows": result.rows,
        "imported": result.imported,
        "dry_run": dry_run,
        "faults": [fault.as_dict() for fault in result.faults],
    }
