"""Why a record left a reported value or joined it: what happened to it since, in words and without a name.

The change history of the participation is compared from the day of the report on. Of special answers it is never said
which one it was, and what nothing in the record explains is not guessed.
"""

from collections.abc import Iterable
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


def causes(basis: Basis, report: KeptReport, references: Iterable[str]) -> dict[str, str]:
    """Return what happened to records since a report, by their number, in a fixed number of queries.

    Args:
        basis: operation and rules.
        report: the report.
        references: numbers of records or of refusals that the report counted or that count now.
    """
    wanted = set(references)
    if not wanted:
        return {}
    rows = {one.reference: one for one in Participation.objects.filter(reference__in=wanted).select_related("person")}
    complete = set(complete_records(basis).filter(reference__in=wanted).values_list("reference", flat=True))
    refused = set(AnonymousRefusal.objects.filter(reference__in=wanted).values_list("reference", flat=True))
    before, since = _told_by_history(report, [one.pk for one in rows.values()])
    found = {}
    for reference in wanted:
        if reference.startswith(REFUSAL):
            found[reference] = _("refusal noted later") if reference in refused else _("refusal taken back")
        elif reference not in rows:
            found[reference] = _("the record was deleted")
        else:
            row = rows[reference]
            found[reference] = _cause(row, before.get(row.pk), since.get(row.pk, []), reference in complete)
    return found


def _told_by_history(report: KeptReport, keys: list[int]) -> tuple[dict[int, dict], dict[int, list[dict]]]:
    """The record as the report saw it, by key, and every state of it since."""
    names = ("pgh_obj_id", *ANSWERS, "state")
    rows = _history().filter(pgh_obj_id__in=keys)
    old = rows.filter(pgh_id__lte=report.history_mark).order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    since: dict[int, list[dict]] = {}
    for row in rows.filter(pgh_id__gt=report.history_mark).order_by("pgh_id").values(*names):
        since.setdefault(row["pgh_obj_id"], []).append(row)
    return {row["pgh_obj_id"]: row for row in old.values(*names)}, since


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
    return f"“{answer_field(name).verbose_name}”"


def _day(value: date | None) -> str:
    return written(value) if value else "–"
