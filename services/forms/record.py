"""The form of a service: whom, what, how long, and what was important."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from participants.forms.fields import DayField
from resque.clock import today
from resque.codelists.queries import choices
from resque.once.forms import OnceMixin
from resque.once.operations import FIELD
from resque.ui.forms import FieldsHelper, Row, Section
from resque.ui.widgets import ChoiceChips, Lookup, MinutesChips, MultiChips
from services.catalogue import Category, kinds_with_people
from services.choices import NoteScope, Topic
from services.forms.header import NumberField
from services.forms.people import PeopleField, Said
from services.models.activity import DAY_IN_MINUTES
from services.operations.notes import LONGEST_NOTE

_WHOLE = {"invalid": _("Please enter the minutes as a whole number.")}
_FROM_1 = _("%(show_value)s minutes are not possible. Please enter 1 to 1,440 minutes.")
_FROM_0 = _("%(show_value)s minutes are not possible. Please enter 0 to 1,440 minutes.")


class RecordForm(OnceMixin, forms.Form):
    """One service with one person or with a group."""

    participants = PeopleField(label=_("Person"), error_messages={"required": _("Please choose at least one person.")})
    who = forms.CharField(
        label=_("Name or number"),
        required=False,
        max_length=120,
        widget=Lookup("services:lookup"),
        help_text=_("The beginning of a name is enough, in any spelling and any script."),
    )
    kind = forms.ChoiceField(label=_("Service"), error_messages={"required": _("Please choose a service.")})
    minutes = NumberField(
        label=_("Minutes"),
        min_value=1,
        max_value=DAY_IN_MINUTES,
        widget=MinutesChips,
        error_messages={
            "required": _("Please enter how long it took."),
            "min_value": _FROM_1,
            "max_value": _FROM_1,
            **_WHOLE,
        },
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=Topic.choices,
        required=False,
        widget=MultiChips,
        error_messages={"invalid_choice": _("“%(value)s” is not a topic of this list.")},
    )
    interpreter = forms.ChoiceField(
        label=_("Interpreting"),
        required=False,
        widget=ChoiceChips,
        help_text=_("People who live together or are related are not bound to secrecy. Children never interpret."),
    )
    note = forms.CharField(
        label=_("What was important?"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note_scope = forms.ChoiceField(
        label=_("Who may read the note"),
        choices=NoteScope.choices,
        initial=NoteScope.TEAM,
        required=False,
        widget=ChoiceChips,
    )
    day = DayField(label=_("Day"), required=True, error_messages={"required": _("Please enter the day.")})
    start = forms.TimeField(
        label=_("Starting time"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H%M", "%H"],
        widget=forms.TimeInput(attrs={"autocomplete": "off", "maxlength": 5}, format="%H:%M"),
        error_messages={"invalid": _("Please type the time as 09:30.")},
    )
    travel_minutes = NumberField(
        label=_("Travel time in minutes"),
        required=False,
        min_value=0,
        max_value=DAY_IN_MINUTES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 4}),
        error_messages={"min_value": _FROM_0, "max_value": _FROM_0, **_WHOLE},
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    title = forms.CharField(label=_("Title"), required=False, max_length=120)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        fields = self.fields
        fields["participants"].user = user
        fields["kind"].choices = [("", _("please choose")), *_offers(user.partner)]
        fields["interpreter"].choices = choices("interpreter")
        fields["day"].initial = today
        fields["participants"].initial = []
        fields["note"].hint = _("two sentences at most")
        fields["travel_minutes"].hint = _("not counted for the participant")
        fields["title"].hint = _("for a group, such as the name of the course")
        fields["who"].widget.text = self.searched
        # Who opens the form with a person goes on with the service, everybody else types a name first.
        fields["kind" if self.said else "who"].widget.attrs["data-resque-focus"] = True
        self.helper = FieldsHelper(
            Row("kind", "minutes"), "topics", "interpreter", "note", "note_scope",
            Section(_("When and where"), Row("day", "start"), Row("place", "travel_minutes"), "title"),
            form=self,
        )  # fmt: skip

    @property
    def searched(self) -> str:
        """What was typed to find somebody."""
        return str((self.data if self.is_bound else self.initial).get("who_text") or "")[:120]

    @property
    def said(self) -> list[Said]:
        """What the page says of every person who is ticked."""
        return self["participants"].value() or []

    def clean_note_scope(self) -> str:
        """Return who may read the note; without an answer the team."""
        return self.cleaned_data["note_scope"] or NoteScope.TEAM

    def answers(self) -> dict:
        """Return the arguments of `record_service`."""
        known = {name: value for name, value in self.cleaned_data.items() if name not in ("who", FIELD)}
        return known | {"travel_minutes": known["travel_minutes"] or 0}

    @classmethod
    def opened_with(cls, data: QueryDict, *, user) -> "RecordForm":
        """Return the form with everything that was typed, without asking whether it is complete."""
        fields = cls.base_fields.items()
        typed = {name: field.widget.value_from_datadict(data, {}, name) for name, field in fields}
        return cls(user=user, initial={"who_text": data.get("who_text", ""), **typed})


def with_chosen(data: QueryDict) -> QueryDict:
    """Return the sent data in which the person chosen in the box is ticked like the others, and the box is empty."""
    picked = data.get("who", "")
    if not picked:
        return data
    data = data.copy()
    data["who"] = data["who_text"] = ""
    if picked not in data.getlist("participants"):
        data.appendlist("participants", picked)
    return data


def _offers(partner) -> list:
    """Return the offers with people, grouped by what they are for."""
    kinds = kinds_with_people(partner)
    groups = [(str(one.label), [(k.code, k.label) for k in kinds if k.category == one]) for one in Category]
    return [(label, offers) for label, offers in groups if offers]
