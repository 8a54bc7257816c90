"""The page of all indicators at a reference date: counted at once, every number with the address of its list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participants.choices import Sex
from reporting.indicators.asked import PERIOD, Asked, half_years
from reporting.indicators.catalogue import Entity, Indicator, entities_of, indicators_of
from reporting.indicators.counting import BySex, Tally, tallies
from reporting.indicators.listed import KINDS, answers_by_kind, listed
from reporting.links import indicators_url, listing_url
from reporting.queries.indicator_reported import Gone, Reported, kept_for_period
from reporting.queries.network import supported_url
from resque.clock import today
from resque.ui.tags.numbers import day as written

SEXES: dict[str, tuple[str, ...]] = {"2014": (Sex.FEMALE, Sex.MALE), "2021": (Sex.FEMALE, Sex.MALE, Sex.NON_BINARY)}
HEADS: dict[str, Promise] = {
    Sex.FEMALE: _("Women"), Sex.MALE: _("Men"), Sex.NON_BINARY: _("Non-binary"), "": _("All"),
}  # fmt: skip
# Groups in the order of the regulation: key, heading, codes of both periods.
GROUPS: tuple[tuple[str, Promise, tuple[str, ...]], ...] = (
    ("all", _("All participants"), ("EECO01",)),
    ("status", _("Employment status at entry"),
     ("CO01", "CO02", "CO03", "CO04", "CO05", "EECO02", "EECO03", "EECO04", "EECO05")),
    ("age", _("Age at entry"), ("CO06", "CO07", "CO08", "EECO06", "EECO07", "EECO08")),
    ("education", _("Education at entry"), ("CO09", "CO10", "CO11", "EECO09", "EECO10", "EECO11")),
    ("household", _("Household at entry"), ("CO12", "CO13", "CO14")),
    ("special", _("Origin, disability, other disadvantage"),
     ("CO15", "CO16", "CO17", "EECO12", "EECO13", "EECO14", "EECO15")),
    ("place", _("Housing and place at entry"), ("CO18", "CO19", "EECO16", "EECO17")),
    ("results", _("Results upon leaving"),
     ("CR01", "CR02", "CR03", "CR04", "CR05", "EECR01", "EECR02", "EECR03", "EECR04")),
    ("later", _("Results six months after leaving"), ("CR06", "CR07", "CR08", "CR09", "EECR05", "EECR06")),
)  # fmt: skip
COMPLETE = "COMPLETE"


@dataclass(frozen=True)
class Number:
    """One number with its list, and what a screen reader says before it."""

    value: int
    url: str
    label: str = ""


@dataclass(frozen=True)
class Line:
    """One indicator.

    Attributes:
        code: its code and anchor among the definitions; the row of all complete records has none.
        title: its title.
        numbers: since the beginning, by sex and for all, then the same of the period.
        beside: asked, answered and refused, for special answers.
        gone: records reported under it that count no longer, where the period is compared with a report.
    """

    code: str
    title: str | Promise
    numbers: list[Number]
    beside: list[Number]
    gone: Gone | None = None


@dataclass(frozen=True)
class Group:
    """Indicators that belong together in the regulation."""

    key: str
    title: Promise
    lines: list[Line]


def indicators_page(asked: Asked, *, known: bool = False) -> dict:
    """Return everything that the page shows, in a fixed number of queries.

    Args:
        asked: the question.
        known: the period is the difference of both dates as known now, also where a report was kept for the earlier.
    """
    kept = kept_for_period(asked)
    reported = Reported(asked, kept) if kept and not known else None
    days = [asked.until, asked.since] if asked.since else [asked.until]
    beside = answers_by_kind(one.code for one in asked.basis.indicators)
    now, *before = tallies(asked.basis, days, beside)
    period = now - (reported.tally(before[0]) if reported else before[0]) if before else None
    totals = _totals(asked, now)
    hidden = [one.code for one in indicators_of(asked.basis.rules) if one not in asked.basis.indicators]
    return {
        "asked": asked,
        "now": now,
        "as_known": timezone.localtime(),
        "today": today(),
        "columns": [HEADS[sex] for sex in _sexes(asked)],
        "width": 1 + len(_heads(asked)),
        "groups": _groups(asked, now, period, reported),
        "kept": kept,
        "reported": reported,
        "other_way_url": indicators_url(asked) + ("" if known else "&against=known"),
        "entities": _entities(asked, now, period, reported),
        "hidden_codes": hidden,
        "totals": totals,
        "rates": _rates(now, totals),
        "is_empty": not now.grand_total,
    }


def _sexes(asked: Asked) -> tuple[str, ...]:
    return (*SEXES[asked.basis.rules], "")


def _heads(asked: Asked) -> list[str]:
    """The words over the columns, each with the time it speaks of, for narrow screens and screen readers."""
    spans = [_("until %(day)s") % {"day": written(asked.until)}]
    if asked.since:
        spans.append(_("in the period"))
    return [f"{HEADS[sex]} {span}" for span in spans for sex in _sexes(asked)]


def _groups(asked: Asked, now: Tally, period: Tally | None, reported: Reported | None) -> list[Group]:
    known = {one.code: one for one in asked.basis.indicators}
    groups = []
    for key, title, codes in GROUPS:
        lines = [_line(asked, known[code], now, period, reported) for code in codes if code in known]
        if key == "all" and not lines:
            lines = [_all_complete(asked, now, period, reported)]
        groups.append(Group(key, title, lines))
    return [group for group in groups if group.lines]


def _line(asked: Asked, one: Indicator, now: Tally, period: Tally | None, reported: Reported | None) -> Line:
    in_period = period.indicators[one.code] if period else None
    numbers = _numbers(asked, one.code, now.indicators[one.code], in_period, reported)
    kinds = [code for code in (f"{one.code}_{kind}" for kind in KINDS) if code in now.beside]
    return Line(
        one.code, one.title, numbers,
        [Number(now.beside[code].total, listing_url(code, asked), listed(code).label) for code in kinds],
        reported.gone(one.code) if reported else None,
    )  # fmt: skip


def _all_complete(asked: Asked, now: Tally, period: Tally | None, reported: Reported | None) -> Line:
    """The total of 2014: it has no code, and is the sum of three indicators (domain reference 1.2)."""
    title = _("Participants in total (CO01 + CO03 + CO05)")
    numbers = _numbers(asked, COMPLETE, _sum(now), _sum(period) if period else None, reported)
    return Line("", title, numbers, [], reported.gone(COMPLETE) if reported else None)


def _sum(tally: Tally) -> BySex:
    parts = [tally.indicators[code] for code in ("CO01", "CO03", "CO05")]
    return BySex(*(sum(getattr(part, sex) for part in parts) for sex in ("m", "f", "nb")))


def _numbers(
    asked: Asked, code: str, now: BySex, period: BySex | None, reported: Reported | None
) -> list[Number]:  # fmt: skip
    spans = [(now, "")] if period is None else [(now, ""), (period, PERIOD)]
    columns = [(number, of, sex) for number, of in spans for sex in _sexes(asked)]
    return [
        Number(
            getattr(number, sex or "total"),
            reported.url(code, sex) if of and reported else listing_url(code, asked, sex=sex, of=of),
            head,
        )
        for (number, of, sex), head in zip(columns, _heads(asked), strict=True)
    ]


def _entities(
    asked: Asked, now: Tally, period: Tally | None, reported: Reported | None
) -> list[tuple[Entity, list[tuple[int, str]]]]:  # fmt: skip
    """Projects and organisations with their lists: they belong to the operation, so they stand with the network only.

    An organisation counts once in an operation: it belongs to the period in which it was supported first.
    """
    if asked.basis.partner:
        return []

    def first_in_period(code: str) -> str:
        if reported:
            return reported.url(code)
        return supported_url(code, asked.basis.operation, asked.until, asked.since)

    return [
        (one, [
            (now.entities[one.code], supported_url(one.code, asked.basis.operation, asked.until)),
            *([(period.entities[one.code], first_in_period(one.code))] if period else []),
        ])
        for one in entities_of(asked.basis.rules)
    ]  # fmt: skip


def _totals(asked: Asked, now: Tally) -> dict[str, Number]:
    values = {
        "GRAND_TOTAL": now.grand_total, COMPLETE: now.complete, "INCOMPLETE": now.incomplete, "REFUSED": now.refused,
        "EXITED": now.exited, "STOCK": now.stock, "INTEGRATED_A": now.integrated,
        "INTEGRATED_B": now.exited_integrated,
    }  # fmt: skip
    return {code: Number(value, listing_url(code, asked)) for code, value in values.items()}


def _rates(now: Tally, totals: dict[str, Number]) -> list[dict]:
    numbers = {"A": ("INTEGRATED_A", COMPLETE), "B": ("INTEGRATED_B", "EXITED")}
    return [
        {"variant": variant, "share": share, "part": totals[numbers[variant][0]], "whole": totals[numbers[variant][1]]}
        for variant, share in now.rates.items()
    ]


def reference_dates(asked: Asked) -> dict:
    """Return what is offered: the last reference dates, each with the half-year before it as the period, and today."""
    ends = half_years(asked.basis.operation.start)
    pairs: Iterable = zip(ends[:4], [*ends[1:], None], strict=False)
    found = [
        {"label": written(end), "url": indicators_url(asked.on(end, before)), "current": asked.until == end}
        for end, before in pairs
    ]
    latest = ends[0] if ends else None
    at_present = {
        "label": _("today"),
        "url": indicators_url(asked.on(today(), latest)),
        "current": asked.until == today(),
    }
    return {"half_years": ends, "shortcuts": [*reversed(found), at_present]}
