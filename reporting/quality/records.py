"""All records of an operation under the names of the rules, loaded in a handful of queries."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

from django.db.models import Case, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from participants.choices import ConsentState, ParticipationState
from participants.models import Consent, Guardian, Participation, Residence
from participants.operations.circumstances import CONTACT, INFO
from participants.rules import record
from participants.rules.record import SPECIAL
from reporting.indicators.facts import Basis
from resque.accounts.models import User
from services.choices import AttendanceStatus, OutcomeState
from services.models import Attendance, Outcome

AFTERCARE = "DAA-NB"  # goes on after the exit, so it moves no exit (rule X03)
AT_ONCE = 2000


def records(basis: Basis, on: date, user: User | None = None) -> Iterator[SimpleNamespace]:
    """Yield every record as it stands, with services and outcomes up to a day, in the order of its number.

    Args:
        basis: operation and rules.
        on: day of the check.
        user: the reader, who is not told what hangs on names and special answers of others; None: the system.
    """
    services = _services(basis, on)
    for participation in _participations(basis, on, user).iterator(chunk_size=AT_ONCE):
        participation.operation = basis.operation
        facts = _facts(participation, services.get(participation.pk, {}), user)
        yield record(participation, facts=facts, today=on, rules=basis.rules)


def _participations(basis: Basis, on: date, user: User | None) -> QuerySet[Participation]:
    rows = Participation.objects.filter(operation=basis.operation).exclude(state=ParticipationState.REJECTED)
    rows = rows.visible_to(user) if user else rows
    person = Q(person=OuterRef("person"))
    begin = Coalesce(OuterRef("entry_date"), OuterRef("created_on"))
    place = Residence.objects.filter(person, valid_from__lte=begin).order_by("-valid_from", "-pk")
    outcome = Outcome.objects.filter(
        participation=OuterRef("pk"), state=OutcomeState.BEGUN, start__gt=OuterRef("exit_date"), start__lte=on
    )
    return (
        rows.select_related("person", "special_answers")
        .annotate(
            accommodation=Subquery(place.values("accommodation")[:1]),
            guardian_recorded=Exists(Guardian.objects.filter(person)),
            info_given_on=Subquery(_newest(INFO).values("given_on")[:1]),
            contact_consent=Subquery(_newest(CONTACT).values("given_on")[:1]),
            outcome_start=Subquery(outcome.order_by("start").values("start")[:1]),
        )
        .order_by("reference")
    )


def _newest(kind: str) -> QuerySet[Consent]:
    """The newest word on a consent, with its day where it was given."""
    rows = Consent.objects.filter(person=OuterRef("person"), type=kind).order_by("-decided_on", "-pk")
    return rows.annotate(given_on=Case(When(state=ConsentState.GIVEN, then=F("decided_on")), default=Value(None)))


def _services(basis: Basis, on: date) -> dict[int, dict]:
    rows = Attendance.objects.filter(
        participation__operation=basis.operation, status=AttendanceStatus.ATTENDED, day__lte=on
    )
    rows = (
        rows.order_by()
        .values("participation")
        .annotate(minutes=Sum("minutes"), first_service=Min("day"), last_service=Max("day", filter=~Q(kind=AFTERCARE)))
    )
    return {row["participation"]: row for row in rows}


def _facts(participation: Participation, services: dict, user: User | None) -> dict:
    ours = user is None or participation.partner_id == user.people_partner_id
    special = getattr(participation, "special_answers", None) if ours else None
    return {
        "identity_known": ours,
        "special_known": ours,
        "accommodation": participation.accommodation,
        "guardian_recorded": participation.guardian_recorded,
        "info_given_on": participation.info_given_on,
        "contact_consent": participation.contact_consent is not None,
        "outcome_start": participation.outcome_start,
        "hours": services.get("minutes", 0) / 60,
        "first_service": services.get("first_service"),
        "last_service": services.get("last_service"),
        # The database keeps one participation per person and operation.
        "same_person_same_operation": 0,
        **{name: getattr(special, name) for name in SPECIAL if special},
    }
