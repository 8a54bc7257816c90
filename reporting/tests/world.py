"""A small random world, lived through the real operations; its days lie where periods begin and end."""

from datetime import date, timedelta
from random import Random

from participants.choices import ParticipationState, ShareScope
from participants.models import Participation, Person
from participants.operations.answers import enter
from participants.tests.builders import make_participant, share_case
from services.choices import AttendanceStatus, Evidence, OutcomeState
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service

EDGES = (
    date(2015, 7, 1), date(2016, 6, 30), date(2016, 7, 1), date(2016, 10, 31), date(2016, 11, 1), date(2016, 11, 30),
    date(2016, 12, 1), date(2016, 12, 31), date(2017, 1, 1), date(2017, 1, 31), date(2017, 2, 1), date(2017, 2, 6),
)  # fmt: skip
COMPLETE = {"sex": "f", "birth_date": date(1990, 5, 5), "e_status": "inactive", "e_in_edu": False, "e_isced": 3}
OUTCOMES = ("DEUTSCH", "SVB_VZ", "MJ", "AUSB_B", "AUSB_S", "QUALI", "SCHULE", "VKA")


def build(cast, seed: int, people: int = 24) -> None:
    """Make people of both partners with everything that can happen to them."""
    rng = Random(seed)
    made = [_person(rng, cast) for _ in range(people)]
    _link(rng, made)
    # Nothing can reject somebody through a page yet; figures leave them out already.
    Participation.objects.filter(pk=made[0][0].pk).update(state=ParticipationState.REJECTED)


def _person(rng: Random, cast) -> tuple[Participation, object]:
    worker, other = (cast.lehmann, cast.weber) if rng.random() < 0.6 else (cast.weber, cast.lehmann)
    answers = dict(COMPLETE)
    if rng.random() < 0.3:
        del answers[rng.choice(sorted(answers))]
    entry = rng.choice(EDGES) if rng.random() < 0.75 else None
    case = make_participant(worker, "Familie", "Name", **answers, **({"entry_date": entry} if entry else {}))
    if entry and rng.random() < 0.4:
        left = min(entry + timedelta(days=rng.choice((0, 1, 30, 92))), EDGES[-1])
        reason = {"exit_reason": "ZIEL"} if rng.random() < 0.6 else {}
        case = enter(by=worker, participation=case, answers={"exit_date": left, **reason})
    recorders = [worker]
    if rng.random() < 0.5:
        share_case(
            by=worker, participation=case, to_partner=other.partner, scope=ShareScope.SERVICES, until=date(2017, 6, 1)
        )
        recorders.append(other)
    for _ in range(rng.randint(0, 4)):
        _service(rng, rng.choice(recorders), case)
    for _ in range(rng.randint(0, 3) if entry else 0):
        _outcome(rng, rng.choice(recorders), case, entry)
    return case, worker


def _service(rng: Random, by, case: Participation) -> None:
    status = rng.choice((AttendanceStatus.ATTENDED, AttendanceStatus.ATTENDED, *AttendanceStatus))
    kind = rng.choice(("DAA-BER", "DAA-VAR") if by.partner.code == "daa" else ("CAR-SOZ", "CAR-REG"))
    record_service(by=by, kind=kind, participants=[Taking(case, status=status)], day=rng.choice(EDGES), minutes=30)


def _outcome(rng: Random, by, case: Participation, entry: date) -> None:
    start = rng.choice((entry, min(entry + timedelta(days=1), EDGES[-1]), *EDGES))
    state = rng.choice((OutcomeState.BEGUN, OutcomeState.BEGUN, OutcomeState.PLANNED))
    evidence, seen_on = rng.choice(list(Evidence)), start if rng.random() < 0.6 else None
    if evidence == Evidence.LASTING:
        seen_on = start + timedelta(days=190)  # six months are over
        if seen_on > EDGES[-1]:
            evidence, seen_on = Evidence.CONFIRMED, None
    record_outcome(
        by=by, participation=case, kind=rng.choice(OUTCOMES), start=start, state=state, evidence=evidence,
        evidence_on=seen_on,
    )  # fmt: skip


def _link(rng: Random, made) -> None:
    """Link a few records of both partners, as one human who has come to each of them."""
    ours = [case for case, worker in made[1:] if worker.partner.code == "daa"]
    theirs = [case for case, worker in made[1:] if worker.partner.code == "caritas"]
    for cluster, pair in enumerate(list(zip(ours, theirs, strict=False))[:3], start=1):
        Person.objects.filter(pk__in=[case.person_id for case in pair]).update(cluster_id=cluster)
