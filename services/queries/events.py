"""Everything that happened to one participation, in words, as far as the reader may know it.

Of what another partner did, a reader learns kind, day and duration, as the owner was told when the case was shared.
Who did it, where and about what stays there, unless a note was opened to the network. The coordinator reads facts of
all partners, and neither notes nor the names of staff.
"""

from dataclasses import dataclass
from datetime import date, time
from itertools import chain

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Participation
from resque.accounts.models import Partner
from resque.clock import business_day, today
from resque.ui.tags.numbers import minutes as written_minutes
from resque.ui.tags.numbers import short_weekday
from services.catalogue import Category, Shape
from services.choices import AttendanceStatus, NoteScope, OutcomeState
from services.models import Activity, Attendance, Note, Outcome
from services.operations.notes import text_of
from services.queries.stations import stations_of

OUTCOME, NOTE, STATION = "OUTCOME", "NOTE", "STATION"
CATEGORIES: dict[str, str | Promise] = {
    **{category.value: category.label for category in Category},
    OUTCOME: gettext_lazy("Outcomes"),
    NOTE: gettext_lazy("Notes"),
    STATION: gettext_lazy("Stations"),
}
# Among things of one day: the later ones stand higher.
_RANKS = {STATION: 0, NOTE: 2, OUTCOME: 3}
_SERVICE_RANK = 1
NO_INTERPRETER = "KEIN"
LONG_NOTE = 320  # characters; the rest of a longer note is folded


