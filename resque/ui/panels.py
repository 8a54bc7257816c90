"""Panels: how a page of a lower floor shows content of a higher one without importing it.

A panel is data: a template and its context, made by a function that the settings name by its dotted path.

    RESQUE_PERSON_PANELS = ["services.panels.timeline"]          (request, participation) -> Panel or None
    RESQUE_HOME_PANELS = {"caseworker": ["participants.panels.waiting"]}            (request) -> Panel or None
    RESQUE_PERSON_TABS = [{"url_name": "services:timeline", "label": _("Timeline"), "permission": "view_services"}]

A tab may name further pages under `covers`, on which it is the current one.
A function returns None when it has nothing to show to this person.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Panel:
    """A piece of a page.

    Attributes:
        template: template that a page includes.
        context: what that template needs; the page passes it as `panel`.
        place: "main" or "side", the column where the page puts it.
    """

    template: str
    context: dict = field(default_factory=dict)
    place: str = "main"


@dataclass(frozen=True)
class Tab:
    """One tab of a person's page: a link with a name."""

    label: str | Promise
    url: str
    url_name: str
    current: bool


def person_panels(request: HttpRequest, participation) -> list[Panel]:
    """Return the panels that stand on the page of `participation` for the signed-in person, in order."""
    return _made(settings.RESQUE_PERSON_PANELS, request, participation)


def home_panels(request: HttpRequest) -> list[Panel]:
    """Return the panels of the home page for the role of the signed-in person, in order."""
    return _made(settings.RESQUE_HOME_PANELS.get(request.user.role, ()), request)


def person_tabs(request: HttpRequest, reference: str) -> list[Tab]:
    """Return the tabs that the signed-in person may open for one participation, in order.

    Args:
        request: the request of the page; its address decides which tab is the current one.
        reference: reference of the participation.
    """
    match = request.resolver_match
    return [
        Tab(
            label=tab["label"],
            url=reverse(tab["url_name"], kwargs={"reference": reference}),
            url_name=tab["url_name"],
            current=bool(match) and match.view_name in (tab["url_name"], *tab.get("covers", ())),
        )
        for tab in settings.RESQUE_PERSON_TABS
        if request.user.can(tab["permission"])
    ]


def _made(names: Iterable[str], *arguments) -> list[Panel]:
    panels = [maker(*arguments) for maker in map(import_string, names)]
    return [panel for panel in panels if panel is not None]
