"""The forms of the register of organisations, and who took part in an event."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row
from resque.ui.widgets import ChoiceChips
from services.choices import OrganisationKind, SizeClass
from services.forms.header import LENGTH, text_field
from services.models import Organisation
from services.operations.events import Part
from services.operations.organisations import CHANGEABLE

MOST = 200  # organisations of one event


class OrganisationForm(OnceMixin, forms.Form):
    """A new entry of the register."""

    name = forms.CharField(
        label=_("Name"),
        max_length=160,
        error_messages={"required": _("Please enter the name of the organisation."), "max_length": LENGTH},
    )
    town = text_field(_("Town"), most=80)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=OrganisationKind.choices,
        widget=ChoiceChips,
        error_messages={"required": _("Please choose what kind of organisation it is.")},
    )
    size = forms.ChoiceField(
        label=_("Size"),
        choices=SizeClass.choices,
        required=False,
        initial=SizeClass.UNKNOWN,
        widget=ChoiceChips,
        help_text=_("For employers: the funder counts supported micro, small and medium enterprises."),
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].hint = _("as it is written officially; no name of a contact person")
        self.helper = FieldsHelper(Row("name", "town"), "kind", "size", form=self)

    def answers(self) -> dict:
        """Return the facts for the operations."""
        known = {name: self.cleaned_data[name] for name in CHANGEABLE}
        return known | {"size": known["size"] or SizeClass.UNKNOWN}


class OrganisationChangeForm(VersionMixin, OrganisationForm):
    """A stored entry."""

    def __init__(self, *args, organisation: Organisation, **kwargs):
        stored = {name: getattr(organisation, name) for name in CHANGEABLE} | {"version": organisation.version}
        super().__init__(*args, initial=stored, **kwargs)


class PartsInput(forms.Widget):
    """Ticked references under the name of the field, and `<name>_supported` with those that were supported."""

    def value_from_datadict(self, data: QueryDict, files, name: str) -> dict[str, bool]:
        """Return reference -> whether it was supported, of every ticked organisation."""
        supported = set(data.getlist(f"{name}_supported"))
        return {reference: reference in supported for reference in dict.fromkeys(data.getlist(name))}


class PartsField(forms.Field):
    """Cleans to the organisations that took part."""

    widget = PartsInput

    def clean(self, value: dict[str, bool]) -> list[Part]:
        """Return the organisations.

        Raises:
            ValidationError: the register has no such organisation, or there are too many.
        """
        if len(value) > MOST:
            raise ValidationError(gettext("At most %(most)s organisations take part in one event.") % {"most": MOST})
        known = {text for text in value if "\0" not in text}
        found = {one.reference: one for one in Organisation.objects.filter(reference__in=known)}
        for reference in value:
            if reference not in found:
                raise ValidationError(
                    gettext("“%(number)s” is not in the register. Please search again.") % {"number": reference[:12]}
                )
        return [Part(found[reference], supported) for reference, supported in value.items()]


class PartsForm(OnceMixin, VersionMixin, forms.Form):
    """Which organisations took part in an event."""

    organisations = PartsField(label=_("Organisations"), required=False)

    @property
    def said(self) -> dict[str, bool]:
        """What the page says: reference -> whether it was supported."""
        return self["organisations"].value() or {}
