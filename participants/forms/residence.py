"""One row of a dated history: a residence status, or a place of residence."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.definitions import DEFINITIONS
from participants.forms.fields import CodeField, DayField
from participants.models import Participation
from participants.operations.residence import HISTORIES
from participants.proposals import municipality_choices
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row


class RowForm(OnceMixin, VersionMixin, forms.Form):
    """What every row of a history has: its key when it is corrected, and its first day.

    Args:
        participation: whose version the form carries.
        stored: the row to correct; None adds one.
    """

    history = ""
    row = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, participation: Participation, stored=None, **kwargs):
        initial = {"version": participation.version}
        if stored is not None:
            names = ("valid_from", *HISTORIES[self.history].fields)
            initial |= {"row": str(stored.pk), **{name: getattr(stored, name) for name in names}}
        super().__init__(*args, **{"initial": initial, "prefix": self.history, **kwargs})

    def said(self) -> dict:
        """Return what the operations take."""
        return {name: self.cleaned_data[name] for name in ("valid_from", *HISTORIES[self.history].fields)}

    def again(self, participation: Participation) -> "RowForm":
        """Return the typed answers for the version that somebody saved in between, with a sentence that says so."""
        data = self.data.copy()
        data[self.add_prefix("version")] = str(participation.version)
        form = type(self)(data, participation=participation)
        form.add_error(None, gettext("Somebody saved this record in between. Please check and save again."))
        return form


class StatusForm(RowForm):
    """A residence status."""

    history = "status"
    status = CodeField("residence_status", label=_("Residence status"), help_text=DEFINITIONS["residence_status"])
    valid_from = DayField(
        label=_("Valid from"), required=True, help_text=_("As printed, else the day on which it was granted.")
    )
    printed_until = DayField(label=_("Document valid until"), help_text=DEFINITIONS["residence_until"])
    clause = CodeField(
        "work_note_on_document", label=_("Clause about work on the document"), help_text=DEFINITIONS["residence_clause"]
    )
    wording = forms.CharField(
        label=_("Wording on the document"),
        max_length=240,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Word for word, where the choice does not say it all: which work, with whom, until when."),
    )
    seen_on = DayField(label=_("Document seen on"), help_text=DEFINITIONS["residence_seen_on"])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsHelper("status", Row("valid_from", "printed_until"), Row("clause", "seen_on"), "wording", form=self)


class PlaceForm(RowForm):
    """A place of residence."""

    history = "place"
    accommodation = CodeField(
        "accommodation",
        label=_("Accommodation"),
        help_text=_("The kind is enough. A women’s refuge is stored without its municipality, and addresses go away."),
    )
    municipality = forms.ChoiceField(label=_("Municipality"), required=False, help_text=DEFINITIONS["municipality"])
    valid_from = DayField(
        label=_("Lives there from"), required=True, help_text=_("Day of the move. An estimate is enough.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].choices = municipality_choices(blank=str(_("not known")))
        self.helper = FieldsHelper(Row("accommodation", "municipality"), "valid_from", form=self)


FORMS: dict[str, type[RowForm]] = {form.history: form for form in (StatusForm, PlaceForm)}
