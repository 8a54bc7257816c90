"""All records of an operation under the names of the rules, loaded in a handful of queries.

Bare values, no models: a check reads every record of an operation, and making models is dearer than judging them.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from participants.choices import ConsentState, ParticipationState
from participants.linking.sql import match_scores
from participants.models import Consent, Guardian, Participation, Residence
from participants.operations.circumstances import CONTACT, INFO
from participants.rules.record import COLUMNS, PERSON, SPECIAL, Around, assembled
from reporting.indicators.facts import Basis
from reporting.submissions.reported import claims
from resque.accounts.models import User
from services.choices import AttendanceStatus, OutcomeState
from services.models import Attendance, Outcome

AFTERCARE = "DAA-NB"  # goes on after the exit, so it moves no exit (rule X03)
AT_ONCE = 2000
EVERYBODY = Q()


def judged(basis: Basis, user: User | None = None, within: Q = EVERYBODY) -> QuerySet[Participation]:
    """Return the records that are checked: who does not belong to the target group is not judged.

    Args:
        basis: operation and rules.
        user: the reader; None: the system.
        within: narrows them.
    """
    rows = Participation.objects.filter(within, operation=basis.operation).exclude(state=ParticipationState.REJECTED)
    return rows.visible_to(user) if user else rows


def records(basis: Basis, on: date, user: User | None = None, within: Q = EVERYBODY) -> Iterator[SimpleNamespace]:
    """Yield every record as it stands, with services and outcomes up to a day, in the order of its number.

    Args:
        basis: operation and rules.
        on: day of the check.
        user: the reader, who is not told what hangs on names and special answers of others; None: the system.
        within: narrows the records.
    """
    chosen = judged(basis, user, within)
    services, words, around = _services(chosen, on), _words(chosen, on), Around(basis.operation, on, basis.rules)
    claimed, alike = claims(basis.operation, on), match_scores()
    own = user.people_partner_id if user else None
    for values in _values(chosen, on).iterator(chunk_size=AT_ONCE):
        known = user is None or values["partner_id"] == own
        minutes, first, last = services.get(values["pk"], (0, None, None))
        score, reviewed = alike.get(values["person_id"], (None, None))
        values |= {
            "identity_known": known,
            "special_known": known,
            "hours": (minutes or 0) / 60,
            "first_service": first,
            "last_service": last,
            "same_person_same_operation": 0,  # the database keeps one participation per person and operation
            "info_given_on": words[INFO].get(values["person_id"]),
            "contact_consent": values["person_id"] in words[CONTACT],
            "claimed": claimed.get(values["reference"]),
            "dup_score": score,
            "dup_reviewed": reviewed,
        }
        special = {name: values.pop(name) for name in SPECIAL}
        yield assembled(values, facts=special if known else {}, around=around)


def _values(chosen: QuerySet[Participation], on: date) -> QuerySet:
    person = Q(person=OuterRef("person"))
    begin = Coalesce(OuterRef("entry_date"), OuterRef("created_on"))
    place = Residence.objects.filter(person, valid_from__lte=begin).order_by("-valid_from", "-pk")
    outcome = Outcome.objects.filter(
        participation=OuterRef("pk"), state=OutcomeState.BEGUN, start__gt=OuterRef("exit_date"), start__lte=on
    )
    return chosen.order_by("reference").values(
        "pk", "reference", "person_id", "partner_id", "referent_id", *COLUMNS,
        **{name: F(f"person__{name}") for name in PERSON},
        **{name: F(f"special_answers__{name}") for name in SPECIAL},
        accommodation=Subquery(place.values("accommodation")[:1]),
        guardian_recorded=Exists(Guardian.objects.filter(person)),
        outcome_start=Subquery(outcome.order_by("start").values("start")[:1]),
    )  # fmt: skip


def _words(chosen: QuerySet[Participation], on: date) -> dict[str, dict[int, date]]:
    """The newest word on each consent where it was given: kind -> person -> day."""
    rows = Consent.objects.filter(person__in=chosen.order_by().values("person"), type__in=(INFO, CONTACT))
    newest = rows.order_by("person", "type", "-decided_on", "-pk").distinct("person", "type")
    given: dict[str, dict[int, date]] = defaultdict(dict)
    for person, kind, state, day, last in newest.values_list("person", "type", "state", "decided_on", "expires_on"):
        if state == ConsentState.GIVEN and (last is None or last >= on):
            given[kind][person] = day
    return given


def _services(chosen: QuerySet[Participation], on: date) -> dict[int, tuple]:
    """Minutes, first and last day of attended services up to a day, by participation."""
    rows = Attendance.objects.filter(participation__in=chosen, status=AttendanceStatus.ATTENDED, day__lte=on)
    sums = (
        rows.order_by()
        .values("participation")
        .annotate(Sum("minutes"), Min("day"), last=Max("day", filter=~Q(kind=AFTERCARE)))
    )
    return {key: sums for key, *sums in sums.values_list("participation", "minutes__sum", "day__min", "last")}
