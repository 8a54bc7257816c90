"""The list of events: its tabs, and its rows with their numbers."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from resque.clock import today
from services.choices import OccasionState
from services.models import Activity, Audience

ROWS = 50
COMING = 5
ALL = "all"


@dataclass(frozen=True)
class EventTab:
    """One state of events, with its number."""

    key: str
    label: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True)
class EventRow:
    """One event of the list.

    Attributes:
        planned, came: people of all audiences; None where nobody said.
        organisations: how many took part.
        is_due: it was planned, its day has passed, and nobody has said what came of it.
    """

    activity: Activity
    planned: int | None
    came: int | None
    organisations: int
    is_due: bool


def events_seen(user):
    """Return all events, newest day first."""
    return Activity.objects.visible_to(user).events().order_by("-day", "-pk")


def of_state(rows, state: str):
    """Keep the events of a tab."""
    return rows.filter(occasion__state=state) if state in OccasionState.values else rows


def tabs(rows, current: str, query) -> list[EventTab]:
    """Return the states with their numbers under the chosen filters, in one query.

    Args:
        rows: the filtered events.
        current: key of the chosen tab.
        query: parameters of the address; a tab keeps the filters.
    """
    counted = {state: Count("pk", distinct=True, filter=Q(occasion__state=state)) for state in OccasionState.values}
    counts = rows.order_by().aggregate(**{ALL: Count("pk", distinct=True)}, **counted)
    words = {ALL: _("All"), **{state.value: state.label.capitalize() for state in OccasionState}}
    return [EventTab(key, words[key], _address(query, key), counts[key], key == current) for key in words]


def _address(query, key: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    changed["state"] = key
    return f"?{changed.urlencode()}"


def event_rows(keys: list[int], user, *, audience: str = "") -> list[EventRow]:
    """Return the rows of one page, in the order of the primary keys `keys`; two queries.

    Args:
        keys: primary keys of the events.
        user: the reader.
        audience: code of an audience; then the numbers are those of this audience.
    """
    events = Activity.objects.visible_to(user).select_related("partner", "occasion").prefetch_related("audiences")
    loaded = events.annotate(organisations=Count("involvements")).in_bulk(keys)
    return [_row(loaded[key], audience) for key in keys if key in loaded]


def coming_events_of(user) -> list[EventRow]:
    """Return the next planned events of the own organisation, at most five; those that have passed come first."""
    planned = Activity.objects.events_kept_by(user).filter(occasion__state=OccasionState.PLANNED)
    rows = planned.select_related("partner", "occasion").prefetch_related("audiences").order_by("day", "pk")
    return [_row(activity, "") for activity in rows.annotate(organisations=Count("involvements"))[:COMING]]


def totals_of(rows, *, audience: str = "") -> dict[str, int | None]:
    """Return `planned` and `came` of a whole list of events, in one query; None where nobody said."""
    heads = Audience.objects.filter(activity__in=rows.order_by().values("pk"))
    if audience:
        heads = heads.filter(kind=audience)
    return heads.aggregate(planned=Sum("planned"), came=Sum("actual"))


def _row(activity: Activity, audience: str) -> EventRow:
    audiences = [row for row in activity.audiences.all() if audience in ("", row.kind)]
    return EventRow(
        activity,
        _sum(row.planned for row in audiences),
        _sum(row.actual for row in audiences),
        activity.organisations,
        activity.occasion.state == OccasionState.PLANNED and activity.day < today(),
    )


def _sum(values) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
