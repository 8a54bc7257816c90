"""Who stands on the form of a service: ticked people, and people whom one may mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from participants.models import Participation
from participants.queries.choosing import people_to_choose
from resque.converters import ReferenceConverter
from services.choices import AttendanceStatus

_REFERENCE = re.compile(ReferenceConverter.regex)


@dataclass(frozen=True)
class Said:
    """What the page said of one person, as typed."""

    reference: str
    status: str = AttendanceStatus.ATTENDED
    minutes: str = ""


@dataclass(frozen=True)
class PersonRow:
    """One person on the form: ticked, or offered to be ticked."""

    case: Participation
    ticked: bool
    status: str = AttendanceStatus.ATTENDED
    minutes: str = ""
    facts: str = ""


@dataclass(frozen=True)
class People:
    """Everybody on the form, and numbers that stand for nobody the reader accompanies."""

    rows: list[PersonRow]
    unknown: list[str]

    @property
    def ticked(self) -> list[PersonRow]:
        """Those who are ticked."""
        return [row for row in self.rows if row.ticked]

    @property
    def offered(self) -> list[PersonRow]:
        """Those who may be ticked."""
        return [row for row in self.rows if not row.ticked]

    @property
    def is_group(self) -> bool:
        """Whether own minutes make sense: several are ticked."""
        return len(self.ticked) > 1


def people_of(user, said: Iterable[Said], *, searched: str = "", recent: Iterable[str] = ()) -> People:
    """Return who stands on the form.

    Args:
        user: the reader.
        said: who is ticked.
        searched: what was typed to find more people.
        recent: references to offer while nobody is ticked and nothing was searched.
    """
    said = list(said)
    recent = [] if said or searched else list(recent)
    cases = served(user, [*(one.reference for one in said), *recent])
    rows = [
        PersonRow(cases[one.reference], True, one.status, one.minutes) for one in said if one.reference in cases
    ]  # fmt: skip
    known = {row.case.pk for row in rows}
    rows += [PersonRow(cases[reference], False) for reference in recent if reference in cases]
    if searched:
        found = people_to_choose(user, searched)
        rows += [
            PersonRow(one.participation, False, facts=one.facts) for one in found if one.participation.pk not in known
        ]
    return People(rows, [one.reference for one in said if one.reference not in cases])


def served(user, references: Iterable[str]) -> dict[str, Participation]:
    """Return the cases with these references for which `user` may record, by reference, with visible names."""
    wanted = {text for text in references if _REFERENCE.fullmatch(text)}
    if not wanted:
        return {}
    found = Participation.objects.served_by(user).with_names_for(user).filter(reference__in=wanted)
    return {case.reference: case for case in found}
