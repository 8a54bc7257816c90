"""The services behind a figure, newest first."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator

from reporting.catalogue import Figure
from reporting.figures import services_behind
from reporting.queries.charts import GROUP_LABELS
from reporting.queries.people import ROWS, Case, case_of, list_context, visible_cases
from reporting.scopes import Scope
from reporting.sql import figures_role
from resque.accounts.models import Partner
from services.catalogue import kind_of
from services.models import Activity


@dataclass(frozen=True)
class Row:
    """One service that one person attended.

    Attributes:
        reference: number of the service, "" where the reader may not open it.
        case: the person's record, empty where it is out of sight.
    """

    day: date
    label: str
    minutes: int
    partner: str
    reference: str
    case: Case


def services_page(figure: Figure, scope: Scope, group: str, number: str | None) -> dict:
    """Return one page of the services behind a figure.

    Args:
        figure: the figure of services.
        scope: its filters.
        group: one series of the chart, "" for all.
        number: page of the address; whatever it is not leads to the nearest page.
    """
    services = services_behind(scope, group)
    with figures_role():
        page = Paginator(services, ROWS).get_page(number)
        found = list(page.object_list)
    cases = visible_cases(scope.user, {one.participation_id for one in found})
    activities = Activity.objects.visible_to(scope.user).only("reference")
    references = activities.in_bulk({one.activity_id for one in found})
    partners = Partner.objects.in_bulk({one.partner_id for one in found})
    rows = [
        Row(
            day=one.day,
            label=kind_of(one.kind).label,
            minutes=one.minutes,
            partner=partners[one.partner_id].short_name,
            reference=references[one.activity_id].reference if one.activity_id in references else "",
            case=case_of(cases.get(one.participation_id)),
        )
        for one in found
    ]
    return {"rows": rows, "group": GROUP_LABELS[group] if group else ""} | list_context(figure, scope, page)
