"""What intake asks: first the search, then the privacy information, then the name."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.choices import BirthPrecision
from participants.countries import country_choices
from participants.forms.fields import CodeField, DayField
from participants.languages import language_choices
from participants.models import Operation
from participants.names import script_of, tidy
from participants.operations.people import PersonDraft
from participants.queries.search import Wanted
from resque.accounts.models import User
from resque.clock import today
from resque.codelists.queries import entry_of
from resque.once.forms import OnceMixin
from resque.once.operations import FIELD
from resque.ui.forms import FieldsHelper, Row, Section
from resque.ui.partial_dates import PartialDate, PartialDateField

OLDEST_YEAR = 1900
LONGEST_NAME = 200
# How a full date is known; month or year alone say it themselves.
PRECISIONS = (BirthPrecision.SELF, BirthPrecision.DAY, BirthPrecision.ASSUMED_0101, BirthPrecision.AGE_EST)
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class SearchForm(forms.Form):
    """A name in any spelling, and the year of birth where it is known."""

    name = forms.CharField(
        label=_("Name, as far as known"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Any spelling and any script, also محمد or ትግስት."),
        widget=forms.TextInput(attrs={**_PLAIN, "autofocus": True}),
    )
    year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "size": 6, "autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].hint = _("if known")

    def clean_year(self) -> int | None:
        """Return the year; one that nobody was born in is refused."""
        year = self.cleaned_data["year"]
        if year is not None and not OLDEST_YEAR <= year <= today().year:
            span = {"first": OLDEST_YEAR, "last": today().year}
            raise ValidationError(gettext("Please enter a year between %(first)s and %(last)s.") % span)
        return year

    @property
    def wanted(self) -> Wanted:
        """What is known so far; a wrong year counts as unknown."""
        known = getattr(self, "cleaned_data", {})
        return Wanted(tidy(known.get("name", "")), known.get("year"))


class InformationForm(forms.Form):
    """The privacy information, before any name (rule E27)."""

    info_given_on = DayField(
        label=_("Privacy information handed out on"),
        required=True,
        help_text=_("The sheet says who keeps which data and why. Before it was handed out, no name is stored."),
        error_messages={"required": _("Please enter the day. Before it no name may be stored.")},
    )
    info_language = forms.ChoiceField(label=_("Language of the sheet"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        languages = [("deu", gettext("German")), *language_choices()]
        self.fields["info_language"].choices = [("", gettext("not recorded")), *languages]

    def clean_info_given_on(self) -> date:
        """Return the day; one in the future is refused."""
        day = self.cleaned_data["info_given_on"]
        if day > today():
            raise ValidationError(gettext("This day lies in the future."))
        return day


class TakeInForm(OnceMixin, InformationForm):
    """Step 1 of intake: who the person is. Its name fields open once the privacy information was handed out."""

    family_name = forms.CharField(
        label=_("Family name"), max_length=120, required=False, widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("As printed on the document."),
    )  # fmt: skip
    given_name = forms.CharField(
        label=_("Given name"), max_length=120, required=False, widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("A single name is enough, in one of both fields."),
    )  # fmt: skip
    original_script = forms.CharField(
        label=_("Name in original script"), max_length=240, required=False,
        widget=forms.TextInput(attrs={**_PLAIN, "dir": "auto"}),
    )  # fmt: skip
    other_spellings = forms.CharField(
        label=_("Other spellings"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={**_PLAIN, "rows": 2, "dir": "auto"}),
        help_text=_("One on each line. The person is found under every one."),
    )  # fmt: skip
    birth_date = PartialDateField(
        label=_("Birth date"), required=False,
        help_text=_("Leave day and month empty when only the year is known."),
    )  # fmt: skip
    birth_precision = forms.ChoiceField(
        label=_("How we know it"), choices=[(known.value, known.label) for known in PRECISIONS], required=False
    )
    gender = CodeField("gender", label=_("Gender"))
    nationality = forms.ChoiceField(label=_("Nationality"), required=False)
    arrival_de = DayField(label=_("Arrival in Germany"))
    interpreter_language = forms.ChoiceField(label=_("Interpreter needed for"), required=False)
    operation = forms.ModelChoiceField(
        label=_("Operation"), queryset=Operation.objects.none(), to_field_name="code", empty_label=None
    )
    referent = forms.ModelChoiceField(
        label=_("Referent"), queryset=User.objects.none(), to_field_name="reference", required=False,
        empty_label=_("nobody yet"),
    )  # fmt: skip
    # Whom the search before showed: these people were looked at and are somebody else.
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=400)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["birth_date"].latest = today()
        fields["gender"].on = today()
        fields["nationality"].choices = country_choices(blank=gettext("not asked"))
        fields["interpreter_language"].choices = language_choices(blank=gettext("none"))
        fields["operation"].queryset = Operation.objects.filter(accepts_entries=True).order_by("-start")
        fields["referent"].queryset = User.objects.colleagues_of(user)
        self.helper = FieldsHelper(
            Section(_("Privacy information"), Row("info_given_on", "info_language"), id="information"),
            Section(
                _("Name"), Row("family_name", "given_name"), Row("original_script", "other_spellings"), id="name"
            ),
            Section(_("Birth"), Row("birth_date", "birth_precision"), id="birth"),
            Section(
                _("Origin and language"), Row("gender", "nationality"), Row("arrival_de", "interpreter_language"),
                id="origin",
            ),
            Section(_("Work"), Row("operation", "referent"), id="work"),
            "seen", "form_key",
            form=self,
        )  # fmt: skip

    def clean_arrival_de(self) -> date | None:
        """Return the day; one in the future is refused."""
        day = self.cleaned_data["arrival_de"]
        if day and day > today():
            raise ValidationError(gettext("This day lies in the future."))
        return day

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
        born, precision = _birth(known["birth_date"], known["birth_precision"])
        return PersonDraft(
            family_name=known["family_name"],
            given_name=known["given_name"],
            original_script=known["original_script"],
            other_spellings=tuple(known["other_spellings"].splitlines()),
            birth_date=born,
            birth_precision=precision,
            nationality=known["nationality"],
            arrival_de=known["arrival_de"],
            interpreter_language=known["interpreter_language"],
        )

    @property
    def sex(self) -> str:
        """The sex that the ESF counts, from the longer list."""
        entry = entry_of("gender", self.cleaned_data["gender"])
        return entry.attributes["sex"] if entry else ""


def _birth(known: PartialDate | None, stated: str) -> tuple[date | None, str]:
    """Return birth date and precision; what is missing of a date says its precision itself."""
    if known is None:
        return None, BirthPrecision.UNKNOWN
    if known.precision == "month":
        return known.date, BirthPrecision.MONTH
    if known.precision == "year" and stated not in (BirthPrecision.ASSUMED_0101, BirthPrecision.AGE_EST):
        return known.date, BirthPrecision.YEAR
    return known.date, stated or BirthPrecision.SELF


INFORMATION = ("info_given_on", "info_language")
_BIRTH_PARTS = ("birth_date_day", "birth_date_month", "birth_date_year")
CARRIED = (*(name for name in TakeInForm.base_fields if name not in (*INFORMATION, "birth_date", FIELD)), *_BIRTH_PARTS)


def first_answers(wanted: Wanted, *, referent: str, seen: str) -> dict[str, str]:
    """Return what intake carries from the search: name and year, whose case it will be, who was looked at."""
    year = str(wanted.year) if wanted.year else ""
    return {"referent": referent, "seen": seen[:400], "birth_date_year": year, **_split(wanted.name)}


def carried_answers(data) -> dict[str, str]:
    """Return the answers that a page hands on to the next one without anybody storing them."""
    return {name: data[name] for name in CARRIED if data.get(name)}


def opened_with(data, *, user) -> TakeInForm:
    """Return the form of the person with the answers that were carried to it; nothing is checked yet."""
    answers = carried_answers(data) | {name: data.get(name, "") for name in INFORMATION}
    day, month, year = (_whole(answers.pop(part, "")) for part in _BIRTH_PARTS)
    return TakeInForm(user=user, initial=answers | {"birth_date": PartialDate(year or 0, month, day) if year else None})


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _split(name: str) -> dict[str, str]:
    if script_of(name) != "latin":
        return {"original_script": name}
    if "," in name:  # a comma says which is which
        family, _comma, given = name.partition(",")
    else:
        given, _blank, family = name.partition(" ")
    return {"family_name": family.strip(), "given_name": given.strip()}
