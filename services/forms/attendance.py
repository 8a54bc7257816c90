"""Correcting who came to a service, and for how long."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resque.once.forms import OnceMixin, VersionMixin
from services.forms.people import PeopleField
from services.operations.recording import Taking
from services.queries.people import Said


class AttendanceForm(OnceMixin, VersionMixin, forms.Form):
    """The people of one service, each with attendance and own minutes."""

    participants = PeopleField(
        label=_("Attendance"), error_messages={"required": _("Please say for at least one person who came.")}
    )

    def __init__(self, *args, user, known: set[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participants"].user = user
        self.known = known

    @property
    def said(self) -> list[Said]:
        """What was typed of every person."""
        return self["participants"].value() or []

    def clean_participants(self) -> list[Taking]:
        """Return who took part; nobody enters a service by its address."""
        takings = self.cleaned_data["participants"]
        for taking in takings:
            if taking.participation.reference not in self.known:
                raise ValidationError(gettext("Somebody who is named here did not take part in this service."))
        return takings
