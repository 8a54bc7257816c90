"""What a service may say. Every fault names the value and what to do; nothing here writes."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.models import Participation
from resque.clock import today
from resque.codelists.queries import require_code
from resque.ui.tags.numbers import number
from services.catalogue import BY_CODE, Kind, Shape, kinds_for
from services.choices import AttendanceStatus, Topic
from services.models.activity import DAY_IN_MINUTES

PEOPLE = "participants"


def offer_of(partner, kind: str) -> Kind:
    """Return the offer with this code if the partner has it.

    Raises:
        ValidationError: it is no offer of this partner.
    """
    if kind not in {offer.code for offer in kinds_for(partner)}:
        label = BY_CODE[kind].label if kind in BY_CODE else str(kind)[:40]
        raise ValidationError(
            {
                "kind": _("“%(kind)s” is not an offer of %(partner)s. Please choose one from the list.")
                % {"kind": label, "partner": partner.short_name if partner else _("your organisation")}
            }
        )
    return BY_CODE[kind]


def shape_of(offer: Kind, shape: str | None, people: int) -> Shape:
    """Return how the offer is recorded for this number of people.

    Raises:
        ValidationError: nobody is chosen, or the offer does not take so many people.
    """
    if not people:
        raise nobody_chosen()
    if people > 1 and offer.takes_people and not offer.takes_groups:
        text = _(
            "“%(kind)s” is recorded with one person, %(number)s are chosen. Please record it for each of them, or "
            "choose an offer for groups."
        )
        raise ValidationError({"kind": text % {"kind": offer.label, "number": people}})
    possible = [one for one in offer.shapes if one in (Shape.INDIVIDUAL, Shape.GROUP)]
    wanted = [one for one in possible if (not shape or one == shape) and (people == 1 or one == Shape.GROUP)]
    if not wanted:
        raise ValidationError(
            {
                "kind": _("“%(kind)s” is recorded without participants. Please choose an offer with people.")
                % {"kind": offer.label}
            }
        )
    return wanted[0]


def nobody_chosen() -> ValidationError:
    """Return the fault that nobody took part."""
    return ValidationError({PEOPLE: _("Please choose at least one person.")})


def chosen_twice() -> ValidationError:
    """Return the fault that somebody stands in the list twice."""
    return ValidationError({PEOPLE: _("The same person was chosen twice. Please remove one of the two rows.")})


def check_day(day: date, cases: Iterable[Participation]) -> None:
    """Refuse a day in the future, and one before the operation of a case began."""
    if day > today():
        raise ValidationError(
            {
                "day": _("%(day)s lies in the future. A service is recorded when it has taken place.")
                % {"day": _written(day)}
            }
        )
    began = max((case.operation.start for case in cases), default=day)
    if day < began:
        raise ValidationError(
            {
                "day": _("%(day)s lies before the start of the project on %(start)s. Please check the year.")
                % {"day": _written(day), "start": _written(began)}
            }
        )


def check_minutes(minutes: int, *, least: int, field: str = "minutes") -> None:
    """Refuse minutes that no day has."""
    if not least <= minutes <= DAY_IN_MINUTES:
        raise ValidationError(
            {
                field: _("%(minutes)s minutes are not possible. Please enter %(least)s to 1,440 minutes.")
                % {"minutes": number(minutes), "least": least}
            }
        )


def check_takings(takings: Iterable, minutes: int) -> None:
    """Refuse an unknown state, and own minutes that are longer than the service."""
    for taking in takings:
        if taking.status not in AttendanceStatus.values:
            raise ValidationError({PEOPLE: _("Please choose for everybody whether the person came.")})
        if taking.minutes is None or taking.status != AttendanceStatus.ATTENDED:
            continue
        check_minutes(taking.minutes, least=1, field=PEOPLE)
        if taking.minutes > minutes:
            raise ValidationError(
                {
                    PEOPLE: _("Nobody can have been there for %(own)s minutes: the service lasted %(minutes)s.")
                    % {"own": number(taking.minutes), "minutes": number(minutes)}
                }
            )


def check_codes(interpreter: str, topics: Iterable[str]) -> None:
    """Refuse codes that their list does not have."""
    if interpreter:
        try:
            require_code("interpreter", interpreter)
        except ValidationError as fault:
            raise ValidationError({"interpreter": fault}) from fault
    if unknown := [topic for topic in topics if topic not in Topic.values]:
        raise ValidationError(
            {"topics": _("“%(topic)s” is not a topic of this list.") % {"topic": str(unknown[0])[:40]}}
        )


def _written(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
