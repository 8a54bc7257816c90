"""Storing answers of entry, exit and follow-up. Types and codes are checked; rules never reject."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.access import KIND
from participants.choices import ParticipationState as State
from participants.models import Participation, Residence, ResidenceStatus, SpecialAnswers
from participants.operations import circumstances
from participants.proposals import municipality_choices
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.codelists.queries import require_code
from resque.locking import lock_version

ENTRY_FIELDS = (
    "entry_date", "entry_form_on", "sex", "gender", "e_status", "e_status_detail", "e_unemp_since", "e_in_edu",
    "e_edu_fulltime", "e_isced", "e_education", "e_work_access", "degurba", "hh_jobless", "hh_jobless_dep",
    "hh_single_dep", "e_homeless", "e_rural", "e_foreign_bg", "e_third_country", "art9_basis",
)  # fmt: skip
EXIT_FIELDS = (
    "exit_date", "exit_reason", "x_status", "x_in_edu", "x_job_search", "x_qualified", "x_qual_kind",
    "x_qual_evidence", "x_observed", "x_unreachable", "x_work_access",
)  # fmt: skip
FOLLOW_UP_FIELDS = ("f_status", "f_improved", "f_refers_to", "f_unreachable")
OWN_FIELDS = (*ENTRY_FIELDS, *EXIT_FIELDS, *FOLLOW_UP_FIELDS)
STATUS_FIELDS = tuple(circumstances.STATUS_KEYS)
PLACE_FIELDS = tuple(circumstances.PLACE_KEYS)
PERMISSION_FIELDS = ("guardian_recorded", "info_given_on", "contact_consent")
SPECIAL_FIELDS = ("e_migrant", "e_disab", "e_other_dis", "e_minority")
ALL_FIELDS = frozenset((*OWN_FIELDS, *STATUS_FIELDS, *PLACE_FIELDS, *PERMISSION_FIELDS))

CODE_LISTS = {
    "gender": "gender", "e_status_detail": "entry_status", "e_education": "education_isced",
    "exit_reason": "exit_reason", "residence_status": "residence_status",
    "residence_clause": "work_note_on_document", "accommodation": "accommodation",
}  # fmt: skip
RANGES = {"e_isced": (0, 8), "degurba": (1, 3)}
_ELSEWHERE = {
    "residence_status": (ResidenceStatus, "status"), "residence_clause": (ResidenceStatus, "clause"),
    "residence_until": (ResidenceStatus, "printed_until"), "residence_seen_on": (ResidenceStatus, "seen_on"),
    "accommodation": (Residence, "accommodation"), "municipality": (Residence, "municipality"),
}  # fmt: skip


@transaction.atomic
def enter(
    *,
    by,
    participation: Participation,
    answers: dict[str, object],
    special: dict | None = None,
    version: int | None = None,
) -> Participation:
    """Store any subset of the answers of entry, exit and follow-up, and of the special answers.

    An entry date makes a contact an active participant, an exit date ends the participation, removing either
    goes back. Nothing is written, and the version stays, when no answer changes.

    Args:
        by: the acting account; None inside `acting_as_system`.
        participation: whose answers they are.
        answers: values by field name (`ALL_FIELDS`); a field that is not named stays as it is. Empty text or
            None means not asked. Dates are `date` or ISO text.
        special: answers of special categories by field name: "true", "false", "refused", "" for not asked.
        version: version of the participation that the form showed; None writes without comparing.

    Returns:
        the stored participation, locked until the transaction ends.

    Raises:
        ValidationError: wrong types or codes, as messages by field name; an entry of somebody turned away.
        StaleRecord: somebody saved the participation since `version`.
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    values, special = _checked(answers), _checked_special(special)
    rows = Participation.objects.all() if by is None else Participation.objects.editable_by(by)
    row = lock_version(rows, participation.pk, version)
    if row.state == State.REJECTED and values.get("entry_date"):
        sentence = _("This person lies outside the target group. Please take the person up again first.")
        raise ValidationError({"entry_date": ValidationError(sentence, code="turned_away")})
    began = circumstances.anchor(row)
    changed = [name for name in OWN_FIELDS if name in values and getattr(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    row.state = _state_of(row)
    if circumstances.anchor(row) != began:
        changed += circumstances.move_anchor(row, before=began)
    changed += _set_circumstances(row, values)
    changed += _set_special(row, special)
    if changed:
        row.version += 1
        row.save()
        note_deed(deed=Deed.CHANGED, kind=KIND, reference=row.reference, by=by, fields=sorted(changed))
    return row


def _set_circumstances(row: Participation, values: dict) -> list[str]:
    changed = circumstances.set_dated(ResidenceStatus, circumstances.STATUS_KEYS, row, values)
    changed += circumstances.set_dated(Residence, circumstances.PLACE_KEYS, row, values)
    if values.get("accommodation") == circumstances.REFUGE:
        changed += circumstances.forget_addresses(row)
    if "guardian_recorded" in values:
        changed += circumstances.set_guardian_recorded(row, values["guardian_recorded"])
    if "info_given_on" in values:
        changed += circumstances.set_information(row, values["info_given_on"])
    if "contact_consent" in values:
        on = row.entry_form_on or row.entry_date or today()
        changed += circumstances.set_contact_consent(row, values["contact_consent"], on=on)
    return changed


def _set_special(row: Participation, special: dict[str, str] | None) -> list[str]:
    if special is None:
        return []
    stored = SpecialAnswers.objects.filter(participation=row).first() or SpecialAnswers(participation=row)
    changed = [name for name, value in special.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, special[name])
    if not changed:
        return []
    if any(getattr(stored, name) for name in SPECIAL_FIELDS):
        stored.save()
    else:
        stored.delete()
    # The log says that special answers changed, never which: that alone would tell something.
    return ["special_answers"]


def _state_of(row: Participation) -> str:
    if row.state in (State.RESTRICTED, State.REJECTED):
        return row.state
    if row.exit_date and row.state == State.AFTERCARE:
        return row.state
    if row.exit_date:
        return State.ENDED
    if row.entry_date:
        return State.DORMANT if row.state == State.DORMANT else State.ACTIVE
    return row.state if row.state in (State.CONTACT, State.INITIATED) else State.CONTACT


def _checked(answers: dict[str, object]) -> dict[str, object]:
    if unknown := set(answers) - ALL_FIELDS:
        raise ValueError(f"no such answers: {', '.join(sorted(unknown))}")
    values, faults = {}, {}
    for name, value in answers.items():
        try:
            values[name] = _checked_value(name, value)
        except ValidationError as fault:
            faults[name] = fault
    if faults:
        raise ValidationError(faults)
    return values


def _checked_value(name: str, value):
    if name in CODE_LISTS and value:
        require_code(CODE_LISTS[name], str(value))
    if name == "municipality" and value and str(value) not in dict(municipality_choices()):
        raise ValidationError(
            _("“%(code)s” is not a municipality that can be chosen. Leave it empty when it is not known."),
            params={"code": str(value)[:40]},
        )
    if name in ("guardian_recorded", "contact_consent"):
        return _checked_yes_no(value)
    if name == "info_given_on":
        return _field_of(Participation, "entry_form_on").clean(value or None, None)
    model, field = _ELSEWHERE.get(name, (Participation, name))
    value = _field_of(model, field).clean(_emptied(model, field, value), None)
    if name in RANGES and value is not None and not RANGES[name][0] <= value <= RANGES[name][1]:
        low, high = RANGES[name]
        raise ValidationError(
            _("%(value)s is out of range. Possible values: %(low)s to %(high)s."),
            params={"value": value, "low": low, "high": high},
        )
    return value


def _field_of(model, name: str):
    field = model._meta.get_field(name)
    if field.blank or field.null:
        return field
    # Required columns of a dated row may be empty in an answer: an empty one removes the row.
    field = field.clone()
    field.blank = True
    field.set_attributes_from_name(name)
    return field


def _emptied(model, name: str, value):
    if value is None or value == "":
        return None if model._meta.get_field(name).null else ""
    return value


def _checked_yes_no(value) -> bool | None:
    if value in (True, False, None):
        return value
    if value == "":
        return None
    raise ValidationError(_("“%(value)s” is neither yes nor no."), params={"value": str(value)[:40]})


def _checked_special(special: dict | None) -> dict[str, str] | None:
    if special is None:
        return None
    if unknown := set(special) - set(SPECIAL_FIELDS):
        raise ValueError(f"no such special answers: {', '.join(sorted(unknown))}")
    faults, values = {}, {}
    for name, value in special.items():
        try:
            values[name] = SpecialAnswers._meta.get_field(name).clean(value or "", None)
        except ValidationError as fault:
            faults[name] = fault
    if faults:
        raise ValidationError(faults)
    return values
