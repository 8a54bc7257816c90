"""A report before it is kept: what it says, and which values reported earlier have changed."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participants.models import Operation
from reporting.indicators.facts import Basis
from reporting.submissions.changes import Change, changes_since
from reporting.submissions.content import Content, content_of, fingerprint
from resque.clock import today
from resque.ui.tags.numbers import day as written

REASON_LENGTH = 500  # characters of the reason for a change


@dataclass(frozen=True)
class Draft:
    """A report before it is kept.

    Attributes:
        content: what would be kept.
        changes: values reported earlier that are other ones now and need a reason.
    """

    content: Content
    changes: list[Change]

    @property
    def seen(self) -> str:
        """The fingerprint of what somebody saw who decides to keep it."""
        return fingerprint(self.content.checksum, [(one.key, vars(one.told), vars(one.now)) for one in self.changes])


def draft_of(basis: Basis, until: date) -> Draft:
    """Return a report as it would be kept now.

    Args:
        basis: operation and rules, of all partners.
        until: reference date.

    Raises:
        ValidationError: as in `check_day`.
    """
    check_day(basis.operation, until)
    return Draft(content_of(basis, until), changes_since(basis))


def check_day(operation: Operation, until: date) -> None:
    """Refuse reference dates of which nothing can be reported.

    Raises:
        ValidationError: the day lies before the operation, or has not come.
    """
    if not operation.start <= until <= today():
        sentence = _("Reports are possible for days from %(first)s to %(last)s. %(day)s lies outside.")
        words = {"day": until, "first": operation.start, "last": today()}
        words = {name: written(one) for name, one in words.items()}
        raise ValidationError({"until": ValidationError(sentence, code="outside", params=words)})
