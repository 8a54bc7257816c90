"""What stands on the home page of each role. Content of higher floors comes as panels and as url names."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resque.accounts.queries import overview_for
from resque.accounts.roles import ROLES, Permission, Role
from resque.clock import today
from resque.ui.panels import home_panels


@dataclass(frozen=True)
class Way:
    """A way from the home page to work: a button or a line with a sentence."""

    url_name: str
    label: str | Promise
    permission: Permission
    icon: str = ""
    kind: str = "secondary"
    key: str = ""
    sentence: str | Promise = ""
    roles: tuple[Role, ...] = ()  # empty: every role that holds the permission


P = Permission
ACTIONS = (
    Way("participants:new", _("Find or add a person"), P.SEARCH_PEOPLE, "person-plus"),
    Way("services:record", _("Record a consultation"), P.RECORD_SERVICES, "pencil-square", "primary", "N"),
    Way("services:outreach", _("Record a visit"), P.RECORD_SERVICES, "house-door"),
    Way(
        "services:event_new",
        _("Plan or record an event"),
        P.RECORD_EVENTS,
        "easel",
        "primary",
        roles=(Role.CITY_OFFICER,),
    ),
    Way("services:event_new", _("Plan or record an event"), P.RECORD_EVENTS, "easel", roles=(Role.COORDINATOR,)),
    Way("reporting:dashboard", _("Open the overview"), P.VIEW_FIGURES, "bar-chart", "primary"),
    Way("accounts:partner_new", _("Add a partner"), P.MANAGE_PARTNERS, "building"),
    Way("accounts:user_new", _("Add an account"), P.MANAGE_ACCOUNTS, "person-plus", "primary"),
)
WAYS = (
    Way(
        "participants:list", _("Participants"), P.VIEW_PSEUDONYMS,
        sentence=_("Facts of all partners under the participant number, without any name."),
    ),
    Way(
        "services:events", _("Events"), P.VIEW_EVENTS, roles=(Role.CITY_OFFICER, Role.COORDINATOR),
        sentence=_("Trainings and meetings of all partners, planned and held, with how many came."),
    ),
    Way(
        "services:organisations", _("Organisations"), P.VIEW_EVENTS, roles=(Role.CITY_OFFICER,),
        sentence=_("Employers, offices and schools with which the network works, each once."),
    ),
    Way(
        "reporting:dashboard", _("Figures of the network"), P.VIEW_AGGREGATES,
        sentence=_("Small numbers are hidden, so that no person can be recognised in them."),
    ),
    Way(
        "accounts:partners", _("Partners and accounts"), P.MANAGE_ACCOUNTS,
        sentence=_("Who works with RESQUE, in which role, and when they last signed in."),
    ),
    Way(
        "accounts:roles", _("Roles and rights"), P.VIEW_PERMISSIONS,
        sentence=_("Who may do what, each right in a sentence; for print."),
    ),
)  # fmt: skip
TEMPLATES = {
    Role.CASEWORKER: "home/caseworker.html",
    Role.COORDINATOR: "home/coordinator.html",
    Role.CITY_OFFICER: "home/city_officer.html",
    Role.PARTNER_ADMIN: "home/administrator.html",
    Role.ADMIN: "home/administrator.html",
}


def home_for(request: HttpRequest) -> dict:
    """Return the context of the home page of the signed-in person."""
    user = request.user
    panels = home_panels(request)
    context = {
        "today": today(),
        "actions": _open_to(user, ACTIONS),
        "ways": _open_to(user, WAYS),
        "main_panels": [panel for panel in panels if panel.place == "main"],
        "side_panels": [panel for panel in panels if panel.place != "main"],
        "role_sentence": ROLES[Role(user.role)].sentence,
        "rights": [right.label for right in Permission if right in ROLES[Role(user.role)].permissions],
    }
    if user.can(Permission.MANAGE_ACCOUNTS):
        context["overview"] = overview_for(user)
    return context


def _open_to(user, ways: tuple[Way, ...]) -> list[tuple[Way, str]]:
    """Keep what the role may open."""
    return [(way, reverse(way.url_name)) for way in ways if _is_open(user, way)]


def _is_open(user, way: Way) -> bool:
    return user.can(way.permission) and (not way.roles or user.role in way.roles)
