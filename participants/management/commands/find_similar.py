"""Who may already be known under a name, with score and reasons."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from participants.operations.searching import note_search
from participants.queries.search import Candidate, Wanted, find_candidates
from resque.accounts.models import User
from resque.accounts.roles import Permission
from resque.context.acting import acting_as, acting_as_system


class Command(BaseCommand):
    help = "Find people whose name is similar to the given one, over all spellings and scripts."

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True, metavar="N", help="any spelling, any order, any script")
        parser.add_argument("--birth-date", type=_day, metavar="D", help="2016-12-31, or the year alone")
        parser.add_argument("--format", choices=["table", "json"], default="table")
        parser.add_argument("--user", metavar="NAME", help="search as this account; default: the system")

    def handle(self, *args, **options):
        born, year = options["birth_date"] or (None, None)
        wanted = Wanted(options["name"], year, born)
        user = _account(options["user"]) if options["user"] else None
        with acting_as(user, reason="find_similar") if user else acting_as_system("find_similar"):
            found = find_candidates(user, wanted)
            note_search(by=user, wanted=wanted, found=len(found))
            lines = [_as_json(candidate) for candidate in found]
        if options["format"] == "json":
            self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=1))
            return
        if not lines:
            self.stdout.write(_("Nobody of this name is in the records that you may see."))
        for line in lines:
            self.stdout.write(f"{line['score']:.2f}  {line['reference']}  {line['name']}")
            for reason in line["reasons"]:
                self.stdout.write(f"      {'+' if reason['supports'] else '-'} {reason['text']}")


def _account(name: str) -> User:
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None or not user.can(Permission.SEARCH_PEOPLE):
        raise CommandError(_("There is no account “%s” that may search for people.") % name)
    return user


def _day(text: str) -> tuple[date | None, int]:
    """Read a day, or a year alone."""
    if text.isascii() and text.isdigit() and len(text) == 4:
        return None, int(text)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CommandError(_("“%s” is neither a day like 2016-12-31 nor a year.") % text) from None
    return day, day.year


def _as_json(candidate: Candidate) -> dict:
    case = candidate.participation
    return {
        "reference": case.reference,
        "name": case.person.name,
        "original_script": case.person.loaded_identity.original_script if case.person.loaded_identity else "",
        "birth_date": case.person.birth_date.isoformat() if case.person.birth_date else None,
        "partner": case.partner.code,
        "score": round(candidate.score, 3),
        "band": candidate.band,
        "reasons": [{"supports": supports, "text": text} for supports, text in candidate.reasons],
    }
