"""The page of data quality: hits by who can put them right, then by rule, each a link to the answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from participants.rules import Fixer, Rule
from reporting.quality.checking import ALL_RULES, AT_ONCE, Checked, Hit, check_asked, check_report
from reporting.quality.facets import Facet, facets_of
from reporting.quality.inquiry import MINE, NO_ENTRY, SHARED, TEAM, Inquiry
from reporting.quality.totals import TOTAL_RULES
from reporting.queries.quality_lines import Line, lines_of
from reporting.queries.quality_ways import Way, entries, narrowing, severities, shortcuts
from resque.accounts.models import Partner

FIRST, ROWS = 5, 50  # hits of a rule among other rules, and on its own page
ORDER = {rule: place for place, rule in enumerate(ALL_RULES)}


@dataclass
class RuleHits:
    """Hits of one rule in a group.

    Attributes:
        rule: what is violated.
        hits: all of them.
        url: the page of this rule in this group.
        lines: those that are shown now, in words.
    """

    rule: Rule
    hits: list[Hit]
    url: str
    lines: list[Line] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many hits there are."""
        return len(self.hits)

    @property
    def report_url(self) -> str:
        """Where a hit of the whole report is settled; "" for hits of records, and where nothing can be done."""
        return reverse(self.rule.page) if self.rule in TOTAL_RULES and self.rule.page else ""

    @property
    def further(self) -> int:
        """How many of them are not shown."""
        return len(self.hits) - len(self.lines)


@dataclass
class Group:
    """What one side can put right.

    Attributes:
        key: anchor.
        title, note: who it is, and what that means for the reader.
        rules: hits by rule, blocking ones first.
        queue: address that opens one hit after the other; empty where the reader can change nothing.
    """

    key: str
    title: str | Promise
    note: str
    rules: list[RuleHits]
    queue: str = ""

    @property
    def count(self) -> int:
        """How many hits there are."""
        return sum(one.count for one in self.rules)

    @property
    def records(self) -> int:
        """How many records they concern."""
        return len({hit.key for one in self.rules for hit in one.hits if hit.key})

    @property
    def blocking(self) -> int:
        """How many of the hits block."""
        return sum(one.count for one in self.rules if one.rule.blocks)


def quality_page(inquiry: Inquiry, number: str | None) -> dict:
    """Return everything that the page shows, in a fixed number of queries.

    Args:
        inquiry: the filters.
        number: page of the address, where one rule is shown.
    """
    partners = {one.pk: one for one in Partner.objects.by_name()}
    facets = facets_of(inquiry)
    chosen = [facet for facet in facets if facet.lies_in(inquiry)]
    total = sum(facet.records for facet in chosen)
    context = {
        "inquiry": inquiry,
        "works": inquiry.user.people_partner_id is not None,
        "total": total,
        "complete": sum(facet.complete for facet in chosen),
        "entered": sum(facet.records for facet in chosen if facet.entry != NO_ENTRY),
        "ways": shortcuts(inquiry, facets, partners),
        "entries": entries(inquiry, [facet for facet in facets if facet.lies_in(inquiry.changed(entry=""))]),
        "all_rules_url": inquiry.changed(rule=None).query() or "?",
        "special_shown": [],
    }
    if total > AT_ONCE:
        return context | {"too_many": narrowing(inquiry, chosen, partners), "at_once": AT_ONCE}
    return context | _checked(inquiry, partners, number, chosen)


