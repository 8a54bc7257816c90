"""Names, birth, origin, ways to reach a person, and who has custody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.choices import BirthPrecision
from participants.countries import country_choices
from participants.forms.fields import DayField
from participants.languages import language_choices
from participants.models.person import ContactKind
from resque.clock import today
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row, Section
from resque.ui.partial_dates import PartialDate, PartialDateField

# Month or year alone say it themselves; these say how a full date is known.
HOW_KNOWN = [
    (precision.value, precision.label)
    for precision in (
        BirthPrecision.SELF, BirthPrecision.DAY, BirthPrecision.ASSUMED_0101, BirthPrecision.AGE_EST,
        BirthPrecision.UNKNOWN,
    )
]  # fmt: skip
PARTIAL = (BirthPrecision.MONTH, BirthPrecision.YEAR)
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class IdentityForm(OnceMixin, VersionMixin, forms.Form):
    """How a person is called, born, and where from."""

    family_name = forms.CharField(
        label=_("Family name"), max_length=120, required=False, widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("As printed on the document."),
    )
    given_name = forms.CharField(
        label=_("Given name"), max_length=120, required=False, widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("A single name is enough, in one of both fields."),
    )
    original_script = forms.CharField(
        label=_("Name in original script"), max_length=240, required=False,
        widget=forms.TextInput(attrs={**_PLAIN, "dir": "auto"}),
    )
    birth_date = PartialDateField(
        label=_("Birth date"), required=False,
        help_text=_("Leave day and month empty when only the year is known."),
    )
    birth_precision = forms.ChoiceField(
        label=_("How we know it"), choices=HOW_KNOWN, required=False,
        help_text=_("A 1 January that an authority has set decides about no age group without the document."),
    )
    nationality = forms.ChoiceField(label=_("Nationality"), required=False)
    arrival_de = DayField(label=_("Arrival in Germany"))
    interpreter_language = forms.ChoiceField(
        label=_("Interpreter needed for"), required=False, help_text=_("Shown beside the name.")
    )

    def __init__(self, *args, participation, **kwargs):
        person, identity = participation.person, participation.person.loaded_identity
        initial = {
            "family_name": identity.family_name,
            "given_name": identity.given_name,
            "original_script": identity.original_script,
            "birth_date": PartialDate.of(person.birth_date, person.birth_precision),
            "birth_precision": person.birth_precision,
            "nationality": person.nationality,
            "arrival_de": person.arrival_de,
            "interpreter_language": person.interpreter_language,
            "version": identity.version,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.fields["birth_date"].latest = today()
        self.fields["nationality"].choices = country_choices(blank=str(_("not asked")))
        self.fields["interpreter_language"].choices = language_choices(blank=str(_("none")))
        self.helper = FieldsHelper(
            Section(_("Name"), Row("family_name", "given_name"), "original_script", id="name"),
            Section(_("Birth"), Row("birth_date", "birth_precision"), id="birth"),
            Section(
                _("Origin and language"), Row("nationality", "arrival_de"), "interpreter_language", id="origin"
            ),
            form=self,
        )  # fmt: skip

    def answers(self) -> dict:
        """Return the arguments of `change_identity`."""
        data = {name: self.cleaned_data[name] for name in self.fields if name not in ("version", "form_key")}
        known = data["birth_date"]
        data["birth_date"] = known.date if known else None
        if known and known.precision in PARTIAL:
            data["birth_precision"] = known.precision
        elif not data["birth_precision"]:
            data["birth_precision"] = BirthPrecision.SELF
        return data


class SpellingForm(OnceMixin, forms.Form):
    """One more spelling of the name."""

    text = forms.CharField(
        label=_("Another spelling"), max_length=240, widget=forms.TextInput(attrs={**_PLAIN, "dir": "auto"}),
        help_text=_("As it stands on a letter or was spoken. Search finds the person under it."),
    )


class ContactForm(OnceMixin, forms.Form):
    """One way to reach the person."""

    kind = forms.ChoiceField(label=_("Way"), choices=ContactKind.choices)
    value = forms.CharField(label=_("Number or address"), max_length=200, widget=forms.TextInput(attrs=_PLAIN))
    remark = forms.CharField(
        label=_("To mind"), max_length=120, required=False,
        help_text=_("For example: only through the guardian, not after 18:00."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsHelper(Row("kind", "value"), "remark", form=self)


class GuardianForm(OnceMixin, forms.Form):
    """Who has custody of a minor."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False, widget=forms.TextInput(attrs=_PLAIN))
    organisation = forms.CharField(
        label=_("Office"), max_length=120, required=False, help_text=_("For example the youth office.")
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsHelper(Row("name", "organisation"), "phone", form=self)
