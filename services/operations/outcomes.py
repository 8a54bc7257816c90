"""Recording what came of it. Planned is not begun; an outcome is recorded once, even if two partners helped."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.models import Participation
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.codelists.queries import require_code
from resque.locking import lock_version
from resque.references import free_reference
from services.choices import Evidence, OutcomeState
from services.models import Outcome

KIND = "outcome"
CHANGEABLE = (
    "kind", "state", "start", "end", "employer", "hours_per_week", "evidence", "evidence_on", "evidence_note",
)  # fmt: skip


@transaction.atomic
def record_outcome(
    *,
    by,
    participation: Participation,
    kind: str,
    start: date,
    state: str = OutcomeState.BEGUN,
    end: date | None = None,
    employer: str = "",
    hours_per_week: Decimal | None = None,
    evidence: str = Evidence.STATED,
    evidence_on: date | None = None,
    evidence_note: str = "",
) -> Outcome:
    """Record an outcome of a participation.

    Args:
        by: the acting account.
        participation: a case that the account sees.
        kind: code of the list `outcome`.
        start: first day; of a begun outcome today at the latest.
        state: planned or begun.
        end, employer, hours_per_week: further facts; hours 0 to 80 a week.
        evidence, evidence_on, evidence_note: how strong the proof is, when and what was seen.

    Raises:
        ValidationError: by field, with the value and what to do.
        Participation.DoesNotExist: the case is not visible to the acting account.
    """
    participation = Participation.objects.served_by(by).get(pk=participation.pk)
    outcome = Outcome(
        reference=free_reference(Outcome, "E"),
        participation=participation,
        partner=by.partner,
        recorded_by=by,
        kind=kind,
        state=state,
        start=start,
        end=end,
        employer=employer,
        hours_per_week=hours_per_week,
        evidence=evidence,
        evidence_on=evidence_on,
        evidence_note=evidence_note,
    )
    _check(outcome)
    Outcome.objects.bulk_create([outcome])
    note_deed(deed=Deed.CREATED, by=by, kind=KIND, reference=outcome.reference, outcome=kind)
    return outcome


@transaction.atomic
def change_outcome(*, by, outcome: Outcome, version: int, **changes) -> Outcome:
    """Change an outcome of the own partner, for example from planned to begun.

    Args:
        by: the acting account.
        outcome: the outcome.
        version: version that the form showed.
        changes: new values by field name (`CHANGEABLE`).

    Raises:
        StaleRecord: somebody saved it since `version`.
        ValidationError: by field.
        Outcome.DoesNotExist: it belongs to another partner.
    """
    outcome = lock_version(Outcome.objects.editable_by(by), outcome.pk, version)
    changed = [name for name in CHANGEABLE if name in changes and changes[name] != getattr(outcome, name)]
    if not changed:
        return outcome
    for name in changed:
        setattr(outcome, name, changes[name])
    _check(outcome)
    outcome.version += 1
    outcome.save(update_fields=[*changed, "version"])
    note_deed(deed=Deed.CHANGED, by=by, kind=KIND, reference=outcome.reference, fields=changed)
    return outcome


def _check(outcome: Outcome) -> None:
    try:
        require_code("outcome", outcome.kind)
    except ValidationError as error:
        raise ValidationError({"kind": error}) from error
    if outcome.state == OutcomeState.BEGUN and outcome.start > today():
        raise ValidationError(
            {
                "start": _("%(day)s lies in the future: this outcome is planned, it has not begun.")
                % {"day": date_format(outcome.start, "SHORT_DATE_FORMAT")}
            }
        )
    if outcome.hours_per_week is not None and not 0 < outcome.hours_per_week <= 80:
        raise ValidationError({"hours_per_week": _("Please enter more than 0 and at most 80 hours a week.")})
    outcome.full_clean(exclude=["reference", "participation", "partner", "recorded_by"], validate_unique=False)
