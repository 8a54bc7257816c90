"""Why somebody stands in a list: the facts that the figure counted, in words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.completeness import completeness
from participants.models import Participation
from reporting.catalogue import PLACED, Figure, Why
from reporting.facts import outcomes_in, rated_outcomes, services_in
from reporting.scopes import Scope
from reporting.sql import figures_role
from resque.codelists.queries import label
from resque.ui.tags.numbers import day, number
from services.choices import Evidence

Reasons = dict[int, list[str]]


def reasons_of(
    figure: Figure, scope: Scope, keys: Iterable[int], visible: Mapping[int, Participation]
) -> Mapping[int, list[str]]:
    """Return the reasons by key of the participation, at most one query more for the whole page.

    Args:
        figure: what was counted.
        scope: its filters.
        keys: participations of the page.
        visible: those of them that the reader may open; the others have no reason to read, only a row that counts.
    """
    return _REASONS[figure.why](figure, scope, [key for key in keys if key in visible], visible)


def _services(figure: Figure, scope: Scope, keys: list[int], visible) -> Reasons:
    rows = (
        services_in(scope)
        .filter(participation__in=keys)
        .order_by()
        .values("participation")
        .annotate(n=Count("pk"), last=Max("day"))
    )
    with figures_role():
        found = list(rows)
    return {row["participation"]: [_attended(row["n"], row["last"])] for row in found}


def _attended(times: int, last) -> str:
    return ngettext(
        "%(times)s service, on %(last)s", "%(times)s services, the last on %(last)s", times
    ) % {"times": number(times), "last": day(last)}  # fmt: skip


def _entry(figure: Figure, scope: Scope, keys: list[int], visible) -> Reasons:
    return {
        key: [_("Entry on %(day)s") % {"day": day(case.entry_date)}]
        for key, case in visible.items()
        if case.entry_date is not None
    }


def _exit(figure: Figure, scope: Scope, keys: list[int], visible) -> Reasons:
    return {key: [_left(case)] for key, case in visible.items() if case.exit_date is not None}


def _left(case: Participation) -> str:
    words = {"day": day(case.exit_date), "reason": label("exit_reason", case.exit_reason)}
    if not case.exit_reason:
        return _("Exit on %(day)s, no reason recorded") % words
    return _("Exit on %(day)s: %(reason)s") % words


def _outcomes(figure: Figure, scope: Scope, keys: list[int], visible) -> Reasons:
    rows = outcomes_in(scope, figure.code if figure.code in PLACED else "")
    return _listed(rows, keys, lambda kind, start, evidence: _("%(outcome)s, from %(day)s") % {
        "outcome": label("outcome", kind), "day": day(start),
    })  # fmt: skip


def _rated(figure: Figure, scope: Scope, keys: list[int], visible) -> Reasons:
    return _listed(rated_outcomes(scope), keys, lambda kind, start, evidence: _(
        "%(outcome)s, from %(day)s, %(evidence)s"
    ) % {"outcome": label("outcome", kind), "day": day(start), "evidence": Evidence(evidence).label})  # fmt: skip


def _listed(rows, keys: list[int], words: Callable[..., str]) -> Reasons:
    with figures_role():
        found = list(
            rows.filter(participation__in=keys)
            .order_by("start", "pk")
            .values_list("participation", "kind", "start", "evidence")
        )
    reasons = defaultdict(list)
    for key, *outcome in found:
        reasons[key].append(words(*outcome))
    return reasons


def _missing(figure: Figure, scope: Scope, keys: list[int], visible) -> Reasons:
    return {key: [str(item.label) for item in completeness(case).missing] for key, case in visible.items()}


_REASONS: dict[Why, Callable[..., Mapping[int, list[str]]]] = {
    Why.SERVICES: _services,
    Why.ENTRY: _entry,
    Why.EXIT: _exit,
    Why.OUTCOMES: _outcomes,
    Why.RATED: _rated,
    Why.MISSING: _missing,
}
