"""What can be counted: one name-free row a human being and operation, made of participations, services, outcomes.

Records of one human that partners have linked share a cluster and make one row. Every figure is a condition over
these rows, and the list behind it is the same rows under the same condition.

Whose figure is it? A service belongs to the partner who held it, an outcome to the partner who recorded it, an
entry, an exit and a rate to the partner who keeps the case. So a person may stand with two partners: their sum
can exceed the network.

Build conditions outside of `figures_role()`: they read code lists, which that role cannot.
"""

from datetime import timedelta

from django.contrib.postgres.aggregates import ArrayAgg, BoolOr
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    Min,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from participants.choices import ParticipationState
from participants.models import Participation
from participants.querysets import answers_missing
from reporting.groups import AGE_OF_HUMAN, SEX_OF_HUMAN, in_groups
from reporting.models import ServiceYear
from reporting.outcome_kinds import IVAF, PRESS, kinds_that_count
from reporting.scopes import Scope
from resque.accounts.roles import Permission
from services.choices import AttendanceStatus, Evidence, OutcomeState
from services.models import Attendance, Outcome

QUIET_DAYS = 60
SEEN = (Evidence.DOCUMENT, Evidence.CONFIRMED, Evidence.LASTING)


def verified(outcome: str = "") -> Q:
    """Describe proved outcomes: somebody saw it, or said so on a day that is recorded (domain reference 2.2).

    Args:
        outcome: the path that leads to the outcome, with its underscores.
    """
    stated = {f"{outcome}evidence": Evidence.STATED, f"{outcome}evidence_on__isnull": False}
    return Q(**{f"{outcome}evidence__in": SEEN}) | Q(**stated)


def human(path: str = ""):
    """Return the key of the human behind a row; `path` leads to its participation.

    Linked records share a cluster. The sign keeps clusters and single persons apart, whatever their numbers.
    """
    return Coalesce(-F(f"{path}person__cluster_id"), F(f"{path}person_id"), output_field=BigIntegerField())


def may_count(scope: Scope) -> bool:
    """Return whether the reader may count this scope: the network, or the own partner's."""
    if scope.user.can(Permission.VIEW_FIGURES) or scope.user.can(Permission.VIEW_AGGREGATES):
        return True
    own = scope.user.people_partner_id
    return scope.user.can(Permission.VIEW_OWN_FIGURES) and scope.partner is not None and scope.partner.pk == own


def services_in(scope: Scope) -> QuerySet[Attendance]:
    """Return the services that people of the operation attended in the period; a group counts once a person."""
    return _of_partner(
        Attendance.objects.filter(
            scope.period.holds("day"), status=AttendanceStatus.ATTENDED, participation__in=countable(scope)
        ),
        scope,
    )


def served_years(scope: Scope) -> QuerySet[ServiceYear]:
    """Return the kept sums that hold at least one of `services_in`: exact for any period, and twenty times faster."""
    return held_years(scope).filter(participation__in=countable(scope))


def held_years(scope: Scope) -> QuerySet[ServiceYear]:
    """Return the same of all operations, to be joined with cases that are countable."""
    return _of_partner(ServiceYear.objects.attended_within(scope.period.start, scope.period.end), scope)


def outcomes_in(scope: Scope, press: str = "") -> QuerySet[Outcome]:
    """Return outcomes that began in the period and after the entry; planned ones never count.

    Args:
        press: one category of the press figures (outcome_kinds.PRESS); empty: any of them.
    """
    return placed_ever(scope, press).filter(_after_entry(OF_OUTCOME), participation__in=countable(scope))


def placed_ever(scope: Scope, press: str = "") -> QuerySet[Outcome]:
    """Return the same of all operations and from before the entry, to be joined with cases that are countable."""
    return Outcome.objects.filter(_placed_ever(scope, press, OF_OUTCOME))


def rated_outcomes(scope: Scope) -> QuerySet[Outcome]:
    """Return outcomes of the integration rate up to the end of the period, whoever recorded them."""
    return Outcome.objects.filter(_rated(scope), participation__in=countable(scope))


# The two ends of a condition on outcomes: the path to the outcome and the path to its case. Seen from the case, all
# conditions share one join, twenty times cheaper than a list of keys for each.
OF_OUTCOME, OF_CASE = ("", "participation__"), ("outcomes__", "")


def _placed(scope: Scope, press: str, ends: tuple[str, str]) -> Q:
    return _after_entry(ends) & _placed_ever(scope, press, ends)


def _placed_ever(scope: Scope, press: str, ends: tuple[str, str]) -> Q:
    outcome, _case = ends
    kinds = Q(**{f"{outcome}kind__in": kinds_that_count(PRESS, press)})
    own = Q(**{f"{outcome}partner": scope.partner}) if scope.partner else Q()
    return Q(**{f"{outcome}state": OutcomeState.BEGUN}) & scope.period.holds(f"{outcome}start") & kinds & own


def _rated(scope: Scope, category: str = "", ends: tuple[str, str] = OF_OUTCOME) -> Q:
    outcome, _case = ends
    kinds = Q(**{f"{outcome}kind__in": kinds_that_count(IVAF, category)})
    begun = Q(**{f"{outcome}state": OutcomeState.BEGUN, f"{outcome}start__lte": scope.period.end})
    return _after_entry(ends) & begun & verified(outcome) & kinds


