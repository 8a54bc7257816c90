"""What came of it: kind, beginning, and how strong the proof is."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.forms.fields import CodeField, DayField
from resque.clock import today
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row, Section
from resque.ui.widgets import ChoiceChips, SegmentChoice
from services.choices import Evidence, OutcomeState
from services.models import Outcome
from services.operations.outcomes import CHANGEABLE

SEEN = (Evidence.DOCUMENT, Evidence.CONFIRMED, Evidence.LASTING)
_LENGTH = _("At most %(limit_value)s characters; these are %(show_value)s.")


class OutcomeForm(OnceMixin, forms.Form):
    """A new outcome."""

    kind = CodeField(
        "outcome",
        label=_("Outcome"),
        required=True,
        blank=_("please choose"),
        error_messages={"required": _("Please choose what came of it.")},
    )
    start = DayField(label=_("Begins on"), required=True, error_messages={"required": _("Please enter the first day.")})
    end = DayField(label=_("Ends on"))
    state = forms.ChoiceField(
        label=_("State"),
        choices=OutcomeState.choices,
        required=False,
        widget=SegmentChoice,
        help_text=_("Without an answer the beginning decides: in the future it is planned, else begun."),
    )
    employer = forms.CharField(
        label=_("Employer or school"), max_length=160, required=False, error_messages={"max_length": _LENGTH}
    )
    hours_per_week = forms.DecimalField(
        label=_("Hours a week"),
        max_digits=4,
        decimal_places=1,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 5}),
        error_messages={"invalid": _("Please type the hours as a number, such as 38,5.")},
    )
    evidence = forms.ChoiceField(
        label=_("How strong is the proof?"), choices=Evidence.choices, initial=Evidence.STATED, widget=ChoiceChips
    )
    evidence_on = DayField(label=_("Seen on"))
    evidence_note = forms.CharField(
        label=_("What was seen"), max_length=200, required=False, error_messages={"max_length": _LENGTH}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidence_note"].hint = _("such as the contract of 1 March; no copies")
        self.fields["end"].hint = _("if known")
        self.helper = FieldsHelper(
            Row("kind", "start"), "state", Row("employer", "hours_per_week", "end"),
            Section(_("Proof"), "evidence", Row("evidence_on", "evidence_note"), lead=_(
                "An outcome counts when somebody has seen a proof: the stronger, the longer the figure holds."
            )),
            form=self,
        )  # fmt: skip

    def clean_hours_per_week(self) -> Decimal | None:
        """Return the hours with one place, as they are stored."""
        hours = self.cleaned_data["hours_per_week"]
        return None if hours is None else hours.quantize(Decimal("0.1"))

    def clean(self) -> dict:
        """Let the beginning say the state where nobody did; ask when a proof was seen."""
        known = super().clean()
        if not known.get("state") and known.get("start"):
            known["state"] = OutcomeState.PLANNED if known["start"] > today() else OutcomeState.BEGUN
        if known.get("evidence") in SEEN and not known.get("evidence_on") and "evidence_on" not in self.errors:
            self.add_error("evidence_on", gettext("Please enter the day on which the proof was seen."))
        return known

    def answers(self) -> dict:
        """Return the facts for the operations."""
        return {name: self.cleaned_data[name] for name in CHANGEABLE}


class OutcomeChangeForm(VersionMixin, OutcomeForm):
    """A stored outcome: from planned to begun, its end, a stronger proof."""

    def __init__(self, *args, outcome: Outcome, **kwargs):
        initial = {name: getattr(outcome, name) for name in CHANGEABLE} | {"version": outcome.version}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.fields["kind"].keep(outcome.kind)
