"""The way of a person through languages: levels from day to day, by skill, and how each is known."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.models import LanguageAssessment
from participants.months import add_months
from participants.operations.background import CERTIFICATE, SKILLS
from participants.queries.background import language_name
from participants.sheets.texts import GERMAN
from resque.codelists.queries import label
from resque.ui.lanes import Stop
from resque.ui.tags.numbers import day as written
from resque.ui.tags.numbers import number

SCALE = ("X0", "A1_1", "A1", "A2", "B1", "B2", "C1", "C2")  # code list cefr, from below; others are no step
SHORT = {"X0": "0", "A1_1": "A1.1"}
SELF_ASSESSED = "SELBST"  # code list language_evidence
OPEN, FULL, PROOF = "open", "full", "proof"
_SIGNS: dict[str, str | Promise] = {
    OPEN: gettext_lazy("self-assessment"),
    FULL: gettext_lazy("assessment, test or attendance"),
    PROOF: gettext_lazy("language certificate"),
}
_STRENGTH = tuple(_SIGNS)


@dataclass(frozen=True)
class Known:
    """A level that was known on one day: codes of the level and of its evidence."""

    day: date
    level: str
    evidence: str
    exam: str = ""

    @property
    def sign(self) -> str:
        """How well it is known: by the person's own words, by somebody who looked, or by a certificate."""
        return {SELF_ASSESSED: OPEN, CERTIFICATE: PROOF}.get(self.evidence, FULL)

    @property
    def short(self) -> str:
        """The level as written in the chart."""
        return SHORT.get(self.level, self.level)


@dataclass(frozen=True)
class LanguagePath:
    """One language.

    Attributes:
        code, name: the language.
        lanes: levels by skill ("overall" first), each from the first day to the last, one a day.
        rows: everything that was noted, newest first.
    """

    code: str
    name: str
    lanes: dict[str, list[Known]]
    rows: list[LanguageAssessment] = field(default_factory=list)

    @property
    def main(self) -> list[Known]:
        """The levels that the sentence speaks of: overall, else the first skill that was looked at."""
        return next(iter(self.lanes.values()))

    @property
    def sentence(self) -> str:
        """The way in words: "from A1 to B1 in 7 months"."""
        first, last = self.main[0], self.main[-1]
        time = time_between(first.day, last.day)
        if len(self.main) == 1:
            said = _("%(level)s, noted on %(day)s") % {"level": last.short, "day": written(last.day)}
        elif first.level == last.level:
            said = _("%(level)s, unchanged for %(time)s") % {"level": last.short, "time": time}
        else:
            said = _("from %(first)s to %(last)s in %(time)s") % {
                "first": first.short, "last": last.short, "time": time,
            }  # fmt: skip
        skill = next(iter(self.lanes))
        return said if skill == SKILLS[0] else f"{skill_name(skill)}: {said}"

    @property
    def proof(self) -> str:
        """How the latest level is known."""
        last = self.main[-1]
        exam = LanguageAssessment(exam=last.exam).get_exam_display()
        known = " ".join(filter(None, (str(_SIGNS[PROOF]), exam))) if last.sign == PROOF else label(
            "language_evidence", last.evidence
        )  # fmt: skip
        return _("Latest level: %(evidence)s, %(day)s") % {"evidence": known, "day": written(last.day)}

    @property
    def is_path(self) -> bool:
        """Whether there is more than one day to see."""
        return any(len(lane) > 1 for lane in self.lanes.values())

    @property
    def label(self) -> str:
        """What the chart shows, with its result."""
        return f"{self.name}: {self.sentence}"

    @property
    def series(self) -> list[tuple[str, list[Stop]]]:
        """The lanes for the chart."""
        return [
            (str(skill_name(skill)), [Stop(one.day, SCALE.index(one.level), one.short, one.sign) for one in lane])
            for skill, lane in self.lanes.items()
        ]

    @property
    def signs(self) -> list[tuple[str, str]]:
        """The key, of signs that occur."""
        found = {one.sign for lane in self.lanes.values() for one in lane}
        return [(sign, str(words)) for sign, words in _SIGNS.items() if sign in found]

    @property
    def heads(self) -> list[str]:
        """Heads of the table."""
        return [_("Day"), *(str(skill_name(skill)) for skill in self.lanes), _("Known by")]

    @property
    def table(self) -> list[list[str]]:
        """What was noted, newest first, also what a stronger evidence of the same day hides in the chart."""
        return [
            [written(row.assessed_on), *(label("cefr", getattr(row, skill)) for skill in self.lanes),
             ", ".join(filter(None, (label("language_evidence", row.evidence), row.get_exam_display())))]
            for row in self.rows
        ]  # fmt: skip


def skill_name(skill: str) -> str | Promise:
    """Return the name of a skill, as a lane bears it."""
    return LanguageAssessment._meta.get_field(skill).verbose_name


def language_paths(assessments: Iterable[LanguageAssessment]) -> list[LanguagePath]:
    """Return the way through each language that is being learned, German first; without a query.

    Args:
        assessments: as `languages_of` returns them, by language.
    """
    paths = []
    for code, group in groupby(assessments, key=lambda row: row.language):
        rows = list(group)
        lanes = {skill: _lane(rows, skill) for skill in SKILLS}
        if any(lanes.values()):
            kept = {skill: lane for skill, lane in lanes.items() if lane}
            paths.append(LanguagePath(code, language_name(code), kept, rows))
    return sorted(paths, key=lambda path: (path.code != GERMAN, path.name.casefold()))


def _lane(rows: list[LanguageAssessment], skill: str) -> list[Known]:
    """Levels of one skill from the first day on; of several on one day the best known one counts."""
    by_day: dict[date, Known] = {}
    noted = [
        Known(row.assessed_on, getattr(row, skill), row.evidence, row.exam)
        for row in rows
        if getattr(row, skill) in SCALE
    ]
    for one in noted:
        other = by_day.get(one.day)
        if other is None or _STRENGTH.index(one.sign) > _STRENGTH.index(other.sign):
            by_day[one.day] = one
    return [by_day[day] for day in sorted(by_day)]


def time_between(first: date, last: date) -> str:
    """Return a span in whole months, below one month in days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    months -= add_months(first, months) > last
    if months < 1:
        days = (last - first).days
        return ngettext("%(days)s calendar day", "%(days)s calendar days", days) % {"days": number(days)}
    return ngettext("%(months)s month", "%(months)s months", months) % {"months": number(months)}
