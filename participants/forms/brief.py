"""The short way: who it is, which language, where the person lives. One page, less than a minute."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.choices import BirthPrecision
from participants.forms.background import YearField
from participants.forms.fields import CodeField
from participants.forms.intake import InformationForm
from participants.languages import language_choices
from participants.names import tidy
from participants.operations.people import PersonDraft
from resque.clock import today
from resque.codelists.queries import entry_of
from resque.once.forms import OnceMixin
from resque.ui.forms import FieldsHelper, Row, Section
from resque.ui.partial_dates import PartialDate

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class BriefForm(OnceMixin, InformationForm):
    """A short contact. It opens only when the privacy information was handed out (rule E27)."""

    family_name = forms.CharField(
        label=_("Family name"), max_length=120, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )
    given_name = forms.CharField(
        label=_("Given name"), max_length=120, required=False, widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("A single name is enough, in one of both fields."),
    )  # fmt: skip
    original_script = forms.CharField(
        label=_("Name in original script"), max_length=240, required=False,
        widget=forms.TextInput(attrs={**_PLAIN, "dir": "auto"}),
    )  # fmt: skip
    year = YearField(label=_("Year of birth"))
    gender = CodeField("gender", label=_("Gender"))
    interpreter_language = forms.ChoiceField(label=_("Interpreter needed for"), required=False)
    accommodation = CodeField("accommodation", label=_("Accommodation"), blank=_("not known"))
    # Whom the search before showed: these people were looked at and are somebody else.
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=400)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gender"].on = today()
        self.fields["accommodation"].on = today()
        # Name and year come from the search: the first question that is open is the language.
        self.fields["interpreter_language"].widget.attrs["data-resque-focus"] = True
        self.fields["interpreter_language"].choices = language_choices(blank=gettext("none"))
        self.helper = FieldsHelper(
            Section(
                _("Person"), Row("family_name", "given_name"), Row("year", "interpreter_language"),
                Row("accommodation", "gender"), "original_script", id="name",
            ),
            Section(_("Privacy information"), Row("info_given_on", "info_language"), id="information"),
            "seen", "form_key",
            form=self,
        )  # fmt: skip

    def clean_year(self) -> int | None:
        """Return the year; one that has not come is refused."""
        year = self.cleaned_data["year"]
        if year is not None and year > today().year:
            raise ValidationError(gettext("This year has not come yet."))
        return year

    def clean(self) -> dict:
        """Ask for one name at least."""
        known = super().clean()
        if not any(tidy(known.get(name, "")) for name in ("family_name", "given_name")):
            self.add_error("family_name", gettext("Please enter a family name or a given name; one of them is enough."))
        return known

    @property
    def draft(self) -> PersonDraft:
        """The person as the form describes it."""
        known = self.cleaned_data
        born = PartialDate(known["year"]) if known["year"] else None
        return PersonDraft(
            family_name=known["family_name"],
            given_name=known["given_name"],
            original_script=known["original_script"],
            birth_date=born.date if born else None,
            birth_precision=BirthPrecision.YEAR if born else BirthPrecision.UNKNOWN,
            interpreter_language=known["interpreter_language"],
        )

    @property
    def sex(self) -> str:
        """Sex as the ESF counts it, from the gender."""
        found = entry_of("gender", self.cleaned_data["gender"])
        return (found.attributes["sex"] or "") if found else ""
