"""Days that come up in the next two weeks in the cases of one referent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from participants.choices import NO_CONTACT_REASONS
from participants.models import Participation
from participants.months import FOUR_WEEKS, add_months, end_of_window, follow_up_day
from participants.queries.waiting import latest_exit, papers_end
from resque.clock import today

AHEAD = timedelta(days=14)
FULL_AGE_MONTHS = 18 * 12
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """A day on which something is due for a person."""

    day: date
    title: str
    participation: Participation


def deadlines_of(user) -> list[Deadline]:
    """Return what is due from today on in the cases that `user` accompanies, the next first; two queries."""
    first, last = today(), today() + AHEAD
    own = Participation.objects.visible_to(user).filter(referent=user).annotate(papers=papers_end())
    near = own.filter(
        Q(papers__range=(first, last))
        | Q(exit_date__range=(first - FOUR_WEEKS, last - FOUR_WEEKS))
        | Q(exit_date__gt=latest_exit(first - DAY), exit_date__lte=latest_exit(last))
        # One day more on both sides: 29 February is no day of every year.
        | Q(
            person__birth_date__range=(
                add_months(first, -FULL_AGE_MONTHS) - DAY,
                add_months(last, -FULL_AGE_MONTHS) + DAY,
            )
        )
    )
    found = [due for participation in near.with_names_for(user) for due in _due(participation)]
    return sorted((due for due in found if first <= due.day <= last), key=lambda due: (due.day, due.participation.pk))


def _due(p: Participation) -> Iterator[Deadline]:
    if p.papers and not p.exit_date:
        yield Deadline(p.papers, _("Residence papers end"), p)
    if p.exit_date and not p.x_status and not p.x_unreachable:
        yield Deadline(end_of_window(p.exit_date), _("Situation at exit: last day"), p)
    if p.exit_date and not p.f_status and not p.f_unreachable and p.exit_reason not in NO_CONTACT_REASONS:
        yield Deadline(follow_up_day(p.exit_date), _("Situation six months after the exit"), p)
    if p.person.birth_date:
        yield Deadline(add_months(p.person.birth_date, FULL_AGE_MONTHS), _("18th birthday: own consent needed"), p)
