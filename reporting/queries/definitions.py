"""Every figure in words, for a page and for print: the same objects count, so the words cannot go astray."""

from dataclasses import dataclass
from itertools import chain

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from participants.definitions import DEFINITIONS
from reporting.catalogue import FIGURES, RATES, Figure, Rate, figure_of
from reporting.indicators.catalogue import SOURCES, Entity, Event, Indicator, entities_of, indicators_of
from reporting.indicators.in_words import answer_field, answers_of, in_words
from reporting.indicators.listed import TOTALS, Listed

WHEN: dict[Event, Promise] = {
    Event.ENTRY: _("the day of entry"),
    Event.EXIT: _("from the day of exit until 28 days later; counts for the day of exit"),
    Event.FOLLOW_UP: _("the day six months after the exit"),
}
_ENTITY_WORDS = _("Counted once for the operation, not for people: each project or organisation once, however often.")
ALL_COMPLETE = (
    "entry_date", "sex", "birth_date", "e_status", "e_unemp_since", "e_in_edu", "e_isced", "hh_jobless",
    "hh_jobless_dep", "hh_single_dep",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """A question of the questionnaire: anchor, label, and what it means; "" where nothing more is said."""

    name: str
    label: str
    definition: str | Promise = ""


@dataclass(frozen=True)
class Definition:
    """One figure in words.

    Attributes:
        code: anchor on the page of definitions.
        label, definition, source: words.
        denominator: what its share is taken of; "" without a share.
        formula: the condition in words; "" where the definition says it all.
        when: the moment it describes.
        answers: what must be answered to be counted, beside a complete record.
        shows_code: whether people know it by its code.
    """

    code: str
    label: str | Promise
    definition: str | Promise
    source: str | Promise
    denominator: str | Promise = ""
    formula: str = ""
    when: str | Promise = ""
    answers: tuple[Answer, ...] = ()
    shows_code: bool = False

    def holds(self, words: list[str]) -> bool:
        """Return whether all words stand somewhere in it."""
        texts = (self.code, self.label, self.definition, self.formula, *(answer.label for answer in self.answers))
        text = " ".join(map(str, texts)).casefold()
        return all(word in text for word in words)


@dataclass(frozen=True)
class Section:
    """Definitions that belong together: anchor, heading, rows."""

    key: str
    title: str | Promise
    rows: list[Definition]


def definition_of(thing: Figure | Rate | Listed) -> Definition:
    """Return the words of a figure, a rate or a total."""
    denominator = getattr(thing, "denominator", "")
    below = figure_of(denominator).label if denominator else ""
    return Definition(thing.code, thing.label, thing.definition, thing.source, below)


def definitions_page(asked: str) -> dict:
    """Return the context of the page of definitions.

    Args:
        asked: words to look for; empty shows everything.
    """
    words = asked.casefold().split()
    sections = [Section(one.key, one.title, [row for row in one.rows if row.holds(words)]) for one in _sections()]
    names = dict.fromkeys(chain(ALL_COMPLETE, *(answers_of(one.counts) for one in _indicators())))
    return {
        "asked": asked,
        "sections": [section for section in sections if section.rows],
        "jumps": [{"label": title, "url": f"#{key}"} for key, title in _jumps(sections, whole=not words)],
        "answers": [] if words else [_answer(name) for name in names],
    }


def _jumps(sections: list[Section], *, whole: bool) -> list[tuple[str, str | Promise]]:
    more = (("complete", _("Complete record")), ("answers", _("Questions of the questionnaire"))) if whole else ()
    return [*((one.key, one.title) for one in sections if one.rows), *more]


def _sections() -> list[Section]:
    return [
        Section("rates", _("Integration rates"), [definition_of(rate) for rate in RATES]),
        Section("indicators", _("Indicators 2014–2020"), [_indicator(one) for one in indicators_of("2014")]),
        Section("indicators-2021", _("Indicators 2021–2027"), [_indicator(one) for one in indicators_of("2021")]),
        Section(
            "entities", _("Projects and organisations"),
            [_entity(one, period) for period in SOURCES for one in entities_of(period)],
        ),
        Section("totals", _("Totals beside the indicators"), [definition_of(one) for one in TOTALS]),
        Section("figures", _("Figures of the overview"), [definition_of(figure) for figure in FIGURES]),
    ]  # fmt: skip


def _indicators() -> tuple[Indicator, ...]:
    return (*indicators_of("2014"), *indicators_of("2021"))


def _indicator(one: Indicator) -> Definition:
    return Definition(
        one.code, one.title, one.words, one.source, formula=in_words(one.counts), when=WHEN[one.event],
        answers=tuple(_answer(name) for name in answers_of(one.counts)), shows_code=True,
    )  # fmt: skip


def _entity(one: Entity, period: str) -> Definition:
    return Definition(one.code, one.title, _ENTITY_WORDS, SOURCES[period], shows_code=True)


def _answer(name: str) -> Answer:
    return Answer(name, capfirst(str(answer_field(name).verbose_name)), DEFINITIONS.get(name, ""))