@dataclass(frozen=True)
class ShownNote:
    """A note that the reader may read. It is unsealed when a page shows it, not before.

    `own` says whether the reader wrote it and may change who else reads it.
    """

    note: Note
    own: bool

    @property
    def scopes(self) -> list[tuple[str, str]]:
        """What the author can choose instead."""
        return [(value, words) for value, words in NoteScope.choices if value != self.note.scope]

    @property
    def scope(self) -> str:
        """Who may read it, in words."""
        return self.note.get_scope_display()

    @property
    def text(self) -> str:
        """The whole text."""
        return text_of(self.note)

    @property
    def parts(self) -> tuple[str, str]:
        """The beginning of the text and, where it is long, its rest; cut between two words."""
        text = self.text
        if len(text) <= LONG_NOTE:
            return text, ""
        cut = text.rfind(" ", LONG_NOTE // 2, LONG_NOTE)
        cut = cut if cut > 0 else LONG_NOTE
        return text[:cut], text[cut:].strip()


@dataclass(frozen=True)
class Event:
    """One stop of the timeline.

    Attributes:
        day: when it happened, or when it is due.
        title, by: first and second line.
        category: key of `CATEGORIES`.
        icon: name of the symbol.
        look: kind of the stop, see the tag `timeline_item`.
        ahead: planned or due: it stands above today.
        partner: who did it; of a station, who accompanies the person.
        mine: whether the reader recorded it.
        start: time of day, where it is known.
        url: its own page, where the reader's partner recorded it.
        notes: notes that the reader may read.
        topics: what it was about.
    """

    day: date
    title: str
    by: str
    category: str
    icon: str
    partner: Partner
    look: str = ""
    ahead: bool = False
    mine: bool = False
    start: time | None = None
    url: str = ""
    notes: tuple[ShownNote, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def place(self) -> tuple:
        """Where it stands on the line, the newest is the greatest."""
        return self.ahead, self.day, _RANKS.get(self.category, _SERVICE_RANK), self.start or time.min


def events_of(participation: Participation, user) -> list[Event]:
    """Return everything that happened to a participation, what is planned first, then the newest; three queries.

    Args:
        participation: loaded through the door, so that the identity is there where `user` may see it.
        user: the reader.
    """
    notes = _notes(participation, user)
    found = chain(
        (_service(row, user, notes.get(row.activity_id, ())) for row in _attendances(participation, user)),
        chain.from_iterable(_outcome(row, participation, user) for row in _outcomes(participation, user)),
        (_lone_note(shown, user) for shown in notes.get(None, ())),
        (_station(station, participation) for station in stations_of(participation)),
    )
    return sorted(found, key=lambda event: event.place, reverse=True)


def _attendances(participation: Participation, user):
    rows = Attendance.objects.visible_to(user).filter(participation=participation)
    return rows.select_related("activity__staff", "partner").order_by("-pk")


def _outcomes(participation: Participation, user):
    rows = Outcome.objects.visible_to(user).filter(participation=participation)
    return rows.select_related("partner").order_by("-pk")


def _notes(participation: Participation, user) -> dict[int | None, tuple[ShownNote, ...]]:
    """Readable notes by the service that they were written with; None: written on their own."""
    by_activity: dict[int | None, tuple[ShownNote, ...]] = {}
    rows = Note.objects.visible_to(user).filter(participation=participation)
    for note in rows.select_related("author", "partner").order_by("-pk"):
        by_activity[note.activity_id] = (
            *by_activity.get(note.activity_id, ()),
            ShownNote(note, own=note.author_id == user.pk),
        )
    return by_activity


def _line(*parts: str) -> str:
    return " · ".join(str(part) for part in parts if part)


def _who(account, partner: Partner, user) -> str:
    """Name the account to caseworkers; the coordination learns the partner only."""
    return f"{account.short_name}, {partner.short_name}" if user.people_partner_id else partner.short_name


def _service(row: Attendance, user, notes: tuple[ShownNote, ...]) -> Event:
    activity = row.activity
    own = row.partner_id == user.people_partner_id
    closed = not own and not notes
    masked = closed and user.people_partner_id is not None
    when = f"{short_weekday(row.day)}, {activity.start:%H:%M}" if activity.start and own else short_weekday(row.day)
    if masked:
        by = _line(when, _("Content not shared."))
    elif closed:
        by = _line(when, row.partner.short_name)
    else:
        details = (activity.title, activity.place, _interpreter(activity)) if own else ()
        by = _line(when, _who(activity.staff, row.partner, user), *details)
    return Event(
        day=row.day,
        title=_service_title(row, with_partner=masked),
        by=by,
        category=row.offer.category.value,
        icon="lock" if masked else row.offer.icon,
        partner=row.partner,
        look=_service_look(row, masked),
        mine=activity.staff_id == user.pk,
        start=activity.start if own else None,  # not even by its place among the services of a day
        url=reverse("services:activity", args=[activity.reference]) if own else "",
        notes=notes,
        topics=tuple(activity.topic_labels) if own else (),
    )


def _service_title(row: Attendance, *, with_partner: bool) -> str:
    offer = row.offer.label
    if with_partner:
        offer = _("%(offer)s at %(partner)s") % {"offer": offer, "partner": row.partner.short_name}
    if row.status == AttendanceStatus.ATTENDED:
        return f"{offer}, {written_minutes(row.minutes)}"
    return f"{offer}: {row.get_status_display()}"


def _service_look(row: Attendance, masked: bool) -> str:
    if masked:
        return "masked"
    with_one = row.activity.shape == Shape.INDIVIDUAL and row.status == AttendanceStatus.ATTENDED
    return "consultation" if with_one else ""


def _interpreter(activity: Activity) -> str:
    if activity.interpreter in ("", NO_INTERPRETER):
        return ""
    return _("Interpreter: %(kind)s") % {"kind": activity.interpreter_label}


def _outcome(row: Outcome, participation: Participation, user):
    """An outcome is one stop where it begins, and one more where it ends."""
    own = row.partner_id == user.people_partner_id
    planned = row.state == OutcomeState.PLANNED
    kind = row.label
    # Employer and evidence can tell who somebody is: they stand where the name does.
    named = participation.person.loaded_identity is not None
    employer = row.employer if named else ""
    common = {
        "category": OUTCOME,
        "partner": row.partner,
        "mine": row.recorded_by_id == user.pk,
        "url": reverse("services:outcome", args=[row.reference]) if own else "",
    }
    if planned:
        begun = "" if row.start >= today() else _("The day has passed: has it begun?")
        proof = ""
    else:
        begun, proof = "", _("Evidence: %(evidence)s") % {"evidence": row.get_evidence_display()}
    yield Event(
        day=row.start,
        title=(_("Planned: %(outcome)s") if planned else _("Outcome: %(outcome)s")) % {"outcome": kind},
        by=_line(short_weekday(row.start), employer, row.partner.short_name, proof, begun),
        icon="flag",
        look="future" if planned else "outcome",
        ahead=planned and row.start >= today(),
        **common,
    )
    if row.end:
        ahead = row.end > today()
        yield Event(
            day=row.end,
            title=(_("Ends: %(outcome)s") if ahead else _("Ended: %(outcome)s")) % {"outcome": kind},
            by=_line(short_weekday(row.end), employer, row.partner.short_name),
            icon="flag",
            look="future" if ahead else "",
            ahead=ahead,
            **common,
        )


def _lone_note(shown: ShownNote, user) -> Event:
    note = shown.note
    day = min(business_day(note.written_at), today())
    return Event(
        day=day,
        title=_("Note"),
        by=_line(short_weekday(day), _who(note.author, note.partner, user)),
        category=NOTE,
        icon="chat-left-text",
        partner=note.partner,
        mine=note.author_id == user.pk,
        notes=(shown,),
    )


def _station(station, participation: Participation) -> Event:
    return Event(
        day=station.day,
        title=station.title,
        by=_line(short_weekday(station.day), station.words),
        category=STATION,
        icon=station.icon,
        partner=participation.partner,
        look="future" if station.ahead else "",
        ahead=station.ahead,
    )
