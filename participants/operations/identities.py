"""Changing how a person is called, born and reached. Earlier spellings stay: search must go on finding them."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.access import KIND
from participants.models import Contact, Guardian, Identity, Participation, Person, Residence, Spelling
from participants.models.person import ContactKind, SpellingKind
from participants.names import sort_key, tidy
from participants.operations.circumstances import REFUGE
from participants.operations.pairs import find_pairs
from participants.operations.parts import faults_of
from participants.operations.people import code_faults, new_spelling, spoken
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.locking import lock_version

NAME_FIELDS = ("family_name", "given_name", "original_script")
FACT_FIELDS = ("birth_date", "birth_precision", "nationality", "arrival_de", "interpreter_language")


def _owned(by, participation: Participation) -> Participation:
    """Lock the case: the same spelling twice, or an address while somebody enters a refuge, must queue up."""
    rows = Participation.objects.all() if by is None else Participation.objects.editable_by(by)
    return rows.select_for_update(of=("self",)).get(pk=participation.pk)


def _note(by, participation: Participation, *fields: str) -> None:
    note_deed(deed=Deed.CHANGED, kind=KIND, reference=participation.reference, by=by, fields=sorted(fields))


@transaction.atomic
def change_identity(
    *,
    by,
    participation: Participation,
    version: int | None,
    family_name: str,
    given_name: str,
    original_script: str = "",
    birth_date: date | None = None,
    birth_precision: str = "self",
    nationality: str = "",
    arrival_de: date | None = None,
    interpreter_language: str = "",
    other_spellings: Iterable[str] = (),
) -> Identity:
    """Store names and facts of a person. A name that is replaced stays as a further spelling.

    Args:
        by: the acting account; None inside `acting_as_system`.
        participation: through which the person is reached.
        version: version of the identity that the form showed.
        other_spellings: kept beside those that are known; an overlong one is reported at this name.
        others: as the fields of Identity and Person.

    Raises:
        ValidationError: wrong values or no name at all, as messages by field name.
        StaleRecord: somebody saved the identity since `version`.
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    participation = _owned(by, participation)
    identity = lock_version(Identity.objects.all(), participation.person_id, version)
    person = Person.objects.select_for_update(of=("self",)).get(pk=participation.person_id)
    names = dict(zip(NAME_FIELDS, map(tidy, (family_name, given_name, original_script)), strict=True))
    facts = dict(
        zip(FACT_FIELDS, (birth_date, birth_precision, nationality, arrival_de, interpreter_language), strict=True)
    )
    changed = _set(identity, names) + _set(person, facts)
    _check(identity, person)
    _keep_further(by, participation, other_spellings)
    if not changed:
        return identity
    identity.sort_key = sort_key(identity.family_name, identity.given_name)
    identity.version += 1
    identity.save()
    person.version += 1
    person.save()
    _keep_spellings(identity)
    find_pairs(by=by, person=person)
    _note(by, participation, *changed)
    return identity


def _set(row, values: dict) -> list[str]:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def _check(identity: Identity, person: Person) -> None:
    faults: dict[str, list] = {}
    if not (identity.family_name or identity.given_name):
        faults["family_name"] = [_("Please enter a family name or a given name; one of them is enough.")]
    for row, fields in ((identity, NAME_FIELDS), (person, FACT_FIELDS)):
        try:
            row.clean_fields(exclude=[f.name for f in row._meta.fields if f.name not in fields])
        except ValidationError as fault:
            faults |= fault.error_dict
    if faults := faults | code_faults(person):
        raise ValidationError(faults)


def _keep_spellings(identity: Identity) -> None:
    wanted = {
        SpellingKind.MAIN: spoken(identity.given_name, identity.family_name),
        SpellingKind.SCRIPT: identity.original_script,
    }
    rows = {row.text: row for row in Spelling.objects.filter(person_id=identity.pk)}
    for row in rows.values():
        kind = next((kind for kind, text in wanted.items() if text == row.text), SpellingKind.OTHER)
        if row.kind != kind:
            row.kind = kind
            row.save(update_fields=["kind"])
    for kind, text in wanted.items():
        if text and text not in rows:
            new_spelling(identity.person, text, kind).save()


@transaction.atomic
def add_spelling(*, by, participation: Participation, text: str) -> Spelling:
    """Keep another spelling under which the person was met. One that is already there is returned as it is.

    Raises:
        ValidationError: nothing was typed, or too much.
    """
    return add_spellings(by=by, participation=participation, texts=[text])[0]


@transaction.atomic
def add_spellings(*, by, participation: Participation, texts: Iterable[str]) -> list[Spelling]:
    """Keep several spellings; those that are already there are returned as they are.

    Raises:
        ValidationError: one of them is empty or too long, at `text`.
    """
    return _add_spellings(by, _owned(by, participation), texts)


