"""Facts and permissions of a person that the entry form asks for and that live in rows of their own.

All of them are stored by `enter` (answers.py) inside its transaction; nothing here is called alone.
"""

from datetime import date

from participants.choices import ConsentState, Purpose
from participants.models import Consent, Contact, Guardian, Participation, Residence, ResidenceStatus
from participants.models.person import ContactKind
from resque.clock import today

REFUGE = "FSH"  # code list accommodation: women's refuge, whose address is never stored
INFO, CONTACT = Purpose.INFO, Purpose.CONTACT
STATUS_KEYS = {"residence_status": "status", "residence_clause": "clause", "residence_until": "printed_until"}
STATUS_KEYS |= {"residence_seen_on": "seen_on"}
PLACE_KEYS = {"accommodation": "accommodation", "municipality": "municipality"}


def anchor(participation: Participation) -> date:
    """Return the day from which entry facts hold: the entry, before it the first contact."""
    return participation.entry_date or participation.created_on


def row_at_entry(model, participation: Participation):
    """Return the dated row that is valid at entry, or None."""
    return model.objects.filter(person_id=participation.person_id).valid_on(anchor(participation)).first()


def move_anchor(participation: Participation, *, before: date) -> list[str]:
    """Let rows that began on the old entry day begin on the new one. Return names of what moved."""
    moved = []
    for model in (ResidenceStatus, Residence):
        rows = model.objects.filter(person_id=participation.person_id, valid_from=before)
        if rows.update(valid_from=anchor(participation)):
            moved.append(model._meta.model_name)
    return moved


def set_dated(model, keys: dict[str, str], participation: Participation, answers: dict) -> list[str]:
    """Store the row that holds from the entry on: update it, begin a new one, or remove it when all is empty.

    A row that began before the entry stays as it is: it is the history of an earlier time.

    Returns:
        the keys whose value changed.
    """
    given = {keys[key]: value for key, value in answers.items() if key in keys}
    if not given:
        return []
    valid = row_at_entry(model, participation)
    before = {field: getattr(valid, field) if valid else _empty(model, field) for field in given}
    changed = [key for key, field in keys.items() if field in given and given[field] != before[field]]
    if not changed:
        return []
    here = valid if valid and valid.valid_from == anchor(participation) else None
    row = here or model(person_id=participation.person_id, valid_from=anchor(participation))
    if here is None and valid is not None:
        for field in keys.values():
            setattr(row, field, getattr(valid, field))
    for field, value in given.items():
        setattr(row, field, value)
    if getattr(row, "accommodation", "") == REFUGE:
        row.municipality = ""  # it would help to find the house
    if _says_nothing(row, keys):
        if row.pk:
            row.delete()
    else:
        row.save()
    return changed


def _empty(model, field: str):
    return None if model._meta.get_field(field).null else ""


def _says_nothing(row, keys: dict[str, str]) -> bool:
    # A residence status without its code says nothing, whatever else is printed on the document.
    fields = ["status"] if "status" in keys.values() else list(keys.values())
    return not any(getattr(row, field) for field in fields)


def latest_consent(participation: Participation, kind: str) -> Consent | None:
    """Return the newest row of a kind of consent."""
    return Consent.objects.filter(person_id=participation.person_id, type=kind).first()


def set_information(participation: Participation, day: date | None) -> list[str]:
    """Record the day on which the privacy information was handed out; None takes it back."""
    row = latest_consent(participation, INFO)
    before = row.decided_on if row and row.state == ConsentState.GIVEN else None
    if day == before:
        return []
    row = row or Consent(person_id=participation.person_id, type=INFO)
    row.state = ConsentState.GIVEN if day else ConsentState.NOT_ASKED
    row.decided_on = day or row.decided_on
    _save(row)
    return ["info_given_on"]


def set_contact_consent(participation: Participation, allowed: bool | None, *, on: date) -> list[str]:
    """Record whether the person may be contacted after the exit; an earlier answer stays in the history."""
    row = latest_consent(participation, CONTACT)
    state = {True: ConsentState.GIVEN, False: ConsentState.REFUSED, None: ConsentState.NOT_ASKED}[allowed]
    if allowed is contact_allowed(row):
        return []
    if row is None or row.decided_on < on:
        row = Consent(person_id=participation.person_id, type=CONTACT, decided_on=on)
    row.state = state
    _save(row)
    return ["contact_consent"]


def contact_allowed(row: Consent | None) -> bool | None:
    """Return what the newest consent says about contact after the exit; None: not asked, or to be asked again."""
    said = {ConsentState.GIVEN: True, ConsentState.REFUSED: False, ConsentState.WITHDRAWN: False}
    return said.get(row.state_on(today())) if row else None


def _save(row: Consent) -> None:
    row.version += 1 if row.pk else 0
    row.save()


def set_guardian_recorded(participation: Participation, recorded: bool | None) -> list[str]:
    """Note that a guardian is recorded on paper, or take that note back. Named guardians stay."""
    rows = Guardian.objects.filter(person_id=participation.person_id)
    if recorded and not rows.exists():
        Guardian.objects.create(person_id=participation.person_id, on_paper=True)
        return ["guardian_recorded"]
    if recorded is False and rows.filter(on_paper=True, name="", organisation="").delete()[0]:
        return ["guardian_recorded"]
    return []


def forget_addresses(participation: Participation) -> list[str]:
    """Remove postal addresses of somebody who moved into a women's refuge."""
    addresses = Contact.objects.filter(person_id=participation.person_id, kind=ContactKind.ADDRESS)
    return ["contacts"] if addresses.delete()[0] else []
