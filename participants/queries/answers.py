"""Stored answers in words, for people who read and do not change them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from participants.completeness import HOUSEHOLD, asks_household
from participants.countries import country_label
from participants.languages import language_label
from participants.models import Participation, Residence, ResidenceStatus
from participants.operations.answers import CODE_LISTS, EXIT_FIELDS, FOLLOW_UP_FIELDS
from participants.operations.circumstances import REFUGE
from participants.queries.circumstances import Circumstances
from participants.sheets.texts import GERMAN
from resque.codelists.queries import entry_of, label
from resque.ui.tags.numbers import day as written

LISTS = {
    **CODE_LISTS, "status": "residence_status", "clause": "work_note_on_document",
    "interpreter": "interpreter", "certificate": "education_isced", "route": "recognition_kind", "evidence": "language_evidence",
    "literacy": "literacy", **dict.fromkeys(("overall", "listening", "reading", "speaking", "writing"), "cefr"),
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """Answers under one heading, as pairs of question and answer."""

    title: str
    id: str
    pairs: list[tuple[str | Promise, str]]


def in_words(name: str, value, choices: Iterable[tuple] | None = None) -> str:
    """Return a stored value as people read it; nothing for what was not asked.

    Args:
        name: name of the field, which decides about code lists.
        value: as stored.
        choices: of the field, where it has any.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return written(value)
    if name == "municipality":
        return municipality_label(value)
    if name in ("nationality", "country"):
        return country_label(value)
    if name in ("interpreter_language", "language"):
        return _("German") if value == GERMAN else language_label(value)
    if name in LISTS:
        return label(LISTS[name], value)
    return str(dict(choices or ()).get(value, value))


def municipality_label(key: str) -> str:
    """Return the name of a municipality by its eight-digit key; an unknown key is shown as it is."""
    if entry_of("gemeinde", key) is None and key.endswith("000"):
        return label("kreis", key[:5]) if entry_of("kreis", key[:5]) else key
    return label("gemeinde", key)


def municipality_of(place) -> str:
    """Return the municipality of a place in words; nothing of a women's refuge: its district would help to find it."""
    hidden = not place.municipality or place.accommodation == REFUGE
    return "" if hidden else municipality_label(place.municipality)


def _pairs(row, model, names: Iterable[str]) -> list[tuple[str | Promise, str]]:
    fields = [model._meta.get_field(name) for name in names]
    return [
        (_first_capital(field.verbose_name), in_words(field.name, getattr(row, field.name, None), field.choices) or "–")
        for field in fields
    ]


def _first_capital(text: str | Promise) -> str:
    text = str(text)
    return text[:1].upper() + text[1:]


def shown_entry(around: Circumstances) -> list[Shown]:
    """Return the entry answers in words, section by section."""
    p = around.participation

    def own(*names: str) -> list:
        return _pairs(p, Participation, names)

    sections = [
        Shown(_("Entry"), "entry", own("entry_date", "entry_form_on", "gender", "sex")),
        Shown(_("Work"), "work", own("e_status_detail", "e_status", "e_unemp_since", "e_work_access")),
        Shown(_("Education"), "education", own("e_education", "e_isced", "e_in_edu", "e_edu_fulltime")),
        Shown(
            _("Residence in Germany"), "residence",
            _pairs(around.status_at_entry, ResidenceStatus, ("status", "printed_until", "clause")),
        ),
        Shown(_("Housing"), "housing", [*_pairs(around.residence_at_entry, Residence, _place(around)),
                                        *own("degurba", "e_rural", "e_homeless")]),
        Shown(_("Origin"), "origin", own("e_third_country", "e_foreign_bg")),
    ]  # fmt: skip
    if asks_household(p):
        sections.insert(3, Shown(_("Household"), "household", own(*HOUSEHOLD)))
    return sections


def _place(around: Circumstances) -> tuple[str, ...]:
    place = around.residence_at_entry
    return ("accommodation",) if place and place.accommodation == REFUGE else ("accommodation", "municipality")


def shown_exit(participation: Participation) -> list[Shown]:
    """Return the answers of exit and follow-up in words; nothing of a part that has not begun."""
    parts = []
    if participation.exit_date or any(getattr(participation, name) for name in EXIT_FIELDS):
        parts.append(Shown(_("Exit"), "exit", _pairs(participation, Participation, EXIT_FIELDS)))
    if any(getattr(participation, name) not in (None, "") for name in FOLLOW_UP_FIELDS):
        pairs = _pairs(participation, Participation, FOLLOW_UP_FIELDS)
        parts.append(Shown(_("Six months after the exit"), "follow-up", pairs))
    return parts
