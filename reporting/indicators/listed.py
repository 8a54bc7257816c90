"""Everything of the indicators that a number can stand for, with the records behind it under the same condition."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participants.choices import Answer
from participants.models import AnonymousRefusal, Participation
from participants.querysets import answers_missing
from reporting.facts import human
from reporting.indicators.asked import Asked
from reporting.indicators.catalogue import INDICATORS, SPECIAL, Event, Indicator
from reporting.indicators.facts import (
    Basis,
    complete_records,
    counted_records,
    entered_records,
    happened,
    in_stock,
    refusals,
    with_first_rated_outcome,
)

Records = Callable[[Basis, date, date | None], QuerySet[Participation]]
ENTRY, EXIT = Event.ENTRY, Event.EXIT
_TERMS = _("Domain reference of the network, terms that decide the numbers (1.1)")
_DATES = _("Domain reference of the network, reporting dates (2.5)")
_RATE = _("Domain reference of the network, integration rate (2.2)")
_ASKING = _("Domain reference of the network, answers that may be refused (1.5)")


@dataclass(frozen=True)
class Listed:
    """One number and its list.

    Attributes:
        code: name in the address.
        label: name on the page.
        definition: who is counted, in words.
        source: where the rule comes from.
        records: the records counted, by basis, reference date and day before the period.
        facts: what the list tells of each record as the reason (reporting/queries/indicator_reasons.py).
        by_sex: the number is also counted by sex, and in a period.
        with_refusals: anonymous refusals count too and stand behind the records.
        beside: code of the indicator beside which it stands on the page.
    """

    code: str
    label: str | Promise
    definition: str | Promise
    source: str | Promise
    records: Records
    facts: tuple[str, ...] = ()
    by_sex: bool = False
    beside: str = ""
    with_refusals: bool = False

    @property
    def anchor(self) -> str:
        """Its place among the definitions."""
        return self.beside or self.code

    @property
    def title(self) -> str:
        """Its label, after the code of the indicator that it is or stands beside."""
        code = self.beside or (self.code if self.code in _INDICATORS else "")
        return f"{code}: {self.label}" if code else str(self.label)

    @property
    def rules(self) -> str:
        """The funding period under whose rules it is counted; "" for any."""
        one = _INDICATORS.get(self.anchor)
        return one.period if one else ""

    @property
    def is_special(self) -> bool:
        """Whether the list tells who gave an answer of special categories."""
        return SPECIAL in self.facts


@dataclass(frozen=True)
class Listing:
    """The list behind one number.

    Attributes:
        what: the number.
        asked: the question it answers.
        sex: only persons of this sex; empty: all.
        in_period: only what came after the day `since` of the question.
    """

    what: Listed
    asked: Asked
    sex: str = ""
    in_period: bool = False

    def people(self) -> QuerySet:
        """Return one row a human, newest entry first: `human` and `cases`, the keys of the records counted.

        Build it outside of figures_role(), evaluate it inside.
        """
        asked = self.asked
        records = self.what.records(asked.basis, asked.until, asked.since if self.in_period else None)
        if self.sex:
            records = records.filter(sex=self.sex)
        rows = records.order_by().annotate(human=human()).values("human")
        return rows.annotate(cases=ArrayAgg("pk", order_by="pk"), first=Min("entry_date")).order_by("-first", "human")

    def refusals(self) -> QuerySet[AnonymousRefusal]:
        """Return the refusals that count beside the people, newest first."""
        rows = refusals(self.asked.basis).filter(day__lte=self.asked.until).order_by("-day", "pk")
        return rows if self.what.with_refusals else rows.none()


def _of_indicator(indicator: Indicator) -> Listed:
    def records(basis: Basis, until: date, since: date | None) -> QuerySet[Participation]:
        return counted_records(basis).filter(indicator.counts, happened(indicator.event, until, since))

    return Listed(
        indicator.code, indicator.title, indicator.words, indicator.source, records, indicator.facts, by_sex=True
    )


def _complete(basis: Basis, until: date, since: date | None) -> QuerySet[Participation]:
    return counted_records(basis).filter(happened(ENTRY, until, since))


def _incomplete(basis: Basis, until: date, since: date | None) -> QuerySet[Participation]:
    counts = complete_records(basis).filter(
        happened(ENTRY, until), person__cluster_id=OuterRef("person__cluster_id")
    )  # fmt: skip
    open_ones = entered_records(basis).filter(answers_missing(basis.rules), happened(ENTRY, until))
    return open_ones.filter(Q(person__cluster_id=None) | ~Exists(counts))


def _integrated(base: Callable[[Basis], QuerySet[Participation]], event: Event) -> Records:
    def records(basis: Basis, until: date, since: date | None) -> QuerySet[Participation]:
        return with_first_rated_outcome(base(basis)).filter(happened(event, until), integrated_on__lte=until)

    return records


TOTALS: tuple[Listed, ...] = (
    Listed(
        "GRAND_TOTAL", _("Grand total"),
        _("Persons whose day of entry lies on or before the reference date, whether their record is complete or not, and "
          "persons who took part and refused to be asked."),
        _TERMS, lambda basis, until, since: entered_records(basis).filter(happened(ENTRY, until)), with_refusals=True,
    ),
    Listed(
        "COMPLETE", _("Complete records"),
        _("Persons entered for whom all answers are there that a complete record needs. Only they stand in indicators."),
        _TERMS, _complete, by_sex=True,
    ),
    Listed(
        "INCOMPLETE", _("Incomplete records"),
        _("Persons entered for whom an answer is missing. They stand in the grand total and in no indicator."),
        _TERMS, _incomplete, ("missing",),
    ),
    Listed(
        "REFUSED", _("Refused to be asked"),
        _("Persons who took part and refused to be asked. They have no record, only a day; they stand in the grand "
          "total and in no indicator."),
        _TERMS, lambda basis, until, since: Participation.objects.none(), with_refusals=True,
    ),
    Listed(
        "EXITED", _("Left"),
        _("Persons with a complete record whose day of exit lies on or before the reference date."),
        _DATES, lambda basis, until, since: counted_records(basis).filter(happened(EXIT, until)), ("exit",),
    ),
    Listed(
        "STOCK", _("In the project on this day"),
        _("Persons with a complete record who had entered and not left. The day of exit itself no longer counts."),
        _DATES, lambda basis, until, since: counted_records(basis).filter(in_stock(until)),
    ),
    Listed(
        "INTEGRATED_A", _("Integrated, of all complete records"),
        _("Persons with a complete record for whom a verified outcome of work, training or school began after the "
          "entry and on or before the reference date."),
        _RATE, _integrated(complete_records, ENTRY), ("rated",),
    ),
    Listed(
        "INTEGRATED_B", _("Integrated, of those who left"),
        _("Of those who left: persons for whom a verified outcome of work, training or school began after the entry "
          "and on or before the reference date."),
        _RATE, _integrated(counted_records, EXIT), ("rated",),
    ),
)  # fmt: skip

# Special answers may be refused: without these numbers beside it a falling indicator would be misread.
ASKED_FOR = {
    "CO15": "e_migrant", "CO16": "e_disab", "CO17": "e_other_dis", "EECO12": "e_disab", "EECO15": "e_minority",
}  # fmt: skip
_KINDS: dict[str, tuple[Promise, Promise, tuple[str, ...]]] = {
    "ASKED": (
        pgettext_lazy("special answer", "asked"), _("Persons with a complete record who answered this question or refused to."),
        (Answer.TRUE, Answer.FALSE, Answer.REFUSED),
    ),
    "ANSWERED": (
        pgettext_lazy("special answer", "answered"), _("Persons with a complete record who answered this question, with yes or no."),
        (Answer.TRUE, Answer.FALSE),
    ),
    "REFUSED": (
        pgettext_lazy("special answer", "refused"),
        _("Persons with a complete record who refused to answer this question."), (Answer.REFUSED,),
    ),
}  # fmt: skip


def _of_answers(code: str, kind: str) -> Listed:
    label, definition, answers = _KINDS[kind]
    given = Q(**{f"{SPECIAL}__{ASKED_FOR[code]}__in": answers})

    def records(basis: Basis, until: date, since: date | None) -> QuerySet[Participation]:
        return counted_records(basis).filter(given, happened(ENTRY, until))

    return Listed(f"{code}_{kind}", label, definition, _ASKING, records, (SPECIAL,), beside=code)


def answers_by_kind(codes) -> dict[str, tuple[Event, Q]]:
    """Return, by the code of its list, what is counted beside indicators of special answers."""
    return {
        f"{code}_{kind}": (ENTRY, Q(**{f"{SPECIAL}__{ASKED_FOR[code]}__in": answers}))
        for code in codes
        if code in ASKED_FOR
        for kind, (_label, _words, answers) in _KINDS.items()
    }


KINDS = tuple(_KINDS)
_ANSWERS = {f"{code}_{kind}": (code, kind) for code in ASKED_FOR for kind in KINDS}
_TOTALS = {one.code: one for one in TOTALS}
_INDICATORS = {one.code: one for one in INDICATORS}


def listed(code: str) -> Listed | None:
    """Return what a code of an address stands for, None for an unknown one."""
    if code in _INDICATORS:
        return _of_indicator(_INDICATORS[code])
    if code in _ANSWERS:
        return _of_answers(*_ANSWERS[code])
    return _TOTALS.get(code)
