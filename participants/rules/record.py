"""One participation under the names of the data quality rules."""

from datetime import date
from types import SimpleNamespace

from participants.choices import Answer
from participants.models import Participation
from participants.months import age_on

# What stands in other rows, and what floors above know; None where nobody said it or the reader may not see it.
ELSEWHERE = (
    "identity_known", "accommodation", "guardian_recorded", "info_given_on", "contact_consent", "special_known",
    "hours", "first_service", "last_service", "outcome_start", "same_person_same_operation", "dup_score",
    "dup_reviewed", "claimed",
)  # fmt: skip
SPECIAL = ("e_migrant", "e_disab", "e_other_dis", "e_minority")
_ANSWERS = {Answer.TRUE: True, Answer.FALSE: False, Answer.REFUSED: "refused"}


def record(participation: Participation, *, facts: dict, today: date, rules: str = "") -> SimpleNamespace:
    """Return one record under the names of the data quality rules; None is what nobody asked.

    Args:
        participation: with person and operation (extensions prefetched) loaded.
        facts: some of ELSEWHERE, and the special answers by name as they are stored. `identity_known` and
            `special_known` say whether the reader may know what hangs on them; without, those rules are silent.
        today: day of the check.
        rules: funding period; empty: that of the operation.
    """
    p, person, operation = participation, participation.person, participation.operation
    special = {name: _ANSWERS.get(facts.get(name)) for name in SPECIAL}
    return SimpleNamespace(
        **{f.attname: _asked(getattr(p, f.attname)) for f in p._meta.concrete_fields},
        **{name: facts.get(name) for name in ELSEWHERE},
        **special,
        sensitive_answered=any(value in (True, False) for value in special.values()),
        birth_date=person.birth_date, birth_precision=person.birth_precision, nationality=_asked(person.nationality),
        arrival_de=person.arrival_de, today=today, rules=rules or operation.rules,
        age=age_on(person.birth_date, p.entry_date) if person.birth_date and p.entry_date else None,
        op_start=operation.start, op_end=operation.end_on(today), small_contact_hours=operation.small_contact_hours,
    )  # fmt: skip


def _asked(value):
    return None if value == "" else value
