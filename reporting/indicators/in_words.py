"""A formula as a reader says it, made from the condition that counts: it cannot say anything else."""

from django.db.models import F, Field, Q
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from participants.models import Participation, Person, SpecialAnswers

# Facts that are computed from answers.
COMPUTED = {
    "age": ("birth_date", "entry_date"),
    "unemployed_six_months_on": ("e_unemp_since", "entry_date"),
    "unemployed_a_year_on": ("e_unemp_since", "entry_date"),
}
_COMPARED = {"lt": "<", "lte": "≤", "gt": ">", "gte": "≥"}


def answer_field(name: str) -> Field:
    """Return the field that holds an answer of the questionnaire.

    Args:
        name: its name in the formulas.
    """
    model = Person if name == "birth_date" else Participation if hasattr(Participation, name) else SpecialAnswers
    return model._meta.get_field(name)


def answers_of(condition: Q) -> list[str]:
    """Return the names of the answers that a condition needs, each once, in its order."""
    names = [name for leaf, _value in _leaves(condition) for name in COMPUTED.get(_name(leaf), (_name(leaf),))]
    return list(dict.fromkeys(names))


def in_words(condition: Q) -> str:
    """Return a condition in words: "status: unemployed and (age < 25 or …)"."""
    parts = [_part(child) for child in condition.children]
    text = f" {_('and') if condition.connector == Q.AND else _('or')} ".join(parts)
    return _("not (%(condition)s)") % {"condition": text} if condition.negated else text


def _part(child) -> str:
    if not isinstance(child, Q):
        return _leaf(*child)
    text = in_words(child)
    return f"({text})" if len(child.children) > 1 and not child.negated else text


def _leaves(condition: Q):
    for child in condition.children:
        if isinstance(child, Q):
            yield from _leaves(child)
        else:
            yield child


def _name(leaf: str) -> str:
    parts = leaf.split("__")
    return parts[1] if parts[0] == "special_answers" else parts[0]


def _leaf(leaf: str, value) -> str:
    name, how = _name(leaf), leaf.rpartition("__")[2]
    if name == "unemployed_six_months_on":
        return _("registered for more than six months")
    if name == "unemployed_a_year_on":
        return _("registered for more than twelve months")
    if name == "age":
        return _("age at entry %(compared)s %(years)s") % {"compared": _COMPARED[how], "years": value}
    if name == "e_isced":
        return _("ISCED %(levels)s") % {"levels": ", ".join(map(str, value))}
    return f"{capfirst(answer_field(name).verbose_name)}: {_value(answer_field(name), value)}"


def _value(field: Field, value) -> str | Promise:
    if isinstance(value, F):
        raise TypeError(f"{field.name}: compared with another field; say it in words here.")
    if isinstance(value, bool) or value == "true":
        return _("yes") if value else _("no")
    return dict(field.choices or ()).get(value, value)
