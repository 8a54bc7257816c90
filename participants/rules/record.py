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
PERSON = ("birth_date", "birth_precision", "nationality", "arrival_de")
# Stored as an empty text when nobody said it.
TEXTS = (
    "sex", "e_status", "e_work_access", "art9_basis", "exit_reason", "x_status", "x_qual_kind", "x_qual_evidence",
    "x_work_access", "f_status", "nationality", "birth_precision",
)  # fmt: skip
# The columns that rules read.
COLUMNS = (
    "state", "entry_date", "entry_form_on", "sex", "e_status", "e_unemp_since", "e_in_edu", "e_edu_fulltime", "e_isced",
    "e_work_access", "degurba", "e_homeless", "e_rural", "e_third_country", "art9_basis", "exit_date", "exit_reason",
    "x_status", "x_in_edu", "x_job_search", "x_qualified", "x_qual_kind", "x_qual_evidence", "x_observed",
    "x_unreachable", "x_work_access", "f_status", "f_refers_to", "f_unreachable",
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
    person, operation = participation.person, participation.operation
    values = {f.attname: getattr(participation, f.attname) for f in participation._meta.concrete_fields}
    values |= {name: getattr(person, name) for name in PERSON}
    around = Around(operation, today, rules or operation.rules)
    return assembled(values, facts=facts, around=around)


class Around:
    """What is the same for all records of a check: the operation as it stands on a day, and whose rules hold."""

    def __init__(self, operation, today: date, rules: str):
        self.shared = {
            "today": today, "rules": rules, "op_start": operation.start, "op_end": operation.end_on(today),
            "small_contact_hours": operation.small_contact_hours, **dict.fromkeys(ELSEWHERE),
        }  # fmt: skip


def assembled(values: dict, *, facts: dict, around: Around) -> SimpleNamespace:
    """Return one record from bare values: columns of participation and person as they are stored.

    Args:
        values: by name of the column; of the person those of PERSON.
        facts: as in `record`.
        around: made once for all records of a check.
    """
    special = {name: _ANSWERS.get(facts.get(name)) for name in SPECIAL}
    born, entered = values["birth_date"], values["entry_date"]
    made = {**around.shared, **values, **facts, **special}
    for name in TEXTS:
        if not made[name]:
            made[name] = None
    made["sensitive_answered"] = any(value in (True, False) for value in special.values())
    made["age"] = age_on(born, entered) if born and entered else None
    return SimpleNamespace(**made)