def _checked(inquiry: Inquiry, partners: dict[int, Partner], number: str | None, chosen: list[Facet]) -> dict:
    checked = check_asked(inquiry) if chosen else Checked()
    hits = checked.hits
    if inquiry.of_everything and (inquiry.rule is None or inquiry.rule in TOTAL_RULES):
        hits = hits + check_report(inquiry.basis, inquiry.on, inquiry.user)
    of_rule = [hit for hit in hits if inquiry.rule in (None, hit.rule)]
    wanted = [hit for hit in of_rule if inquiry.wants(hit.rule)]
    groups = _groups(inquiry, wanted, partners)
    page = _choose_lines(inquiry, groups, number)
    return {
        "clean": checked.clean,
        "found": len(wanted),
        "severities": severities(inquiry, of_rule),
        "groups": groups,
        "page": page,
        "special_shown": [
            line.reference for group in groups for one in group.rules if one.rule.special for line in one.lines
        ],
    }


def _choose_lines(inquiry: Inquiry, groups: list[Group], number: str | None):
    """Fill in the lines to show: the first ones of every rule, or a page of the one that was asked for.

    What tells of special answers is only listed where its rule was asked for.
    """
    page = None
    if inquiry.rule:
        page = Paginator([hit for group in groups for one in group.rules for hit in one.hits], ROWS).get_page(number)
        shown = set(page.object_list)
    else:
        shown = {
            hit for group in groups for one in group.rules if not one.rule.special for hit in one.hits[:FIRST]
        }  # fmt: skip
    lines = lines_of(inquiry, shown)
    for group in groups:
        for one in group.rules:
            one.lines = [lines[hit] for hit in one.hits if hit in lines]
    return page


def _groups(inquiry: Inquiry, hits: Iterable[Hit], partners: dict[int, Partner]) -> list[Group]:
    sorted_in: dict[str, list[Hit]] = {}
    for hit in hits:
        sorted_in.setdefault(_side(inquiry, hit), []).append(hit)
    sides = [*_sides(inquiry, partners)]
    return [
        Group(way.key, way.label, way.note, _by_rule(sorted_in[way.key], way.inquiry), _queue(inquiry, way))
        for way in sides if way.key in sorted_in
    ]  # fmt: skip


def _side(inquiry: Inquiry, hit: Hit) -> str:
    """The key of the group that can put a hit right."""
    if hit.key is None:
        return hit.rule.fixer.value
    if inquiry.user.people_partner_id is None:
        return f"partner-{hit.partner}"
    if hit.partner != inquiry.user.people_partner_id:
        return SHARED
    return MINE if hit.referent == inquiry.user.pk else TEAM


def _sides(inquiry: Inquiry, partners: dict[int, Partner]) -> Iterable[Way]:
    """All groups in the order of the page, each with the inquiry that keeps it alone."""
    if inquiry.user.people_partner_id is not None:
        own = inquiry.user.partner.short_name
        yield Way(MINE, _("You"), inquiry.changed(whose=MINE), _("your own cases"))
        yield Way(
            TEAM, _("Colleagues"), inquiry.changed(whose=TEAM), _("other cases of %(partner)s") % {"partner": own}
        )
        yield Way(SHARED, _("Partners who share"), inquiry.changed(whose=SHARED), _("only they can change the answers"))
        return
    yield Way(Fixer.COORDINATION.value, _("You"), inquiry, _("coordination"))
    for key, partner in partners.items():
        note = _("its caseworkers can change the answers")
        yield Way(f"partner-{key}", partner.short_name, inquiry.changed(partner=partner), note)
    yield Way(
        Fixer.ADMINISTRATION.value, _("Administration"), inquiry, _("these hold by construction: please report them")
    )


def _by_rule(hits: list[Hit], inquiry: Inquiry) -> list[RuleHits]:
    found: dict[Rule, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.rule, []).append(hit)
    address = reverse("reporting:quality")
    return [
        RuleHits(rule, found[rule], address + inquiry.changed(rule=rule, severity="").query())
        for rule in sorted(found, key=lambda rule: (not rule.blocks, ORDER[rule]))
    ]


def _queue(inquiry: Inquiry, way: Way) -> str:
    if way.key not in (MINE, TEAM) or (inquiry.rule and inquiry.rule.special):
        return ""
    return reverse("reporting:quality_next") + way.inquiry.query()
