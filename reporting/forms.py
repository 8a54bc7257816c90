"""The filters of the figures: operation, period, partner. They only draw; reporting/access.py reads the address."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Operation
from reporting.periods import label_of, offered
from reporting.scopes import Scope
from resque.accounts.models import Partner
from resque.accounts.roles import Permission
from resque.clock import today


class ScopeForm(forms.Form):
    """Selects that stand at the head of a page of figures; without a choice a select is left out."""

    operation = forms.ChoiceField(label=gettext_lazy("Operation"))
    period = forms.ChoiceField(label=gettext_lazy("Period"))
    partner = forms.ChoiceField(label=gettext_lazy("Partner"))

    def __init__(self, scope: Scope):
        chosen = {
            "operation": scope.operation.code,
            "period": scope.period.code,
            "partner": scope.partner.code if scope.partner else "",
        }
        super().__init__(initial=chosen)
        self.fields["operation"].choices = [(one.code, one.name) for one in Operation.objects.order_by("-start", "pk")]
        self.fields["period"].choices = _periods(scope)
        self.fields["partner"].choices = [
            ("", _("all partners")),
            *((one.code, one.short_name) for one in Partner.objects.by_name()),
        ]
        if not scope.user.can(Permission.VIEW_FIGURES):
            del self.fields["partner"]
        if scope.user.can(Permission.VIEW_AGGREGATES):
            del self.fields["period"]
        for field in self.fields.values():
            field.widget.attrs |= {"data-resque-send": True, "class": "w-auto"}


def _periods(scope: Scope) -> list[tuple[str, str]]:
    words = list(offered(start=scope.operation.start, today=today()))
    if scope.period.code not in words:  # a month, chosen by a bar of a chart
        words.append(scope.period.code)
    return [(word, label_of(word)) for word in words]
