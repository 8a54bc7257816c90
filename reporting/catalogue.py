"""The figures as data: words, definition, source and condition of each stand here once.

Dashboard, lists, definitions page and tests read these rows. A new figure is one row here, and a name in
facts.py when its condition is new.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Unit(StrEnum):
    """What a figure counts."""

    PERSONS = "persons"
    SERVICES = "services"


class Why(StrEnum):
    """What the list behind a figure shows as the reason."""

    SERVICES = "services"
    ENTRY = "entry"
    EXIT = "exit"
    OUTCOMES = "outcomes"
    RATED = "rated"
    MISSING = "missing"


@dataclass(frozen=True)
class Figure:
    """One figure.

    Attributes:
        code: stable name in addresses and tests.
        label: name on the page.
        definition: who is counted, in words.
        source: where the rule comes from.
        counts: condition over the facts (reporting/facts.py); for Unit.SERVICES none, the services themselves count.
        why: what the list shows as the reason.
        denominator: code of the figure that a share is taken of.
        press: name of the predecessors' published share that stands beside it (reporting/baseline.py).
    """

    code: str
    label: str | Promise
    definition: str | Promise
    source: str | Promise
    counts: Q
    why: Why
    denominator: str = ""
    press: str = ""
    unit: Unit = Unit.PERSONS


@dataclass(frozen=True)
class Rate:
    """A share of two figures, one part of the other.

    Attributes:
        code: stable name.
        label: name on the page.
        definition: in words.
        source: where the rule comes from.
        numerator, denominator: codes of figures.
    """

    code: str
    label: str | Promise
    definition: str | Promise
    source: str | Promise
    numerator: str
    denominator: str


_GUIDE = _("Domain reference of the network, terms that decide the numbers (1.1)")
_RATE = _("Domain reference of the network, integration rate (2.2)")
_DATES = _("Domain reference of the network, reporting dates (2.5)")
_COMPLETE = _("ESF monitoring guidance: complete records only (1.1, 1.6)")
_PRESS = _("Categories of the press figures of 14.09.2015 (3.9)")
_PRACTICE = _("Working rule of this application")
# Weaker proof counts a person only where there is no stronger one: each person stands in one row.
_UNSEEN = Q(rated_lasting=False, rated_confirmed=False)

FIGURES: tuple[Figure, ...] = (
    Figure(
        "reached", _("Persons reached"),
        _("Persons who attended at least one service in the period, each once. Appointments that were cancelled or "
          "missed do not count, and talks with unknown people are no persons."),
        _GUIDE, Q(reached=True), Why.SERVICES,
    ),
    Figure(
        "short_contacts", _("Short contacts"),
        _("Persons reached in the period who had no day of entry until its end. They are counted apart from "
          "participants."),
        _GUIDE, Q(reached=True, participant=False), Why.SERVICES,
    ),
    Figure(
        "reached_participants", _("Reached, and a participant"),
        _("Persons reached in the period whose day of entry lies before its end."),
        _GUIDE, Q(reached=True, participant=True), Why.SERVICES, "reached",
    ),
    Figure(
        "reached_outcomes", _("Reached, with an outcome"),
        _("Participants reached in the period for whom an outcome of any category began in it, after the entry."),
        _PRESS, Q(reached=True, participant=True, outcome=True), Why.OUTCOMES, "reached_participants",
    ),
    Figure(
        "entered", _("Participants"),
        _("Persons whose day of entry lies in the period. Linked records of one person count once; a return to the "
          "same operation is no second entry."),
        _GUIDE, Q(entered=True), Why.ENTRY,
    ),
    Figure(
        "entered_complete", _("Participants with a complete record"),
        _("Participants for whom all answers are there that the funder asks of a complete record."),
        _COMPLETE, Q(entered=True, complete=True), Why.ENTRY, "entered",
    ),
    Figure(
        "incomplete", _("Participants with missing answers"),
        _("Participants for whom at least one answer of a complete record is missing. They stand in the grand total "
          "and in no indicator."),
        _COMPLETE, Q(entered=True, complete=False), Why.MISSING, "entered",
    ),
    Figure(
        "participants", _("Participants until the end of the period"),
        _("Persons whose day of entry lies before or on the last day of the period, whenever it was."),
        _DATES, Q(participant=True), Why.ENTRY,
    ),
    Figure(
        "exited", _("Exits"),
        _("Participants whose day of exit lies in the period."),
        _DATES, Q(exited=True), Why.EXIT,
    ),
    Figure(
        "present", _("In the project"),
        _("Participants on the last day of the period: entered, and not left. The day of exit itself no longer counts."),
        _DATES, Q(present=True), Why.ENTRY,
    ),
    Figure(
        "without_reason", _("Exits without a reason"),
        _("Participants whose day of exit lies in the period and for whom no reason is recorded."),
        _PRACTICE, Q(without_reason=True), Why.EXIT,
    ),
    Figure(
        "quiet", _("Quiet cases"),
        _("Participants in the project who attended no service in the last 60 days of the period, and who entered "
          "before these."),
        _PRACTICE, Q(quiet=True), Why.ENTRY,
    ),
    Figure(
        "german_course", _("In German courses"),
        _("Persons for whom a German course began in the period, after the entry. Planned courses do not count."),
        _PRESS, Q(german_course=True), Why.OUTCOMES, "participants", "german_course",
    ),
    Figure(
        "employment", _("In employment"),
        _("Persons for whom employment, self-employment or a company apprenticeship began in the period, after the "
          "entry. Planned jobs do not count."),
        _PRESS, Q(employment=True), Why.OUTCOMES, "participants", "employment",
    ),
    Figure(
        "qualification", _("In qualification"),
        _("Persons for whom a qualification, school-based or external training, university or an activation measure "
          "began in the period, after the entry."),
        _PRESS, Q(qualification=True), Why.OUTCOMES, "participants", "qualification",
    ),
    Figure(
        "school", _("In school"),
        _("Persons who started or restarted school in the period, after the entry, preparatory classes and catching "
          "up on a certificate included."),
        _PRESS, Q(school=True), Why.OUTCOMES, "participants",
    ),
    Figure(
        "base_a", _("Entered, complete record"),
        _("Denominator of variant A: persons entered in the period, complete records only."),
        _RATE, Q(complete=True), Why.ENTRY,
    ),
    Figure(
        "integrated_a", _("Integrated, of those entered"),
        _("Persons of the denominator A with at least one verified outcome of work, training or school that began "
          "after the entry and until the end of the period. Verified: seen, confirmed, or stated with a date."),
        _RATE, Q(integrated_a=True), Why.RATED, "base_a",
    ),
    Figure(
        "base_b", _("Left, complete record"),
        _("Denominator of variant B: persons who left in the period, complete records only."),
        _RATE, Q(base_b=True), Why.EXIT,
    ),
    Figure(
        "integrated_b", _("Integrated, of those who left"),
        _("Persons of the denominator B with at least one verified outcome of work, training or school that began "
          "after the entry and until the end of the period."),
        _RATE, Q(integrated_b=True), Why.RATED, "base_b",
    ),
    Figure(
        "proof_lasting", _("after six months"),
        _("Integrated persons of variant A whose strongest proof is: still there after six months."),
        _RATE, Q(integrated_a=True, rated_lasting=True), Why.RATED, "integrated_a",
    ),
    Figure(
        "proof_confirmed", _("confirmed"),
        _("Integrated persons of variant A whose strongest proof is: confirmed by employer or school."),
        _RATE, Q(integrated_a=True, rated_lasting=False, rated_confirmed=True), Why.RATED, "integrated_a",
    ),
    Figure(
        "proof_document", _("contract seen"),
        _("Integrated persons of variant A whose strongest proof is: contract or registration seen."),
        _RATE, Q(integrated_a=True, rated_document=True) & _UNSEEN, Why.RATED, "integrated_a",
    ),
    Figure(
        "proof_stated", _("as stated"),
        _("Integrated persons of variant A for whom there is a dated statement only."),
        _RATE, Q(integrated_a=True, rated_document=False) & _UNSEEN, Why.RATED, "integrated_a",
    ),
    Figure(
        "way_training", _("vocational training"),
        _("Integrated persons of variant A with a training. Each person stands in one way: training before work "
          "before school."),
        _RATE, Q(integrated_a=True, rated_ausbildung=True), Why.RATED, "integrated_a",
    ),
    Figure(
        "way_work", _("work"),
        _("Integrated persons of variant A with work and without a training."),
        _RATE, Q(integrated_a=True, rated_ausbildung=False, rated_arbeit=True), Why.RATED, "integrated_a",
    ),
    Figure(
        "way_school", _("school"),
        _("Integrated persons of variant A with school only."),
        _RATE, Q(integrated_a=True, rated_ausbildung=False, rated_arbeit=False), Why.RATED, "integrated_a",
    ),
    Figure(
        "services", _("Services"),
        _("Attended services of the period. A group offer counts once for every person who came."),
        _PRACTICE, Q(), Why.SERVICES, unit=Unit.SERVICES,
    ),
)  # fmt: skip

RATES: tuple[Rate, ...] = (
    Rate(
        "rate_a", _("Integration rate, variant A"),
        _("Integrated persons of those who entered in the period."), _RATE, "integrated_a", "base_a",
    ),
    Rate(
        "rate_b", _("Integration rate, variant B"),
        _("Integrated persons of those who left in the period."), _RATE, "integrated_b", "base_b",
    ),
)  # fmt: skip

BY_CODE = {figure.code: figure for figure in FIGURES}
PROOFS = ("proof_lasting", "proof_confirmed", "proof_document", "proof_stated")
WAYS = ("way_training", "way_work", "way_school")
PLACED = ("german_course", "employment", "qualification", "school")


def figure_of(code: str) -> Figure:
    """Return the figure of a code.

    Raises:
        KeyError: there is no such figure.
    """
    return BY_CODE[code]
