"""With whom a case is shared, how far, until when."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.choices import ShareScope
from participants.forms.fields import DayField
from resque.accounts.models import Partner, PartnerKind
from resque.clock import today
from resque.once.forms import OnceMixin
from resque.ui.forms import FieldsHelper, Row
from resque.ui.widgets import ChoiceChips

USUAL_DAYS = 180


class ShareForm(OnceMixin, forms.Form):
    """One share. What the other partner will see stands beside the form."""

    to_partner = forms.ModelChoiceField(
        label=_("Partner"), queryset=Partner.objects.none(), empty_label=_("please choose"),
        error_messages={"required": _("Please choose a partner.")},
    )
    scope = forms.ChoiceField(
        label=_("How far"), choices=ShareScope.choices, initial=ShareScope.SERVICES, widget=ChoiceChips
    )
    until = DayField(
        label=_("Until"), required=True, help_text=_("At most one year. Then the share ends by itself."),
        error_messages={"required": _("Please enter the last day.")},
    )  # fmt: skip

    def __init__(self, *args, participation, to: str = "", **kwargs):
        kwargs.setdefault("initial", {"until": today() + timedelta(days=USUAL_DAYS), "scope": ShareScope.SERVICES})
        super().__init__(*args, **kwargs)
        self.fields["to_partner"].queryset = (
            Partner.objects.active_on(today())
            .exclude(pk=participation.partner_id)
            .exclude(kind=PartnerKind.PUBLIC)
            .by_name()
        )
        if to:  # whoever comes from a question of this partner
            offered = self.fields["to_partner"].queryset
            self.initial["to_partner"] = next((one.pk for one in offered if one.code == to), None)
        self.helper = FieldsHelper(Row("to_partner", "until"), "scope", form=self)
