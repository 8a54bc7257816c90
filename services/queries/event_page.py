"""The page of an event: its facts, its audiences, the organisations that took part."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from resque.accounts.roles import Permission
from resque.clock import today
from resque.codelists.queries import choices
from resque.ui.tags.numbers import minutes as written
from resque.ui.tags.numbers import number, weekday
from services.choices import OccasionState
from services.models import Activity, Audience, Involvement


@dataclass(frozen=True)
class AudienceLine:
    """One audience: expected, came, and the difference where both are known."""

    label: str
    planned: int | None
    actual: int | None

    @property
    def difference(self) -> str:
        """How many more or fewer came than were expected, with its sign."""
        if self.planned is None or self.actual is None:
            return ""
        more = self.actual - self.planned
        return f"+{number(more)}" if more > 0 else number(more).replace("-", "−")


def event_page(activity: Activity, user) -> dict:
    """Return what the page of an event shows; three queries."""
    keeps = user.can(Permission.RECORD_EVENTS) and activity.partner_id == user.partner_id
    planned = activity.occasion.state == OccasionState.PLANNED
    audiences = _in_order(activity.audiences.all())
    lines = [AudienceLine(row.label, row.planned, row.actual) for row in audiences]
    return {
        "activity": activity,
        "offer": activity.offer,
        "occasion": activity.occasion,
        "keeps": keeps,
        "is_planned": planned,
        "cancel_sends": {"version": str(activity.version)},
        "has_come": activity.day <= today(),
        "lines": lines,
        "total": AudienceLine("", _sum(lines, "planned"), _sum(lines, "actual")),
        "parts": parts_of(activity),
        "facts": _facts(activity, own=activity.partner_id == user.partner_id),
        "topics": activity.topic_labels,
    }


def parts_of(activity: Activity) -> list[Involvement]:
    """Return the organisations that took part, by name."""
    rows = activity.involvements.select_related("organisation")
    return sorted(rows, key=lambda row: row.organisation.name.casefold())


def _in_order(rows) -> list[Audience]:
    order = {code: place for place, (code, _label) in enumerate(choices("audience"))}
    return sorted(rows, key=lambda row: order.get(row.kind, len(order)))


def _sum(lines: list[AudienceLine], name: str) -> int | None:
    known = [value for line in lines if (value := getattr(line, name)) is not None]
    return sum(known) if known else None


def _facts(activity: Activity, *, own: bool) -> list[tuple[str, str]]:
    return [
        (_("Day"), weekday(activity.day)),
        (_("Starting time"), f"{activity.start:%H:%M}" if activity.start else ""),
        (_("Duration"), written(activity.minutes)),
        (_("Place"), activity.place),
        (_("Format"), activity.occasion.format_label),
        (_("Organisation"), activity.partner.name),
        (_("Operation"), activity.operation.name if activity.operation else ""),
        # As with services: the organisation is named to everybody, its people to colleagues.
        (_("Recorded by"), activity.staff.short_name if own else ""),
    ]
