"""Living through chapters: the same operations that people use, each on the day of the story."""

from datetime import timedelta

from participants.choices import ParticipationState, Purpose
from participants.models import Operation, Participation
from participants.models.person import ContactKind
from participants.operations.answers import enter
from participants.operations.consents import give_consent
from participants.operations.identities import add_contact
from participants.operations.people import PersonDraft, take_in
from participants.operations.sharing import LONGEST_DAYS, revoke_share, share_case
from participants.operations.stations import move_state, re_enter, refuse_anonymously, turn_away
from reporting.demo.brought import learn_german, leave_intake_open, note_background
from reporting.demo.chapters import Chapter
from reporting.demo.papers import show_papers
from reporting.demo.story import AFTER_A_RETURN, PlannedService, Story
from resque.accounts.models import User
from resque.clock import moved_to, today
from resque.context.acting import acting_as
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service

Staff = dict[str, list[User]]  # colleagues by code of their partner


def live_through(chapter: Chapter, staff: Staff) -> None:
    """Let everything happen that a chapter tells of."""
    operation = Operation.objects.get(code=chapter.era.operation)
    people = [_meet(story, operation, staff) for story in chapter.stories]
    for story, participation in zip(chapter.stories, people, strict=True):
        for service in story.services:
            _serve(story, service, participation, [people[position] for position in service.companions], staff)
        worker = _worker(story, staff)
        with acting_as(worker):
            _go_on(story, participation, worker)
            learn_german(story, participation, worker, until=today())
    for partner, day in chapter.refusals:
        worker = staff[partner][0]
        with acting_as(worker), moved_to(day):
            refuse_anonymously(by=worker, operation=operation, partner=worker.partner, day=day)


def _worker(story: Story, staff: Staff) -> User:
    return staff[story.partner][story.colleague]


def _meet(story: Story, operation: Operation, staff: Staff) -> Participation:
    worker = _worker(story, staff)
    with acting_as(worker):
        with moved_to(story.first_contact):
            participation = _take_in(story, operation, worker)
            leave_intake_open(story, participation, worker)
        if story.entry:
            day = story.entry["entry_date"]
            with moved_to(day):
                participation = enter(
                    by=worker, participation=participation, answers=story.entry, special=story.special
                )
                show_papers(story, participation, worker)
                note_background(story, participation, worker)
        if story.shared_with:
            partner = staff[story.shared_with][0].partner
            with moved_to(story.first_contact):
                give_consent(
                    by=worker,
                    participation=participation,
                    purpose=Purpose.SHARING,
                    partner=partner,
                    paper=story.paper(),
                )
            share_case(
                by=worker,
                participation=participation,
                to_partner=partner,
                scope=story.share_scope,
                until=today() + timedelta(days=LONGEST_DAYS),
            )
    return participation


def _take_in(story: Story, operation: Operation, worker: User) -> Participation:
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
    if story.phone:
        add_contact(by=worker, participation=participation, kind=ContactKind.PHONE, value=story.phone)
    return participation


def _serve(
    story: Story, service: PlannedService, participation: Participation, companions: list[Participation], staff: Staff
) -> None:
    partner, colleague = story.recorder(service)
    worker = staff[partner][colleague]
    with acting_as(worker), moved_to(service.day):
        record_service(
            by=worker,
            kind=service.kind,
            participants=[Taking(participation, status=service.status), *map(Taking, companions)],
            day=service.day,
            minutes=service.minutes,
            topics=service.topics,
            note=service.note,
        )


def _go_on(story: Story, participation: Participation, worker: User) -> None:
    for outcome in story.outcomes:
        with moved_to(outcome.noted):
            record_outcome(
                by=worker,
                participation=participation,
                kind=outcome.kind,
                start=outcome.start,
                state=outcome.state,
                evidence=outcome.evidence,
                evidence_on=outcome.seen,
            )
    for day, answers in story.steps():
        if answers is not story.entry:
            with moved_to(day):
                _answer(worker, participation, answers)
    if story.moved:
        day, state = story.moved
        with moved_to(day):
            _move(worker, participation, state)
    if story.share_ended:
        revoke_share(by=worker, share=participation.shares.get())


def _answer(worker: User, participation: Participation, answers: dict[str, object]) -> None:
    if answers is AFTER_A_RETURN:
        re_enter(by=worker, participation=Participation.objects.get(pk=participation.pk))
    else:
        enter(by=worker, participation=participation, answers=answers)


def _move(worker: User, participation: Participation, state: str) -> None:
    if state == ParticipationState.REJECTED:
        turn_away(by=worker, participation=participation)
    else:
        move_state(by=worker, participation=participation, to=state)
