"""What the pages of the import show: earlier imports, waiting files, faults by column, people of a file."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from participants.importing.columns import COLUMNS, Column
from participants.importing.findings import Findings, Likeness, RowPerson
from participants.importing.values import NAMED_CODES
from participants.models import ImportBatch, ImportUpload, Participation, UploadState

ROWS = 50  # of a table on one page
LIKENESSES = 50  # rows that are named as known already


@dataclass(frozen=True)
class Review:
    """What the review of a file shows.

    Attributes:
        faults: one page of the faults, of one column where one is chosen.
        chips: columns with faults, most first (label, url, count, current).
        faulty_rows: number of rows with a fault.
        people: the first people of the file.
        alike: rows whose person may be known, with similar people that the reader may see.
        more_alike: how many such rows are not shown.
        compared: number of rows that were compared with the records.
    """

    faults: Page
    chips: list[dict]
    faulty_rows: int
    people: list[RowPerson]
    alike: list[tuple[Likeness, list[Participation]]]
    more_alike: int
    compared: int


def review_of(upload: ImportUpload, user, *, column: str | None = None, page: str | None = None) -> Review:
    """Return what was found in a file.

    Args:
        upload: the file.
        user: the reader, who uploaded it.
        column: name of a column to which the faults are narrowed; "" for faults of whole rows or of the file.
        page: number of the page of faults, as it stands in the address.
    """
    found = Findings.unsealed(upload.sealed_findings)
    chosen = [fault for fault in found.faults if column is None or fault.column == column]
    return Review(
        faults=Paginator(chosen, ROWS).get_page(page),
        chips=_chips(found, column),
        faulty_rows=len({fault.row for fault in found.faults if fault.row}),
        people=list(found.people),
        alike=_alike(found, user),
        more_alike=max(0, len(found.likenesses) - LIKENESSES),
        compared=found.compared,
    )


def _chips(found: Findings, column: str | None) -> list[dict]:
    counted = Counter(fault.column for fault in found.faults)
    if len(counted) < 2:
        return []
    everything = {"label": _("All"), "url": "?", "count": len(found.faults), "current": column is None}
    return [everything] + [
        {"label": name or _("whole row"), "url": f"?column={quote(name)}", "count": count, "current": column == name}
        for name, count in counted.most_common(20)
    ]


def _alike(found: Findings, user) -> list[tuple[Likeness, list[Participation]]]:
    shown = found.likenesses[:LIKENESSES]
    wanted = {reference for one in shown for reference in one.references}
    visible = Participation.objects.visible_to(user).with_names_for(user).filter(reference__in=wanted)
    known = {participation.reference: participation for participation in visible}
    return [(one, [known[name] for name in one.references if name in known]) for one in shown]


def imports_of(user, page: str | None) -> Page:
    """Return one page of the imports of the reader's partner, newest first."""
    batches = ImportBatch.objects.visible_to(user).select_related("operation", "imported_by")
    return Paginator(batches, ROWS).get_page(page)


def waiting_of(user) -> list[ImportUpload]:
    """Return files that the reader uploaded and has neither imported nor discarded."""
    uploads = ImportUpload.objects.visible_to(user).exclude(state=UploadState.DONE)
    return list(uploads.defer("sealed_file", "sealed_findings"))


def people_of(batch: ImportBatch, user, page: str | None) -> Page:
    """Return one page of the people whom an import brought in, by row of the file."""
    people = (
        Participation.objects.visible_to(user)
        .with_names_for(user)
        .filter(imported_row__batch=batch)
        .select_related("imported_row")
        .order_by("imported_row__line")
    )
    return Paginator(people, ROWS).get_page(page)


@dataclass(frozen=True)
class ShownColumn:
    """A column as the template and the page explain it."""

    name: str
    label: str
    required: bool
    kind: str
    codes: dict[str, str]

    @property
    def values(self) -> str:
        """What a cell may hold: the kind, or codes where they are few."""
        if not self.codes:
            return self.kind
        if len(self.codes) > NAMED_CODES:
            return _("one of %(count)s codes; the Excel table lists them") % {"count": len(self.codes)}
        return ", ".join(f"{code} = {label}" for code, label in self.codes.items())


def shown_columns() -> list[ShownColumn]:
    """Return the columns of an import in their order, with the codes that are possible."""
    return [
        ShownColumn(column.name, str(column.label), column.required, _kind(column), _codes(column))
        for column in COLUMNS
    ]


def _codes(column: Column) -> dict[str, str]:
    return column.codes() if column.codes else {}


def _kind(column: Column) -> str:
    if column.span:
        return _("whole number from %(lowest)s to %(highest)s") % dict(
            zip(("lowest", "highest"), column.span, strict=True)
        )
    return str(column.kind.value)
