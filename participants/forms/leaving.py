"""Exit and follow-up: what became of a person, asked with the definition of each term beside its field."""

from datetime import date
from itertools import groupby

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.choices import LabourStatus, QualificationKind, WorkAccess
from participants.definitions import DEFINITIONS
from participants.forms.fields import NOT_ASKED, CodeField, DayField, YesNoField
from participants.months import end_of_window, follow_up_day
from participants.operations.answers import EXIT_FIELDS, FOLLOW_UP_FIELDS
from participants.queries.circumstances import Circumstances
from resque.codelists.queries import entries
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row, Section
from resque.ui.tags.numbers import day as written
from resque.ui.widgets import ChoiceChips

EVIDENCE_LENGTH = 200
# Kinds of the code list in the order in which a caseworker thinks of them.
KINDS = {
    "regular": _("Reached, or on to something else"),
    "personal": _("Of the person"),
    "unknown": _("Not known"),
    "external": _("From outside"),
    "administrative": _("Of the project"),
    "data": _("Data protection"),
}


class ReasonField(CodeField):
    """The reason of an exit, grouped by its kind."""

    def _offered(self) -> list:
        ranks = list(KINDS)
        known = sorted(entries(self.list_name, on=self.on), key=lambda entry: ranks.index(entry.attributes["kind"]))
        grouped = groupby(known, key=lambda entry: entry.attributes["kind"])
        groups = [(KINDS[kind], [(entry.code, entry.label) for entry in found]) for kind, found in grouped]
        return [("", str(self.blank)), *groups]


def _status_field(**kwargs) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[*LabourStatus.choices, ("", NOT_ASKED)], required=False, widget=ChoiceChips, **kwargs
    )


class AnswersForm(OnceMixin, VersionMixin, forms.Form):
    """Answers that stand in the participation itself. `ANSWERS` names them; a field of it may be left out."""

    ANSWERS: tuple[str, ...] = ()

    def __init__(self, *args, around: Circumstances, proposed: dict | None = None, **kwargs):
        self.participation = around.participation
        stored = {name: getattr(self.participation, name) for name in self.ANSWERS}
        open_to = {name: value for name, value in (proposed or {}).items() if stored[name] in (None, "")}
        super().__init__(
            *args, initial=kwargs.pop("initial", {}) | stored | open_to | {"version": self.participation.version},
            **kwargs,
        )  # fmt: skip

    def answers(self) -> dict:
        """Return the answers for `enter`."""
        return {name: self.cleaned_data[name] for name in self.ANSWERS if name in self.fields}


class ExitForm(AnswersForm):
    """The end of a participation, and the situation in the four weeks after it."""

    ANSWERS = EXIT_FIELDS

    exit_date = DayField(label=_("Day of exit"), help_text=DEFINITIONS["exit_date"])
    exit_reason = ReasonField("exit_reason", label=_("Reason"), help_text=DEFINITIONS["exit_reason"])
    x_unreachable = YesNoField(label=_("Not reached after the exit"), help_text=DEFINITIONS["x_unreachable"])
    x_observed = DayField(label=_("Situation observed on"), help_text=DEFINITIONS["x_observed"])
    x_status = _status_field(label=_("Situation on the labour market"), help_text=DEFINITIONS["x_status"])
    x_in_edu = YesNoField(label=_("In education or training"), help_text=DEFINITIONS["x_in_edu"])
    x_job_search = YesNoField(label=_("Looking for work"), help_text=DEFINITIONS["x_job_search"])
    x_work_access = forms.ChoiceField(
        label=_("Access to work at the exit"), choices=[("", NOT_ASKED), *WorkAccess.choices], required=False,
        help_text=DEFINITIONS["x_work_access"],
    )  # fmt: skip
    x_qualified = YesNoField(label=_("Gained a qualification"), help_text=DEFINITIONS["x_qualified"])
    x_qual_kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", NOT_ASKED), *QualificationKind.choices], required=False,
        help_text=DEFINITIONS["x_qual_kind"],
    )  # fmt: skip
    x_qual_evidence = forms.CharField(
        label=_("Evidence seen"), max_length=EVIDENCE_LENGTH, required=False, help_text=DEFINITIONS["x_qual_evidence"]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        left, reason = self.participation.exit_date, self.fields["exit_reason"]
        reason.on, reason.choices = left, reason._offered
        reason.keep(self.participation.exit_reason)
        self.helper = FieldsHelper(*exit_layout(left), form=self)


def exit_layout(left: date | None) -> list[Section]:
    """Return the sections of the exit; the window of observation is told with its days where there is an exit."""
    lead = _("What holds from the day of exit to four weeks after it counts. Please ask within that time.")
    if left:
        days = {"first": written(left), "last": written(end_of_window(left))}
        lead = _("What holds between %(first)s and %(last)s counts, four weeks from the exit.") % days
    return [
        Section(_("Exit"), Row("exit_date", "exit_reason"), id="exit"),
        Section(
            _("Situation after the exit"), Row("x_observed", "x_unreachable"), "x_status",
            Row("x_in_edu", "x_job_search"), "x_work_access", lead=lead, id="situation",
        ),
        Section(_("Qualification"), "x_qualified", Row("x_qual_kind", "x_qual_evidence"), id="qualification"),
    ]  # fmt: skip


class FollowUpForm(AnswersForm):
    """The situation six months after the exit."""

    ANSWERS = FOLLOW_UP_FIELDS

    f_refers_to = DayField(label=_("Day that the answers describe"), help_text=DEFINITIONS["f_refers_to"])
    f_unreachable = YesNoField(label=_("Not reached after six months"), help_text=DEFINITIONS["f_unreachable"])
    f_status = _status_field(label=_("Situation on the labour market"), help_text=DEFINITIONS["f_status"])
    f_improved = YesNoField(label=_("Better situation than at entry"), help_text=DEFINITIONS["f_improved"])

    def __init__(self, *args, around: Circumstances, **kwargs):
        p = around.participation
        super().__init__(
            *args, around=around, proposed={"f_refers_to": follow_up_day(p.exit_date)} if p.exit_date else {}, **kwargs
        )
        if p.e_status != LabourStatus.EMPLOYED and p.f_improved is None:
            del self.fields["f_improved"]
        names = [name for name in ("f_status", "f_improved") if name in self.fields]
        self.helper = FieldsHelper(Row("f_refers_to", "f_unreachable"), *names, form=self)

    def answers(self) -> dict:
        """Return the answers for `enter`; the proposed day alone is no answer."""
        given = super().answers()
        if self.participation.f_refers_to is None and not given["f_status"] and not given["f_unreachable"]:
            given["f_refers_to"] = None
        return given


class ConfirmForm(OnceMixin, VersionMixin, forms.Form):
    """Nothing to type: the reader says yes to what the page tells."""

    def __init__(self, *args, participation, **kwargs):
        self.current = participation.version
        super().__init__(*args, initial={"version": self.current}, **kwargs)
        self.helper = FieldsHelper(form=self)

    def ask_again(self, why: str) -> None:
        """Show the page once more, for the record as it is now."""
        self.data = self.data.copy()
        self.data["version"] = str(self.current)
        self.add_error(None, why)
