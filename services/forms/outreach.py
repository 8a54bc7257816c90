"""The form of a visit: where, how long, whom we know there, and how many we do not know."""

from dataclasses import replace

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.forms.fields import CodeField
from participants.languages import language_choices
from resque.clock import today
from resque.codelists.queries import choices
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row
from resque.ui.widgets import ChoiceChips, Lookup, MultiChips, Stepper
from services.catalogue import Shape, kinds_for
from services.choices import AttendanceStatus, Topic
from services.forms.header import NumberField, day_field, minutes_field, start_field, text_field
from services.forms.people import PeopleField, Said
from services.models import Activity
from services.models.outreach import MOST_UNKNOWN
from services.operations.outreach import CONTACTS, HEADER, NUMBERS

EACH = 15  # minutes with one person, as most conversations in a corridor take


def _heads(label) -> NumberField:
    wrong = _("%(show_value)s people are not possible. Please enter 0 to 10,000.")
    return NumberField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_UNKNOWN,
        widget=Stepper(attrs={"maxlength": 5}),
        error_messages={
            "min_value": wrong,
            "max_value": wrong,
            "invalid": _("Please enter the number of people in digits."),
        },
    )


class VisitForm(OnceMixin, forms.Form):
    """What a visit says, without the people whom we know."""

    place = text_field(_("Where were you?"))
    accommodation = CodeField("accommodation", label=_("Kind of accommodation"), blank=_("not stated"))
    day = day_field()
    start = start_field()
    minutes = minutes_field(60, 90, 120, 180, label=_("Duration of the visit in minutes"))
    topics = forms.MultipleChoiceField(
        label=_("What was it about?"),
        required=False,
        widget=MultiChips,
        error_messages={"invalid_choice": _("“%(value)s” is not a topic of this list.")},
    )
    women = _heads(_("Women"))
    men = _heads(_("Men"))
    unknown = _heads(_("not stated"))
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        required=False,
        widget=MultiChips,
        error_messages={"invalid_choice": _("“%(value)s” is not a language of this list.")},
    )
    interpreter = forms.ChoiceField(label=_("Interpreting"), required=False, widget=ChoiceChips)
    travel_minutes = minutes_field(15, 30, 45, 60, label=_("Travel time in minutes"), required=False)
    title = text_field(_("Title"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["day"].initial = today
        fields["topics"].choices = Topic.choices
        fields["languages"].choices = language_choices()
        fields["interpreter"].choices = choices("interpreter")
        for name in NUMBERS:
            fields[name].initial = 0
        fields["place"].hint = _("such as the name of the accommodation; no name of a person")
        fields["title"].hint = _("such as the name of an information event")
        self.helper = FieldsHelper(
            Row("place", "accommodation"), Row("day", "start"), "minutes", "topics", form=self
        )  # fmt: skip

    @property
    def heads(self) -> list:
        """The counters of people of whom nothing is known."""
        return [self[name] for name in NUMBERS]

    @property
    def further(self) -> list:
        """Fields behind "More facts"."""
        return [self[name] for name in ("languages", "interpreter", "travel_minutes", "title")]

    @property
    def further_is_open(self) -> bool:
        """Whether anything stands behind "More facts"."""
        return any(field.value() or field.errors for field in self.further)

    def answers(self) -> dict:
        """Return the facts for the operations."""
        known = {name: self.cleaned_data[name] for name in (*HEADER, *CONTACTS)}
        return known | {name: known[name] or 0 for name in (*NUMBERS, "travel_minutes")}


class OutreachForm(VisitForm):
    """A new visit, with the people whom we know and met."""

    kind = forms.ChoiceField(
        label=_("Service"), widget=ChoiceChips, error_messages={"required": _("Please choose a service.")}
    )
    participants = PeopleField(label=_("Whom did you meet?"), required=False)
    who = forms.CharField(
        label=_("Name or number"),
        required=False,
        max_length=120,
        widget=Lookup("services:lookup"),
        help_text=_("The beginning of a name is enough, in any spelling and any script."),
    )
    each = minutes_field(5, 10, 15, 30, label=_("Minutes with each person"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        fields = self.fields
        kinds = kinds_for(user.partner, shape=Shape.OUTREACH)
        # Who records nothing but contacts without a file is not asked whom they met.
        self.knows_people = not all(kind.is_anonymous for kind in kinds)
        fields["kind"].choices = [(kind.code, kind.label) for kind in kinds]
        fields["kind"].initial = kinds[0].code if kinds else ""
        fields["participants"].user = user
        fields["participants"].initial = []
        fields["each"].initial = EACH
        fields["who"].widget.text = self.searched
        self.helper = FieldsHelper(
            "kind", Row("place", "accommodation"), Row("day", "start"), "minutes", "topics", form=self
        )  # fmt: skip

    @property
    def searched(self) -> str:
        """What was typed to find somebody."""
        return str((self.data if self.is_bound else self.initial).get("who_text") or "")[:120]

    @property
    def said(self) -> list[Said]:
        """What the page says of every person who is ticked."""
        return self["participants"].value() or []

    def clean(self) -> dict:
        """Give everybody the minutes of the conversation, unless own ones were typed."""
        known = super().clean()
        takings = known.get("participants") or []
        without = [one for one in takings if one.minutes is None and one.status == AttendanceStatus.ATTENDED]
        if without and not known.get("each"):
            if "each" not in self.errors:
                self.add_error("each", gettext("Please enter how long you spoke with each person."))
            return known
        known["participants"] = [replace(one, minutes=known["each"]) if one in without else one for one in takings]
        return known

    def answers(self) -> dict:
        """Return the arguments of `record_outreach`."""
        return super().answers() | {name: self.cleaned_data[name] for name in ("kind", "participants")}

    @classmethod
    def opened_with(cls, data: QueryDict, *, user) -> "OutreachForm":
        """Return the form with everything that was typed, without asking whether it is complete."""
        fields = cls.base_fields.items()
        typed = {name: field.widget.value_from_datadict(data, {}, name) for name, field in fields}
        return cls(user=user, initial={"who_text": data.get("who_text", ""), **typed})


class VisitChangeForm(VersionMixin, VisitForm):
    """A stored visit; who of the known people came is corrected on its page."""

    def __init__(self, *args, visit: Activity, **kwargs):
        stored = {name: getattr(visit, name) for name in HEADER}
        stored |= {name: getattr(visit.outreach, name) for name in CONTACTS} | {"version": visit.version}
        stored["travel_minutes"] = visit.travel_minutes or None
        super().__init__(*args, initial=stored, **kwargs)
        # Topics of the other list stay choosable where they were stored.
        kept = [(code, words) for code, words in choices("training_topic") if code in visit.topics]
        self.fields["topics"].choices = [*Topic.choices, *kept]
