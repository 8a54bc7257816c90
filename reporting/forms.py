"""The filters of figures and indicators. They draw, and check what people type; reporting/access.py reads the words."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Operation
from reporting.indicators.asked import Asked, check_days
from reporting.periods import ALL, label_of, offered
from reporting.scopes import Scope
from resque.accounts.models import Partner
from resque.accounts.roles import Permission
from resque.clock import today
from resque.ui.partial_dates import GermanDateField


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


class QuestionForm(forms.Form):
    """The question at the head of the indicators: days are typed, so a wrong one is a fault beside its field."""

    operation = forms.ChoiceField(label=gettext_lazy("Operation"))
    partner = forms.ChoiceField(label=gettext_lazy("Partner"), required=False)
    rules = forms.ChoiceField(label=gettext_lazy("Rules of the funding period"))
    date = GermanDateField(label=gettext_lazy("Reference date"))
    since = GermanDateField(label=gettext_lazy("Earlier reference date"), required=False)

    def __init__(self, usual: Asked, query: Mapping[str, str]):
        basis = usual.basis
        words = {
            "operation": basis.operation.code,
            "partner": basis.partner.code if basis.partner else "",
            "rules": basis.rules,
            "date": _typed(query.get("date")) or _typed(usual.until.isoformat()),
            "since": _typed(query.get("since")),
        }
        super().__init__(data=words)
        self.usual = usual
        self.fields["operation"].choices = [(one.code, one.name) for one in Operation.objects.order_by("-start", "pk")]
        self.fields["rules"].choices = [("2014", "2014–2020"), ("2021", "2021–2027")]
        self.fields["partner"].choices = [
            ("", _("all partners")),
            *((one.code, one.short_name) for one in Partner.objects.by_name()),
        ]
        if usual.fixed_partner:
            del self.fields["partner"]
        self.fields["since"].hint = _("for the value of a period")
        for name in ("date", "since"):
            self.fields[name].widget.attrs["list"] = "reference-dates"

    def clean(self) -> dict:
        """Refuse days that are no reference dates."""
        cleaned = super().clean()
        if cleaned.get("date"):
            check_days(cleaned["date"], cleaned.get("since"))
        return cleaned

    def question(self) -> Asked:
        """Return the question with the days that were typed."""
        return self.usual.on(self.cleaned_data["date"], self.cleaned_data["since"])


def _typed(text: str | None) -> str:
    """A day of an address as people type it; anything else as it is."""
    try:
        return f"{date.fromisoformat(text or ''):%d.%m.%Y}"
    except ValueError:
        return text or ""


class OperationForm(forms.Form):
    """The choice of one operation, or of all of them with each person once."""

    operation = forms.ChoiceField(label=gettext_lazy("Operation"))

    def __init__(self, scope: Scope):
        super().__init__(initial={"operation": scope.operation.code if scope.operation else ALL})
        self.fields["operation"].choices = [
            *((one.code, one.name) for one in Operation.objects.order_by("-start", "pk")),
            (ALL, _("all operations, each person once")),
        ]
        self.fields["operation"].widget.attrs |= {"data-resque-send": True, "class": "w-auto"}
