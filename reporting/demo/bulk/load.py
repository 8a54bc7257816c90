"""Loading many stories: chapter by chapter, so that the memory it takes does not grow with the world."""

from collections.abc import Callable, Iterator
from datetime import date

from django.db import transaction

from participants.models import AnonymousRefusal, Participation
from reporting.demo.bulk import people, services
from reporting.demo.bulk.copying import CopyTable
from reporting.demo.bulk.references import free_references
from reporting.demo.bulk.sql import analyze, unhindered
from reporting.demo.bulk.surroundings import Surroundings
from reporting.demo.chapters import Chapter
from reporting.keeping.sql import mend
from reporting.models import ServiceYear
from resque.accounts.models import User
from resque.context.acting import acting_as_system
from services.models import Activity, Outcome

PREFIXES = {Participation: "R", Activity: "L", Outcome: "E", AnonymousRefusal: "V"}


def load(chapters: Iterator[Chapter], teams: dict[str, list[User]], today: date, *, tell_progress: Callable) -> None:
    """Write the rows of all chapters in one transaction: everything or nothing.

    Args:
        chapters: what happened.
        teams: accounts of the colleagues by code of the partner.
        today: the day of the demo.
        tell_progress: called with the number of people after each chapter.

    Raises:
        django.db.IntegrityError: a row breaks a constraint; those between tables are checked after the last chapter.
    """
    tables = {model: CopyTable(model) for model in (*people.MODELS, *services.MODELS, AnonymousRefusal)}
    references = {model: free_references(model, prefix) for model, prefix in PREFIXES.items()}
    around = Surroundings(tables, references, teams, today)
    written = 0
    with transaction.atomic():
        with unhindered(name for table in tables.values() for name in table.tables):
            for chapter in chapters:
                _write(around, chapter)
                for table in tables.values():
                    table.flush()
                written += len(chapter.stories)
                tell_progress(written)
            for table in tables.values():
                table.finish()
        analyze()  # the sums are made by a query that wants to know how much is there
        with acting_as_system("demo: sums after the load"):
            mend()
    analyze([ServiceYear._meta.db_table])


def _write(around: Surroundings, chapter: Chapter) -> None:
    keys = []
    for story in chapter.stories:
        story.person = story.former.person if story.former else people.write_person(around, story)
        keys.append(people.write_participation(around, story, story.person))
    for story, key in zip(chapter.stories, keys, strict=True):
        for service in story.services:
            companions = [keys[position] for position in service.companions]
            services.write_service(around, story, service, [key, *companions])
        services.write_outcomes(around, story, key)
    for partner, day in chapter.refusals:
        _write_refusal(around, chapter, partner, day)


def _write_refusal(around: Surroundings, chapter: Chapter, partner: str, day: date) -> None:
    table = around.tables[AnonymousRefusal]
    values = {
        "id": table.new_key(),
        "reference": next(around.references[AnonymousRefusal]),
        "operation_id": around.operation(chapter.era.operation).pk,
        "partner_id": around.partner(partner).pk,
        "day": day,
    }
    table.rows.append(table.line(values))
