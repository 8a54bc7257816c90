"""The work of the network beside its work with participants: every number leads to the events or visits it counts."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Operation
from reporting.scopes import Scope
from resque.accounts.roles import Permission
from resque.ui.tags.numbers import number
from services.queries.network import SUPPORTED, NetworkWork, network_work


@dataclass(frozen=True)
class NetworkLine:
    """One number with its list.

    Attributes:
        part: it is a part of the number above.
        note: words behind the label.
    """

    label: str | Promise
    value: int
    url: str
    part: bool = False
    note: str = ""


def supported_url(code: str, operation: Operation, until: date, since: date | None = None) -> str:
    """Return the address of what an entity indicator counts: organisations, or what the operation states itself.

    Args:
        code: the indicator.
        operation: whose.
        until: reference date.
        since: day before the period; an organisation belongs to the period in which it was supported first.
    """
    if code not in SUPPORTED or code in operation.entities:
        return f"{reverse('operations:operation', args=[operation.code])}#entities"
    asked = {"operation": operation.code, "until": until.isoformat(), "supported": "yes", "counts": code}
    asked |= {"first": (since + timedelta(days=1)).isoformat()} if since else {}
    return f"{reverse('services:organisations')}?{urlencode(asked)}"


def network_lines(scope: Scope) -> list[NetworkLine]:
    """Return the lines of the card, none while nothing happened. For the city without visits: those are of partners."""
    user = scope.user
    work = network_work(
        user, operation=scope.operation, until=scope.period.end, since=scope.period.start, partner=scope.partner
    )
    if work.is_empty:
        return []
    lines = _lines_of_events(scope, work)
    if user.can(Permission.VIEW_SERVICES):
        visits = ngettext("in %(number)s visit", "in %(number)s visits", work.visits) % {"number": number(work.visits)}
        lines.append(NetworkLine(_("Unknown people in outreach"), work.unknown, _url("visits", scope), note=visits))
    return lines


def _lines_of_events(scope: Scope, work: NetworkWork) -> list[NetworkLine]:
    held = {"state": "held", "shape": "structural"}
    contacts = {**held, "counted": "yes"}
    guessed = _("%(number)s of them estimated") % {"number": number(work.estimated)} if work.estimated else ""
    return [
        NetworkLine(_("Events held"), work.events, _url("events", scope, **held)),
        NetworkLine(_("Contacts in events"), work.contacts, _url("events", scope, **contacts), note=guessed),
        *(
            NetworkLine(one.label, one.came, _url("events", scope, **contacts, audience=one.kind), part=True)
            for one in work.audiences
        ),
        NetworkLine(_("Organisations reached"), work.organisations, _url("organisations", scope)),
        NetworkLine(
            _("directly supported"), work.supported, _url("organisations", scope, supported="yes"), part=True
        ),
    ]  # fmt: skip


def _url(page: str, scope: Scope, **more: str) -> str:
    """Return the list under the filters of the scope."""
    period = scope.period
    asked = {
        "operation": scope.operation.code,
        "since": period.start.isoformat() if period.start else "",
        "until": period.end.isoformat(),
        "partner": scope.partner.code if scope.partner else "",
        **more,
    }
    return f"{reverse(f'services:{page}')}?{urlencode({name: value for name, value in asked.items() if value})}"
