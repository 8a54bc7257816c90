"""Filters of the list of people. They stand in the address; what they do, the querysets say in words."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from participants.choices import ParticipationState, Sex
from participants.countries import country_choices
from participants.forms.fields import DayField
from participants.models import Operation, Participation
from participants.queries.waiting import conditions
from resque.accounts.models import Partner, User
from resque.codelists.queries import choices

# Shown in the bar; the others open with "More filters".
FORM = "filters"
IN_THE_BAR = ("state", "referent", "accommodation")
MISSING, COMPLETE = "missing", "complete"


class DayFilter(filters.Filter):
    """A day as people type it, 31.12.2016; links write it as 2016-12-31."""

    field_class = DayField


class ParticipationFilter(filters.FilterSet):
    """Narrow a list of participations. `request` gives the reader, whose choices are offered."""

    state = filters.ChoiceFilter(label=_("State"), choices=ParticipationState.choices, empty_label=_("State"))
    referent = filters.ModelChoiceFilter(
        label=_("Referent"), queryset=User.objects.none(), to_field_name="reference", empty_label=_("Referent")
    )
    accommodation = filters.ChoiceFilter(
        label=_("Accommodation"), choices=lambda: choices("accommodation"), empty_label=_("Accommodation")
    )
    answers = filters.ChoiceFilter(
        label=_("ESF answers"),
        choices=[(MISSING, _("answers are missing")), (COMPLETE, _("complete, can be reported"))],
        method="by_answers",
        empty_label=_("all"),
    )
    waiting = filters.ChoiceFilter(
        label=_("Waits for somebody"),
        choices=lambda: [(one.key, one.label) for one in conditions().values()],
        method="by_waiting",
        empty_label=_("all"),
    )
    operation = filters.ModelChoiceFilter(
        label=_("Operation"), queryset=Operation.objects.all(), to_field_name="code", empty_label=_("all")
    )
    partner = filters.ModelChoiceFilter(
        label=_("Partner"), queryset=Partner.objects.none(), to_field_name="code", empty_label=_("all")
    )
    sex = filters.ChoiceFilter(
        label=_("Sex"), choices=[*Sex.choices, ("none", _("not asked"))], method="by_sex", empty_label=_("all")
    )
    nationality = filters.ChoiceFilter(
        label=_("Nationality"), field_name="person__nationality", choices=country_choices, empty_label=_("all")
    )
    entered_from = DayFilter(label=_("Entry from"), field_name="entry_date", lookup_expr="gte")
    entered_to = DayFilter(label=_("Entry until"), field_name="entry_date", lookup_expr="lte")

    class Meta:
        model = Participation
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user = self.request.user
        # The funder's coordination sees cases of all partners, and no account of their people.
        self.filters["partner"].queryset = Partner.objects.by_name()
        if user.people_partner_id:
            self.filters["referent"].queryset = User.objects.colleagues_of(user)
        else:
            del self.filters["referent"]
        for name, asked in self.form.fields.items():
            # Those of the bar send at once; the others stand outside of the form element.
            asked.widget.attrs |= {"data-resque-send": True} if name in IN_THE_BAR else {"form": FORM}

    def by_answers(self, queryset, name, value):
        """Keep records with, or without, missing answers."""
        return queryset.incomplete() if value == MISSING else queryset.complete()

    def by_waiting(self, queryset, name, value):
        """Keep the people behind a number of the home page."""
        return queryset.filter(conditions()[value].applies())

    def by_sex(self, queryset, name, value):
        """Keep one sex, or records where it was not asked."""
        return queryset.filter(sex="" if value == "none" else value)

    @property
    def bar(self) -> list:
        """Fields that stand in the bar."""
        return [self.form[name] for name in IN_THE_BAR if name in self.form.fields]

    @property
    def further(self) -> list:
        """Fields behind "More filters"."""
        return [self.form[name] for name in self.form.fields if name not in IN_THE_BAR]

    @property
    def is_set(self) -> bool:
        """Whether any filter is set."""
        return any(self.data.get(name) for name in self.form.fields)

    @property
    def further_set(self) -> int:
        """How many of the further filters are set."""
        return sum(1 for field in self.further if self.data.get(field.name))
