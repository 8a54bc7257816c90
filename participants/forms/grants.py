"""Settings of an operation, and an extension of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.choices import FundingPeriod
from participants.entities import MOST, SET_HERE, set_here
from participants.forms.fields import DayField
from participants.models import Operation
from participants.operations.grants import MOST_HOURS, SETTINGS
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row, Section


class ExtensionForm(OnceMixin, forms.Form):
    """The funder moved the end."""

    end = DayField(label=_("New last day"), required=True, help_text=_("As the letter of the funder says."))
    decided_on = DayField(
        label=_("Decided on"), required=True,
        help_text=_("Date of the letter. Checks and reports of earlier days keep the earlier end."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Letter"), required=False, max_length=120, help_text=_("For example the number of the decision.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsHelper(Row("end", "decided_on"), "source", form=self)

    def extension(self) -> dict:
        """Return the arguments of `note_extension`."""
        return {name: self.cleaned_data[name] for name in ("end", "decided_on", "source")}


class SettingsForm(OnceMixin, VersionMixin, forms.Form):
    """What decides about rules and figures of an operation."""

    name = forms.CharField(label=_("Name"), max_length=120)
    start = DayField(label=_("First day"), required=True, help_text=_("As approved."))
    first_planned_end = DayField(
        label=_("First planned end"), required=True, help_text=_("As first approved. Later ends are extensions.")
    )
    rules = forms.ChoiceField(
        label=_("Funding period"), choices=FundingPeriod.choices,
        help_text=_("Decides about indicators, answers of a complete record, and rules of data quality."),
    )  # fmt: skip
    small_contact_hours = forms.IntegerField(
        label=_("Limit of small contacts, in hours"), min_value=1, max_value=MOST_HOURS,
        help_text=_("From these hours of service on a person is a participant and signs the questionnaire."),
    )  # fmt: skip
    household_questions = forms.BooleanField(
        label=_("Household questions are asked"), required=False,
        help_text=_("The funder asked them of entries until 1 August 2018."),
    )  # fmt: skip
    accepts_entries = forms.BooleanField(
        label=_("Participants can be entered"), required=False,
        help_text=_("Without it, neither the intake nor the import offers this operation."),
    )  # fmt: skip

    def __init__(self, *args, operation: Operation, **kwargs):
        initial = {name: getattr(operation, name) for name in SETTINGS} | {"version": operation.version}
        super().__init__(*args, **{"initial": initial | operation.entities, **kwargs})
        self.codes = set_here(operation.rules)
        for code in self.codes:
            label, definition = SET_HERE[code]
            self.fields[code] = forms.IntegerField(
                label=label, help_text=definition, required=False, min_value=0, max_value=MOST
            )
        layout = ["name", Row("start", "first_planned_end"), "accepts_entries"]
        layout.append(Section(_("Rules"), Row("rules", "small_contact_hours"), "household_questions"))
        if self.codes:
            lead = _("Leave a number empty when it is not known; the report then says 0.")
            layout.append(Section(_("Supported projects"), *self.codes, lead=lead, id="entities"))
        self.helper = FieldsHelper(*layout, form=self)

    def settings(self) -> dict:
        """Return the arguments of `change_operation`."""
        data = self.cleaned_data
        return {name: data[name] for name in SETTINGS} | {"entities": {code: data[code] for code in self.codes}}
