"""The documents of a person as their page shows them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.choices import Purpose
from participants.models import Document, Participation
from participants.operations.document_copies import PURPOSE, TYPES, copy_consent, needs_consent
from participants.operations.documents import UNDO
from participants.queries.circumstances import Circumstances
from participants.queries.person import expiry
from resque import vault
from resque.clock import today
from resque.codelists.queries import entries, entry_of, label
from resque.ui.tags.numbers import day as written

GROUPS: dict[str, str | Promise] = {
    "project": gettext_lazy("Sheets of the project"),
    "identity": gettext_lazy("Identity and family"),
    "residence": gettext_lazy("Residence and permission to work"),
    "qualification": gettext_lazy("Language and qualification"),
    "work": gettext_lazy("Work, training, application"),
    "special": gettext_lazy("Special categories"),
    "other": gettext_lazy("Other documents"),
}
SPECIAL = "special"


@dataclass(frozen=True)
class Line:
    """One document in words.

    Attributes:
        document: the row.
        title: kind of document.
        seen_on, seen_by: when and by whom the original was seen.
        ending: badge about the last day when it is near or has passed, else None.
        copy_words: kind and size of the copy, empty without one.
        copy_url: where the copy is opened; empty when there is none, or none may be opened.
        earlier: older versions, newest first.
    """

    document: Document
    title: str
    seen_on: str
    seen_by: str
    ending: dict | None
    copy_words: str
    copy_url: str
    earlier: list["Line"] = field(default_factory=list)

    @property
    def undo_until(self) -> datetime:
        """Until when a removal can be undone."""
        return self.document.removed_at + UNDO


@dataclass(frozen=True)
class Group:
    """Documents under one heading."""

    key: str
    title: str | Promise
    lines: list[Line]


@dataclass(frozen=True)
class File:
    """All documents of a case that the reader may see.

    Attributes:
        groups: what belongs to the file today, as far as it is shown.
        removed: what was removed within a day and can be brought back, for the owner.
        hidden: number of documents of special categories that were not opened.
        codes: kinds of documents that are there.
        consent_holds: whether the person agrees to copies today.
        consent_ended: there was a consent to copies, and it does not hold any more.
    """

    groups: list[Group]
    removed: list[Line]
    hidden: int
    codes: frozenset[str]
    consent_holds: bool
    consent_ended: bool

    @property
    def lines(self) -> list[Line]:
        """All shown documents."""
        return [line for group in self.groups for line in group.lines]

    def line_of(self, key: str) -> Line | None:
        """Return a shown document by its key as text."""
        return next((line for line in self.lines if str(line.document.key) == key), None)


def file_of(around: Circumstances, user, *, special: bool = False) -> File:
    """Return the documents of a case, in one query.

    Args:
        around: the participation as the reader sees it.
        user: the reader.
        special: show those of special categories too; that opening is logged by the view.
    """
    rows = list(Document.objects.visible_to(user).of_case(around.participation).select_related("seen_by__partner"))
    decision = next((row for row in around.consents if row.type == Purpose.COPIES), None)
    holds = decision is not None and decision.holds_on(today())
    there = {row.pk for row in rows if row.removed_at is None}
    current = [row for row in rows if row.pk in there and row.replaced_by_id not in there]
    older = {row.replaced_by_id: row for row in rows if row.pk in there and row.replaced_by_id in there}
    shown = [row for row in current if special or not row.special]
    lines = [_line(around, row, holds, older) for row in shown]
    removed = [row for row in rows if row.removed_at and (special or not row.special)] if around.owned else []
    return File(
        groups=_grouped(lines),
        removed=[_line(around, row, False, {}) for row in removed],
        hidden=len(current) - len(shown),
        codes=frozenset(row.type for row in current),
        consent_holds=holds,
        consent_ended=decision is not None
        and not holds
        and any(row.stored and needs_consent(row.type) for row in shown),
    )


def type_choices(blank: str) -> list:
    """Return the kinds of documents that may be chosen today, under their headings."""
    offered: dict[str, list] = {key: [] for key in GROUPS}
    for entry in entries(TYPES, on=today()):
        offered.setdefault(entry.attributes.get("group", "other"), []).append((entry.code, entry.label))
    return [("", blank), *((str(GROUPS.get(key, key)), kinds) for key, kinds in offered.items() if kinds)]


def copy_of(participation: Participation, document: Document) -> bytes | None:
    """Return the copy of a document; None when there is none, or the person does not agree to it any more.

    Raises:
        resque.vault.FileLost: it is not where it should be.
    """
    agreed = not needs_consent(document.type) or copy_consent(participation) is not None
    return vault.read(document.stored, purpose=PURPOSE) if document.stored and agreed else None


def _grouped(lines: list[Line]) -> list[Group]:
    found: dict[str, list[Line]] = {key: [] for key in GROUPS}
    order = {entry.code: number for number, entry in enumerate(entries(TYPES))}
    for line in sorted(lines, key=lambda line: (order.get(line.document.type, 0), -line.document.pk)):
        entry = entry_of(TYPES, line.document.type)
        found.setdefault(entry.attributes.get("group", "other") if entry else "other", []).append(line)
    return [Group(key, GROUPS.get(key, key), rows) for key, rows in found.items() if rows]


def _line(around: Circumstances, row: Document, holds: bool, older: dict[int, Document]) -> Line:
    open_ = bool(row.stored) and row.removed_at is None and (holds or not needs_consent(row.type))
    before = older.get(row.pk)
    earlier = [] if before is None else [_line(around, before, holds, older)]
    address = reverse("participants:document_copy", args=[around.participation.reference, row.key]) if open_ else ""
    return Line(
        document=row,
        title=label(TYPES, row.type),
        seen_on=written(row.seen_on) if row.seen_on else "",
        seen_by=_account(row.seen_by) if row.seen_by else "",
        ending=_ending(row.valid_until) if row.valid_until else None,
        copy_words=f"{row.copy_kind}, {filesizeformat(row.copy_size)}" if row.stored else "",
        copy_url=address,
        earlier=[line for one in earlier for line in (one, *one.earlier)],
    )


def _account(user) -> str:
    return f"{user.short_name}, {user.partner.short_name}" if user.partner else user.short_name


def _ending(until: date) -> dict | None:
    """Return the same badge as for residence papers, in fewer words: the day stands beside it."""
    badge, days = expiry(until), (until - today()).days
    if not badge["kind"]:
        return None
    left = ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    return badge | {"text": left if days >= 0 else _("expired")}
