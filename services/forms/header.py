"""Fields that every form of an activity has: when, how long, where."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from participants.forms.fields import DayField
from resque.ui.tags.numbers import number
from resque.ui.widgets import MinutesChips
from services.models.activity import DAY_IN_MINUTES

WHOLE = {"invalid": _("Please enter the minutes as a whole number.")}
FROM_1 = _("%(show_value)s minutes are not possible. Please enter 1 to 1,440 minutes.")
MINUTES = _("Minutes")
LENGTH = _("At most %(limit_value)s characters; these are %(show_value)s.")


class _Grouping(forms.Field):
    """Groups the thousands of numbers in its messages: 10.001 people are not possible."""

    def run_validators(self, value):
        try:
            super().run_validators(value)
        except ValidationError as fault:
            for one in fault.error_list:
                one.params = {name: number(it) if type(it) is int else it for name, it in (one.params or {}).items()}
            raise


class NumberField(_Grouping, forms.IntegerField):
    """A whole number."""


class TextField(_Grouping, forms.CharField):
    """A text of limited length."""


def day_field() -> DayField:
    """The day, which must be said."""
    return DayField(label=_("Day"), required=True, error_messages={"required": _("Please enter the day.")})


def start_field() -> forms.TimeField:
    """The starting time, which may stay open."""
    return forms.TimeField(
        label=_("Starting time"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H%M", "%H"],
        widget=forms.TimeInput(attrs={"autocomplete": "off", "maxlength": 5}, format="%H:%M"),
        error_messages={"invalid": _("Please type the time as 09:30.")},
    )


def minutes_field(*usual: int, label=MINUTES, required: bool = True) -> NumberField:
    """A duration; `usual` are the lengths to choose at one touch, in minutes."""
    return NumberField(
        label=label,
        required=required,
        min_value=1,
        max_value=DAY_IN_MINUTES,
        widget=MinutesChips(minutes=usual),
        error_messages={
            "required": _("Please enter how long it took."), "min_value": FROM_1, "max_value": FROM_1, **WHOLE,
        },
    )  # fmt: skip


def text_field(label, *, most: int = 120) -> TextField:
    """A short text that may stay empty."""
    return TextField(label=label, required=False, max_length=most, error_messages={"max_length": LENGTH})
