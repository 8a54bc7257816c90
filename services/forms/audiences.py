"""How many people of which audience: two numbers for every line of the list."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from resque.codelists.queries import choices
from resque.ui.tags.numbers import number
from services.operations.checking_events import Heads

DIGITS = 5


@dataclass(frozen=True)
class Line:
    """One audience as typed."""

    kind: str
    label: str
    planned: str = ""
    actual: str = ""


class AudiencesInput(forms.Widget):
    """`<name>_planned_KOM` and `<name>_actual_KOM` for every audience; drawn by templates/services/_audiences.html."""

    use_fieldset = True

    def value_from_datadict(self, data: QueryDict, files, name: str) -> list[Line]:
        """Return every audience of the list with what was typed."""
        return [
            Line(kind, label, *((data.get(f"{name}_{part}_{kind}") or "").strip() for part in ("planned", "actual")))
            for kind, label in choices("audience")
        ]

    def value_omitted_from_data(self, data, files, name) -> bool:
        """Empty fields say that nobody is expected."""
        return False


class AudiencesField(forms.Field):
    """Cleans to headcounts of the audiences that have a number."""

    widget = AudiencesInput

    def clean(self, value: list[Line]) -> list[Heads]:
        """Return the headcounts.

        Raises:
            ValidationError: something typed is no number.
        """
        said = [Heads(line.kind, self._number(line.planned), self._number(line.actual)) for line in value or ()]
        return [heads for heads in said if (heads.planned, heads.actual) != (None, None)]

    def _number(self, text: str) -> int | None:
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
            raise ValidationError(
                _("“%(text)s” is not a number of people. Please type digits, or leave it empty.") % {"text": text[:12]}
            )
        return int(text)

    def prepare_value(self, value) -> list[Line]:
        """Return every audience of the list, with the stored numbers."""
        if value and isinstance(value[0], Line):
            return value
        known = {heads.kind: heads for heads in value or ()}
        return [
            Line(kind, label, _text(known[kind].planned), _text(known[kind].actual)) if kind in known else Line(kind, label)
            for kind, label in choices("audience")
        ]  # fmt: skip

    def in_words(self, value: list[Heads]) -> str:
        """Return headcounts as a sentence reads them, in the order of the list."""
        known, said = {heads.kind: heads for heads in value}, _("%(audience)s: %(planned)s expected, %(actual)s came")
        return "; ".join(
            said % {"audience": label, "planned": _shown(known[kind].planned), "actual": _shown(known[kind].actual)}
            for kind, label in choices("audience") if kind in known
        )  # fmt: skip


def _shown(heads: int | None) -> str:
    return "–" if heads is None else number(heads)


def _text(heads: int | None) -> str:
    return "" if heads is None else str(heads)
