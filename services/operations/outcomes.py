"""Recording what came of it. Planned is not begun."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from participants.models import Participation
from participants.months import add_months
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.codelists.queries import require_code
from resque.locking import lock_version
from resque.references import free_reference
from services.choices import Evidence, OutcomeState
from services.models import Outcome

KIND = "outcome"
MOST_HOURS = 80  # a week
YEARS_AHEAD = 5
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
        start: first day, not before the operation; of a begun outcome today at the latest.
        state: planned or begun.
        end, employer, hours_per_week: further facts; hours 0 to 80 a week.
        evidence, evidence_on, evidence_note: how strong the proof is, when and what was seen; "lasting" needs six
            months since the start.

    Raises:
        ValidationError: by field, with the value and what to do.
        Participation.DoesNotExist: the case is not visible to the acting account.
    """
    participation = Participation.objects.served_by(by).select_related("operation").get(pk=participation.pk)
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
        Outcome.DoesNotExist: it belongs to another partner, or the case is not visible any more.
    """
    own = Outcome.objects.visible_to(by).editable_by(by).select_related("participation__operation")
    outcome = lock_version(own, outcome.pk, version)
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
    faults = {}
    try:
        require_code("outcome", outcome.kind)
    except ValidationError as fault:
        faults["kind"] = fault
    if outcome.state == OutcomeState.BEGUN and outcome.start > today():
        faults["start"] = _("%(day)s lies in the future: this outcome is planned, it has not begun.")
    if outcome.start < outcome.participation.operation.start:
        faults["start"] = _("%(day)s lies before the start of the project. Please check the year.")
    if outcome.start.year > today().year + YEARS_AHEAD:
        faults["start"] = _("%(day)s lies more than five years ahead. Please check the year.")
    if outcome.end and outcome.end < outcome.start:
        faults["end"] = _("%(end)s lies before the beginning on %(day)s.")
    if outcome.hours_per_week is not None and not 0 < outcome.hours_per_week <= MOST_HOURS:
        faults["hours_per_week"] = _(
            "%(hours)s hours a week are not possible. Please enter more than 0 and at most 80."
        )
    if outcome.evidence_on and outcome.evidence_on > today():
        faults["evidence_on"] = _("%(seen)s lies in the future. Please enter the day on which the evidence was seen.")
    if (
        "start" not in faults
        and outcome.evidence == Evidence.LASTING
        and add_months(outcome.start, 6) > (outcome.evidence_on or today())
    ):
        faults["evidence"] = _("Six months after %(day)s are not over on the day on which it was seen.")
    if faults:
        values = {
            "day": _written(outcome.start),
            "end": _written(outcome.end),
            "seen": _written(outcome.evidence_on),
            "hours": number_format(outcome.hours_per_week) if outcome.hours_per_week is not None else "",
        }
        raise ValidationError({name: text % values if isinstance(text, str) else text for name, text in faults.items()})
    outcome.full_clean(exclude=["reference", "participation", "partner", "recorded_by"], validate_unique=False)


def _written(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
