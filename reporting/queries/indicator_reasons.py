"""Why somebody counts for an indicator: the facts of its formula, in words, as they stand in the record."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.choices import LabourStatus
from participants.completeness import completeness
from participants.models import Participation
from participants.months import age_on
from reporting.facts import verified
from reporting.indicators.listed import Listing
from reporting.outcome_kinds import IVAF, kinds_that_count
from reporting.sql import figures_role
from resque.codelists.queries import label
from resque.ui.tags.numbers import day, number
from services.choices import Evidence, OutcomeState
from services.models import Outcome


def facts_of(listing: Listing, cases: Mapping[int, Participation]) -> dict[int, list[str]]:
    """Return the reasons by key of the record, at most one query more for the whole page.

    Args:
        listing: what is shown.
        cases: records of the page that the reader may open.
    """
    outcomes = _rated(listing, cases) if "rated" in listing.what.facts else {}
    return {key: [*_facts(listing, case), *outcomes.get(key, ())] for key, case in cases.items()}


def _facts(listing: Listing, case: Participation) -> Iterable[str]:
    if "missing" in listing.what.facts:
        return [str(item.label) for item in completeness(case, listing.asked.basis.rules).missing]
    words = (_WORDS[name](case) for name in listing.what.facts or ("entry",) if name in _WORDS)
    return list(dict.fromkeys(filter(None, words)))


def _rated(listing: Listing, keys: Iterable[int]) -> Mapping[int, list[str]]:
    rows = Outcome.objects.filter(
        verified(), participation__in=list(keys), state=OutcomeState.BEGUN, start__lte=listing.asked.until,
        kind__in=kinds_that_count(IVAF),
    )  # fmt: skip
    with figures_role():
        found = list(
            rows.order_by("start", "pk").values_list("participation", "participation__entry_date", "kind", "start", "evidence")
        )  # fmt: skip
    reasons = defaultdict(list)
    for key, entry, kind, start, evidence in found:
        if entry and start > entry:
            words = {"outcome": label("outcome", kind), "day": day(start), "evidence": Evidence(evidence).label}
            reasons[key].append(_("%(outcome)s, from %(day)s, %(evidence)s") % words)
    return reasons


def _entry(case: Participation) -> str:
    return _("Entry on %(day)s") % {"day": day(case.entry_date)} if case.entry_date else ""


def _exit(case: Participation) -> str:
    if not case.exit_date:
        return ""
    if not case.exit_reason:
        return _("Exit on %(day)s, no reason recorded") % {"day": day(case.exit_date)}
    return _("Exit on %(day)s: %(reason)s") % {
        "day": day(case.exit_date), "reason": label("exit_reason", case.exit_reason)
    }  # fmt: skip


def _age(case: Participation) -> str:
    if not case.person.birth_date or not case.entry_date:
        return ""
    years = age_on(case.person.birth_date, case.entry_date)
    return ngettext("%(years)s year old at entry", "%(years)s years old at entry", years) % {"years": number(years)}


def _unemployed(case: Participation) -> str:
    return _("registered unemployed since %(day)s") % {"day": day(case.e_unemp_since)} if case.e_unemp_since else ""


def _level(case: Participation) -> str:
    if case.e_isced is None:
        return ""
    words = _("education at entry: ISCED %(level)s") % {"level": case.e_isced}
    return f"{words} ({label('education_isced', case.e_education)})" if case.e_education else words


def _learning(case: Participation) -> str:
    return {
        True: _("in education or training at entry"), False: _("not in education or training at entry"), None: "",
    }[case.e_in_edu]  # fmt: skip


def _status(name: str, words: Callable[[str], str]) -> Callable[[Participation], str]:
    def write(case: Participation) -> str:
        status = getattr(case, name)
        return words(str(LabourStatus(status).label)) if status else ""

    return write


def _if_true(name: str, words: Callable[[], str]) -> Callable[[Participation], str]:
    return lambda case: words() if getattr(case, name) else ""


_WORDS: dict[str, Callable[[Participation], str]] = {
    "entry": _entry,
    "exit": _exit,
    "age": _age,
    "e_status": _status("e_status", lambda status: _("at entry: %(status)s") % {"status": status}),
    "unemployed_six_months_on": _unemployed,
    "unemployed_a_year_on": _unemployed,
    "e_in_edu": _learning,
    "e_isced": _level,
    "hh_jobless": _if_true("hh_jobless", lambda: _("nobody in the household has work")),
    "hh_jobless_dep": _if_true("hh_jobless_dep", lambda: _("nobody in the household has work, with children")),
    "hh_single_dep": _if_true("hh_single_dep", lambda: _("one adult with children")),
    # Not which answer: where several count, the list must not tell more than the number.
    "special_answers": lambda case: _("as answered to a voluntary question"),
    "e_homeless": _if_true("e_homeless", lambda: _("without a dwelling at entry")),
    "e_rural": _if_true("e_rural", lambda: _("rural municipality at entry")),
    "e_third_country": _if_true("e_third_country", lambda: _("citizen of a third country, or stateless")),
    "e_foreign_bg": _if_true("e_foreign_bg", lambda: _("foreign background")),
    "x_status": _status("x_status", lambda status: _("upon leaving: %(status)s") % {"status": status}),
    "x_job_search": _if_true("x_job_search", lambda: _("looking for work upon leaving")),
    "x_in_edu": _if_true("x_in_edu", lambda: _("in education or training upon leaving")),
    "x_qualified": _if_true("x_qualified", lambda: _("qualification gained upon leaving")),
    "f_status": _status("f_status", lambda status: _("six months after leaving: %(status)s") % {"status": status}),
    "f_improved": _if_true("f_improved", lambda: _("better job six months after leaving")),
}
