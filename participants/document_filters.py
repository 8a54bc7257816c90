"""Filters of the list of documents that end. They stand in the address."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from participants.models import Document, Participation
from participants.operations.document_copies import TYPES
from participants.queries.ending_documents import expired, last_day_listed, within
from resque.accounts.models import User
from resque.codelists.queries import entries

EXPIRED, LATER = "expired", "all"
DAYS = {"30": _("within 30 days"), "60": _("within 60 days"), "90": _("within 90 days")}


def _kinds() -> list[tuple[str, str]]:
    """Kinds of documents, without special categories: a filter would tell who has one."""
    return [(entry.code, entry.label) for entry in entries(TYPES) if not entry.attributes.get("special")]


class DocumentFilter(filters.FilterSet):
    """Narrow a list of documents. `request` gives the reader, whose colleagues are offered."""

    within = filters.ChoiceFilter(
        label=_("Ends"),
        choices=[(EXPIRED, _("has expired")), *DAYS.items(), (LATER, _("at any time"))],
        method="by_end",
        empty_label=_("Expired or within 60 days"),
    )
    type = filters.ChoiceFilter(label=_("Document"), choices=_kinds, method="by_type", empty_label=_("Every document"))
    referent = filters.ModelChoiceFilter(
        label=_("Referent"), queryset=User.objects.none(), to_field_name="reference", method="by_referent",
        empty_label=_("Referent"),
    )  # fmt: skip

    class Meta:
        model = Document
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["referent"].queryset = User.objects.colleagues_of(self.request.user)
        for asked in self.form.fields.values():
            asked.widget.attrs["data-resque-send"] = True

    def filter_queryset(self, queryset):
        """Apply the filters; without a word about the end only what is near."""
        if not self.form.cleaned_data.get("within"):
            queryset = queryset.ending_by(last_day_listed())
        return super().filter_queryset(queryset)

    def by_end(self, queryset, name, value):
        """Keep what ended, or ends within some days."""
        if value == LATER:
            return queryset
        return queryset.filter(expired() if value == EXPIRED else within(int(value)))

    def by_type(self, queryset, name, value):
        """Keep one kind of document."""
        return queryset.filter(type=value, special=False)

    def by_referent(self, queryset, name, value):
        """Keep documents of the cases that a colleague accompanies."""
        return queryset.filter(case__in=Participation.objects.filter(referent=value))

    @property
    def is_set(self) -> bool:
        """Whether any filter is set."""
        return any(self.data.get(name) for name in self.form.fields)
