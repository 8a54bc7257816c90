"""The value of a period beside a report: today's value less what was reported up to the earlier reference date.

It can be negative: whoever returns takes an exit and its results back. Then the page says who.
"""

from dataclasses import dataclass, replace

from reporting.indicators.asked import Asked
from reporting.indicators.counting import BySex, Tally
from reporting.links import changes_url
from reporting.models import KeptReport
from reporting.submissions.causes import causes
from reporting.submissions.changes import moved
from reporting.submissions.content import content_of, is_special
from reporting.submissions.reported import records_of, report_on, reported_values
from resque.accounts.roles import Permission

SHOWN = 5  # records that a row names


@dataclass(frozen=True)
class Gone:
    """Records that were reported under a value and count no longer.

    Attributes:
        count: how many.
        records: the first of them with what happened; none where special answers decide, as opening those is logged.
        url: all of them.
    """

    count: int
    records: list[tuple[str, str]]
    url: str

    @property
    def further(self) -> int:
        """How many are not named."""
        return self.count - len(self.records)


def kept_for_period(asked: Asked) -> KeptReport | None:
    """Return the report that was kept for the earlier reference date; it speaks of all partners only."""
    sees = asked.user.can(Permission.VIEW_FIGURES) and asked.basis.partner is None
    return report_on(asked.basis, asked.since) if asked.since and sees else None


class Reported:
    """What a report told up to the earlier reference date, and which of its records count no longer."""

    def __init__(self, asked: Asked, report: KeptReport):
        self.asked, self.report = asked, report
        self.values = reported_values([report])[report.pk]
        then, now = records_of([report])[report.pk], content_of(asked.basis, asked.until).records
        left = {code: moved(code, then, now)[0] for code in self.values}
        self._left = {code: references for code, references in left.items() if references}
        named = {one for code, numbers in self._left.items() if not is_special(code) for one in numbers[:SHOWN]}
        self._why = causes(asked.basis, {report: named})[report.pk]

    def tally(self, before: Tally) -> Tally:
        """Return what was reported in the shape of what is counted; what no report tells stays as counted."""
        told = self.values
        indicators = {
            code: BySex(told[code].m, told[code].f, told[code].nb) if code in told else number
            for code, number in before.indicators.items()
        }
        entities = {code: told[code].total if code in told else number for code, number in before.entities.items()}
        return replace(before, indicators=indicators, entities=entities)

    def url(self, code: str, sex: str = "") -> str:
        """Return the address of the records behind the value of the period."""
        return changes_url(self.report.reference, code, date=self.asked.until.isoformat(), sex=sex)

    def gone(self, code: str) -> Gone | None:
        """Return the records reported under a code that count no longer, None where all still do."""
        left = self._left.get(code, ())
        if not left:
            return None
        named = [] if is_special(code) else [(one, self._why[one]) for one in left[:SHOWN]]
        return Gone(len(left), named, self.url(code))
