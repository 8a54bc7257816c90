"""What stands of figures on the home pages of those who answer for them."""

from django.http import HttpRequest

from reporting.access import get_scope
from reporting.links import dashboard_url
from reporting.quality.access import get_inquiry
from reporting.queries.aggregates import aggregates_page
from reporting.queries.headline import few_figures, headline_figures
from reporting.queries.quality_home import quality_line
from resque.accounts.roles import Permission
from resque.ui.panels import Panel


def network(request: HttpRequest) -> Panel | None:
    """Return the headline figures of the network as tiles, and what is incomplete, for the coordinator."""
    if not request.user.can(Permission.VIEW_FIGURES):
        return None
    scope = get_scope(request.user, {})
    return Panel("reporting/_home_network.html", headline_figures(scope) | {"overview_url": dashboard_url(scope)})


def own_partner(request: HttpRequest) -> Panel | None:
    """Return the headline figures of the own partner, small, for workers."""
    if not request.user.can(Permission.VIEW_OWN_FIGURES):
        return None
    scope = get_scope(request.user, {})
    context = few_figures(scope) | {"overview_url": dashboard_url(scope)}
    return Panel("reporting/_home_figures.html", context, place="side")


def aggregates(request: HttpRequest) -> Panel | None:
    """Return the figures of the city, small numbers hidden."""
    if not request.user.can(Permission.VIEW_AGGREGATES):
        return None
    scope = get_scope(request.user, {})
    return Panel("reporting/_home_aggregates.html", aggregates_page(scope) | {"overview_url": dashboard_url(scope)})


def data_quality(request: HttpRequest) -> Panel | None:
    """Return how much contradicts the rules: in own cases for workers, in the network for the coordinator."""
    line = quality_line(get_inquiry(request.user, {}))
    return Panel("reporting/_home_quality.html", line, place="side") if line else None
