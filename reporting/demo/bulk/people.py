"""The rows of a person with everything that is asked of one: what `take_in`, `enter` and `share_case` write."""

from functools import lru_cache

from participants.choices import ConsentState, ParticipationState, Purpose
from participants.models import (
    CaseShare,
    Consent,
    Contact,
    Identity,
    Participation,
    Person,
    Residence,
    ResidenceStatus,
    SpecialAnswers,
    Spelling,
)
from participants.models.person import ContactKind, SpellingKind
from participants.names import fold, skeleton, sort_key, tidy
from participants.operations.answers import OWN_FIELDS
from participants.operations.circumstances import CONTACT, INFO
from participants.operations.people import spoken
from reporting.demo.bulk.surroundings import Surroundings
from reporting.demo.story import Story

MODELS = (
    Person, Identity, Spelling, Contact, Consent, Participation, SpecialAnswers, ResidenceStatus, Residence, CaseShare,
)  # fmt: skip
NOT_ASKED = {name: Participation._meta.get_field(name).get_default() for name in OWN_FIELDS}


@lru_cache(maxsize=20_000)
def _keys(text: str) -> tuple[str, str]:
    return fold(text), skeleton(text)


@lru_cache(maxsize=20_000)
def _sort_key(family: str, given: str) -> str:
    return sort_key(family, given)


def write_person(around: Surroundings, story: Story) -> int:
    """Add the rows of a person, and return its key."""
    tables, moment, editor = around.tables, around.moment(story.first_contact), around.editor(story)
    key = tables[Person].new_key()
    tables[Person].insert(
        key,
        {
            "id": key,
            "partner_id": around.partner(story.partner).pk,
            "birth_date": story.birth_date,
            "birth_precision": story.birth_precision,
            "nationality": story.name.origin.nationality,
            "arrival_de": story.arrival,
            "cluster_id": story.double and (story.double.person or key),
        },
        moment,
        editor,
    )
    family, given, script = tidy(story.name.family), tidy(story.name.given), tidy(story.name.script)
    tables[Identity].insert(
        key,
        {
            "person_id": key,
            "family_name": family,
            "given_name": given,
            "original_script": script,
            "sort_key": _sort_key(family, given),
        },
        moment,
        editor,
    )
    wanted = {spoken(given, family): SpellingKind.MAIN}
    if script:
        wanted.setdefault(script, SpellingKind.SCRIPT)
    for other in story.name.other:
        wanted.setdefault(tidy(other), SpellingKind.OTHER)
    for text, kind in wanted.items():
        folded, bones = _keys(text)
        values = {"person_id": key, "text": text, "kind": kind, "fold": folded, "skeleton": bones}
        _insert(tables[Spelling], values, moment, editor)
    if story.phone:
        _insert(tables[Contact], {"person_id": key, "kind": ContactKind.PHONE, "value": story.phone}, moment, editor)
    values = {"person_id": key, "type": INFO, "state": ConsentState.GIVEN, "decided_on": story.first_contact}
    _insert(tables[Consent], values, moment, editor)
    return key


def write_participation(around: Surroundings, story: Story, person: int) -> int:
    """Add a participation with its answers over time, and return its key."""
    table, editor = around.tables[Participation], around.editor(story)
    key = table.new_key()
    now = {
        "id": key,
        "reference": next(around.references[Participation]),
        "person_id": person,
        "operation_id": around.operation(story.operation).pk,
        "partner_id": around.partner(story.partner).pk,
        "referent_id": around.worker(story.partner, story.colleague).pk,
        "state": ParticipationState.CONTACT,
        "created_on": story.first_contact,
        "sex": story.sex,
        "gender": story.sex,
        "version": 1,
    }
    line = table.line(now)
    table.note("insert", key, line, around.moment(story.first_contact), editor)
    for day, answers in story.steps():
        now |= {
            name: NOT_ASKED[name] if value is None else value for name, value in answers.items() if name in NOT_ASKED
        }
        now["state"] = ParticipationState.ENDED if now.get("exit_date") else ParticipationState.ACTIVE
        now["version"] += 1
        line = table.line(now)
        table.note("update", key, line, around.moment(day), editor)
    if story.moved:
        day, state = story.moved
        line = table.line(now | {"state": state, "version": now["version"] + 1})
        table.note("update", key, line, around.moment(day), editor)
    table.rows.append(line)
    if story.entry:
        _write_circumstances(around, story, person, key)
    if story.shared_with:
        _write_share(around, story, person, key)
    return key


def _write_circumstances(around: Surroundings, story: Story, person: int, participation: int) -> None:
    tables, entry = around.tables, story.entry
    entered, editor = entry["entry_date"], around.editor(story)
    moment = around.moment(entered)
    status = {"person_id": person, "status": entry["residence_status"], "valid_from": entered}
    _insert(tables[ResidenceStatus], status, moment, editor)
    place = {"accommodation": entry["accommodation"], "municipality": entry["municipality"]}
    _insert(tables[Residence], {"person_id": person, "valid_from": entered} | place, moment, editor)
    state = ConsentState.GIVEN if entry["contact_consent"] else ConsentState.REFUSED
    consent = {"person_id": person, "type": CONTACT, "state": state, "decided_on": entry["entry_form_on"]}
    _insert(tables[Consent], consent, moment, editor)
    if story.special:
        values = {"participation_id": participation} | story.special
        tables[SpecialAnswers].insert(participation, values, moment, editor)


def _write_sharing_consent(around: Surroundings, story: Story, person: int) -> int:
    table, paper = around.tables[Consent], story.paper()
    key = table.new_key()
    values = {
        "id": key,
        "person_id": person,
        "type": Purpose.SHARING,
        "partner_id": around.partner(story.shared_with).pk,
        "state": ConsentState.GIVEN,
        "decided_on": paper.day,
        "given_by_kind": paper.given_by_kind,
        "given_by": paper.given_by,
        "paper_location": paper.location,
    }
    table.insert(key, values, around.moment(story.first_contact), around.editor(story))
    return key


def _write_share(around: Surroundings, story: Story, person: int, participation: int) -> None:
    table, editor = around.tables[CaseShare], around.editor(story)
    key = table.new_key()
    values = {
        "id": key,
        "participation_id": participation,
        "from_partner_id": around.partner(story.partner).pk,
        "to_partner_id": around.partner(story.shared_with).pk,
        "consent_id": _write_sharing_consent(around, story, person),
        "scope": story.share_scope,
        "expires_at": around.shares_end,
    }
    line = table.line(values)
    table.note("insert", key, line, around.moment(story.first_contact), editor)
    if story.share_ended:
        moment = around.moment(story.share_ended)
        line = table.line(values | {"revoked_at": moment})
        table.note("update", key, line, moment, editor)
    table.rows.append(line)


def _insert(table, values: dict, moment: str, editor: str) -> None:
    key = table.new_key()
    table.insert(key, {"id": key} | values, moment, editor)
