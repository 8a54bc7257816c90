"""What the form of a service shows when it opens, and what stands beside it: earlier services, and what adds up."""

from dataclasses import dataclass

from django.db.models import Sum
from django.http import QueryDict

from participants.models import Participation
from services.catalogue import WITH_PEOPLE, Kind
from services.models import Activity, Attendance
from services.queries.people import Said

WAYS = 3  # earlier services that are offered to repeat
_LOOKED_AT = 30  # newest services among which they are sought


@dataclass(frozen=True)
class Way:
    """An earlier service that can be repeated."""

    activity: Activity
    offer: Kind


def ways_to_repeat(user) -> list[Way]:
    """Return what the reader recorded last, each kind once, newest first."""
    newest = Activity.objects.filter(staff=user, partner=user.people_partner_id, shape__in=WITH_PEOPLE)
    found: dict[str, Way] = {}
    for activity in newest.order_by("-created_at", "-pk")[:_LOOKED_AT]:
        if activity.offer.takes_people:
            found.setdefault(activity.kind, Way(activity, activity.offer))
    return list(found.values())[:WAYS]


def minutes_so_far(case: Participation) -> int:
    """Return the minutes that one participant has attended so far, of all partners."""
    attended = Attendance.objects.filter(participation=case).attended()
    return attended.aggregate(minutes=Sum("minutes"))["minutes"] or 0


def first_answers(user, query: QueryDict) -> dict:
    """Return what the form shows when it opens.

    Args:
        user: the reader.
        query: `person` (numbers), `kind` (a code), `like` (an earlier service whose kind, length, topics and place
            are taken over), `again` (the same, with its people). What stands for nothing is left out.
    """
    like = _earlier(user, query.get("again") or query.get("like", ""))
    answers = {"participants": [Said(reference) for reference in dict.fromkeys(query.getlist("person"))]}
    if like:
        answers |= {
            name: getattr(like, name)
            for name in ("kind", "minutes", "topics", "place", "interpreter", "title", "travel_minutes")
        }
    if like and "again" in query:
        rows = Attendance.objects.visible_to(user).filter(activity=like).select_related("participation").order_by("pk")
        answers["participants"] = [Said(row.participation.reference) for row in rows]
    if query.get("kind"):
        answers["kind"] = query["kind"]
    return answers


def _earlier(user, reference: str) -> Activity | None:
    if not reference or "\0" in reference:
        return None
    return Activity.objects.editable_by(user).filter(reference=reference).first()
