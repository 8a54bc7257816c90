"""What services and outcomes say to the questionnaires: facts for the rules, and proposals for the exit."""

from django.db.models import Max, Min, Q, Sum
from django.utils.translation import gettext as _

from participants.models import Participation
from participants.months import end_of_window
from participants.queries.leaving import Proposal
from resque.clock import today
from resque.codelists.queries import entry_of
from resque.ui.tags.numbers import day as written
from services.choices import AttendanceStatus, OutcomeState
from services.models import Attendance, Outcome

AFTERCARE = "DAA-NB"  # goes on after the exit
REGISTERED = "ALO"  # code list outcome: registered as looking for work
# Reasons of exit by category of the outcome (attributes of the code list outcome).
BY_RATE = {"ARBEIT": "ARB", "AUSBILDUNG": "AUSB", "SCHULE": "SCHU"}
BY_PRESS = {"german_course": "KURS", "qualification": "KURS", "employment": "ARB"}


def rule_facts(participation: Participation, user) -> dict:
    """Return what the rules ask of services and outcomes; the same as the quality check reads for all records.

    Args:
        participation: the record.
        user: the reader; only what `user` may see is known.

    Returns:
        hours, first_service and last_service up to today, outcome_start of the first outcome after the exit.
    """
    attended = Attendance.objects.visible_to(user).filter(
        participation=participation, status=AttendanceStatus.ATTENDED, day__lte=today()
    )
    sums = attended.aggregate(Sum("minutes"), Min("day"), last=Max("day", filter=~Q(kind=AFTERCARE)))
    facts = {"hours": (sums["minutes__sum"] or 0) / 60, "first_service": sums["day__min"], "last_service": sums["last"]}
    if participation.exit_date:
        begun = Outcome.objects.visible_to(user).filter(participation=participation, state=OutcomeState.BEGUN)
        later = begun.filter(start__gt=participation.exit_date, start__lte=today())
        facts["outcome_start"] = later.aggregate(Min("start"))["start__min"]
    return facts


def exit_proposals(participation: Participation, user) -> list[Proposal]:
    """Return proposals from the newest outcome that had begun by the end of the window, and from the last service.

    Args:
        participation: loaded through the door.
        user: the reader; only what `user` may see proposes something.
    """
    return [*_from_outcome(participation, user), *_from_service(participation, user)]


def _from_outcome(p: Participation, user) -> list[Proposal]:
    last = min(end_of_window(p.exit_date), today()) if p.exit_date else today()
    lasting = Q(end=None) | Q(end__gte=p.exit_date or today())
    rows = Outcome.objects.visible_to(user).filter(lasting, participation=p, state=OutcomeState.BEGUN)
    outcome = rows.filter(start__lte=last).order_by("-start", "-pk").first()
    kind = entry_of("outcome", outcome.kind) if outcome else None
    answers = _answers_from(kind) if kind else {}
    if not answers:
        return []
    words = {"outcome": kind.label, "day": written(outcome.start), "evidence": outcome.get_evidence_display()}
    return [Proposal(answers, _("Outcome since %(day)s: %(outcome)s, %(evidence)s") % words)]


def _answers_from(kind) -> dict:
    known = kind.attributes
    reason = BY_RATE.get(known.get("ivaf")) or BY_PRESS.get(known.get("press"))
    answers = {"exit_reason": reason} if reason else {}
    if known.get("esf_employment"):
        answers["x_status"] = "employed"
    if known.get("esf_education"):
        answers["x_in_edu"] = True
    if kind.code == REGISTERED:
        answers |= {"x_status": "unemployed", "x_job_search": True}
    return answers


def _from_service(p: Participation, user) -> list[Proposal]:
    rows = Attendance.objects.visible_to(user).filter(participation=p, status=AttendanceStatus.ATTENDED)
    day = rows.exclude(kind=AFTERCARE).aggregate(last=Max("day"))["last"]
    if day is None:
        return []
    return [Proposal({"exit_date": day}, _("Last service on %(day)s, aftercare not counted") % {"day": written(day)})]