def _keep_further(by, participation: Participation, texts: Iterable[str]) -> None:
    try:
        _add_spellings(by, participation, [text for text in texts if tidy(text)])
    except ValidationError as fault:
        raise ValidationError({"other_spellings": fault.messages}) from fault


def _add_spellings(by, participation: Participation, texts: Iterable[str]) -> list[Spelling]:
    texts = list(dict.fromkeys(map(tidy, texts)))
    if not all(texts):
        raise ValidationError({"text": _("Please type the spelling.")})
    if not texts:
        return []
    known = {row.text: row for row in Spelling.objects.filter(person_id=participation.person_id, text__in=texts)}
    missing = [text for text in texts if text not in known]
    if missing:
        known |= {row.text: row for row in _new_spellings(participation.person, missing)}
        find_pairs(by=by, person=participation.person)
        _note(by, participation, "other_spellings")
    return [known[text] for text in texts]


def _new_spellings(person: Person, texts: list[str]) -> list[Spelling]:
    try:
        return Spelling.objects.bulk_create([new_spelling(person, text, SpellingKind.OTHER) for text in texts])
    except ValidationError as fault:
        raise ValidationError({"text": fault.messages}) from fault


@transaction.atomic
def add_contact(*, by, participation: Participation, kind: str, value: str, remark: str = "") -> Contact:
    """Keep a way to reach the person.

    Raises:
        ValidationError: wrong values, or an address although the person lives in a women's refuge.
    """
    return _add_contact(by, _owned(by, participation), kind=kind, value=value, remark=remark)


def _add_contact(by, participation: Participation, *, kind: str, value: str, remark: str = "") -> Contact:
    contact = Contact(person_id=participation.person_id, kind=kind, value=value.strip(), remark=remark.strip())
    contact.clean_fields(exclude=["person"])
    place = Residence.objects.filter(person_id=participation.person_id).valid_on(today()).first()
    if kind == ContactKind.ADDRESS and place and place.accommodation == REFUGE:
        raise ValidationError({"value": _("The address of a women’s refuge is never stored.")})
    contact.save()
    _note(by, participation, "contacts")
    return contact


@transaction.atomic
def remove_contact(*, by, participation: Participation, contact: int) -> None:
    """Remove a way to reach the person, named by its key; one that is already gone is no fault."""
    participation = _owned(by, participation)
    if Contact.objects.filter(person_id=participation.person_id, pk=contact).delete()[0]:
        _note(by, participation, "contacts")


@transaction.atomic
def add_guardian(*, by, participation: Participation, name: str, organisation: str = "", phone: str = "") -> Guardian:
    """Record who has custody of a minor. A bare note "recorded on paper" becomes this guardian.

    Raises:
        ValidationError: neither a name nor an office was given, or something is too long.
    """
    return _add_guardian(by, _owned(by, participation), name=name, organisation=organisation, phone=phone)


@transaction.atomic
def add_ways(*, by, participation: Participation, contact: dict | None = None, guardian: dict | None = None) -> None:
    """Keep a way to reach the person and who has custody, both or none.

    Args:
        by, participation: as in `add_contact`.
        contact, guardian: arguments of `add_contact` and `add_guardian`; None: nothing was said.

    Raises:
        ValidationError: of the first one with faults, by "contact-field" or "guardian-field".
    """
    participation = _owned(by, participation)
    if contact:
        with faults_of("contact"):
            _add_contact(by, participation, **contact)
    if guardian:
        with faults_of("guardian"):
            _add_guardian(by, participation, **guardian)


def _add_guardian(by, participation: Participation, *, name: str, organisation: str = "", phone: str = "") -> Guardian:
    name, organisation = name.strip(), organisation.strip()
    if not (name or organisation):
        raise ValidationError({"name": _("Please enter a name or an office.")})
    guardians = Guardian.objects.filter(person_id=participation.person_id)
    guardian = guardians.filter(on_paper=True, name="", organisation="").first()
    guardian = guardian or Guardian(person_id=participation.person_id)
    guardian.name, guardian.organisation, guardian.phone, guardian.on_paper = name, organisation, phone.strip(), False
    guardian.clean_fields(exclude=["person"])
    guardian.save()
    _note(by, participation, "guardians")
    return guardian


@transaction.atomic
def remove_guardian(*, by, participation: Participation, guardian: int) -> None:
    """Remove a guardian, named by its key; one that is already gone is no fault."""
    participation = _owned(by, participation)
    if Guardian.objects.filter(person_id=participation.person_id, pk=guardian).delete()[0]:
        _note(by, participation, "guardians")