def _after_entry(ends: tuple[str, str]) -> Q:
    outcome, case = ends
    return Q(**{f"{outcome}start__gt": F(f"{case}entry_date")})


def _of_partner(rows: QuerySet, scope: Scope) -> QuerySet:
    return rows.filter(partner=scope.partner) if scope.partner else rows


def countable(scope: Scope) -> QuerySet[Participation]:
    """Return the participations of the operation that can stand in a figure: all but those outside the target group."""
    rows = Participation.objects.exclude(state=ParticipationState.REJECTED)
    if scope.operation:
        rows = rows.filter(operation=scope.operation)
    return rows if may_count(scope) else rows.none()


def cases(scope: Scope) -> QuerySet[Participation]:
    """Return the participations that the partner of the scope keeps; without partner all."""
    return _of_partner(countable(scope), scope)


def _worked_on(scope: Scope) -> Q:
    """Describe cases that a partner keeps or ever worked on until the end of the period."""
    if scope.partner is None:
        return Q()
    held = ServiceYear.objects.recorded_until(scope.period.end).filter(partner=scope.partner)
    recorded = Outcome.objects.filter(partner=scope.partner, start__lte=scope.period.end)
    return (
        Q(partner=scope.partner) | Q(pk__in=held.values("participation")) | Q(pk__in=recorded.values("participation"))
    )


def case_conditions(scope: Scope) -> dict[str, Q]:
    """Return, by name, what can be true of one participation in this scope. Figures are made of these names."""
    kept = Q(partner=scope.partner) if scope.partner else Q()
    entered = kept & scope.period.holds("entry_date")
    exited = kept & scope.period.holds("exit_date") & Q(entry_date__isnull=False)
    complete = ~answers_missing()
    rated = _rated(scope, ends=OF_CASE)
    present = kept & Q(entry_date__lte=scope.period.end) & (Q(exit_date=None) | Q(exit_date__gt=scope.period.end))
    return {
        "reached": _among(held_years(scope)),  # of cases that are countable already
        "participant": Q(entry_date__lte=scope.period.end),
        "entered": entered,
        "complete": entered & complete,
        "incomplete": entered & answers_missing(),
        "exited": exited,
        "present": present,
        "without_reason": exited & Q(exit_reason=""),
        "quiet": present & _quiet(scope),
        **{name: _placed(scope, name, OF_CASE) for name in PRESS_NAMES},
        "outcome": _placed(scope, "", OF_CASE),
        # The rarest part first: the database stops at the first that is not true.
        "integrated_a": rated & entered & complete,
        "base_b": exited & complete,
        "integrated_b": rated & exited & complete,
        **{f"rated_{category.lower()}": _rated(scope, category, OF_CASE) for category in IVAF_NAMES},
        **{f"rated_{strength}": rated & Q(outcomes__evidence=strength) for strength in SEEN},
    }  # fmt: skip


PRESS_NAMES = ("german_course", "employment", "qualification", "school")
IVAF_NAMES = ("AUSBILDUNG", "ARBEIT", "SCHULE")


def _among(rows: QuerySet) -> Q:
    return Q(pk__in=rows.values("participation"))


def _quiet(scope: Scope) -> Q:
    """Describe cases with no attended service in the last QUIET_DAYS days of the period, entry before them."""
    since = scope.period.end - timedelta(days=QUIET_DAYS)
    recent = ServiceYear.objects.attended_within(since + timedelta(days=1), scope.period.end)
    return Q(entry_date__lte=since) & ~Q(pk__in=recent.values("participation"))


def facts(scope: Scope, conditions: dict[str, Q]) -> QuerySet:
    """Return one row a human: `human` and a boolean for every name of `conditions`, a part of `case_conditions`.

    A name is true when it is true of one of the linked participations. Each one costs time: name what is asked.
    """
    rows = countable(scope).filter(_worked_on(scope)).annotate(human=human())
    if scope.sex or scope.age:
        rows = rows.filter(human__in=_humans_in_groups(scope))
    rows = rows.annotate(**{f"case_{name}": true_or_false(condition) for name, condition in conditions.items()})
    return rows.values("human").annotate(**{name: BoolOr(f"case_{name}") for name in conditions})


def _humans_in_groups(scope: Scope) -> QuerySet:
    """The humans of the sex and the age group, by all their records that can be counted."""
    rows = countable(scope).annotate(human=human()).values("human").annotate(sex_of=SEX_OF_HUMAN, age_of=AGE_OF_HUMAN)
    return rows.filter(in_groups(scope.sex, scope.age)).values("human")


def facts_with_cases(scope: Scope, conditions: dict[str, Q]) -> QuerySet:
    """Return the facts with the keys of the participations behind each row, for lists.

    `kept_entry` is the first entry of those that the partner of the scope keeps: the place of a row in the list must
    not tell when a case of somebody else began.
    """
    kept = Q(partner=scope.partner) if scope.partner else None
    return facts(scope, conditions).annotate(
        cases=ArrayAgg("pk", distinct=True, order_by="pk"), kept_entry=Min("entry_date", filter=kept)
    )


def true_or_false(condition: Q):
    """Return the condition as a value: a comparison with NULL is unknown, but a fact is true or it is not."""
    return ExpressionWrapper(Case(When(condition, then=Value(True)), default=Value(False)), output_field=BooleanField())
