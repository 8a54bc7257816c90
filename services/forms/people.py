"""Who took part: people to tick, each with attendance and own minutes. Works without JavaScript."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from participants.models import Participation
from resque.ui.tags.numbers import number
from services.choices import AttendanceStatus
from services.operations.recording import Taking
from services.queries.people import Said, served

MOST_PEOPLE = 100  # in one service; the largest room of the partners holds 60


class PeopleInput(forms.Widget):
    """Ticked references under the name of the field; `<name>_status_R-7K3FQ` and `<name>_minutes_R-7K3FQ` beside.

    The rows are drawn by templates/services/_people.html and _attendance.html.
    """

    use_fieldset = True

    def value_from_datadict(self, data: QueryDict, files, name: str) -> list[Said]:
        """Return what was said of every ticked person, each once."""
        ticked = dict.fromkeys(text.strip() for text in data.getlist(name))
        return [
            Said(
                reference,
                data.get(f"{name}_status_{reference}") or AttendanceStatus.ATTENDED,
                (data.get(f"{name}_minutes_{reference}") or "").strip(),
            )
            for reference in ticked
        ]


class PeopleField(forms.Field):
    """Cleans to takings. The form sets `user` before it is validated."""

    widget = PeopleInput
    user = None

    def clean(self, value: list[Said]) -> list[Taking]:
        """Return who took part.

        Raises:
            ValidationError: nobody is ticked where somebody must be, somebody is not served by `user`, or a state or minutes are wrong.
        """
        if not value and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(value) > MOST_PEOPLE:
            raise ValidationError(
                _("%(number)s people are more than one service takes. Please choose at most %(most)s.")
                % {"number": number(len(value)), "most": number(MOST_PEOPLE)}
            )
        cases = served(self.user, (said.reference for said in value))
        return [self._taking(said, cases) for said in value]

    def _taking(self, said: Said, cases: dict[str, Participation]) -> Taking:
        if said.reference not in cases:
            raise ValidationError(
                _("“%(number)s” is not among the people whom you accompany. Please search again.")
                % {"number": said.reference[:12]}
            )
        if said.status not in AttendanceStatus.values:
            raise ValidationError(_("Please choose for everybody whether the person came."))
        return Taking(cases[said.reference], said.status, self._minutes(said))

    def _minutes(self, said: Said) -> int | None:
        if not said.minutes or said.status != AttendanceStatus.ATTENDED:
            return None
        if not (said.minutes.isascii() and said.minutes.isdigit() and len(said.minutes) <= 4):
            raise ValidationError(
                _("“%(text)s” is not a number of minutes. Please type digits, or leave it empty for the whole time.")
                % {"text": said.minutes[:12]}
            )
        return int(said.minutes)
