"""The timeline of a person: narrowed by the address, a page at a time, with months and the line of today."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.models import Participation
from resque.clock import today
from resque.ui.tags.numbers import weekday
from services.queries.events import CATEGORIES, STATION, Event, events_of

EVENTS_A_PAGE = 25
NEWEST, NEXT = 5, 2  # how many stand on the overview of the person: what was, what is planned
MONTH, TODAY, EVENT = "month", "today", "event"
Line = tuple[str, Any]


@dataclass(frozen=True)
class Wanted:
    """How the reader narrowed the timeline."""

    kind: str = ""
    partner: str = ""
    mine: bool = False

    @classmethod
    def of(cls, query) -> "Wanted":
        """Read the parameters `kind` (a category), `partner` (a code) and `mine` of an address."""
        return cls(query.get("kind", ""), query.get("partner", ""), query.get("mine") == "1")

    @property
    def url(self) -> str:
        """The parameters as a link."""
        named = {"kind": self.kind, "partner": self.partner, "mine": "1" if self.mine else ""}
        return f"?{urlencode({name: value for name, value in named.items() if value})}"

    def keep(self, events: Iterable[Event]) -> list[Event]:
        """Return the events that fit."""
        return [
            event
            for event in events
            if self.kind in ("", event.category)
            and self.partner in ("", event.partner.code)
            and (event.mine or not self.mine)
        ]


@dataclass(frozen=True)
class Chip:
    """A link that narrows the timeline, with the number of events behind it."""

    label: str
    url: str
    count: int
    current: bool


def timeline_page(participation: Participation, user, query) -> dict:
    """Return one page of the timeline for the templates.

    Args:
        participation: loaded through the door.
        user: the reader.
        query: parameters of the address: kind, partner, mine, page.
    """
    events = events_of(participation, user)
    wanted = _known(Wanted.of(query), events)
    kept = wanted.keep(events)
    page = Paginator(kept, EVENTS_A_PAGE).get_page(query.get("page"))
    return {
        "page": page,
        "lines": _page_lines(page, kept),
        "kinds": _kinds(events, wanted),
        "sources": _sources(events, wanted),
        "narrowed": wanted != Wanted(),
        "masked": any(event.look == "masked" for event in page),
        "only_stations": all(event.category == STATION for event in events),
    }


def newest(participation: Participation, user) -> dict:
    """Return what stands on the overview of the person: what is planned next and what happened last."""
    events = events_of(participation, user)
    ahead = [event for event in events if event.ahead]
    past = events[len(ahead) :]
    shown = ahead[-NEXT:] + past[:NEWEST]
    return {
        "lines": _lines(shown, today_at=len(ahead[-NEXT:])),
        "all": len(events),
        "more": len(events) - len(shown),
        "only_stations": all(event.category == STATION for event in events),
    }


def _known(wanted: Wanted, events: list[Event]) -> Wanted:
    """Words of an address that no event of this person bears narrow nothing."""
    kinds = {event.category for event in events}
    partners = {event.partner.code for event in events}
    return replace(
        wanted,
        kind=wanted.kind if wanted.kind in kinds else "",
        partner=wanted.partner if wanted.partner in partners else "",
    )


def _kinds(events: list[Event], wanted: Wanted) -> list[Chip]:
    """Chips of the kinds that this person has; counts mind the other filters."""
    there = {event.category for event in events}
    counts = Counter(event.category for event in replace(wanted, kind="").keep(events))
    everything = Chip(_("Everything"), replace(wanted, kind="").url, counts.total(), not wanted.kind)
    return [
        everything,
        *(
            Chip(str(words), replace(wanted, kind=kind).url, counts[kind], wanted.kind == kind)
            for kind, words in CATEGORIES.items()
            if kind in there
        ),
    ]


def _sources(events: list[Event], wanted: Wanted) -> list[Chip]:
    """Chips of the partners, and of what the reader recorded; only where there is something to choose."""
    partners = {event.partner.code: event.partner.short_name for event in events}
    open_to_all = replace(wanted, partner="", mine=False)
    fitting = open_to_all.keep(events)
    by_partner = Counter(event.partner.code for event in fitting)
    chips = []
    if len(partners) > 1:
        chips += [
            Chip(name, replace(open_to_all, partner=code).url, by_partner[code], wanted.partner == code)
            for code, name in sorted(partners.items(), key=lambda pair: pair[1])
        ]
    if any(event.mine for event in events):
        mine = replace(open_to_all, mine=True)
        chips.append(Chip(_("Only mine"), mine.url, len(mine.keep(events)), wanted.mine))
    if not chips:
        return []
    return [Chip(_("All partners"), open_to_all.url, len(fitting), not wanted.partner and not wanted.mine), *chips]


def _page_lines(page: Page, kept: list[Event]) -> list[Line]:
    if not kept:
        return []
    first_past = sum(event.ahead for event in kept)
    start = page.start_index() - 1
    here = first_past - start
    # The line of today stands on one page: above the first thing that was, or below all that is planned.
    ends_here = 0 <= here < len(page) or (here == len(page) and first_past == len(kept))
    return _lines(list(page), today_at=here if ends_here else None)


def _lines(events: list[Event], *, today_at: int | None) -> list[Line]:
    lines: list[Line] = []
    month = ""
    for index, event in enumerate(events):
        if index == today_at:
            lines.append((TODAY, _today()))
        if (name := date_format(event.day, "F Y")) != month:
            month = name
            lines.append((MONTH, month))
        lines.append((EVENT, event))
    if today_at == len(events):
        lines.append((TODAY, _today()))
    return lines


def _today() -> str:
    return _("Today, %(day)s") % {"day": weekday(today())}
