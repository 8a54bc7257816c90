"""What has changed since a report: values, and the records that left or joined them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from reporting.indicators.counting import tallies
from reporting.indicators.facts import Basis
from reporting.models import KeptReport
from reporting.submissions.content import (
    BY_CODE,
    DAYS_AT_ONCE,
    Content,
    Counted,
    Value,
    contents_of,
    differs,
    values_of,
)
from reporting.submissions.reported import last_told, records_of, reports_of


@dataclass(frozen=True)
class Change:
    """One value of a report that is another one today.

    Attributes:
        report: the report.
        code: which value.
        told, now: what was told last, and what is counted today up to the same reference date.
        left, joined: numbers of records reported under the code and no longer counted, and the other way round. A
            record whose sex was corrected stands in both.
    """

    report: KeptReport
    code: str
    told: Value
    now: Value
    left: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its name in forms."""
        return f"{self.report.reference}-{self.code}"


@dataclass
class Happening:
    """Changes of one report behind which the same records stand: one reason explains all of them."""

    report: KeptReport
    changes: list[Change] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Its name in forms."""
        return self.changes[0].key

    @property
    def left(self) -> tuple[str, ...]:
        """Records that no longer count."""
        return tuple(sorted({one for change in self.changes for one in change.left}))

    @property
    def joined(self) -> tuple[str, ...]:
        """Records that count now."""
        return tuple(sorted({one for change in self.changes for one in change.joined}))

    @property
    def references(self) -> tuple[str, ...]:
        """All records behind it."""
        return tuple(sorted({*self.left, *self.joined}))


def values_today(basis: Basis, days: Iterable[date]) -> dict[date, dict[str, Value]]:
    """Return the values as they are counted now, by reference date."""
    wanted, found = list(days), {}
    for start in range(0, len(wanted), DAYS_AT_ONCE):
        some = wanted[start : start + DAYS_AT_ONCE]
        found |= {day: values_of(tally) for day, tally in zip(some, tallies(basis, some), strict=True)}
    return found


def changed_codes(basis: Basis, reports: list[KeptReport], told: Mapping[int, Mapping]) -> dict[int, list[str]]:
    """Return the codes of each report, by its key, whose value today is not the one that was told last (`told`)."""
    now = values_today(basis, [one.until for one in reports])
    return {
        one.pk: [
            code for code, value in told.get(one.pk, {}).items()
            if code in now[one.until] and differs(code, value, now[one.until][code])
        ]
        for one in reports
    }  # fmt: skip


def changes_since(basis: Basis, on: date | None = None) -> list[Change]:
    """Return every value that was reported and has changed since without a reason given, newest report first.

    Args:
        basis: operation and rules.
        on: reports kept after this day are not seen; None: today.
    """
    reports = reports_of(basis, on)
    told = last_told(reports)
    changed = changed_codes(basis, reports, told)
    moved_ones = [one for one in reports if changed[one.pk]][:DAYS_AT_ONCE]
    if not moved_ones:
        return []
    then, now = records_of(moved_ones), contents_of(basis, [one.until for one in moved_ones])
    return [
        change_of(report, code, told[report.pk], content, then[report.pk])
        for report, content in zip(moved_ones, now, strict=True)
        for code in changed[report.pk]
    ]


def change_of(
    report: KeptReport, code: str, told: Mapping[str, Value], content: Content, records: dict[str, Counted]
) -> Change:
    """Return one change.

    Args:
        report: the report.
        code: which value.
        told: what was told last.
        content: what would be kept now; its reference date may be another one.
        records: what the report counted.
    """
    left, joined = moved(code, records, content.records)
    return Change(report, code, told[code], content.values[code], left, joined)


def moved(code: str, then: dict[str, Counted], now: dict[str, Counted], sex: str = "") -> tuple[tuple, tuple]:
    """Return the numbers of records that left a value and that joined it; `sex` keeps those counted under it."""
    before, after = (
        {(number, one.sex) for number, one in records.items() if code in one.codes and sex in ("", one.sex)}
        for records in (then, now)
    )
    if code not in BY_CODE:  # told without sexes
        before, after = ({(number, "") for number, _sex in records} for records in (before, after))
    return tuple(sorted(n for n, _ in before - after)), tuple(sorted(n for n, _ in after - before))


def happenings(changes: Iterable[Change]) -> list[Happening]:
    """Return changes put together by the records behind them."""
    found: dict[tuple, Happening] = {}
    for change in changes:
        behind = tuple(sorted({*change.left, *change.joined}))
        # Without records (projects and organisations) every change has a reason of its own.
        key = (change.report.pk, behind or change.code)
        found.setdefault(key, Happening(change.report)).changes.append(change)
    return list(found.values())
