"""Two versions of one form: what the reader typed, and what a colleague saved in between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from resque.ui.partial_dates import PartialDate
from resque.ui.tags.numbers import day

PICK = "pick_"
MINE, THEIRS = "mine", "theirs"
EMPTY = "–"


@dataclass(frozen=True)
class Difference:
    """One field whose two versions differ."""

    name: str
    label: str
    mine: str
    theirs: str


def differences(typed: forms.Form, stored: forms.Form) -> list[Difference]:
    """Return the fields in which the typed version differs from the stored one, in words.

    Args:
        typed: the valid form as it was sent.
        stored: an unbound form of the record as it is now.
    """
    found = []
    for name in stored.fields:
        if name in ("version", "form_key"):
            continue
        mine, theirs = _words(typed[name], typed.cleaned_data.get(name)), _words(stored[name], stored[name].initial)
        if mine != theirs:
            found.append(Difference(name, str(stored[name].label), mine, theirs))
    return found


def _words(field: BoundField, value) -> str:
    if value in (None, "", [], ()):
        return EMPTY
    if in_words := getattr(field.field, "in_words", None):  # a field with a value of its own knows how it is read
        return in_words(value)
    if isinstance(field.field, forms.MultipleChoiceField):
        return ", ".join(str(label) for code, label in _flat(field.field.choices) if code in value) or EMPTY
    if isinstance(field.field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field.field, forms.ChoiceField):
        raw = {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
        return str(dict(_flat(field.field.choices)).get(str(raw), raw))
    if isinstance(value, PartialDate):
        parts = [
            f"{value.day:02d}." if value.day else "",
            f"{value.month:02d}." if value.month else "",
            str(value.year),
        ]
        return "".join(parts)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return day(value) if isinstance(value, date) else str(value)


def _flat(choices) -> Iterator[tuple]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def carried(data: QueryDict) -> list[tuple[str, list[str]]]:
    """Return the typed answers as names and values, for hidden fields of the merge page: nothing typed is lost."""
    own = ("version", "form_key", "csrfmiddlewaretoken")
    return [(name, values) for name, values in data.lists() if name not in own and not name.startswith(PICK)]


def merged(data: QueryDict, stored: forms.Form) -> QueryDict:
    """Return the sent data with the stored value wherever the reader chose it on the merge page.

    Args:
        data: what was sent.
        stored: an unbound form of the record as it is now.
    """
    picked = [name for name in stored.fields if data.get(f"{PICK}{name}") == THEIRS]
    if not picked:
        return data
    data = data.copy()
    for name in picked:
        widget, value = stored.fields[name].widget, stored.fields[name].prepare_value(stored[name].initial)
        if isinstance(widget, forms.MultiWidget):
            for suffix, part in zip(widget.widgets_names, widget.decompress(value), strict=True):
                data[f"{name}{suffix}"] = _typed(part)
        else:
            data[name] = _typed(value)
    return data


def _typed(value) -> str:
    if value is None:
        return ""
    return day(value) if isinstance(value, date) else str(value)
