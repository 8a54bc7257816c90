"""The values of a report as rows of a page: what was told, what is counted today, the difference in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from participants.choices import Sex
from reporting.indicators.catalogue import BY_CODE, ENTITIES
from reporting.indicators.listed import TOTALS as LISTED
from reporting.links import changes_url
from reporting.models import KeptReport
from reporting.queries.indicators import GROUPS, HEADS, SEXES
from reporting.rates import Share
from reporting.submissions.content import TOTALS, Value, differs, name_of
from resque.ui.tags.numbers import signed

_ENTITIES = {one.code: one for one in ENTITIES}
_LISTED = {one.code: one.label for one in LISTED}


@dataclass(frozen=True)
class Line:
    """One value of a report.

    Attributes:
        code, title: which; of totals the title says it.
        numbers: what was told, by sex where it was, and for all; (number, what a narrow screen says before it).
        period: what came since the report before; None without one.
        now: today's number for all, None on a draft.
        moved: the difference in words, "−1" or "women −1, men +1"; "" where nothing has changed.
        url: the records behind the difference.
        reason: why, as the report that revised it says.
    """

    code: str
    title: str | Promise
    numbers: list[tuple[int, str]]
    period: int | None = None
    now: int | None = None
    moved: str = ""
    url: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Group:
    """Values that belong together."""

    key: str
    title: str | Promise
    lines: list[Line]


def title_of(code: str) -> str | Promise:
    """Return the title of a value in the reader's language."""
    if code in BY_CODE:
        return BY_CODE[code].title
    return _LISTED[code] if code in _LISTED else _ENTITIES[code].title


def words_of(code: str) -> dict:
    """Return code, name in a sentence and title of a value."""
    return {"code": code, "name": name_of(code), "title": title_of(code)}


def heads(rules: str, before: KeptReport | None) -> dict:
    """Return the heads of the columns by sex, and how many columns a table has."""
    return {"columns": [HEADS[sex] for sex in (*SEXES[rules], "")], "width": 1 + len(SEXES[rules]) + 1 + bool(before)}


def groups_of(
    rules: str, told: Mapping[str, Value], before: Mapping[str, Value] | None = None,
    now: Mapping[str, Value] | None = None, report: KeptReport | None = None,
    reasons: Mapping[str, str] | None = None,
) -> list[Group]:  # fmt: skip
    """Return the values of a report by group.

    Args:
        rules: funding period.
        told: what it says.
        before: what the report before it says; None without one.
        now: what is counted today; None on a draft.
        report: the report, for the addresses of differences.
        reasons: reasons given since, by code.
    """

    def line(code: str) -> Line:
        value, today_value = told[code], now.get(code, told[code]) if now is not None else None
        moved = moved_words(code, value, today_value) if today_value is not None else ""
        return Line(
            code, title_of(code), _numbers(rules, code, value),
            period=value.total - before[code].total if before and code in before else None,
            now=today_value.total if today_value is not None else None, moved=moved,
            url=changes_url(report.reference, code) if moved and report else "", reason=(reasons or {}).get(code, ""),
        )  # fmt: skip

    groups = [Group("totals", _("Totals"), [line(code) for code in TOTALS if code in told])]
    groups += [Group(key, title, [line(code) for code in codes if code in told]) for key, title, codes in GROUPS]
    groups.append(
        Group("entities", _("Projects and organisations"), [line(code) for code in _ENTITIES if code in told])
    )
    return [group for group in groups if group.lines]


def _numbers(rules: str, code: str, value: Value) -> list[tuple[int | None, str]]:
    """By sex where the report tells it; a total has one number."""
    sexes = [(getattr(value, sex) if code in BY_CODE else None, str(HEADS[sex])) for sex in SEXES[rules]]
    return [*sexes, (value.total, str(HEADS[""]))]


def moved_words(code: str, told: Value, now: Value) -> str:
    """Return a difference in words: "−1", or "women −1, men +1" where the sexes changed and the total did not."""
    if not differs(code, told, now):
        return ""
    change = now - told
    if change.total:
        return signed(change.total)
    return ", ".join(f"{HEADS[sex]} {signed(getattr(change, sex))}" for sex in Sex.values if getattr(change, sex))


def rates_of(values: Mapping[str, Value]) -> list[tuple[str, Share]]:
    """Return the integration rate of those who entered (A) and of those who left (B)."""
    total = {code: values[code].total for code in TOTALS}
    return [
        ("A", Share(total["INTEGRATED_A"], total["COMPLETE"])), ("B", Share(total["INTEGRATED_B"], total["EXITED"])),
    ]  # fmt: skip
