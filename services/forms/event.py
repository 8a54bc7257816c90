"""The form of an event: what, when, for whom. The same for planning, for the result, and for internal work."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.forms.fields import CodeField
from resque.clock import today
from resque.codelists.queries import choices
from resque.once.forms import OnceMixin, VersionMixin
from resque.ui.forms import FieldsHelper, Row, Section
from resque.ui.widgets import MultiChips, SegmentChoice
from services.catalogue import BY_CODE, Category, Shape, kinds_of_events
from services.choices import OccasionState
from services.forms.audiences import AudiencesField
from services.forms.header import day_field, minutes_field, start_field, text_field
from services.models import Activity
from services.operations.checking_events import Heads
from services.operations.events import HEADER, OCCASION


class EventForm(OnceMixin, forms.Form):
    """A new event."""

    kind = forms.ChoiceField(label=_("Kind"), error_messages={"required": _("Please choose what kind of event it is.")})
    state = forms.ChoiceField(
        label=_("State"),
        choices=OccasionState.choices,
        widget=SegmentChoice,
        error_messages={"required": _("Please choose whether the event is planned, held or cancelled.")},
    )
    day = day_field()
    start = start_field()
    minutes = minutes_field(60, 90, 120, 240)
    place = text_field(_("Place"))
    title = text_field(_("Title"))
    format = CodeField("training_format", label=_("Format"), blank=_("not stated"))
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        widget=MultiChips,
        error_messages={"invalid_choice": _("“%(value)s” is not a topic of this list.")},
    )
    audiences = AudiencesField(label=_("Who is expected, and who came?"), required=False)
    estimated = forms.BooleanField(label=_("The numbers of those who came are estimated"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.partner = user.partner
        self.fields["kind"].choices = [("", _("please choose")), *_offers(user.partner)]
        self.fields["topics"].choices = choices("training_topic")
        self.fields["day"].initial = today
        self.fields["title"].hint = _("no name of a person")
        self.fields["estimated"].help_text = _("For stands and fairs: estimates are shown apart from counted numbers.")
        self.helper = FieldsHelper(
            Row("kind", "state"), Row("day", "start"), "minutes", Row("place", "title"),
            Section(_("Content"), "format", "topics"),
            form=self,
        )  # fmt: skip

    @property
    def is_internal(self) -> bool:
        """Whether the chosen kind has no audience."""
        kind = BY_CODE.get(self["kind"].value() or "")
        return kind is not None and Shape.INTERNAL in kind.shapes

    def answers(self) -> dict:
        """Return the facts for the operations."""
        return {name: self.cleaned_data[name] for name in (*HEADER, *OCCASION, "audiences")}


class CancelForm(VersionMixin, forms.Form):
    """Which version of an event somebody saw who cancels it."""


class EventChangeForm(VersionMixin, EventForm):
    """A stored event: its result, its cancellation, a correction."""

    def __init__(self, *args, event: Activity, user, **kwargs):
        stored = {name: getattr(event, name) for name in HEADER}
        stored |= {name: getattr(event.occasion, name) for name in OCCASION}
        stored["audiences"] = [Heads(row.kind, row.planned, row.actual) for row in event.audiences.all()]
        initial = stored | {"version": event.version} | kwargs.pop("initial", {})
        super().__init__(*args, user=user, initial=initial, **kwargs)
        offered = {code for _label, kinds in self.fields["kind"].choices[1:] for code, _name in kinds}
        if event.kind not in offered:  # the partner had another task when it was recorded
            self.fields["kind"].choices = [*self.fields["kind"].choices, (event.kind, event.offer.label)]


def _offers(partner) -> list:
    """Return the events of a partner, grouped by what they are for."""
    kinds = kinds_of_events(partner)
    groups = [(str(one.label), [(k.code, k.label) for k in kinds if k.category == one]) for one in Category]
    return [(label, offers) for label, offers in groups if offers]
