"""The catalogue of rules: every rule in words, from the same objects that check."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.forms.entry import EntryForm
from participants.models import Identity, Participation, Person
from participants.rules import Fixer, Rule
from participants.rules.entry import ENTRY_RULES
from participants.rules.leaving import EXIT_RULES, FOLLOW_UP_RULES
from reporting.quality.totals import TOTAL_RULES

FIXERS: dict[Fixer, str | Promise] = {
    Fixer.WORKER: gettext_lazy("caseworker of the case"),
    Fixer.COORDINATION: gettext_lazy("coordination"),
    Fixer.ADMINISTRATION: gettext_lazy("administration"),
}
PERIODS: dict[str, str | Promise] = {
    "": gettext_lazy("both periods"), "2014": gettext_lazy("2014–2020"), "2021": gettext_lazy("2021–2027"),
}  # fmt: skip


@dataclass(frozen=True)
class Described:
    """One rule in words.

    Attributes:
        rule: the rule itself.
        field: the answer to look at.
        fixer: who can put it right.
        period: funding periods that know it.
    """

    rule: Rule
    field: str
    fixer: str | Promise
    period: str | Promise


def catalogue_page() -> dict:
    """Return the context of the catalogue."""
    parts = (
        ("entry", _("Entry"), ENTRY_RULES), ("exit", _("Exit"), EXIT_RULES),
        ("follow-up", _("Six months after the exit"), FOLLOW_UP_RULES), ("report", _("The report as a whole"), TOTAL_RULES),
    )  # fmt: skip
    sections = [{"id": key, "title": title, "rules": _described(rules)} for key, title, rules in parts]
    everything = [one.rule for section in sections for one in section["rules"]]
    return {
        "sections": sections,
        "count": len(everything),
        "blocking": sum(rule.blocks for rule in everything),
        "waiting": sum(bool(rule.waits) for rule in everything),
    }


def _described(rules: Iterable[Rule]) -> list[Described]:
    return [Described(rule, field_label(rule.field), FIXERS[rule.fixer], PERIODS[rule.period]) for rule in rules]


def field_label(name: str) -> str:
    """Return the words of an answer; "" for rules over the whole report."""
    if name in EntryForm.base_fields:
        return str(EntryForm.base_fields[name].label)
    for model in (Participation, Person, Identity):
        try:
            return capfirst(str(model._meta.get_field(name).verbose_name))
        except FieldDoesNotExist:
            continue
    return ""
