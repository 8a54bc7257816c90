"""The entry questionnaire: long lists that are easy to answer, each with its definition beside it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.choices import LabourStatus, Sex, WorkAccess
from participants.completeness import HOUSEHOLD, asks_household
from participants.definitions import DEFINITIONS
from participants.forms.fields import CodeField, DayField, NumberChoiceField, YesNoField
from participants.proposals import municipality_choices, with_proposals
from participants.queries.circumstances import Circumstances
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row, Section

FOLLOWS = _("follows from the answer beside it")
ISCED_LEVELS = [
    ("", FOLLOWS),
    ("0", _("0 – primary school not completed")),
    ("1", _("1 – primary school")),
    ("2", _("2 – lower secondary, 9 or 10 years")),
    ("3", _("3 – upper secondary or vocational training")),
    ("4", _("4 – after upper secondary, below university")),
    ("5", _("5 – short tertiary, short master craftsman course")),
    ("6", _("6 – bachelor, master craftsman, technician")),
    ("7", _("7 – master, diploma")),
    ("8", _("8 – doctorate")),
]
DEGREES = [("", FOLLOWS), ("1", _("1 – city")), ("2", _("2 – town or suburb")), ("3", _("3 – rural area"))]


def _short(choices) -> list:
    return [("", FOLLOWS), *choices]


class EntryForm(OnceMixin, VersionMixin, forms.Form):
    """All answers of the entry except the special ones.

    Args:
        around: the case with what is stored.
        education: highest certificate that is noted, a proposal where nobody has answered yet.
    """

    entry_date = DayField(label=_("Day of entry"), help_text=DEFINITIONS["entry_date"])
    entry_form_on = DayField(label=_("Questionnaire dated"), help_text=DEFINITIONS["entry_form_on"])
    gender = CodeField("gender", label=_("Gender"), help_text=DEFINITIONS["gender"])
    sex = forms.ChoiceField(
        label=_("Sex in the report"), choices=_short(Sex.choices), required=False, help_text=DEFINITIONS["sex"]
    )
    e_status_detail = CodeField("entry_status", label=_("Situation at entry"), help_text=DEFINITIONS["e_status_detail"])
    e_status = forms.ChoiceField(
        label=_("Status in the report"),
        choices=_short(LabourStatus.choices),
        required=False,
        help_text=DEFINITIONS["e_status"],
    )
    e_unemp_since = DayField(label=_("Registered unemployed since"), help_text=DEFINITIONS["e_unemp_since"])
    e_education = CodeField(
        "education_isced", label=_("Highest completed education"), help_text=DEFINITIONS["e_education"]
    )
    e_isced = NumberChoiceField(
        label=_("Level in the report (ISCED)"), choices=ISCED_LEVELS, help_text=DEFINITIONS["e_isced"]
    )
    e_in_edu = YesNoField(label=_("In education or training at entry"), help_text=DEFINITIONS["e_in_edu"])
    e_edu_fulltime = YesNoField(label=_("Full-time"), help_text=DEFINITIONS["e_edu_fulltime"])
    hh_jobless = YesNoField(label=_("Household without work"), help_text=DEFINITIONS["hh_jobless"])
    hh_jobless_dep = YesNoField(label=_("… with dependent children"), help_text=DEFINITIONS["hh_jobless_dep"])
    hh_single_dep = YesNoField(label=_("Single adult with dependent children"), help_text=DEFINITIONS["hh_single_dep"])
    residence_status = CodeField(
        "residence_status", label=_("Residence status at entry"), help_text=DEFINITIONS["residence_status"]
    )
    residence_until = DayField(label=_("Document valid until"), help_text=DEFINITIONS["residence_until"])
    residence_seen_on = DayField(label=_("Document seen on"), help_text=DEFINITIONS["residence_seen_on"])
    residence_clause = CodeField(
        "work_note_on_document", label=_("Clause about work on the document"), help_text=DEFINITIONS["residence_clause"]
    )
    e_work_access = forms.ChoiceField(
        label=_("Access to work"),
        choices=_short(WorkAccess.choices),
        required=False,
        help_text=DEFINITIONS["e_work_access"],
    )
    accommodation = CodeField(
        "accommodation", label=_("Accommodation at entry"), help_text=DEFINITIONS["accommodation"]
    )
    municipality = forms.ChoiceField(
        label=_("Municipality at entry"), required=False, help_text=DEFINITIONS["municipality"]
    )
    degurba = NumberChoiceField(label=_("Degree of urbanisation"), choices=DEGREES, help_text=DEFINITIONS["degurba"])
    e_rural = YesNoField(label=_("Rural area"), help_text=DEFINITIONS["e_rural"])
    e_homeless = YesNoField(label=_("Homeless or affected by housing exclusion"), help_text=DEFINITIONS["e_homeless"])
    e_foreign_bg = YesNoField(label=_("Foreign background"), help_text=DEFINITIONS["e_foreign_bg"])
    e_third_country = YesNoField(label=_("Third-country national"), help_text=DEFINITIONS["e_third_country"])
    info_given_on = DayField(label=_("Privacy information handed out on"), help_text=DEFINITIONS["info_given_on"])
    guardian_recorded = YesNoField(label=_("Custody recorded on paper"), help_text=DEFINITIONS["guardian_recorded"])
    contact_consent = YesNoField(
        label=_("May we get in touch after the exit?"), help_text=DEFINITIONS["contact_consent"]
    )

    def __init__(self, *args, around: Circumstances, education: str = "", **kwargs):
        participation = around.participation
        self.nationality = participation.person.nationality
        self.before = entry_answers(around)
        kwargs.setdefault("initial", {**self.before, "version": participation.version})
        if education and not self.before["e_education"]:
            kwargs["initial"] |= {"e_education": education}
        super().__init__(*args, **kwargs)
        self.fields["municipality"].choices = municipality_choices(blank=str(_("not known")))
        self._keep_stored_codes(participation)
        if not asks_household(participation) and all(self.before[name] is None for name in HOUSEHOLD):
            for name in HOUSEHOLD:
                del self.fields[name]
        if any(not row.on_paper for row in around.guardians):
            del self.fields["guardian_recorded"]
        self.helper = FieldsHelper(*entry_layout(self.fields), form=self)

    def _keep_stored_codes(self, participation) -> None:
        for name, field in self.fields.items():
            if isinstance(field, CodeField):
                field.on = participation.entry_date or None
                field.choices = field._offered
                field.keep(self.before[name])

    def answers(self) -> dict:
        """Return the answers for `enter`, empty short codes filled from the long ones."""
        given = {name: self.cleaned_data[name] for name in self.fields if name in self.before}
        return with_proposals(given, before=self.before, nationality=self.nationality)


def entry_answers(around: Circumstances) -> dict:
    """Return the stored answers of the entry by field name."""
    participation, status, place = around.participation, around.status_at_entry, around.residence_at_entry
    own = {
        name: getattr(participation, name)
        for name in EntryForm.base_fields
        if name not in ("version", "form_key") and hasattr(participation, name)
    }
    return {
        **own,
        "residence_status": status.status if status else "",
        "residence_until": status.printed_until if status else None,
        "residence_seen_on": status.seen_on if status else None,
        "residence_clause": status.clause if status else "",
        "accommodation": place.accommodation if place else "",
        "municipality": place.municipality if place else "",
        "info_given_on": around.info_given_on,
        "guardian_recorded": around.guardian_recorded or None,
        "contact_consent": around.contact_consent,
    }


def entry_layout(fields) -> list[Section]:
    """Return the sections of the questionnaire; fields that are not asked are left out."""
    household = [name for name in HOUSEHOLD if name in fields]
    guardian = ["guardian_recorded"] if "guardian_recorded" in fields else []
    sections = [
        Section(_("Entry"), Row("entry_date", "entry_form_on"), Row("gender", "sex"), id="entry"),
        Section(_("Work"), Row("e_status_detail", "e_status"), "e_unemp_since", id="work"),
        Section(
            _("Education"), Row("e_education", "e_isced"), Row("e_in_edu", "e_edu_fulltime"), id="education"
        ),
        Section(
            _("Residence in Germany"), Row("residence_status", "residence_until"),
            Row("residence_clause", "e_work_access"), "residence_seen_on", id="residence",
        ),
        Section(
            _("Housing"), Row("accommodation", "municipality"), Row("degurba", "e_rural"), "e_homeless", id="housing"
        ),
        Section(_("Origin"), Row("e_third_country", "e_foreign_bg"), id="origin"),
        Section(
            _("Papers and permissions"), Row("info_given_on", "contact_consent"), *guardian, id="permissions"
        ),
    ]  # fmt: skip
    if household:
        sections.insert(3, Section(_("Household"), Row(*household), id="household"))
    return sections
