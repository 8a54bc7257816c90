"""Visits: the newest ones beside the form, the list, and people to tick."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.http import QueryDict

from services.choices import AttendanceStatus
from services.models import Activity
from services.queries.people import Said

ROWS = 50
LAST = 5
_CARRIED = ("kind", "place", "topics", "interpreter", "minutes")
_CARRIED_CONTACTS = ("accommodation", "languages")


@dataclass(frozen=True)
class Totals:
    """Contacts of a list of visits."""

    women: int
    men: int
    unknown: int

    @property
    def contacts(self) -> int:
        """All of them."""
        return self.women + self.men + self.unknown


def visits_seen(user):
    """Return the visits whose numbers `user` may read, newest day first, with `known` people who were met."""
    met = Count("attendances", filter=Q(attendances__status=AttendanceStatus.ATTENDED))
    rows = Activity.objects.visible_to(user).visits()
    if user.people_partner_id:
        rows = rows.filter(partner=user.people_partner_id)
    return rows.annotate(known=met).select_related("partner", "outreach").order_by("-day", "-pk")


def last_visits_of(user) -> list[Activity]:
    """Return the newest visits that `user` recorded, at most five."""
    return list(visits_seen(user).filter(staff=user).order_by("-day", "-created_at", "-pk")[:LAST])


def totals_of(rows) -> Totals:
    """Return the contacts of a list of visits, in one query."""
    sums = {name: Sum(f"outreach__{name}", default=0) for name in ("women", "men", "unknown")}
    # Bare keys: an annotation with a join would count a visit once for everybody who was met.
    return Totals(**Activity.objects.filter(pk__in=rows.order_by().values("pk")).aggregate(**sums))


def first_answers_of_visit(user, query: QueryDict) -> dict:
    """Return what the form shows when it opens.

    Args:
        user: the reader.
        query: `person` (numbers who are ticked), `like` (an earlier visit whose place, kind and topics are taken
            over). What stands for nothing is left out.
    """
    answers: dict = {"participants": [Said(reference) for reference in dict.fromkeys(query.getlist("person"))]}
    like = query.get("like", "")
    if like and "\0" not in like:
        visits = Activity.objects.editable_by(user).visits().select_related("outreach")
        if earlier := visits.filter(reference=like).first():
            answers |= {name: getattr(earlier, name) for name in _CARRIED}
            answers |= {name: getattr(earlier.outreach, name) for name in _CARRIED_CONTACTS}
    return answers
