"""Taking a person in, and changing how a person is called."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.choices import BirthPrecision, ConsentState, ParticipationState
from participants.countries import require_country
from participants.languages import require_language
from participants.linking.sql import queue_up
from participants.models import Consent, Identity, Participation, Person, Spelling
from participants.models.person import SpellingKind
from participants.names import fold, skeleton, sort_key, tidy
from participants.operations.circumstances import INFO
from participants.operations.pairs import find_pairs
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.references import free_reference

LONGEST_SPELLING = Spelling._meta.get_field("text").max_length


@dataclass(frozen=True)
class PersonDraft:
    """What is known of a person before a record exists; everything may be empty except one name."""

    family_name: str = ""
    given_name: str = ""
    original_script: str = ""
    other_spellings: tuple[str, ...] = ()
    birth_date: date | None = None
    birth_precision: str = BirthPrecision.SELF
    nationality: str = ""
    arrival_de: date | None = None
    interpreter_language: str = ""

    def tidied(self) -> "PersonDraft":
        """Return the draft with names as they are stored."""
        return replace(
            self,
            family_name=tidy(self.family_name),
            given_name=tidy(self.given_name),
            original_script=tidy(self.original_script),
            other_spellings=tuple(dict.fromkeys(text for text in map(tidy, self.other_spellings) if text)),
            birth_precision=self.birth_precision or BirthPrecision.SELF,
        )

    @property
    def main_spelling(self) -> str:
        """The name as it is spoken."""
        return spoken(self.given_name, self.family_name)


def spoken(given_name: str, family_name: str) -> str:
    """Return a name as it is spoken, given name first; the two longest ones are a letter longer than the column."""
    return f"{given_name} {family_name}".strip()[:LONGEST_SPELLING]


def _require_a_name(draft: PersonDraft) -> None:
    if not draft.main_spelling:
        sentence = _("Please enter a family name or a given name; one of them is enough.")
        raise ValidationError({"family_name": ValidationError(sentence, code="name_required")})


def spellings_of(person: Person, draft: PersonDraft) -> list[Spelling]:
    """Return the spellings of a draft, unsaved, each once.

    Raises:
        ValidationError: by field, when one of the other spellings is longer than the column.
    """
    wanted = {draft.main_spelling: SpellingKind.MAIN}
    if draft.original_script:
        wanted.setdefault(draft.original_script, SpellingKind.SCRIPT)
    for text in draft.other_spellings:
        wanted.setdefault(text, SpellingKind.OTHER)
    try:
        return [new_spelling(person, text, kind) for text, kind in wanted.items()]
    except ValidationError as fault:
        # The other two fit: their fields are no longer than the column.
        raise ValidationError({"other_spellings": fault.messages}) from fault


def new_spelling(person: Person, text: str, kind: str) -> Spelling:
    """Return an unsaved spelling with the keys by which it is found.

    Raises:
        ValidationError: the text is longer than the column.
    """
    row = Spelling(person=person, text=text, kind=kind, fold=fold(text), skeleton=skeleton(text))
    row.clean_fields(exclude=["person", "fold", "skeleton"])
    return row


def code_faults(person: Person) -> dict[str, ValidationError]:
    """Return what is wrong with the codes of a person that no column checks, by field."""
    faults = {}
    for name, check in (("nationality", require_country), ("interpreter_language", require_language)):
        try:
            if code := getattr(person, name):
                check(code)
        except ValidationError as fault:
            faults[name] = fault
    return faults


def _require_free_number(partner, operation, external_reference: str) -> None:
    taken = Participation.objects.filter(partner=partner, operation=operation, external_reference=external_reference)
    if external_reference and taken.exists():
        sentence = _("This number is already used for another person of the same partner.")
        raise ValidationError({"external_reference": ValidationError(sentence, code="external_reference_taken")})


def wait_for_turn(*, by) -> None:
    """Wait until no colleague takes a person in at this moment, so that the search before it sees whom they made.

    Held until the transaction ends.
    """
    queue_up(by.people_partner_id)


@transaction.atomic
def take_in(
    *,
    by,
    partner,
    operation,
    draft: PersonDraft,
    created_on: date | None = None,
    sex: str = "",
    gender: str = "",
    info_given_on: date | None = None,
    info_language: str = "",
    referent=None,
    external_reference: str = "",
) -> Participation:
    """Make the record of a person: identity, spellings, privacy information and a participation as a contact.

    Args:
        by: acting account; None for the system.
        partner: owner of the record and data controller.
        operation: operation that the person takes part in.
        draft: names and facts of the person.
        created_on: day of the first contact; today when None.
        sex, gender: as the ESF counts, and the code of list `gender`.
        info_given_on: day on which the privacy information was handed out. Before that no name should be
            stored (rule E27); the form asks first, an import reports it.
        info_language: language of the sheet, ISO 639-3.
        referent: account that accompanies the person.
        external_reference: own number of the partner.

    Raises:
        ValidationError: by field, when a name is missing, a value is too long or no code, a number is taken.
        PermissionDenied: `by` does not work with the people of `partner`.
    """
    if by is not None and by.people_partner_id != partner.pk:
        raise PermissionDenied(f"{by.username} does not work with the people of {partner.code}")
    draft = draft.tidied()
    _require_a_name(draft)
    _require_free_number(partner, operation, external_reference)
    if by is not None:
        wait_for_turn(by=by)
    person = Person(
        partner=partner,
        birth_date=draft.birth_date,
        birth_precision=draft.birth_precision,
        nationality=draft.nationality,
        arrival_de=draft.arrival_de,
        interpreter_language=draft.interpreter_language,
    )
    person.clean_fields(exclude=["partner"])
    if faults := code_faults(person):
        raise ValidationError(faults)
    identity = _identity_of(person, draft)
    participation = Participation(
        reference=free_reference(Participation, "R"),
        person=person,
        operation=operation,
        partner=partner,
        referent=referent,
        state=ParticipationState.CONTACT,
        created_on=created_on or today(),
        sex=sex,
        gender=gender,
        external_reference=external_reference,
    )
    participation.clean_fields(exclude=["person", "operation", "partner", "referent"])
    person.save(force_insert=True)
    identity.person = person
    identity.save(force_insert=True)
    Spelling.objects.bulk_create(spellings_of(person, draft))
    participation.person = person
    participation.save(force_insert=True)
    if info_given_on:
        Consent.objects.create(
            person=person,
            type=INFO,
            state=ConsentState.GIVEN,
            decided_on=info_given_on,
            language=info_language,
        )
    note_deed(deed=Deed.CREATED, kind="participation", reference=participation.reference, by=by)
    find_pairs(by=by, person=person)
    # The name stands on the object for the page that follows, without another query.
    person._state.fields_cache["identity"] = identity
    return participation


def _identity_of(person: Person, draft: PersonDraft) -> Identity:
    identity = Identity(
        family_name=draft.family_name,
        given_name=draft.given_name,
        original_script=draft.original_script,
        sort_key=sort_key(draft.family_name, draft.given_name),
    )
    identity.clean_fields(exclude=["person"])
    return identity
