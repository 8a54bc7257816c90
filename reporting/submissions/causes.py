"""Why a record left a reported value or joined it: what happened to it since, in words and without a name.

The change history of the participation is compared from the day of the report on. Of special answers it is never said
which one it was, and what nothing in the record explains is not guessed.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.apps import apps
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from participants.choices import ParticipationState
from participants.models import AnonymousRefusal, Participation
from reporting.indicators.facts import Basis, complete_records
from reporting.indicators.in_words import answer_field
from reporting.models import KeptReport
from resque.ui.tags.numbers import day as written

# Answers that decide who is counted; a change of any of them is said by its label.
ANSWERS = (
    "entry_date", "sex", "e_status", "e_unemp_since", "e_in_edu", "e_isced", "hh_jobless", "hh_jobless_dep",
    "hh_single_dep", "e_homeless", "e_rural", "e_third_country", "e_foreign_bg", "exit_date", "x_status", "x_in_edu",
    "x_job_search", "x_qualified", "f_status", "f_improved", "esf_withdrawn_on",
)  # fmt: skip
REFUSAL = "V-"


def last_mark() -> int:
    """Return the last entry of the change history of participations that there is now."""
    return _history().order_by("-pgh_id").values_list("pgh_id", flat=True).first() or 0


def _history():
    return apps.get_model("participants", "ParticipationEvent").objects


def causes(basis: Basis, wanted: Mapping[KeptReport, Iterable[str]]) -> dict[int, dict[str, str]]:
    """Return what happened to records since a report, by its key and their number, in a fixed number of queries.

    Args:
        basis: operation and rules.
        wanted: numbers of records or of refusals that each report counted or that count now.
    """
    everybody = {one for references in wanted.values() for one in references}
    if not everybody:
        return {report.pk: {} for report in wanted}
    rows = Participation.objects.filter(reference__in=everybody).select_related("person").in_bulk(
        field_name="reference"
    )  # fmt: skip
    known = complete_records(basis).filter(reference__in=everybody).values_list("reference", flat=True)
    refused = AnonymousRefusal.objects.filter(reference__in=everybody).values_list("reference", flat=True)
    complete, refused, history = set(known), set(refused), _history_of(rows.values())
    return {
        report.pk: {
            one: _cause_of(one, rows.get(one), refused, history, report.history_mark, one in complete)
            for one in references
        }
        for report, references in wanted.items()
    }


def _history_of(rows: Iterable[Participation]) -> dict[int, list[dict]]:
    """Every state of the records there ever was, by key, oldest first."""
    found: dict[int, list[dict]] = {}
    keys = [one.pk for one in rows]
    for state in _history().filter(pgh_obj_id__in=keys).order_by("pgh_id").values("pgh_id", "pgh_obj_id", *ANSWERS):
        found.setdefault(state["pgh_obj_id"], []).append(state)
    return found


def _cause_of(reference: str, row, refused: set[str], history: dict[int, list[dict]], mark: int, complete: bool) -> str:
    if reference.startswith(REFUSAL):
        return _("refusal noted later") if reference in refused else _("refusal taken back")
    if row is None:
        return _("the record was deleted")
    states = history.get(row.pk, [])
    before = [one for one in states if one["pgh_id"] <= mark]
    return _cause(row, before[-1] if before else None, [one for one in states if one["pgh_id"] > mark], complete)


def _cause(row: Participation, before: dict | None, since: list[dict], complete: bool) -> str:
    if before is None or before["entry_date"] is None:
        return _("recorded later, entry on %(day)s") % {"day": _day(row.entry_date)}
    if row.state == ParticipationState.REJECTED:
        return _("not target group")
    if before["exit_date"] and any(one["exit_date"] is None for one in since):
        return _returned(before["exit_date"], row.exit_date)
    changed = [name for name in ANSWERS if getattr(row, name) != before[name]]
    if changed:
        return _("changed: %(answers)s") % {"answers": get_text_list([_label(name) for name in changed], _("and"))}
    if row.person.cluster_id:
        return _("linked with another record of the same person")
    return _("changed: birth date, a voluntary answer or an outcome") if complete else _("an answer is missing now")


def _returned(former: date, exit_date: date | None) -> str:
    words = {"former": _day(former), "exit": _day(exit_date)}
    if exit_date:
        return _("return after the exit on %(former)s; left again on %(exit)s") % words
    return _("return after the exit on %(former)s") % words


def _label(name: str) -> str:
    return _("“%(answer)s”") % {"answer": answer_field(name).verbose_name}


def _day(value: date | None) -> str:
    return written(value) if value else "–"
