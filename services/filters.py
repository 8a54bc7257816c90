"""Filters of the lists of events, visits and organisations. They stand in the address."""

import re
from datetime import date, timedelta

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.filters import DayFilter
from participants.models import Operation
from resque.accounts.models import Partner
from resque.codelists.queries import choices
from services.catalogue import KINDS, Category, Shape
from services.choices import OrganisationKind, SizeClass
from services.models import Activity, Organisation
from services.naming import organisation_key
from services.queries.network import MEETINGS, SUPPORTED

FORM = "filters"
YEAR = re.compile(r"20\d\d", re.ASCII)


class InBar(filters.FilterSet):
    """Filters of which some stand in the bar and send at once; the others open with "More filters"."""

    in_the_bar: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, asked in self.form.fields.items():
            asked.widget.attrs |= {"data-resque-send": True} if name in self.in_the_bar else {"form": FORM}

    @property
    def bar(self) -> list:
        """Fields that stand in the bar."""
        return [self.form[name] for name in self.in_the_bar]

    @property
    def further(self) -> list:
        """Fields behind "More filters"."""
        return [self.form[name] for name in self.form.fields if name not in self.in_the_bar]

    @property
    def is_set(self) -> bool:
        """Whether any filter is set."""
        return any(self.data.get(name) for name in self.form.fields)

    @property
    def further_set(self) -> int:
        """How many of the further filters are set."""
        return sum(1 for field in self.further if self.data.get(field.name))


def years_of(rows, chosen: str | None) -> list[tuple[int, str]]:
    """Return the years in which something of a list lies, newest first, and the chosen one even if nothing does.

    Args:
        rows: activities, before they are filtered.
        chosen: year of the address.
    """
    bare = Activity.objects.filter(pk__in=rows.order_by().values("pk"))
    found = {day.year for day in bare.dates("day", "year")}
    if chosen and YEAR.fullmatch(chosen):
        found.add(int(chosen))
    return [(year, str(year)) for year in sorted(found, reverse=True)]


def _kinds(wanted) -> list:
    groups = [
        (str(one.label), [(k.code, k.label) for k in KINDS if k.category == one and wanted(k)]) for one in Category
    ]
    return [(label, kinds) for label, kinds in groups if kinds]


class WorkFilter(InBar):
    """What lists of events and of visits have in common."""

    year = filters.ChoiceFilter(label=_("Year"), field_name="day__year", empty_label=_("Year"))
    partner = filters.ModelChoiceFilter(
        label=_("Organisation"), queryset=Partner.objects.by_name(), to_field_name="code", empty_label=_("Partner")
    )
    operation = filters.ModelChoiceFilter(
        label=_("Operation"), queryset=Operation.objects.all(), to_field_name="code", empty_label=_("all")
    )
    since = DayFilter(label=_("From"), field_name="day", lookup_expr="gte")
    until = DayFilter(label=_("Until"), field_name="day", lookup_expr="lte")

    class Meta:
        model = Activity
        fields = ()

    def __init__(self, data=None, queryset=None, **kwargs):
        super().__init__(data, queryset, **kwargs)
        self.form.fields["year"].choices = years_of(queryset, (data or {}).get("year"))


class EventFilter(WorkFilter):
    """Narrow a list of events."""

    in_the_bar = ("kind", "year", "partner")
    kind = filters.ChoiceFilter(
        label=_("Kind"), choices=lambda: _kinds(lambda kind: kind.is_event), empty_label=_("Kind")
    )
    audience = filters.ChoiceFilter(
        label=_("Audience"), choices=lambda: choices("audience"), method="by_audience", empty_label=_("all")
    )

    shape = filters.ChoiceFilter(
        label=_("Kind of work"),
        choices=[(Shape.STRUCTURAL, _("with audiences and organisations")), (Shape.INTERNAL, _("internal"))],
        empty_label=_("all"),
    )
    counted = filters.ChoiceFilter(
        label=_("Counted as contacts"), choices=[("yes", _("yes"))], method="by_counted", empty_label=_("all")
    )
    estimated = filters.ChoiceFilter(
        label=_("Numbers"), choices=[("yes", _("estimated"))], method="by_estimated", empty_label=_("all")
    )

    def by_counted(self, queryset, name, value):
        """Leave meetings out: who comes there is no contact."""
        return queryset.exclude(kind__in=MEETINGS)

    def by_estimated(self, queryset, name, value):
        """Keep events whose numbers are estimated."""
        return queryset.filter(occasion__estimated=True)

    def by_audience(self, queryset, name, value):
        """Keep events with this audience."""
        return queryset.filter(audiences__kind=value)


class VisitFilter(WorkFilter):
    """Narrow a list of visits."""

    in_the_bar = ("kind", "year")
    kind = filters.ChoiceFilter(
        label=_("Kind"), choices=lambda: _kinds(lambda kind: Shape.OUTREACH in kind.shapes), empty_label=_("Kind")
    )


class OrganisationFilter(InBar):
    """Narrow the register. With a partner, an operation or days: those that took part in a held event there."""

    in_the_bar = ("q", "kind", "size")
    q = filters.CharFilter(label=_("Name or town"), method="by_words", max_length=120)
    kind = filters.ChoiceFilter(label=_("Kind"), choices=OrganisationKind.choices, empty_label=_("Kind"))
    size = filters.ChoiceFilter(label=_("Size"), choices=SizeClass.choices, empty_label=_("Size"))
    counts = filters.ChoiceFilter(
        label=_("Counts for"), choices=[(code, code) for code in SUPPORTED], method="by_indicator", empty_label=_("all")
    )
    supported = filters.ChoiceFilter(
        label=_("Directly supported"), choices=[("yes", _("yes"))], method="nothing", empty_label=_("all")
    )
    partner = filters.ModelChoiceFilter(
        label=_("Event of"), queryset=Partner.objects.by_name(), to_field_name="code", method="nothing",
        empty_label=_("all"),
    )  # fmt: skip
    operation = filters.ModelChoiceFilter(
        label=_("Operation"), queryset=Operation.objects.all(), to_field_name="code", method="nothing",
        empty_label=_("all"),
    )  # fmt: skip
    since = DayFilter(label=_("Took part from"), method="nothing")
    until = DayFilter(label=_("Took part until"), method="nothing")
    first = DayFilter(label=_("For the first time from"), method="nothing")

    class Meta:
        model = Organisation
        fields = ()

    def by_words(self, queryset, name, value):
        """Keep what has these letters in its name, however they are written, or in its town."""
        key = organisation_key(value)
        return queryset.filter(Q(key__contains=key) | Q(town__icontains=value)) if key else queryset.none()

    def by_indicator(self, queryset, name, value):
        """Keep what an indicator of the funder counts once it was supported."""
        return queryset.filter(SUPPORTED[value])

    def nothing(self, queryset, name, value):
        """Leave it to `filter_queryset`: what asks for an event is asked of one and the same event."""
        return queryset

    def filter_queryset(self, queryset):
        """Keep organisations that took part in a held event with everything that is asked of it."""
        said, rows = self.form.cleaned_data, super().filter_queryset(queryset)
        asked = {name: said.get(name) for name in ("supported", "partner", "operation", "since", "until")}
        asked["supported"] = bool(asked["supported"])
        if any(asked.values()) or said.get("first"):
            rows = rows.filter(pk__in=queryset.model.objects.taking_part(**asked).values("pk"))
        if said.get("first") and said["first"] > date.min:
            before = asked | {"until": said["first"] - timedelta(days=1)}
            rows = rows.exclude(pk__in=queryset.model.objects.taking_part(**before).values("pk"))
        return rows
