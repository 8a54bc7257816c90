"""The main menu as data: url names and permissions as words, so that the ground imports no floor above it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Item:
    """One entry of the menu.

    Attributes:
        label: word in the menu.
        url_name: where it leads.
        icon: Bootstrap icon of the dock.
        permissions: shown to who holds any of them; empty: to every account.
        roles: shown to these roles only; empty: to all.
        partner_kinds: shown to accounts of partners with these tasks only; empty: to all.
        active: beginnings of view names under which it is the current entry; else `url_name`.
        order: place in the menu.
    """

    label: str | Promise
    url_name: str
    icon: str
    permissions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    partner_kinds: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    order: int = 50

    def matches(self, view_name: str) -> int:
        """Return how many letters of the view name this entry covers; the longest cover is the current entry."""
        begin = self.active or (self.url_name,)
        return max((len(name) for name in begin if view_name.startswith(name)), default=0)


@dataclass(frozen=True)
class Link:
    """An entry as the templates draw it."""

    label: str | Promise
    url: str
    icon: str
    current: bool


MENU: list[Item] = [
    Item(_("Today"), "home:home", "calendar2-check", roles=("caseworker", "city_officer"), active=("home:",), order=10),
    Item(
        _("Start"), "home:home", "house-door", roles=("coordinator", "partner_admin", "admin"), active=("home:",),
        order=10,
    ),
    Item(_("Overview"), "reporting:dashboard", "bar-chart", ("view_figures",), active=("reporting:",), order=20),
    Item(
        _("People"), "participants:list", "people", ("view_participants", "view_pseudonyms"),
        active=("participants:", "services:timeline", "services:note_new", "services:outcome"), order=30,
    ),
    Item(
        _("Data quality"), "reporting:quality", "clipboard-check", ("view_participants", "view_pseudonyms"),
        active=("reporting:quality",), order=35,
    ),
    Item(_("Record"), "services:record", "pencil-square", ("record_services",), active=("services:",), order=40),
    Item(
        _("On site"), "services:outreach", "house-door", ("record_services",), partner_kinds=("outreach",),
        active=("services:outreach", "services:visit"), order=20,
    ),
    Item(
        _("Events"), "services:events", "easel", ("view_events",), active=("services:event", "services:organisation"),
        order=50,
    ),
    Item(
        _("Analysis"), "reporting:dashboard", "bar-chart", ("view_own_figures", "view_aggregates"),
        active=("reporting:",), order=60,
    ),
    Item(
        _("Operations"), "operations:list", "briefcase", ("view_operations",),
        roles=("coordinator", "city_officer", "admin"), active=("operations:",), order=65,
    ),
    Item(
        _("Partners and accounts"), "accounts:partners", "building", ("manage_accounts", "manage_partners"),
        active=("accounts:",), order=70,
    ),
    Item(
        _("Roles and rights"), "accounts:roles", "shield-check", ("view_permissions",),
        roles=("partner_admin", "admin"), active=("accounts:roles",), order=80,
    ),
]  # fmt: skip


def menu_of(request: HttpRequest) -> list[Link]:
    """Return the menu of the signed-in person: only what the role may open."""
    user = request.user
    if not user.is_authenticated:
        return []
    shown = [
        (item, reverse(item.url_name)) for item in sorted(MENU, key=lambda item: item.order) if may_see(user, item)
    ]
    view_name = request.resolver_match.view_name if request.resolver_match else ""
    best = max((item.matches(view_name) for item, _url in shown), default=0)
    return [Link(item.label, url, item.icon, bool(best) and item.matches(view_name) == best) for item, url in shown]


def may_see(user: Any, item: Item) -> bool:
    """Return whether an entry is meant for this account."""
    if item.roles and user.role not in item.roles:
        return False
    if item.partner_kinds and (user.partner is None or user.partner.kind not in item.partner_kinds):
        return False
    return not item.permissions or any(user.can(permission) for permission in item.permissions)
