"""Somebody who does not want to be recorded: a day and the operation, nothing else is asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.forms.fields import DayField
from participants.models import Operation
from resque.clock import today
from resque.once.forms import OnceMixin
from resque.ui.forms import FieldsHelper


class RefusalForm(OnceMixin, forms.Form):
    """One refusal."""

    day = DayField(
        label=_("Day"), required=True, help_text=_("Day on which you met the person."),
        error_messages={"required": _("Please enter the day.")},
    )  # fmt: skip
    operation = forms.ModelChoiceField(
        label=_("Operation"), queryset=Operation.objects.none(), empty_label=None,
        error_messages={
            "required": _("Please choose an operation."),
            "invalid_choice": _("This operation takes no people. Please choose another one."),
        },
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        open_ones = list(Operation.objects.filter(accepts_entries=True).order_by("-start"))
        initial = {"day": today(), "operation": open_ones[0].pk if open_ones else None}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["operation"].queryset = Operation.objects.filter(accepts_entries=True).order_by("-start")
        self.helper = FieldsHelper("day", "operation", form=self)
