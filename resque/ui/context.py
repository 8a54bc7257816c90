"""What the frame of every page needs, as one lazily computed object: `chrome`."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

import resque
from resque.clock import today
from resque.ui.navigation import Link, menu_of
from resque.ways_back import way_back

THEMES = ("light", "dark")
DOCK_PLACES = 5
SEARCH_PERMISSIONS = ("search_people", "view_pseudonyms")


class Chrome:
    """The frame of a page. Nothing is computed before a template asks for it."""

    def __init__(self, request: HttpRequest):
        self.request = request

    @cached_property
    def user(self):
        """The signed-in account, None for visitors."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def partner_name(self) -> str:
        """Short name of the partner of the account, nothing for a system administrator."""
        return self.user.partner.short_name if self.user and self.user.partner else ""

    @cached_property
    def menu(self) -> list[Link]:
        """Entries of the main menu."""
        return menu_of(self.request) if self.user else []

    @property
    def dock(self) -> list[Link]:
        """Entries at the foot of narrow screens: five, or four and "more"."""
        return self.menu if len(self.menu) <= DOCK_PLACES else self.menu[: DOCK_PLACES - 1]

    @property
    def dock_more(self) -> list[Link]:
        """Entries behind "more" at the foot."""
        return self.menu[len(self.dock) :]

    @cached_property
    def theme(self) -> str:
        """light, dark, or nothing: then the operating system decides."""
        session = getattr(self.request, "session", None)
        theme = session.get("theme", "") if session is not None else ""
        return theme if theme in THEMES else ""

    @property
    def here(self) -> str:
        """Where the switches of the frame lead back to."""
        return way_back(self.request)

    @cached_property
    def search_url(self) -> str:
        """Where the search box sends names (POST, so that no name stands in an address)."""
        if self.user and any(self.user.can(permission) for permission in SEARCH_PERMISSIONS):
            return reverse("participants:search")
        return ""

    @cached_property
    def record_url(self) -> str:
        """Where the key "n" leads."""
        return reverse("services:record") if self.user and self.user.can("record_services") else ""

    @cached_property
    def account_links(self) -> list[tuple[str, str]]:
        """(label, address) of the pages about the own account."""
        if not self.user:
            return []
        pages = [
            (translation.gettext("Change password"), "account_change_password"),
            (translation.gettext("Second factor"), "mfa_index"),
            (translation.gettext("Signed-in devices"), "usersessions_list"),
            (translation.gettext("Roles and rights"), "accounts:roles"),
        ]
        return [(label, reverse(name)) for label, name in pages]

    @property
    def languages(self) -> list[dict]:
        """Languages to choose from, each under its own name."""
        now = translation.get_language()
        return [
            {"code": code, "name": translation.get_language_info(code)["name_local"], "current": code == now}
            for code, _name in settings.LANGUAGES
        ]

    @property
    def printed_at(self) -> datetime:
        """Business day and real time, for the head of printed pages."""
        return datetime.combine(today(), timezone.localtime().time())

    @property
    def version(self) -> str:
        """Version of the application."""
        return resque.__version__

    @property
    def is_demo(self) -> bool:
        """Whether only invented people are shown."""
        return settings.RESQUE_DEMO


def chrome(request: HttpRequest) -> dict:
    """Context processor: the frame as `chrome`."""
    return {"chrome": Chrome(request)}
