"""Writing checked rows in batches: the same rows that taking in and entering one by one would make.

One INSERT for hundreds of people instead of a dozen for each. A test takes the same people in through `take_in` and
`enter` and compares every row.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice

from participants.access import KIND
from participants.choices import BirthPrecision, ConsentState, ParticipationState
from participants.importing.rows import ImportRow
from participants.models import (
    Consent,
    Guardian,
    Identity,
    ImportBatch,
    ImportedRow,
    Participation,
    Person,
    Residence,
    ResidenceStatus,
    SpecialAnswers,
    Spelling,
)
from participants.names import sort_key
from participants.operations.answers import OWN_FIELDS
from participants.operations.circumstances import CONTACT, INFO
from participants.operations.people import PersonDraft, spellings_of
from resque.audit.models import Deed
from resque.audit.operations import note_deeds
from resque.clock import today
from resque.references import free_references

AT_ONCE = 500  # people in one round of INSERTs


def write_rows(
    *, by, batch: ImportBatch, rows: Sequence[ImportRow], progress: Callable[[int], None] | None = None
) -> None:
    """Store the people of a batch.

    Args:
        by: acting account; None inside `acting_as_system`.
        batch: the stored batch.
        rows: checked rows.
        progress: is told the number of people stored so far.
    """
    waiting, done = iter(rows), 0
    while some := list(islice(waiting, AT_ONCE)):
        _write(by, batch, some)
        done += len(some)
        if progress:
            progress(done)


def _write(by, batch: ImportBatch, rows: list[ImportRow]) -> None:
    drafts = [PersonDraft(**row.person).tidied() for row in rows]
    people = Person.objects.bulk_create([_person(batch, draft) for draft in drafts])
    Identity.objects.bulk_create([_identity(person, draft) for person, draft in zip(people, drafts, strict=True)])
    Spelling.objects.bulk_create(
        [spelling for person, draft in zip(people, drafts, strict=True) for spelling in spellings_of(person, draft)]
    )
    references = free_references(Participation, "R", len(rows))
    cases = Participation.objects.bulk_create(
        [_participation(batch, *one) for one in zip(rows, people, references, strict=True)]
    )
    pairs = list(zip(cases, rows, strict=True))
    for model, make in _DEPENDENT.items():
        model.objects.bulk_create([one for case, row in pairs for one in make(case, row)])
    ImportedRow.objects.bulk_create(
        [ImportedRow(batch=batch, participation=case, line=row.line) for case, row in pairs]
    )
    note_deeds(deed=Deed.CREATED, kind=KIND, references=references, by=by, batch=batch.reference)


def _person(batch: ImportBatch, draft: PersonDraft) -> Person:
    return Person(
        partner=batch.partner,
        birth_date=draft.birth_date,
        birth_precision=draft.birth_precision or BirthPrecision.SELF,
        nationality=draft.nationality,
        arrival_de=draft.arrival_de,
    )


def _identity(person: Person, draft: PersonDraft) -> Identity:
    return Identity(
        person=person,
        family_name=draft.family_name,
        given_name=draft.given_name,
        original_script=draft.original_script,
        sort_key=sort_key(draft.family_name, draft.given_name),
    )


def _participation(batch: ImportBatch, row: ImportRow, person: Person, reference: str) -> Participation:
    answers = {name: value for name, value in row.answers.items() if name in OWN_FIELDS}
    return Participation(
        reference=reference,
        person=person,
        operation=batch.operation,
        partner=batch.partner,
        state=ParticipationState.ENDED if "exit_date" in answers else ParticipationState.ACTIVE,
        external_reference=row.reference,
        created_on=first_contact(row),
        sex=row.taken_in.get("sex", ""),
        **answers,
    )


def first_contact(row: ImportRow) -> date:
    """Return the earliest day on which the person was surely known: entry or privacy information, at the latest today."""
    days = (row.answers["entry_date"], row.taken_in.get("info_given_on"), today())
    return min(day for day in days if day)


def _consents(case: Participation, row: ImportRow) -> Iterable[Consent]:
    if given_on := row.taken_in.get("info_given_on"):
        yield Consent(person=case.person, type=INFO, state=ConsentState.GIVEN, decided_on=given_on)
    if (allowed := row.answers.get("contact_consent")) is not None:
        state = ConsentState.GIVEN if allowed else ConsentState.REFUSED
        on = case.entry_form_on or case.entry_date
        yield Consent(person=case.person, type=CONTACT, state=state, decided_on=on)


def _statuses(case: Participation, row: ImportRow) -> Iterable[ResidenceStatus]:
    if status := row.answers.get("residence_status"):
        yield ResidenceStatus(person=case.person, status=status, valid_from=case.entry_date)


def _residences(case: Participation, row: ImportRow) -> Iterable[Residence]:
    place = {name: row.answers[name] for name in ("accommodation", "municipality") if name in row.answers}
    if place:
        yield Residence(person=case.person, valid_from=case.entry_date, **place)


def _guardians(case: Participation, row: ImportRow) -> Iterable[Guardian]:
    if row.answers.get("guardian_recorded"):
        yield Guardian(person=case.person, on_paper=True)


def _special_answers(case: Participation, row: ImportRow) -> Iterable[SpecialAnswers]:
    if row.special:
        yield SpecialAnswers(participation=case, **row.special)


_DEPENDENT = {
    Consent: _consents,
    ResidenceStatus: _statuses,
    Residence: _residences,
    Guardian: _guardians,
    SpecialAnswers: _special_answers,
}
