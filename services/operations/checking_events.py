"""What an event and a visit may say. Every fault names the value and what to do; nothing here writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from resque.accounts.roles import Permission
from resque.clock import today
from resque.codelists.queries import require_code
from resque.ui.tags.numbers import number
from services.catalogue import BY_CODE, WITHOUT_PEOPLE, Kind, Shape
from services.choices import OccasionState
from services.models.occasion import MOST_HEADS
from services.operations import checking
from services.operations.running import first_day

AHEAD = timedelta(days=3 * 365)  # so far events are planned; later ones have a wrong year
AUDIENCES, ORGANISATIONS = "audiences", "organisations"


@dataclass(frozen=True)
class Heads:
    """How many people of one audience.

    Attributes:
        kind: code of the list `audience`.
        planned, actual: expected, and came; None: nobody said.
    """

    kind: str
    planned: int | None = None
    actual: int | None = None


def check_right(by) -> None:
    """Refuse who may not record events and keep the register."""
    if not by.can(Permission.RECORD_EVENTS):
        raise PermissionDenied


def event_of(partner, kind: str, *, stored: str = "") -> tuple[Kind, Shape]:
    """Return the offer with this code and how it is recorded, if it is an event of this partner.

    Args:
        stored: code that the event has already; it stays possible when the partner has another task by now.

    Raises:
        ValidationError: it is no offer of this partner, or one with participants.
    """
    offer = BY_CODE[kind] if kind == stored else checking.offer_of(partner, kind)
    shapes = [shape for shape in offer.shapes if shape in WITHOUT_PEOPLE]
    if not shapes:
        raise ValidationError(
            {
                "kind": _("“%(kind)s” is recorded with the people who took part. Please choose an event.")
                % {"kind": offer.label}
            }
        )
    return offer, shapes[0]


def check_event_day(state: str, day: date) -> None:
    """Refuse a state that does not fit the day, and a day of no operation's time."""
    if state not in OccasionState.values:
        raise ValidationError({"state": _("Please choose whether the event is planned, held or cancelled.")})
    check_year(day)
    if state == OccasionState.PLANNED and day < today():
        text = _("%(day)s has passed. Please say whether the event was held or cancelled.")
        raise ValidationError({"state": text % {"day": _written(day)}})
    if state == OccasionState.HELD and day > today():
        text = _("%(day)s lies in the future. Please record the event as planned until it has taken place.")
        raise ValidationError({"day": text % {"day": _written(day)}})


def check_year(day: date) -> None:
    """Refuse a day before the first operation, and one years ahead."""
    began = first_day() or day
    if day < began:
        text = _("%(day)s lies before the start of the first project on %(start)s. Please check the year.")
        raise ValidationError({"day": text % {"day": _written(day), "start": _written(began)}})
    if day > today() + AHEAD:
        text = _("%(day)s lies more than three years ahead. Please check the year.")
        raise ValidationError({"day": text % {"day": _written(day)}})


def check_audiences(offer: Kind, shape: str, state: str, audiences: Sequence[Heads]) -> None:
    """Refuse audiences that the list does not have, numbers out of range, and numbers that do not fit the state."""
    if shape == Shape.INTERNAL and audiences:
        raise ValidationError({AUDIENCES: _("Internal work has no audience. Please leave the numbers empty.")})
    if len({heads.kind for heads in audiences}) != len(audiences):
        raise ValidationError({AUDIENCES: _("An audience stands here twice. Please enter each one once.")})
    for heads in audiences:
        _check_code("audience", heads.kind, AUDIENCES)
        for value in (heads.planned, heads.actual):
            if value is not None:
                check_heads(value, most=MOST_HEADS, field=AUDIENCES)
        if state == OccasionState.HELD and heads.actual is None:
            raise ValidationError(
                {AUDIENCES: _("The event was held: please enter for every audience how many came; 0 is possible.")}
            )
        if state != OccasionState.HELD and heads.actual is not None:
            raise ValidationError(
                {
                    AUDIENCES: _(
                        "How many came is entered when the event was held. Please change the state, or empty it."
                    )
                }
            )
    if state == OccasionState.HELD and shape == Shape.STRUCTURAL and not offer.is_meeting and not audiences:
        raise ValidationError({AUDIENCES: _("Please enter who came: at least one audience with its number.")})


def check_heads(value: int, *, most: int, field: str) -> None:
    """Refuse a number of people that no room holds."""
    if not 0 <= value <= most:
        text = _("%(value)s people are not possible. Please enter 0 to %(most)s.")
        raise ValidationError({field: text % {"value": number(value)[:20], "most": number(most)}})


def check_event_codes(form: str, topics: Iterable[str]) -> None:
    """Refuse a format or topics that their lists do not have."""
    if form:
        _check_code("training_format", form, "format")
    for topic in topics:
        _check_code("training_topic", topic, "topics")


def _check_code(name: str, code: str, field: str) -> None:
    try:
        require_code(name, code)
    except ValidationError as fault:
        raise ValidationError({field: fault}) from fault


def _written(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
