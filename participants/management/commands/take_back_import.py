"""Take an import back that nobody has touched since."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.management.commands.import_participants import account, acting
from participants.models import ImportBatch
from participants.operations.imports import AlreadyTakenBack, take_back_import


class Command(BaseCommand):
    help = "Take an import back that nobody has touched since; else list the rows that were touched."

    def add_arguments(self, parser):
        parser.add_argument("batch", metavar="BATCH", help="number of the import, B-XXXXX")
        parser.add_argument("--user", metavar="NAME", help="act as this account; default: the system")

    def handle(self, *args, **options):
        user = account(options["user"]) if options["user"] else None
        with acting(user, f"take_back_import {options['batch']}"):
            visible = ImportBatch.objects.visible_to(user) if user else ImportBatch.objects.all()
            batch = visible.filter(reference=options["batch"]).first()
            if batch is None:
                raise CommandError(_("There is no import %s.") % options["batch"])
            try:
                result = take_back_import(by=user, batch=batch)
            except AlreadyTakenBack as before:
                raise CommandError(_("%s was taken back already.") % batch.reference) from before
        if result.touched:
            for row in result.touched:
                words = _("Row %(row)s: %(reference)s was changed or used since.")
                self.stdout.write(words % {"row": row.line, "reference": row.participation.reference})
            count = len(result.touched)
            raise CommandError(
                ngettext(
                    "Nothing taken back: %d row was touched since.", "Nothing taken back: %d rows were touched since.", count
                ) % count
            )  # fmt: skip
        words = _("%(batch)s is taken back: %(rows)s people are gone again.")
        self.stdout.write(words % {"batch": batch.reference, "rows": result.removed})
