"""The only door to figures: it turns the words of an address into a scope that the reader may count.

What does not exist and what is not for the reader fail alike, with 404: the address says nothing about either.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _

from participants.choices import Sex
from participants.models import Operation
from reporting.catalogue import BY_CODE, Figure, Unit
from reporting.figures import GROUPS
from reporting.groups import AGES, SEXES
from reporting.indicators.asked import PERIOD, Asked, days_of, usual_day
from reporting.indicators.facts import Basis
from reporting.indicators.listed import Listing, listed
from reporting.periods import ALL, Period, UnknownPeriod, period_of, up_to_last_half_year
from reporting.scopes import Scope
from resque.accounts.models import Partner
from resque.accounts.roles import Permission
from resque.audit.models import Deed
from resque.audit.operations import note_deeds
from resque.clock import today

P = Permission
RULES = ("2014", "2021")
SEES_FIGURES = (P.VIEW_FIGURES, P.VIEW_OWN_FIGURES, P.VIEW_AGGREGATES)


def get_scope(user, query: Mapping[str, str], *, wide: bool = False) -> Scope:
    """Return the operation, period and partner that an address names.

    Args:
        user: the reader. Who sees the network chooses a partner, workers have their own one, and the city has
            neither partner nor period: from figures of parts it could compute small numbers.
        query: parameters `operation`, `period`, `partner`; missing or empty ones mean the usual.
        wide: persons reached are counted: `operation` may be "all" of them, and `sex` and `age` name a group.

    Raises:
        Http404: a word means nothing, or not for this reader.
    """
    operations = {operation.code: operation for operation in Operation.objects.all()}
    usual = usual_operation(operations.values())
    known = operations | ({ALL: None} if wide else {})
    operation = _named(known, query.get("operation"), usual)
    start = operation.start if operation else min(one.start for one in operations.values())
    return Scope(
        user=user,
        operation=operation,
        period=_period(user, start, query.get("period", "")),
        partner=_partner(user, query.get("partner", "")),
        fixed_partner=not user.can(P.VIEW_FIGURES),
        default_operation=usual.code,
        sex=_group(SEXES, query.get("sex")) if wide else "",
        age=_group(AGES, query.get("age")) if wide else "",
    )


def usual_operation(operations) -> Operation:
    """Return the operation that an address without one means: the newest that has begun, else the first."""
    ordered = sorted(operations, key=lambda operation: (operation.start, operation.pk))
    if not ordered:
        raise Http404
    return next((one for one in reversed(ordered) if one.start <= today()), ordered[0])


def _named(things: Mapping, code: str | None, usual):
    if not code:
        return usual
    if code not in things:
        raise Http404
    return things[code]


def _group(groups: Mapping[str, object], code: str | None) -> str:
    return _named({one: one for one in groups}, code, "")


def _period(user, start: date, code: str) -> Period:
    if only_aggregates(user):
        if code not in ("", ALL):
            raise Http404
        return up_to_last_half_year(start=start, today=today())
    try:
        return period_of(code, start=start, today=today())
    except UnknownPeriod as error:
        raise Http404 from error


def _partner(user, code: str) -> Partner | None:
    if user.can(P.VIEW_FIGURES):
        # Compared here and not in the database: an address may hold anything, NUL too.
        return _named({partner.code: partner for partner in Partner.objects.all()}, code, None)
    own = user.partner if user.people_partner_id else None
    if code and (own is None or code != own.code):
        raise Http404
    return own


def only_aggregates(user) -> bool:
    """Return whether the reader gets figures in which small numbers are hidden, and nothing behind them."""
    return user.can(P.VIEW_AGGREGATES) and not user.can(P.VIEW_FIGURES)


def get_figure(code: str) -> Figure:
    """Return the figure of an address.

    Raises:
        Http404: there is none.
    """
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]


def get_group(figure: Figure, query: Mapping[str, str]) -> str:
    """Return the series of the chart of services that an address names, "" for all.

    Raises:
        Http404: there is none, or the figure has no series.
    """
    group = query.get("group", "")
    if group and (figure.unit != Unit.SERVICES or group not in GROUPS):
        raise Http404
    return group


class SpecialAnswersAreCounted(PermissionDenied):
    """Numbers of special answers are for the coordination; the 403 page says so."""

    @property
    def sentence(self) -> str:
        """The reason, for the page."""
        return _("Who gave an answer of special categories is counted for the coordination only.")


def usual_question(user, query: Mapping[str, str]) -> Asked:
    """Return the question for indicators that an address asks, at the usual reference date whatever days stand there.

    Args:
        user: the reader. Workers ask for the own partner, and not for indicators of special answers.
        query: parameters `operation`, `partner`, `rules`; missing or empty ones mean the usual.

    Raises:
        Http404: a word means nothing, or not for this reader.
    """
    operations = {operation.code: operation for operation in Operation.objects.all()}
    usual = usual_operation(operations.values())
    operation = _named(operations, query.get("operation"), usual)
    network = user.can(P.VIEW_FIGURES)
    return Asked(
        user=user,
        basis=Basis(
            operation=operation,
            rules=_named({rules: rules for rules in RULES}, query.get("rules"), operation.rules),
            partner=_partner(user, query.get("partner", "")),
            special=network,
        ),
        until=usual_day(operation.start),
        fixed_partner=not network,
        default_operation=usual.code,
    )


def get_listing(user, code: str, query: Mapping[str, str]) -> Listing:
    """Return the list behind a number of the indicators.

    Args:
        user, query: as for the question; also its days `date` and `since`, and `sex` and `of` ("period") where a
            number is counted by them.
        code: code of the number.

    Raises:
        Http404: a word means nothing, or not for this reader.
        SpecialAnswersAreCounted: the list would tell who gave a special answer.
    """
    what, asked = listed(code), usual_question(user, query)
    try:
        asked = asked.on(*days_of(query, asked.until))
    except ValidationError as fault:
        raise Http404 from fault
    sex = _named({sex: sex for sex in Sex.values}, query.get("sex"), "")
    of = _named({PERIOD: PERIOD}, query.get("of"), "")
    if what is None or what.rules not in ("", asked.basis.rules):
        raise Http404
    if ((sex or of) and not what.by_sex) or (of and asked.since is None):
        raise Http404
    if what.is_special and not asked.basis.special:
        raise SpecialAnswersAreCounted
    return Listing(what, asked, sex, in_period=bool(of))


def note_special_list(user, listing: Listing, references: Iterable[str]) -> None:
    """Write down that the numbers of these records were shown as those of people who gave a special answer."""
    if listing.what.is_special:
        note_deeds(
            deed=Deed.OPENED_SPECIAL, kind="participation", references=references, by=user, figure=listing.what.code
        )
