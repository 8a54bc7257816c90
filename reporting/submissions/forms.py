"""The forms around a report: which one, and why values changed since they were reported."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Operation
from reporting.indicators.asked import Asked
from reporting.submissions.changes import Happening
from reporting.submissions.content import name_of
from reporting.submissions.drafts import REASON_LENGTH
from resque.once.forms import OnceMixin
from resque.ui.partial_dates import GermanDateField
from resque.ui.tags.numbers import day


class ReportForm(forms.Form):
    """Which report: operation, rules and reference date. It draws, and checks the day that people type."""

    operation = forms.ChoiceField(label=gettext_lazy("Operation"))
    rules = forms.ChoiceField(label=gettext_lazy("Rules of the funding period"))
    date = GermanDateField(label=gettext_lazy("Reference date"))

    def __init__(self, usual: Asked, query: Mapping[str, str]):
        words = {"operation": usual.basis.operation.code, "rules": usual.basis.rules}
        super().__init__(data=words | {"date": query.get("date") or day(usual.until)})
        self.fields["operation"].choices = [(one.code, one.name) for one in Operation.objects.order_by("-start", "pk")]
        self.fields["rules"].choices = [("2014", "2014–2020"), ("2021", "2021–2027")]
        self.fields["date"].widget.attrs["list"] = "reference-dates"


class FreezeForm(OnceMixin, forms.Form):
    """Keeping a report: one reason for every happening that changed reported values, proposed where it is known."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args, seen: str, happenings: list[Happening], proposals: Mapping[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shown"].initial = seen
        for one in happenings:
            self.fields[one.key] = forms.CharField(
                label=_("Reason: %(codes)s") % {"codes": ", ".join(name_of(change.code) for change in one.changes)},
                initial=proposals.get(one.key, ""), required=False, max_length=REASON_LENGTH,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        self.reasons = [one.key for one in happenings]

    def show_again(self, seen: str) -> None:
        """Let the form stand for what is shown now, with proposals where a reason is asked for the first time."""
        sent = self.data.copy()
        sent["shown"] = seen
        for key in self.reasons:
            sent.setdefault(key, self.fields[key].initial)
        self.data = sent

    def told(self) -> dict[str, str]:
        """Return the reasons by key."""
        return {key: self.cleaned_data[key] for key in self.reasons}
