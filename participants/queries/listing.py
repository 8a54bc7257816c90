"""The list of people: its views as tabs, its order, and its rows."""

from dataclasses import dataclass, field

from django.db.models import Case, Count, Q, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.choices import ParticipationState as State
from participants.completeness import completeness
from participants.languages import language_of_name
from participants.models import Participation
from participants.months import age_on
from participants.queries.search import people_named
from participants.querysets import answers_missing
from resque.clock import today
from resque.codelists.queries import label

ROWS = 50
FULL_AGE = 18  # years
MINE, ALL, SHARED, CONTACTS, MISSING, ENDED = "mine", "all", "shared", "contacts", "missing", "ended"
FINISHED = (State.ENDED, State.AFTERCARE, State.REJECTED)
_VIEWS: dict[str, str | Promise] = {
    MINE: gettext_lazy("My cases"),
    ALL: gettext_lazy("All visible"),
    SHARED: gettext_lazy("Shared with us"),
    CONTACTS: gettext_lazy("Without entry"),
    MISSING: gettext_lazy("ESF answers missing"),
    ENDED: gettext_lazy("Ended"),
}
_ORDERS = {
    "name": ("sort_key", "pk"),
    "reference": ("reference",),
    "referent": ("referent__last_name", "referent__first_name", "pk"),
    "entry": ("entry_date", "pk"),
}
NEWEST = "-entry"


def _condition(key: str, user) -> Q:
    """Describe what a tab keeps of the visible people."""
    return {
        MINE: Q(referent=user.pk) & ~Q(state__in=FINISHED),
        ALL: Q(),
        SHARED: ~Q(partner=user.people_partner_id),
        CONTACTS: Q(entry_date=None) & ~Q(state__in=FINISHED),
        MISSING: ~Q(entry_date=None) & answers_missing(),
        ENDED: Q(state__in=FINISHED),
    }[key]


def views_of(user) -> list[str]:
    """Return the tabs that make sense for `user`, the first one is where the list opens."""
    return [MINE, ALL, SHARED, CONTACTS, MISSING, ENDED] if user.people_partner_id else [ALL, CONTACTS, MISSING, ENDED]


@dataclass(frozen=True)
class ListTab:
    """One view of the list, with its number of people."""

    key: str
    label: str | Promise
    url: str
    count: int
    current: bool


def tabs(user, current: str) -> list[ListTab]:
    """Return the views with their counts, in one query."""
    counted = {key: Count("pk", filter=_condition(key, user) or None) for key in views_of(user)}
    counts = Participation.objects.visible_to(user).aggregate(**counted)
    return [ListTab(key, _VIEWS[key], f"?view={key}", counts[key], key == current) for key in views_of(user)]


def listed(user, *, view: str, order: str, search: str | None):
    """Return the participations of one view in their order, without the filters.

    Args:
        user: the reader.
        view: key of a tab (`views_of`).
        order: key of a column, "-" before it turns it round; empty: the closest names of a search, else the newest.
        search: text of a search for a name or a number; None: none.
    """
    # Bare rows: names and places are loaded for the rows of one page only (`rows`).
    people = (
        Participation.objects.visible_to(user)
        .with_accommodation()
        .with_sort_key_for(user)
        .filter(_condition(view, user))
    )
    if search is None:
        return people.order_by(*_columns(order or NEWEST, user))
    named = people_named(user, search) if user.people_partner_id else []
    meant = Q(reference=search.upper()) | Q(person__in=named)
    if user.people_partner_id:
        meant |= Q(external_reference=search, partner=user.people_partner_id)
    return people.filter(meant).order_by(*(_columns(order, user) if order else _closest(named)))


def _closest(named: list[int]) -> list:
    if not named:
        return ["pk"]
    places = [When(person=person, then=place) for place, person in enumerate(named)]
    return [Case(*places, default=len(named)), "pk"]


def _columns(order: str, user) -> list:
    key = order.removeprefix("-")
    if key not in _ORDERS or (key in ("name", "referent") and not user.people_partner_id):
        order, key = NEWEST, "entry"
    if order == NEWEST:  # contacts without an entry are the newest of all
        return ["-entry_date", "pk"]
    return [f"-{column}" if order.startswith("-") else column for column in _ORDERS[key]]


@dataclass(frozen=True)
class Row:
    """One person of the list, in words."""

    participation: Participation
    name: str
    native: str
    native_language: str
    accommodation: str
    light: tuple[str, str]  # colour, words
    badges: list[tuple[str, str]] = field(default_factory=list)  # kind, words

    @property
    def reference_beside(self) -> str:
        """The number for the second line; nothing where it stands in the place of the name."""
        return self.participation.reference if self.name != self.participation.reference else ""


def rows(keys: list[int], user) -> list[Row]:
    """Return the rows of one page, in the order of the primary keys `keys`."""
    people = Participation.objects.visible_to(user).select_related("operation").with_names_for(user)
    loaded = people.with_accommodation().in_bulk(keys)
    return [_row(loaded[key], user) for key in keys if key in loaded]


def _row(participation: Participation, user) -> Row:
    identity = participation.person.loaded_identity
    native = identity.original_script if identity else ""
    return Row(
        participation=participation,
        name=participation.title,
        native=native,
        native_language=language_of_name(native, participation.person.nationality),
        accommodation=label("accommodation", participation.accommodation or ""),
        light=_light(participation),
        badges=_badges(participation, user),
    )


def _light(participation: Participation) -> tuple[str, str]:
    if participation.entry_date is None:
        return "grey", _("no entry yet")
    missing = len(completeness(participation).missing)
    if not missing:
        return "green", _("can be reported")
    return "yellow", ngettext("%(count)s missing", "%(count)s missing", missing) % {"count": missing}


def _badges(participation: Participation, user) -> list[tuple[str, str]]:
    badges = []
    born = participation.person.birth_date
    if born and age_on(born, today()) < FULL_AGE:
        badges.append(("info", _("minor")))
    if participation.state not in (State.ACTIVE, State.CONTACT):
        badges.append(("", participation.get_state_display()))
    if user.people_partner_id and participation.partner_id != user.people_partner_id:
        badges.append(("warn", _("shared by %(partner)s") % {"partner": participation.partner.short_name}))
    return badges
