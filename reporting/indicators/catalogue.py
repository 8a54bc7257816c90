"""The indicators as data: code, title, reference point, formula and source, each with its condition over the facts.

The words and formulas stand in reporting/data/indicators.json; here is what they mean to the database. Command,
quality rules, lists and definitions read these rows. Names in the conditions are fields of a participation and the
facts that reporting/indicators/facts.py adds.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from participants.choices import Answer, LabourStatus

SPECIAL = "special_answers"
DATA = Path(__file__).parent.parent / "data" / "indicators.json"


class Event(StrEnum):
    """The moment that an indicator describes; its day decides in which period it is reported."""

    ENTRY = "entry"
    EXIT = "exit"
    FOLLOW_UP = "follow_up"


DAY_OF = {Event.ENTRY: "entry_date", Event.EXIT: "exit_date", Event.FOLLOW_UP: "follow_up_on"}
SOURCES = {
    "2014": _("Regulation (EU) No 1304/2013, Annex I; domain reference of the network 1.2, 1.6"),
    "2021": _("Regulation (EU) 2021/1057, Annex I; domain reference of the network 1.3, 1.6"),
}


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    Attributes:
        code: its code in the regulation.
        period: funding period whose rules it belongs to, "2014" or "2021".
        event: what it describes.
        formula: who is counted, in the names of the questionnaire.
        de, en: its title.
        words_de, words_en: who is counted, in a sentence.
        counts: the formula as a condition over complete records (reporting/indicators/facts.py).
    """

    code: str
    period: str
    event: Event
    formula: str
    de: str
    en: str
    words_de: str
    words_en: str
    counts: Q

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.en if _is_english() else self.de

    @property
    def words(self) -> str:
        """Who is counted, in the reader's language."""
        return self.words_en if _is_english() else self.words_de

    @property
    def source(self) -> str | Promise:
        """Where the rule comes from."""
        return SOURCES[self.period]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that the formula asks for, each once, in its order, without look-ups: `age`, `e_status`."""
        return tuple(dict.fromkeys(_names(self.counts)))

    @property
    def is_special(self) -> bool:
        """Whether answers of special categories (Art. 9 GDPR) decide who is counted."""
        return SPECIAL in self.facts


@dataclass(frozen=True)
class Entity:
    """An indicator that counts no people: what the operation as such supports, as its settings say."""

    code: str
    period: str
    de: str
    en: str

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.en if _is_english() else self.de


def _names(condition: Q) -> Iterator[str]:
    for part in condition.children:
        if isinstance(part, Q):
            yield from _names(part)
        else:
            yield part[0].partition("__")[0]


def _is_english() -> bool:
    return (get_language() or "de").startswith("en")


UNEMPLOYED, INACTIVE, EMPLOYED = (Q(e_status=status) for status in LabourStatus.values)
LONG_TERM = UNEMPLOYED & (
    Q(age__lt=25, unemployed_six_months_on__lt=F("entry_date"))
    | Q(age__gte=25, unemployed_a_year_on__lt=F("entry_date"))
)
NOT_IN_EDUCATION = INACTIVE & Q(e_in_edu=False)
ABOVE_54 = Q(age__gt=54)
MIGRANT, DISABLED, OTHER_DISADVANTAGE, MINORITY = (
    Q(**{f"special_answers__{name}": Answer.TRUE}) for name in ("e_migrant", "e_disab", "e_other_dis", "e_minority")
)
DISADVANTAGED = MIGRANT | DISABLED | OTHER_DISADVANTAGE
LOOKING = INACTIVE & Q(x_job_search=True) & ~Q(x_status=LabourStatus.EMPLOYED)
LEARNING = Q(e_in_edu=False, x_in_edu=True)
QUALIFIED = Q(x_qualified=True)
WITHOUT_WORK = UNEMPLOYED | INACTIVE
WORKING = WITHOUT_WORK & Q(x_status=LabourStatus.EMPLOYED)
WORKING_LATER = WITHOUT_WORK & Q(f_status=LabourStatus.EMPLOYED)
IMPROVED = EMPLOYED & Q(f_improved=True)
HOMELESS, RURAL = Q(e_homeless=True), Q(e_rural=True)


def _isced(*levels: int) -> Q:
    return Q(e_isced__in=levels)


_COUNTS: dict[str, Q] = {
    "CO01": UNEMPLOYED,
    "CO02": LONG_TERM,
    "CO03": INACTIVE,
    "CO04": NOT_IN_EDUCATION,
    "CO05": EMPLOYED,
    "CO06": Q(age__lt=25),
    "CO07": ABOVE_54,
    "CO08": ABOVE_54 & (UNEMPLOYED | NOT_IN_EDUCATION),
    "CO09": _isced(1, 2),
    "CO10": _isced(3, 4),
    "CO11": _isced(5, 6, 7, 8),
    "CO12": Q(hh_jobless=True),
    "CO13": Q(hh_jobless_dep=True),
    "CO14": Q(hh_single_dep=True),
    "CO15": MIGRANT,
    "CO16": DISABLED,
    "CO17": OTHER_DISADVANTAGE,
    "CO18": HOMELESS,
    "CO19": RURAL,
    "CR01": LOOKING,
    "CR02": LEARNING,
    "CR03": QUALIFIED,
    "CR04": WORKING,
    "CR05": DISADVANTAGED & (LOOKING | LEARNING | QUALIFIED | WORKING),
    "CR06": WORKING_LATER,
    "CR07": IMPROVED,
    "CR08": ABOVE_54 & WORKING_LATER,
    "CR09": DISADVANTAGED & WORKING_LATER,
    "EECO01": UNEMPLOYED | INACTIVE | EMPLOYED,
    "EECO02": UNEMPLOYED,
    "EECO03": LONG_TERM,
    "EECO04": INACTIVE,
    "EECO05": EMPLOYED,
    "EECO06": Q(age__lt=18),
    "EECO07": Q(age__gte=18, age__lte=29),
    "EECO08": Q(age__gte=55),
    "EECO09": _isced(0, 1, 2),
    "EECO10": _isced(3, 4),
    "EECO11": _isced(5, 6, 7, 8),
    "EECO12": DISABLED,
    "EECO13": Q(e_third_country=True),
    "EECO14": Q(e_foreign_bg=True),
    "EECO15": MINORITY,
    "EECO16": HOMELESS,
    "EECO17": RURAL,
    "EECR01": LOOKING,
    "EECR02": LEARNING,
    "EECR03": QUALIFIED,
    "EECR04": WORKING,
    "EECR05": WORKING_LATER,
    "EECR06": IMPROVED,
}


def _loaded() -> tuple[Indicator, ...]:
    rows = json.loads(DATA.read_text(encoding="utf-8"))
    return tuple(Indicator(**{**row, "event": Event(row["event"])}, counts=_COUNTS[row["code"]]) for row in rows)


INDICATORS: tuple[Indicator, ...] = _loaded()
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}

# Projects and organisations: they come from the settings of the operation (Operation.entities), not from people.
ENTITIES: tuple[Entity, ...] = (
    Entity("CO20", "2014", "Projekte von Sozialpartnern oder Nichtregierungsorganisationen",
           "Projects by social partners or non-governmental organisations"),
    Entity("CO21", "2014", "Projekte für die nachhaltige Beteiligung von Frauen am Erwerbsleben",
           "Projects for women's sustainable participation in employment"),
    Entity("CO22", "2014", "Projekte für öffentliche Verwaltungen oder Dienste",
           "Projects targeting public administrations or services"),
    Entity("CO23", "2014", "Unterstützte kleinste, kleine und mittlere Unternehmen",
           "Supported micro, small and medium-sized enterprises"),
    Entity("EECO18", "2021", "Unterstützte öffentliche Verwaltungen oder Dienste",
           "Supported public administrations or services"),
    Entity("EECO19", "2021", "Unterstützte kleinste, kleine und mittlere Unternehmen",
           "Supported micro, small and medium-sized enterprises"),
)  # fmt: skip


def indicators_of(period: str) -> tuple[Indicator, ...]:
    """Return the indicators of a funding period, "2014" or "2021", in the order of the regulation."""
    return tuple(indicator for indicator in INDICATORS if indicator.period == period)


def entities_of(period: str) -> tuple[Entity, ...]:
    """Return the entity indicators of a funding period."""
    return tuple(entity for entity in ENTITIES if entity.period == period)
