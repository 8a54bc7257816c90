"""What somebody recorded last, with the way to do the same again."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.urls import reverse

from participants.models import Participation
from services.catalogue import Shape
from services.models import Activity, Attendance
from services.querysets import EVENTS

LAST = 5


@dataclass(frozen=True)
class Record:
    """One recorded service in words.

    Attributes:
        activity: the service.
        person: who took part, where it was one person whom the reader may still see.
        others: how many people took part in a group.
        again_url: the form, filled in the same way; empty where nobody is visible any more.
    """

    activity: Activity
    person: Participation | None
    others: int
    again_url: str

    @property
    def is_visit(self) -> bool:
        """Whether it was recorded at a place, with known and unknown people."""
        return self.activity.shape == Shape.OUTREACH

    @property
    def reference_beside(self) -> str:
        """The number for the second line; nothing where it stands in the place of the name."""
        person = self.person
        return person.reference if person and person.title != person.reference else ""


def last_records_of(user) -> list[Record]:
    """Return the newest services that `user` recorded, at most five; three queries."""
    people = Participation.objects.visible_to(user).with_names_for(user)
    taking = Attendance.objects.visible_to(user).prefetch_related(Prefetch("participation", queryset=people))
    activities = Activity.objects.visible_to(user).filter(staff=user).exclude(EVENTS)
    newest = activities.order_by("-day", "-created_at", "-pk").prefetch_related(
        Prefetch("attendances", queryset=taking)
    )
    return [_record(activity) for activity in newest[:LAST]]


def _record(activity: Activity) -> Record:
    rows = list(activity.attendances.all())
    person = rows[0].participation if len(rows) == 1 else None
    if activity.shape == Shape.OUTREACH:
        again = f"{reverse('services:outreach')}?{urlencode({'like': activity.reference})}"
        return Record(activity, None, 0, again)
    again = f"{reverse('services:record')}?{urlencode({'again': activity.reference})}" if rows else ""
    return Record(activity, person, len(rows) if len(rows) > 1 else 0, again)
