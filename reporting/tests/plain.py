"""The figures once more, in plain Python over loaded rows: written from the definitions, without facts.py."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from participants.completeness import completeness
from participants.models import Participation
from resque.codelists.queries import entry_of
from services.models import Attendance, Outcome


@dataclass
class World:
    """All rows, loaded once."""

    cases: list[Participation]
    services: list[Attendance]
    outcomes: list[Outcome]


def load(operation) -> World:
    """Read everything that can count."""
    cases = [
        case
        for case in Participation.objects.filter(operation=operation).select_related("person", "operation")
        if case.state != "ABGEL"
    ]
    keys = {case.pk for case in cases}
    return World(
        cases,
        [one for one in Attendance.objects.all() if one.participation_id in keys],
        [one for one in Outcome.objects.all() if one.participation_id in keys],
    )


class Human:
    """What is true of one human in a period, for the network or one partner."""

    def __init__(self, world: World, cases, partner, start: date | None, end: date):
        self.partner, self.start, self.end = partner, start, end
        keys = {case.pk for case in cases}
        self.services = [one for one in world.services if one.participation_id in keys]
        self.outcomes = [one for one in world.outcomes if one.participation_id in keys]
        self.cases = [case for case in cases if self._is_concerned(case)]
        self.kept = [case for case in self.cases if self._is_ours(case)]

    def _is_ours(self, thing) -> bool:
        return self.partner is None or thing.partner_id == self.partner.pk

    def _is_concerned(self, case) -> bool:
        return self._is_ours(case) or any(
            self._is_ours(one) and one.participation_id == case.pk
            for one in (
                *(service for service in self.services if service.day <= self.end),
                *(outcome for outcome in self.outcomes if outcome.start <= self.end),
            )
        )

    def _within(self, day: date | None) -> bool:
        return day is not None and day <= self.end and (self.start is None or day >= self.start)

    def served(self) -> list[Attendance]:
        return [
            one for one in self.services
            if one.status == "attended" and self._is_ours(one) and self._within(one.day)
        ]  # fmt: skip

    def participant(self) -> bool:
        return any(case.entry_date and case.entry_date <= self.end for case in self.cases)

    def entered(self) -> list[Participation]:
        return [case for case in self.kept if self._within(case.entry_date)]

    def left(self) -> list[Participation]:
        return [case for case in self.kept if case.entry_date and self._within(case.exit_date)]

    def present(self) -> list[Participation]:
        return [
            case for case in self.kept
            if case.entry_date and case.entry_date <= self.end and not (case.exit_date and case.exit_date <= self.end)
        ]  # fmt: skip

    def begun(self, case) -> list[Outcome]:
        return [
            one for one in self.outcomes
            if one.participation_id == case.pk and one.state == "begun" and case.entry_date
            and one.start > case.entry_date and one.start <= self.end
        ]  # fmt: skip

    def press(self, category: str = "") -> bool:
        return any(
            self._is_ours(one) and self._within(one.start) and (found := _attribute(one, "press"))
            and category in ("", found)
            for case in self.cases
            for one in self.begun(case)
        )  # fmt: skip

    def rated(self, case) -> list[Outcome]:
        return [
            one for one in self.begun(case)
            if _attribute(one, "ivaf") and (one.evidence != "stated" or one.evidence_on is not None)
        ]  # fmt: skip

    def quiet(self) -> bool:
        since = self.end - timedelta(days=60)
        return any(
            case.entry_date <= since
            and not any(
                one.participation_id == case.pk and one.status == "attended" and since < one.day <= self.end
                for one in self.services
            )
            for case in self.present()
        )


def _attribute(outcome: Outcome, name: str):
    return entry_of("outcome", outcome.kind).attributes.get(name)


def _complete(case) -> bool:
    return completeness(case).is_complete


def counted(world: World, partner, start: date | None, end: date) -> dict[str, int]:
    """Return every figure by code."""
    by_human = defaultdict(list)
    for case in world.cases:
        by_human[("c", case.person.cluster_id) if case.person.cluster_id else ("p", case.person_id)].append(case)
    people = [Human(world, cases, partner, start, end) for cases in by_human.values()]
    found: dict[str, int] = defaultdict(int)
    for one in people:
        for code in _true_of(one):
            found[code] += 1
        found["services"] += len(one.served())
    return found


def _true_of(one: Human):
    reached, participant = bool(one.served()), one.participant()
    base_a = [case for case in one.entered() if _complete(case)]
    base_b = [case for case in one.left() if _complete(case)]
    integrated_a = any(one.rated(case) for case in base_a)
    categories = {_attribute(outcome, "ivaf") for case in one.cases for outcome in one.rated(case)}
    proofs = {outcome.evidence for case in one.cases for outcome in one.rated(case)}
    strongest = next((p for p in ("lasting", "confirmed", "document") if p in proofs), "stated")
    way = next((w for w, c in (("training", "AUSBILDUNG"), ("work", "ARBEIT")) if c in categories), "school")
    truths = {
        "reached": reached,
        "short_contacts": reached and not participant,
        "reached_participants": reached and participant,
        "reached_outcomes": reached and participant and one.press(),
        "entered": bool(one.entered()),
        "entered_complete": bool(base_a),
        "incomplete": bool(one.entered()) and not base_a,
        "participants": participant,
        "exited": bool(one.left()),
        "present": bool(one.present()),
        "without_reason": any(not case.exit_reason for case in one.left()),
        "quiet": one.quiet(),
        **{code: one.press(code) for code in ("german_course", "employment", "qualification", "school")},
        "base_a": bool(base_a),
        "integrated_a": integrated_a,
        "base_b": bool(base_b),
        "integrated_b": any(one.rated(case) for case in base_b),
        f"proof_{strongest}": integrated_a,
        f"way_{way}": integrated_a,
    }
    return [code for code, holds in truths.items() if holds]
