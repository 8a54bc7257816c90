"""The dated histories of a person as their page shows them: what holds today, what held at entry, and every row."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from participants.operations.circumstances import REFUGE
from participants.proposals import work_class_of
from participants.queries.answers import in_words, municipality_of
from participants.queries.circumstances import Circumstances
from participants.queries.person import Flag, expiry
from resque.clock import today
from resque.ui.tags.numbers import day as written


@dataclass(frozen=True)
class Line:
    """One row in words.

    Attributes:
        key: its primary key, for the owner's buttons.
        title: status or kind of accommodation.
        hint: what the status usually means for work; nothing for a place.
        period: from when until when it holds.
        details: what else is noted.
        marks: whether it holds today, at entry, or later.
        look: how the vertical line draws it.
    """

    key: int
    title: str
    hint: str
    period: str
    details: list[str]
    marks: list[Flag]
    look: str

    @property
    def sent(self) -> dict[str, str]:
        """What the button that removes the row sends."""
        return {"row": str(self.key)}


@dataclass(frozen=True)
class Section:
    """One history with its heading and all its rows, newest first."""

    name: str
    title: str | Promise
    caption: str | Promise
    icon: str
    lines: list[Line]


@dataclass(frozen=True)
class Moment:
    """What holds on one day."""

    title: str
    pairs: list[tuple[str, str]]
    expiry: dict | None = field(default=None)


def sections_of(around: Circumstances) -> list[Section]:
    """Return both histories, as far as the reader may see them."""
    return [
        Section("status", _("Residence status"), _("Residence status, newest first"), "file-earmark-text",
                _lines(around, around.statuses, around.status_now, around.status_at_entry)),
        Section("place", _("Housing"), _("Places of residence, newest first"), "house-door",
                _lines(around, around.residences, around.residence_now, around.residence_at_entry)),
    ]  # fmt: skip


def moments_of(around: Circumstances) -> list[Moment]:
    """Return today and the day of entry side by side; the second one is what the report counts."""
    status = around.status_now
    until = expiry(status.printed_until) if status and status.printed_until else None
    return [
        Moment(_("Today"), _pairs(around, status, around.residence_now), until),
        Moment(_first_day_words(around), _pairs(around, around.status_at_entry, around.residence_at_entry)),
    ]


def _first_day_words(around: Circumstances) -> str:
    day = written(around.entry_day)
    if around.participation.entry_date:
        return _("At entry on %(day)s") % {"day": day}
    return _("At the first contact on %(day)s") % {"day": day}


def _pairs(around: Circumstances, status, place) -> list[tuple[str, str]]:
    not_known = _("not known")
    pairs = [(_("Status"), in_words("status", status.status) if status else not_known)]
    if status:
        pairs += [(_("Usually means"), work_class_of(status.status)), (_("Clause"), in_words("clause", status.clause))]
    pairs.append((_("Lives"), in_words("accommodation", place.accommodation) if place else not_known))
    return pairs + ([(pgettext("place", "In"), municipality_of(place))] if place else [])


def _lines(around: Circumstances, rows: list, now, at_entry) -> list[Line]:
    ends = [None, *(row.valid_from - timedelta(days=1) for row in rows)]
    return [
        Line(
            key=row.pk,
            title=_title(row),
            hint=work_class_of(row.status) if hasattr(row, "status") else "",
            period=_period(row.valid_from, end),
            details=_details(row),
            marks=_marks(around, row, now, at_entry),
            look="consultation" if row == now else "future" if row.valid_from > today() else "",
        )
        for row, end in zip(rows, ends, strict=False)
    ]


def _title(row) -> str:
    if hasattr(row, "status"):
        return in_words("status", row.status)
    return in_words("accommodation", row.accommodation) or _("Kind of accommodation not known")


def _period(begin: date, end: date | None) -> str:
    if end is None:
        return _("from %(day)s") % {"day": written(begin)}
    if end < begin:
        return _("%(day)s, replaced on the same day") % {"day": written(begin)}
    return f"{written(begin)} – {written(end)}"


def _details(row) -> list[str]:
    if not hasattr(row, "status"):
        if row.accommodation == REFUGE:
            return [_("The municipality is not stored")]
        return [municipality_of(row)] if row.municipality else []
    said = [in_words("clause", row.clause), f"„{row.wording}“" if row.wording else ""]
    if row.printed_until:
        said.append(_("valid until %(day)s") % {"day": written(row.printed_until)})
    if row.seen_on:
        said.append(_("seen on %(day)s") % {"day": written(row.seen_on)})
    return [text for text in said if text]


def _marks(around: Circumstances, row, now, at_entry) -> list[Flag]:
    marks = []
    if row == now:
        marks.append(Flag(_("today"), "accent", ""))
    if row == at_entry:
        marks.append(Flag(_("at entry") if around.participation.entry_date else _("at the first contact"), "info", ""))
    if row.valid_from > today():
        marks.append(Flag(_("not yet"), "", "clock"))
    return marks
