"""One language level, one schooling, one occupation, one credential."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.countries import country_choices
from participants.forms.fields import CodeField, DayField, YesNoField
from participants.languages import language_choices
from participants.models.credentials import PaperState
from participants.models.languages import LanguageExam
from participants.models.schooling import MOST_YEARS
from participants.models.work import WorkKind
from participants.operations.background import EARLIEST_YEAR, KINDS
from participants.sheets.texts import GERMAN
from resque.clock import today
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row

NOT_KNOWN = _("not known")
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class NumberField(forms.IntegerField):
    """A small whole number that may be unknown, typed by hand."""

    def __init__(self, *, digits: int, least: int = 0, most: int | None = None, **kwargs):
        attrs = {"inputmode": "numeric", "maxlength": digits, "size": digits + 2, "autocomplete": "off"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(**{"required": False, "min_value": least, "max_value": most, "widget": widget, **kwargs})


class YearField(NumberField):
    """A year, or nothing."""

    def __init__(self, **kwargs):
        super().__init__(digits=4, least=EARLIEST_YEAR, most=9999, **kwargs)


class EntryRowForm(OnceMixin, VersionMixin, forms.Form):
    """What every row has: its key and version when it is corrected.

    Args:
        stored: the row to correct; None adds one.
    """

    history = ""
    # Fields that a new row begins with: they alone are no answer.
    proposals: tuple[str, ...] = ()
    row = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1, required=False)

    def __init__(self, *args, stored=None, **kwargs):
        initial = self.proposed()
        if stored is not None:
            initial = {name: getattr(stored, name) for name in KINDS[self.history].fields}
            initial |= {"row": str(stored.pk), "version": stored.version}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self._offer(stored)

    def proposed(self) -> dict:
        """Return what a new row begins with."""
        return {}

    def _offer(self, stored) -> None:
        """Fill lists of choices when the form is made: they depend on the day and the language of the reader."""

    def said(self) -> dict:
        """Return what the operations take."""
        return {name: self.cleaned_data[name] for name in KINDS[self.history].fields}


def _level(label) -> CodeField:
    return CodeField("cefr", label=label, blank=NOT_KNOWN)


class LanguageForm(EntryRowForm):
    """A level with its evidence and its day."""

    history = "language"
    proposals = ("evidence", "assessed_on")
    language = forms.ChoiceField(label=_("Language"), required=False)
    overall = _level(_("Level"))
    evidence = CodeField("language_evidence", label=_("How we know it"), blank=_("please choose"))
    assessed_on = DayField(label=_("Known since"), help_text=_("Day of the test or of the conversation."))
    exam = forms.ChoiceField(
        label=_("Which certificate"), required=False, help_text=_("Only with the evidence “certificate”.")
    )
    listening = _level(_("Listening"))
    reading = _level(_("Reading"))
    speaking = _level(_("Speaking"))
    writing = _level(_("Writing"))
    literacy = CodeField(
        "literacy", label=_("Script"), blank=NOT_KNOWN, help_text=_("Decides which course fits.")
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsHelper(
            Row("language", "overall"), Row("evidence", "assessed_on"), Row("exam", "literacy"),
            Row("listening", "reading"),
            Row("speaking", "writing"), form=self,
        )  # fmt: skip

    def proposed(self) -> dict:
        """Return what a counsellor mostly notes: what the person says, today."""
        return {"evidence": "SELBST", "assessed_on": today()}

    def _offer(self, stored) -> None:
        languages = [(GERMAN, gettext("German")), *language_choices()]
        self.fields["language"].choices = [("", gettext("please choose")), *languages]
        self.fields["exam"].choices = [("", gettext("no certificate")), *LanguageExam.choices]


class SchoolingForm(EntryRowForm):
    """One school or university."""

    history = "schooling"
    certificate = CodeField("education_isced", label=_("Certificate"), blank=_("please choose"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    years = NumberField(label=_("Years of school"), digits=2, most=MOST_YEARS)
    from_year = YearField(label=_("From year"))
    until_year = YearField(label=_("Until year"))
    university = YesNoField(label=_("Does it allow university there?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsHelper(
            Row("certificate", "country"), Row("years", "from_year", "until_year"), "university", form=self
        )

    def _offer(self, stored) -> None:
        self.fields["country"].choices = country_choices(blank=str(NOT_KNOWN))


class WorkForm(EntryRowForm):
    """One occupation."""

    history = "work"
    occupation = forms.CharField(
        label=_("Occupation"), max_length=120, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )
    kind = forms.ChoiceField(label=_("Kind of work"), required=False, choices=[("", NOT_KNOWN), *WorkKind.choices])
    country = forms.ChoiceField(label=_("Country"), required=False)
    from_year = YearField(label=_("From year"))
    until_year = YearField(label=_("Until year"))
    tasks = forms.CharField(
        label=_("Tasks"), max_length=240, required=False, widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("What the person did; no names of other people."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsHelper(
            Row("occupation", "kind"), Row("country", "from_year", "until_year"), "tasks", form=self
        )

    def _offer(self, stored) -> None:
        self.fields["country"].choices = country_choices(blank=str(NOT_KNOWN))


class CredentialForm(EntryRowForm):
    """One credential."""

    history = "credential"
    title = forms.CharField(
        label=_("What it is called"), max_length=160, required=False, widget=forms.TextInput(attrs=_PLAIN),
        help_text=_("As on the paper, or in words: electrician, driving licence C."),
    )  # fmt: skip
    route = CodeField("recognition_kind", label=_("Way of recognition"), blank=_("not clear yet"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    year = YearField(label=_("Year"))
    paper = forms.ChoiceField(label=_("Paper"), required=False, choices=[("", NOT_KNOWN), *PaperState.choices])
    seen_on = DayField(label=_("Original seen on"))
    remark = forms.CharField(
        label=_("Remark"), max_length=120, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsHelper(
            Row("title", "route"), Row("country", "year"), Row("paper", "seen_on"), "remark", form=self
        )

    def _offer(self, stored) -> None:
        self.fields["country"].choices = country_choices(blank=str(NOT_KNOWN))


FORMS: dict[str, type[EntryRowForm]] = {
    form.history: form for form in (LanguageForm, SchoolingForm, WorkForm, CredentialForm)
}
