"""The filters of data quality. They only draw; reporting/quality/access.py reads the address."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Operation
from reporting.quality.access import PERIODS
from reporting.quality.inquiry import Inquiry, entry_label
from resque.clock import today
from resque.ui.tags.numbers import day

REFERENCE_DAYS = 4  # half-years whose last day is offered


class QualityForm(forms.Form):
    """Selects at the head of the page; filters that stand elsewhere on it are carried along."""

    operation = forms.ChoiceField(label=gettext_lazy("Operation"))
    on = forms.ChoiceField(label=gettext_lazy("Day of the check"))
    rules = forms.ChoiceField(label=gettext_lazy("Rules"))
    entry = forms.ChoiceField(label=gettext_lazy("Entry"))

    def __init__(self, inquiry: Inquiry, entries: Iterable):
        operation = inquiry.basis.operation
        super().__init__(
            initial={
                "operation": operation.code,
                "on": "" if inquiry.on == today() else inquiry.on.isoformat(),
                "rules": inquiry.basis.rules,
                "entry": inquiry.entry,
            }
        )
        self.fields["operation"].choices = [(one.code, one.name) for one in Operation.objects.order_by("-start", "pk")]
        self.fields["on"].choices = _days(inquiry)
        self.fields["rules"].choices = [(period, _rules_label(period)) for period in PERIODS]
        self.fields["entry"].choices = _entries(inquiry, entries)
        for field in self.fields.values():
            field.widget.attrs |= {"data-resque-send": True, "class": "w-auto"}
        kept = inquiry.words()
        self.carried = [(name, kept[name]) for name in ("partner", "whose", "severity", "rule") if name in kept]


def _rules_label(period: str) -> str:
    return {"2014": _("Rules 2014–2020"), "2021": _("Rules 2021–2027")}[period]


def _days(inquiry: Inquiry) -> list[tuple[str, str]]:
    """Today, the last days of the last half-years of the operation, and the day of the address."""
    now = today()
    ends = [date(year, *end) for year in range(now.year, now.year - 4, -1) for end in ((12, 31), (6, 30))]
    offered = [end for end in ends if inquiry.basis.operation.start <= end < now][:REFERENCE_DAYS]
    if inquiry.on != now and inquiry.on not in offered:
        offered = sorted([*offered, inquiry.on], reverse=True)
    return [("", _("As of today")), *((one.isoformat(), _("As of %(day)s") % {"day": day(one)}) for one in offered)]


def _entries(inquiry: Inquiry, entries: Iterable) -> list[tuple[str, str]]:
    known = [(way.key, f"{way.label} ({way.count})") for way in entries]
    if inquiry.entry and inquiry.entry not in dict(known):
        known.append((inquiry.entry, entry_label(inquiry.entry)))
    return [("", _("all entries")), *known]
