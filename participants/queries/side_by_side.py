"""Records beside each other, field by field, and what linking them would change, in counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.countries import country_label
from participants.languages import language_label
from participants.models import Contact, Participation, PossibleMatch, Residence, ResidenceStatus
from participants.models.person import SpellingKind
from participants.operations.pairs import wanted_of
from participants.queries.pairs import explained, pairs_of
from participants.queries.search import birth_words, newest_of, weigh
from resque.clock import today
from resque.codelists.queries import label
from resque.ui.tags.numbers import day as written

MOST_BESIDE = 3  # others beside one record


@dataclass
class Column:
    """One record.

    Attributes:
        case: newest visible participation of the person.
        pair: what is known of it and the first record; None for the first one, and for one that was typed in.
        counts: (words, number) of what hangs on it.
        cases: all visible participations.
    """

    case: Participation
    pair: PossibleMatch | None = None
    counts: list[tuple[str, int]] = field(default_factory=list)
    cases: list[Participation] = field(default_factory=list)
    reasons: list[tuple[bool, str]] = field(default_factory=list)
    score: float = 0.0


@dataclass(frozen=True)
class Row:
    """One field of all records, or one number.

    Attributes:
        label: words.
        values: by record.
        references: numbers of the records, in the same order.
    """

    label: str
    values: list
    references: list[str]

    @property
    def by_record(self) -> list[tuple[str, object]]:
        """Number of the record and its value."""
        return list(zip(self.references, self.values, strict=True))

    @property
    def is_equal(self) -> bool:
        """Whether all records say the same."""
        return len(set(self.values)) == 1

    @property
    def is_empty(self) -> bool:
        """Whether none says anything."""
        return not any(self.values)


@dataclass(frozen=True)
class SideBySide:
    """The page.

    Attributes:
        columns: the record in question, then the others.
        different, equal: fields.
        decided, waiting: pairs of the first record that were decided, and that still wait.
    """

    columns: list[Column]
    different: list[Row]
    equal: list[Row]
    decided: int
    waiting: int

    @property
    def first(self) -> Column:
        """The record in question."""
        return self.columns[0]

    @property
    def counts(self) -> list[Row]:
        """What hangs on each record, in numbers."""
        references = [column.case.reference for column in self.columns]
        return [
            Row(str(words), [column.counts[place][1] for column in self.columns], references)
            for place, (words, _number) in enumerate(self.first.counts)
        ]

    @property
    def others(self) -> list[Column]:
        """The records beside it."""
        return self.columns[1:]


def side_by_side(user, participation: Participation, other: Participation | None = None) -> SideBySide:
    """Lay records beside each other: those of open pairs first, at most MOST_BESIDE.

    Args:
        user: the reader, who may see the name of both.
        participation: the record in question.
        other: another one that is wanted in any case.
    """
    pairs = pairs_of(user, participation)
    by_person = {pair.other_than(participation.person_id): pair for pair in pairs}
    wanted = [other.person_id] if other else []
    waiting = [key for key, pair in by_person.items() if pair.is_waiting]
    chosen = list(dict.fromkeys([*wanted, *waiting, *by_person]))[: MOST_BESIDE if not wanted or waiting else 1]
    cases = {case.person_id: case for case in newest_of(user, [participation.person_id, *chosen])}
    columns = [Column(cases[key], by_person.get(key)) for key in (participation.person_id, *chosen) if key in cases]
    _explain(columns)
    rows = [row for row in _rows(user, columns) if not row.is_empty]
    _count(user, columns)
    decided = sum(not pair.is_waiting for pair in pairs)
    return SideBySide(
        columns=columns, different=[row for row in rows if not row.is_equal],
        equal=[row for row in rows if row.is_equal], decided=decided, waiting=len(pairs) - decided,
    )  # fmt: skip


def _explain(columns: list[Column]) -> None:
    first, *others = columns
    for column in others:
        found = max((weigh(column.case, wanted) for wanted in wanted_of(first.case)), key=lambda found: found.score)
        column.reasons, column.score = list(found.reasons), found.score
        if column.pair and not column.reasons:
            column.reasons = explained(column.pair.explanation)


def _by_person(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def _rows(user, columns: list[Column]) -> list[Row]:
    people = [column.case.person_id for column in columns]
    statuses = _by_person(ResidenceStatus.objects.visible_to(user).filter(person__in=people).valid_on(today()))
    places = _by_person(Residence.objects.visible_to(user).filter(person__in=people).valid_on(today()))
    contacts = _by_person(Contact.objects.visible_to(user).filter(person__in=people).order_by("kind", "value"))
    read: list[tuple[str, Callable[[Participation], str]]] = [
        (_("Name"), lambda case: case.person.name),
        (_("Original script"), lambda case: case.person.loaded_identity.original_script),
        (_("Other spellings"), _other_spellings),
        (_("Born"), lambda case: birth_words(case.person)),
        (_("How the birth date is known"), lambda case: case.person.get_birth_precision_display()),
        (_("Sex"), lambda case: case.get_sex_display()),
        (_("Nationality"), lambda case: country_label(case.person.nationality) if case.person.nationality else ""),
        (_("Arrival in Germany"), lambda case: _day(case.person.arrival_de)),
        (_("Interpreter"), _interpreter),
        (_("Residence status"), lambda case: _code("residence_status", "status", statuses.get(case.person_id))),
        (_("Accommodation"), lambda case: _code("accommodation", "accommodation", places.get(case.person_id))),
        (_("Ways to reach"), lambda case: "\n".join(row.value for row in contacts.get(case.person_id, ()))),
        (_("Kept by"), lambda case: case.partner.short_name),
        (_("Accompanied by"), lambda case: case.referent.short_name if case.referent else ""),
        (_("State"), lambda case: case.get_state_display()),
        (_("First contact"), lambda case: _day(case.created_on)),
        (_("Entry"), lambda case: _day(case.entry_date)),
        (_("Exit"), lambda case: _day(case.exit_date)),
    ]
    references = [column.case.reference for column in columns]
    return [Row(str(name), [value(column.case) for column in columns], references) for name, value in read]


def _other_spellings(case: Participation) -> str:
    return "\n".join(sorted(row.text for row in case.person.spellings.all() if row.kind == SpellingKind.OTHER))


def _interpreter(case: Participation) -> str:
    language = case.person.interpreter_language
    return language_label(language) if language else ""


def _day(day) -> str:
    return written(day) if day else ""


def _code(list_name: str, column: str, rows: list | None) -> str:
    """The newest of dated rows in words; the models put the newest first."""
    code = getattr(rows[0], column) if rows else ""
    return label(list_name, code) if code else ""


def _count(user, columns: list[Column]) -> None:
    people = [column.case.person_id for column in columns]
    cases = _by_person(Participation.objects.visible_to(user).filter(person__in=people).select_related("operation"))
    keys = [case.pk for rows in cases.values() for case in rows]
    told = [import_string(name)(keys, user) for name in settings.RESQUE_RECORD_COUNTS]
    for column in columns:
        column.cases = cases.get(column.case.person_id, [])
        own = {case.pk for case in column.cases}
        column.counts = [
            (words, sum(number for key, number in numbers.items() if key in own))
            for counted in told
            for words, numbers in counted
        ]


def consequences(first: Column, other: Column) -> list[str]:
    """Return in sentences what counts differently when two records are linked."""
    mine = {case.operation.name for case in first.cases}
    both = [name for case in other.cases if (name := case.operation.name) in mine]
    lines = [
        _("In %(operation)s the network counts 1 person instead of 2.") % {"operation": name} for name in sorted(both)
    ] or [_("No figure of an operation changes: the records belong to different ones.")]
    number = len(first.cases) + len(other.cases)
    lines.append(
        ngettext(
            "The participation stays as it is; nothing is moved.",
            "All %(count)s participations stay as they are, each with its own services and notes; nothing is moved.",
            number,
        )
        % {"count": number}
    )
    if first.case.person.partner_id != other.case.person.partner_id:
        lines.append(_("Each partner goes on seeing its own history only."))
    return lines
