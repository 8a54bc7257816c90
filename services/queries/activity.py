"""The page of a service: its facts, and who took part, as far as the reader may know it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from participants.models import Participation
from resque.accounts.roles import Permission
from resque.ui.tags.numbers import minutes as written
from resque.ui.tags.numbers import weekday
from services.catalogue import Shape
from services.choices import AttendanceStatus
from services.models import Activity, Attendance, Outreach
from services.queries.people import Said


@dataclass(frozen=True)
class TakingRow:
    """One person of the service.

    Attributes:
        case: whose row it is, with the name where the reader may see it.
        status, minutes: what the form shows, own minutes only where they differ from the service.
        attendance: what is stored.
        differs: what is stored is not what was typed (only where somebody saved in between).
    """

    case: Participation
    status: str
    minutes: str
    attendance: Attendance
    differs: bool = False


def activity_page(activity: Activity, user) -> dict:
    """Return what the page of a service shows.

    Of what another partner did, a reader learns kind, day and duration; the coordination no names of staff.
    """
    own = activity.partner_id == user.people_partner_id
    rows = [_row(attendance, activity) for attendance in _attendances(activity, user)]
    visit = _visit(activity, user)
    return {
        "activity": activity,
        "offer": activity.offer,
        "own": own,
        "may_correct": own and user.can(Permission.RECORD_SERVICES),
        "visit": visit,
        "rows": rows,
        "came": sum(row.attendance.status == AttendanceStatus.ATTENDED for row in rows),
        "unseen": activity.attendances.count() - len(rows) if own else 0,
        "facts": _facts(activity, visit, own=own),
        "topics": activity.topic_labels if own else [],
    }


def said_of(rows: Iterable[TakingRow]) -> list[Said]:
    """Return the stored state as the form would send it."""
    return [Said(row.case.reference, row.status, row.minutes) for row in rows]


def with_typed(rows: Iterable[TakingRow], typed: Iterable[Said]) -> list[TakingRow]:
    """Return the rows with what was typed in place of what is stored; where both differ, the row says so."""
    by_reference = {said.reference: said for said in typed}
    return [_typed(row, by_reference.get(row.case.reference)) for row in rows]


def _typed(row: TakingRow, said: Said | None) -> TakingRow:
    if said is None:
        return row
    minutes = said.minutes if said.status == AttendanceStatus.ATTENDED else ""
    differs = (said.status, minutes) != (row.status, row.minutes)
    return replace(row, status=said.status, minutes=said.minutes, differs=differs)


def _attendances(activity: Activity, user):
    people = Participation.objects.visible_to(user).with_names_for(user)
    rows = Attendance.objects.visible_to(user).filter(activity=activity)
    loaded = rows.prefetch_related(Prefetch("participation", queryset=people))
    return sorted(loaded, key=lambda row: (row.participation.title, row.pk))


def _row(attendance: Attendance, activity: Activity) -> TakingRow:
    came = attendance.status == AttendanceStatus.ATTENDED
    own_minutes = str(attendance.minutes) if came and attendance.minutes != activity.minutes else ""
    return TakingRow(attendance.participation, attendance.status, own_minutes, attendance)


def _visit(activity: Activity, user) -> Outreach | None:
    """Return the numbers of a visit, for its partner and the coordination."""
    is_visit = activity.shape == Shape.OUTREACH
    return Outreach.objects.visible_to(user).filter(activity=activity).first() if is_visit else None


def _facts(activity: Activity, visit: Outreach | None, *, own: bool) -> list[tuple[str, str]]:
    pairs = [
        (_("Day"), weekday(activity.day)),
        (_("Starting time"), f"{activity.start:%H:%M}" if own and activity.start else ""),
        (_("Duration"), written(activity.minutes)),
        (_("Organisation"), activity.partner.short_name),
        (_("Category"), activity.offer.category.label),
    ]
    if not own:
        return pairs
    return [
        *pairs,
        (_("Recorded by"), activity.staff.short_name),
        (_("Travel time"), written(activity.travel_minutes) if activity.travel_minutes else ""),
        (_("Place"), activity.place),
        (_("Accommodation"), visit.accommodation_label if visit else ""),
        (_("Languages spoken"), ", ".join(visit.language_labels) if visit else ""),
        (_("Interpreting"), activity.interpreter_label),
    ]
