"""The page of a report before it is kept: its values, what is open, and what changed since earlier reports."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.indicators.asked import Asked, half_years
from reporting.indicators.facts import Basis
from reporting.links import changes_url, indicators_url
from reporting.models import KeptReport
from reporting.quality.checking import open_errors
from reporting.queries.submission_lines import groups_of, heads, moved_words, rates_of, words_of
from reporting.submissions.causes import causes
from reporting.submissions.changes import Happening, happenings
from reporting.submissions.content import is_special
from reporting.submissions.drafts import Draft
from reporting.submissions.reported import reported_values, reports_of

SHOWN = 5  # records that a proposal names


def draft_page(asked: Asked, draft: Draft) -> dict:
    """Return what somebody looks at before a report is kept."""
    basis = asked.basis
    found = open_errors(basis, asked.user)
    before = next((one for one in reports_of(basis) if one.until < draft.content.until), None)
    earlier = reported_values([before])[before.pk] if before else None
    return {
        "asked": asked,
        "draft": draft,
        "half_years": half_years(basis.operation.start),
        "before": before,
        "errors": None if found is None else len(found),
        "error_records": len({hit.key for hit in found or () if hit.key}),
        "quality_url": reverse("reporting:quality") + "?severity=e",
        **heads(basis.rules, before),
        "groups": groups_of(basis.rules, draft.content.values, earlier),
        "rates": rates_of(draft.content.values),
        "indicators_url": indicators_url(asked.on(draft.content.until, None)),
    }


def told_happenings(basis: Basis, draft: Draft) -> tuple[list[Happening], dict[str, str], list[dict]]:
    """Return what changed reported values, a proposal of the reason for each by its key, and the rows of the page.

    In rows a record behind special answers alone bears no number: its list is opened by a deed of its own.
    """
    found = happenings(draft.changes)
    behind: dict[KeptReport, list[str]] = {}
    for one in found:
        behind.setdefault(one.report, []).extend(one.references)
    why = causes(basis, behind)
    proposals = {one.key: _proposal(one, why[one.report.pk]) for one in found}
    return found, proposals, [_happening_row(one, why[one.report.pk]) for one in found]


def _proposal(one: Happening, why: Mapping[str, str]) -> str:
    shown = one.references[:SHOWN]
    told = "; ".join(f"{number}: {why[number]}" for number in shown)
    further = len(one.references) - len(shown)
    return _("%(told)s; and %(further)s more") % {"told": told, "further": further} if further else told


def _happening_row(one: Happening, why: Mapping[str, str]) -> dict:
    secret = all(is_special(change.code) for change in one.changes)
    return {
        "key": one.key,
        "report": one.report,
        "changes": [
            words_of(change.code)
            | {"told": change.told.total, "now": change.now.total,
               "moved": moved_words(change.code, change.told, change.now),
               "url": changes_url(one.report.reference, change.code)}
            for change in one.changes
        ],
        "records": [] if secret else [(number, why[number]) for number in one.references[:SHOWN]],
        "further": len(one.references) - SHOWN,
        "secret": secret and bool(one.references),
    }  # fmt: skip
