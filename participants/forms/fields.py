"""Fields that the forms of this floor share: a day, a code of a long list, yes / no / not asked."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.choices import Answer
from resque.codelists.queries import choices, entries, entry_of
from resque.ui.partial_dates import GermanDateField
from resque.ui.widgets import SegmentChoice

NOT_ASKED = gettext_lazy("not asked")


class DayField(GermanDateField):
    """A day typed as 31.12.2016; every fault repeats what was typed."""

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, **kwargs})

    def to_python(self, value) -> date | None:
        """Return the day, or say what is wrong with it and how to write it."""
        try:
            return super().to_python(value)
        except ValidationError as fault:
            if fault.params:
                raise
            raise ValidationError(
                _("“%(text)s” is not a day. Please type it as 31.12.2016."),
                code="invalid",
                params={"text": str(value).strip()[:40]},
            ) from None


class CodeField(forms.ChoiceField):
    """One code of a code list, as a select. A code that was stored stays choosable when it is retired.

    Args:
        list_name: name of the code list.
        on: day on which the codes must be valid; None offers all.
    """

    def __init__(self, list_name: str, *, on: date | None = None, blank=NOT_ASKED, **kwargs):
        self.list_name, self.on, self.blank = list_name, on, blank
        super().__init__(**{"required": False, "choices": self._offered, **kwargs})

    def _offered(self) -> list[tuple[str, str]]:
        return choices(self.list_name, on=self.on, blank=str(self.blank))

    def keep(self, code: str) -> None:
        """Offer a stored code even when it is no longer valid."""
        if code and self.on and code not in {entry.code for entry in entries(self.list_name, on=self.on)}:
            found = entry_of(self.list_name, code)
            self.choices = [*self._offered(), (code, found.label if found else code)]


def _to_yes_no(value: str) -> bool | None:
    return {"true": True, "false": False}.get(value)


class YesNoField(forms.TypedChoiceField):
    """A question that may be unanswered: True, False, or None for not asked."""

    def __init__(self, **kwargs):
        offered = [("true", gettext_lazy("yes")), ("false", gettext_lazy("no")), ("", NOT_ASKED)]
        super().__init__(
            **{
                "required": False, "choices": offered, "coerce": _to_yes_no, "empty_value": None,
                "widget": SegmentChoice, **kwargs,
            }
        )  # fmt: skip

    def prepare_value(self, value) -> str:
        """Return the stored answer as the choice that stands for it."""
        return {True: "true", False: "false", None: ""}.get(value, value)


class SpecialAnswerField(forms.ChoiceField):
    """A special question: yes, no, refused, or not asked."""

    def __init__(self, **kwargs):
        offered = [*Answer.choices, ("", NOT_ASKED)]
        super().__init__(**{"required": False, "choices": offered, "widget": SegmentChoice, **kwargs})


class NumberChoiceField(forms.TypedChoiceField):
    """A whole number out of few, as a select with words; None when nothing is chosen."""

    def __init__(self, *, choices, **kwargs):
        super().__init__(**{"required": False, "coerce": int, "empty_value": None, "choices": choices, **kwargs})
