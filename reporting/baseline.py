"""What the predecessors published: read-only data without any person behind it, never added to a count.

The shares are rounded and not exclusive, and the text does not say what they refer to: no test compares them.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Published:
    """One published figure.

    Attributes:
        code: name that a figure of ours may refer to.
        label: what it says.
        persons: number of persons, or None.
        share: share between 0 and 1, or None.
    """

    code: str
    label: str | Promise
    persons: int | None = None
    share: float | None = None


PROJECTS = "RESQUE, RESQUE PLUS"
SOURCE = _("Press statement of 14.09.2015")
PUBLISHED: tuple[Published, ...] = (
    Published("reached_2014", _("people reached until 31.12.2014"), persons=1290),
    Published("reached_2015", _("until the start of RESQUE 2.0"), persons=1370),
    Published("german_course", _("in German courses"), share=0.50),
    Published("employment", _("in employment"), share=0.20),
    Published("qualification", _("in qualification"), share=0.15),
)
BY_CODE = {published.code: published for published in PUBLISHED}
