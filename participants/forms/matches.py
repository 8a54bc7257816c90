"""What is decided about two records, and what goes between two partners."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.linking.sending import Item
from participants.models import MatchState
from participants.queries.comparing import asked_partners
from resque.accounts.models import Partner
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper
from resque.ui.widgets import MultiChips

LONGEST_TEXT = 400


class DecisionForm(OnceMixin, forms.Form):
    """What somebody decided about two records; sent by the button that was pressed."""

    other = forms.CharField(max_length=12)
    decision = forms.ChoiceField(choices=MatchState.choices)
    version = forms.IntegerField(required=False, min_value=1, max_value=10**9)


class OtherForm(forms.Form):
    """The number of another record that somebody wants to lay beside this one."""

    use_required_attribute = False
    other = forms.CharField(
        label=_("Number of another record"), max_length=12, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "R-7K3FQ", "size": 10}),
    )  # fmt: skip


class SendForm(OnceMixin, forms.Form):
    """A question to a partner: what goes with the name."""

    to_partner = forms.ModelChoiceField(
        label=_("Partner"), queryset=Partner.objects.none(), empty_label=None,
        error_messages={"required": _("Please choose a partner."), "invalid_choice": _("Please choose a partner.")},
    )  # fmt: skip
    items = forms.MultipleChoiceField(
        label=_("Beside the name they may see"),
        choices=Item.choices,
        required=False,
        initial=[Item.SPELLINGS, Item.YEAR],
        widget=MultiChips,
        help_text=_("Only what they need to recognise the person. It is deleted with the answer."),
    )
    message = forms.CharField(
        label=_("Some words to the colleagues"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, own: int | None, to: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        offered = asked_partners(own)
        self.fields["to_partner"].queryset = Partner.objects.filter(pk__in=[one.pk for one in offered]).by_name()
        self.fields["to_partner"].initial = next((one.pk for one in offered if one.code == to), None)
        self.helper = FieldsHelper("to_partner", "items", "message", form=self)


class AnswerForm(OnceMixin, VersionMixin, forms.Form):
    """What one of the two partners does with a question; sent by the button that was pressed."""

    ANSWERS = ("same", "different", "ask_back", "reply", "withdraw", "separate")

    answer = forms.ChoiceField(choices=[(name, name) for name in ANSWERS])
    record = forms.CharField(max_length=12, required=False)
    text = forms.CharField(
        label=_("Your words"), max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
