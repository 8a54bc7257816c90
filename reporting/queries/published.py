"""The predecessors' published figures, as they were published: written, never computed with."""

from django.utils.translation import gettext as _

from reporting.baseline import PROJECTS, PUBLISHED, SOURCE, Published
from resque.ui.tags.numbers import number, percent


def published_figures() -> dict:
    """Return title, items and source of the box of published figures."""
    return {
        "title": _("For comparison: %(projects)s, 2008–2015") % {"projects": PROJECTS},
        "items": [(published.label, _as_published(published)) for published in PUBLISHED],
        "source": SOURCE,
    }


def _as_published(published: Published) -> str:
    return number(published.persons) if published.persons is not None else percent(published.share, 0)
