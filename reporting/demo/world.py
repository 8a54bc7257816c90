"""Making the demo world through the same operations that people use, day by day on a moved clock."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from participants.choices import ShareScope
from participants.models import Operation, Participation
from participants.operations.answers import enter
from participants.operations.people import PersonDraft, take_in
from participants.operations.sharing import share_case
from reporting.demo.bulk.load import load
from reporting.demo.chapters import SEED, chapters
from reporting.demo.staff import teams_of
from reporting.demo.story import TWO_EACH, Era, Story, Teams, tell
from resque.accounts.models import User
from resque.clock import moved_to, today
from resque.context.acting import acting_as
from resque.references import drawn_from
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service

RESQUE_2 = Era("resque-2.0", date(2015, 9, 1), date.max)
# People whom one colleague of a large world accompanies, over all operations: about 130 of them in the running one.
CASELOAD = 260


def people_of_the_demo(number: int, today: date) -> Iterator[Story]:
    """Yield the same stories in every run."""
    rng = Random(SEED)
    for _ in range(number):
        yield tell(rng, RESQUE_2, today)


def populate(number: int, today: date, *, tell_progress: Callable[[int], None]) -> None:
    """Create invented participants with everything that happened to them until `today`."""
    teams = teams_of({"daa": TWO_EACH.daa, "caritas": TWO_EACH.caritas})
    operation = Operation.objects.get(code="resque-2.0")
    daa = teams["daa"][0].partner
    with drawn_from(Random(SEED)):
        for count, story in enumerate(people_of_the_demo(number, today), start=1):
            _live_through(story, operation, teams[story.partner][story.colleague], daa)
            if count % 50 == 0:
                tell_progress(count)


def populate_in_bulk(people: int, services: int, today: date, *, tell_progress: Callable[[int], None]) -> None:
    """Load so many participants with so many services at once, as the owner of the database.

    They come over all three operations, in numbers that the real ones never had: this world is for load.
    """
    colleagues = people // CASELOAD
    sizes = Teams(daa=max(2, round(colleagues * 0.62)), caritas=max(2, round(colleagues * 0.38)))
    teams = teams_of({"daa": sizes.daa, "caritas": sizes.caritas})
    load(chapters(people, services, today, teams=sizes), teams, today, tell_progress=tell_progress)


def _live_through(story: Story, operation: Operation, worker: User, daa) -> None:
    with acting_as(worker):
        participation = _take_in(story, operation, worker)
        for service in story.services:
            with moved_to(service.day):
                record_service(
                    by=worker,
                    kind=service.kind,
                    participants=[Taking(participation, status=service.status)],
                    day=service.day,
                    minutes=service.minutes,
                )
        for outcome in story.outcomes:
            with moved_to(outcome.start):
                record_outcome(
                    by=worker,
                    participation=participation,
                    kind=outcome.kind,
                    start=outcome.start,
                    evidence=outcome.evidence,
                    evidence_on=outcome.start,
                )
        if story.later:
            with moved_to(story.later["exit_date"]):
                enter(by=worker, participation=participation, answers=story.later)
        if story.follow_up:
            with moved_to(story.follow_up["f_refers_to"]):
                enter(by=worker, participation=participation, answers=story.follow_up)
        if story.shared_with:
            share_case(
                by=worker,
                participation=participation,
                to_partner=daa,
                scope=ShareScope.CONTACT,
                until=today() + timedelta(days=365),
            )


def _take_in(story: Story, operation: Operation, worker: User) -> Participation:
    with moved_to(story.first_contact):
        participation = take_in(
            by=worker,
            partner=worker.partner,
            operation=operation,
            draft=PersonDraft(
                family_name=story.name.family,
                given_name=story.name.given,
                original_script=story.name.script,
                other_spellings=story.name.other,
                birth_date=story.birth_date,
                birth_precision=story.birth_precision,
                nationality=story.name.origin.nationality,
                arrival_de=story.arrival,
            ),
            created_on=story.first_contact,
            sex=story.sex,
            gender=story.sex,
            info_given_on=story.first_contact,
            referent=worker,
        )
    if story.entry:
        with moved_to(story.entry["entry_date"]):
            participation = enter(by=worker, participation=participation, answers=story.entry, special=story.special)
    return participation
