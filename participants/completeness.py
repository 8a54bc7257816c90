"""Which answers of a participation are missing before it counts (complete record, domain reference 1.6).

Pure functions over a participation whose person and operation are loaded. Reporting says the same as a
condition of the database; a test there compares both.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participants.choices import LabourStatus, Sex

# Household questions ended with Regulation (EU, Euratom) 2018/1046, in force on this day.
HOUSEHOLD_QUESTIONS_ENDED = date(2018, 8, 2)
HOUSEHOLD = ("hh_jobless", "hh_jobless_dep", "hh_single_dep")


@dataclass(frozen=True)
class Item:
    """One answer that the funder asks of a complete record.

    Attributes:
        field: name of the field, which is also its place on the page that asks for it.
        label: what to ask.
        page: url name of that page.
        hint: where it stands on paper, or why it is asked.
        answered: whether the answer is there and can be counted.
    """

    field: str
    label: str | Promise
    page: str
    hint: str | Promise
    answered: bool


@dataclass(frozen=True)
class Completeness:
    """All answers of a complete record, in the order of the questionnaire."""

    items: tuple[Item, ...]

    @property
    def missing(self) -> list[Item]:
        """Answers that are not there."""
        return [item for item in self.items if not item.answered]

    @property
    def total(self) -> int:
        """How many answers this record needs."""
        return len(self.items)

    @property
    def answered(self) -> int:
        """How many of them are there."""
        return self.total - len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether the record counts."""
        return not self.missing


ESF, IDENTITY, CONSENTS = "participants:esf", "participants:identity", "participants:consents"


def completeness(participation, rules: str = "") -> Completeness:
    """Return which answers the record needs, and which are missing.

    Args:
        participation: with `person` and `operation` loaded.
        rules: funding period to judge by, "2014" or "2021"; empty: that of the operation.
    """
    p = participation
    funding_2021 = (rules or p.operation.rules) == "2021"
    countable = (Sex.FEMALE, Sex.MALE, Sex.NON_BINARY) if funding_2021 else (Sex.FEMALE, Sex.MALE)
    items = [
        Item("entry_date", _("Day of entry"), ESF, _("Entry, part 1"), p.entry_date is not None),
        Item("sex", _("Sex"), ESF, _sex_hint(p, funding_2021), p.sex in countable),
        Item(
            "birth_date", _("Birth date"), IDENTITY, _("Identity; an estimated date is enough"),
            p.person.birth_date is not None,
        ),
        Item("e_status", _("Situation on the labour market at entry"), ESF, _("Entry, work"), bool(p.e_status)),
        *_depending_on_status(p, funding_2021),
        Item("e_isced", _("Highest completed education"), ESF, _("Entry, education"), p.e_isced is not None),
        *_household(p),
        *_withdrawn(p),
    ]  # fmt: skip
    return Completeness(tuple(items))


def _sex_hint(p, funding_2021: bool):
    if p.sex == Sex.NON_BINARY and not funding_2021:
        return _("This funding period can only report female or male; please ask the coordination.")
    return _("Entry, part 1")


def _depending_on_status(p, funding_2021: bool) -> list[Item]:
    if p.e_status == LabourStatus.UNEMPLOYED:
        hint = _("Entry, work: begin of the current registration")
        return [Item("e_unemp_since", _("Registered unemployed since"), ESF, hint, p.e_unemp_since is not None)]
    if p.e_status == LabourStatus.INACTIVE and not funding_2021:
        label = _("In education or training at entry: yes or no")
        return [Item("e_in_edu", label, ESF, _("Entry, education"), p.e_in_edu is not None)]
    return []


def asks_household(participation) -> bool:
    """Return whether this operation asks about the household, and asked it on the day of entry."""
    entered = participation.entry_date
    return participation.operation.household_questions and (entered is None or entered < HOUSEHOLD_QUESTIONS_ENDED)


def _household(p) -> list[Item]:
    if not asks_household(p):
        return []
    labels = {
        "hh_jobless": _("Household without work: yes or no"),
        "hh_jobless_dep": _("… with dependent children: yes or no"),
        "hh_single_dep": _("Single adult with dependent children: yes or no"),
    }
    return [Item(name, labels[name], ESF, _("Entry, household"), getattr(p, name) is not None) for name in HOUSEHOLD]


def _withdrawn(p) -> list[Item]:
    if p.esf_withdrawn_on is None:
        return []
    hint = _("withdrawn; without it the record counts in the grand total only")
    return [Item("esf_withdrawn_on", _("Consent to the ESF facts"), CONSENTS, hint, False)]
