"""What a page of indicators speaks of: whose records, which rules, which reference dates. It stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participants.months import add_months
from reporting.indicators.facts import Basis
from resque.accounts.models import User
from resque.clock import today
from resque.ui.partial_dates import GermanDateField

LEAVING_WINDOW = 28  # days after the exit in which the situation "upon leaving" may be observed
FOLLOW_UP_MONTHS = 6
PERIOD = "period"  # word of addresses: what came after the day `since`, not everything


@dataclass(frozen=True)
class Asked:
    """One question for indicators, already checked for `user` (reporting/access.py makes it).

    Attributes:
        user: who asks.
        basis: whose records are counted by which rules.
        until: reference date, included.
        since: earlier reference date; the value of the period is what came after it. None: no period.
        fixed_partner: the reader has no choice of partner; then it stays out of addresses.
        default_operation: code of the operation that an address without one means.
    """

    user: User
    basis: Basis
    until: date
    since: date | None = None
    fixed_partner: bool = False
    default_operation: str = ""

    def on(self, until: date, since: date | None) -> "Asked":
        """Return the same for other reference dates."""
        return replace(self, until=until, since=since)

    @property
    def first_day(self) -> date | None:
        """The first day of the period: the one after the earlier reference date."""
        return self.since + timedelta(days=1) if self.since else None

    @property
    def window_ends(self) -> date:
        """The day until which results of people who left on the reference date may still be observed."""
        return self.until + timedelta(days=LEAVING_WINDOW)

    @property
    def window_is_open(self) -> bool:
        """Whether results upon leaving can still arrive."""
        return self.window_ends >= today()

    @property
    def followed_up(self) -> date:
        """The last day of exit whose six months are over on the reference date."""
        return add_months(self.until, -FOLLOW_UP_MONTHS)

    def query(self, **more: str) -> str:
        """Return the question as the end of an address, with the question mark; the reference date always stands there."""
        operation, partner = self.basis.operation, self.basis.partner
        pairs = {
            "operation": operation.code if operation.code != self.default_operation else "",
            "date": self.until.isoformat(),
            "since": self.since.isoformat() if self.since else "",
            "rules": self.basis.rules if self.basis.rules != operation.rules else "",
            "partner": partner.code if partner and not self.fixed_partner else "",
            **more,
        }
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


def half_years(start: date) -> list[date]:
    """Return the ends of half-years that are over, since the start of an operation, newest first."""
    years = range(today().year, start.year - 1, -1)
    ends = [day for year in years for day in (date(year, 12, 31), date(year, 6, 30))]
    return [day for day in ends if start <= day < today()]


def usual_day(start: date) -> date:
    """Return the reference date that an address without one means: the end of the last half-year, before it today."""
    return next(iter(half_years(start)), today())


def days_of(query: Mapping[str, str], usual: date) -> tuple[date, date | None]:
    """Return the reference dates of an address, written 2016-12-31 or 31.12.2016.

    Args:
        query: parameters `date` and `since`.
        usual: reference date of an address without one.

    Raises:
        ValidationError: they are no days, or no reference dates.
    """
    until, since = (GermanDateField(required=False).clean(query.get(name, "")) for name in ("date", "since"))
    check_days(until or usual, since)
    return until or usual, since


def check_days(until: date, since: date | None) -> None:
    """Refuse reference dates that have not come yet, and periods that end before they begin.

    Raises:
        ValidationError: by field, with the remedy.
    """
    if until > today():
        raise ValidationError({"date": _("This day has not come yet. Please choose today or an earlier day.")})
    if since and since >= until:
        raise ValidationError({"since": _("The period must begin before the reference date.")})
