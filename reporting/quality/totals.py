"""Rules over a whole report: A01 to A24 of the domain reference 1.7, pure functions over counts.

Most of them hold by construction, because every number is a condition over the same records. They watch over the
construction: figures that come from elsewhere, and the day when somebody changes a formula.
"""

from types import SimpleNamespace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.rules import Fixer, Rule
from reporting.indicators.catalogue import DISADVANTAGED, Event
from reporting.indicators.counting import BySex, Tally

# What the rules ask beside the indicators: name, event, condition over the counted records.
BESIDE: dict[str, tuple[Event, Q]] = {
    "n_isced0": (Event.ENTRY, Q(e_isced=0)),
    "n_in_edu": (Event.ENTRY, Q(e_in_edu=True)),
    "n_disadv": (Event.ENTRY, DISADVANTAGED),
}


def counts_of(tally: Tally, beside: dict[str, BySex], **more) -> SimpleNamespace:
    """Return the counts of a report under the names of the rules.

    Args:
        tally: everything up to the day of the check.
        beside: numbers of BESIDE.
        more: `partner_counts`, `n_distinct`, `labelled_as_contacts` (A23); without them that rule has nothing to
            compare. A24 compares reports, each up to its own day (reporting/quality/checking.py).
    """
    numbers = tally.indicators
    return SimpleNamespace(**{
        "c": {code: number.total for code, number in numbers.items()},
        **{f"c_{sex}": {code: getattr(number, sex) for code, number in numbers.items()} for sex in ("m", "f", "nb")},
        **{name: number.total for name, number in beside.items()},
        "n": tally.complete, "g": tally.grand_total,
        "partner_counts": (), "n_distinct": tally.complete, "labelled_as_contacts": True, "published": {},
        **more,
    })  # fmt: skip


def _result_above_output(r: SimpleNamespace) -> bool:
    c = r.c
    return (
        c["EECR01"] > c["EECO04"]
        or c["EECR04"] > c["EECO02"] + c["EECO04"]
        or c["EECR05"] > c["EECO02"] + c["EECO04"]
        or c["EECR06"] > c["EECO05"]
    )


def _rule(code: str, message, violated, period: str = "") -> Rule:
    return Rule(code, "", message, violated, blocks=True, page="", period=period, fixer=Fixer.ADMINISTRATION)


def _warning(code: str, message, violated, page: str = "") -> Rule:
    return Rule(code, "", message, violated, page=page, fixer=Fixer.COORDINATION)


_2014 = (
    _rule("A01", _("CO01, CO03 and CO05 together are not the number of complete records."),
          lambda r: r.c["CO01"] + r.c["CO03"] + r.c["CO05"] != r.n, "2014"),
    _rule("A02", _("CO02 is larger than CO01."), lambda r: r.c["CO02"] > r.c["CO01"], "2014"),
    _rule("A03", _("CO04 is larger than CO03."), lambda r: r.c["CO04"] > r.c["CO03"], "2014"),
    _rule("A04", _("CO06 and CO07 together are more than all participants."),
          lambda r: r.c["CO06"] + r.c["CO07"] > r.n, "2014"),
    _rule("A05", _("CO08 is larger than CO07, or than CO01 and CO04 together."),
          lambda r: r.c["CO08"] > min(r.c["CO07"], r.c["CO01"] + r.c["CO04"]), "2014"),
    _rule("A06", _("CO09, CO10, CO11 and ISCED 0 together are not the number of complete records."),
          lambda r: r.c["CO09"] + r.c["CO10"] + r.c["CO11"] + r.n_isced0 != r.n, "2014"),
    _rule("A07", _("CO13 is larger than CO12."), lambda r: r.c["CO13"] > r.c["CO12"], "2014"),
)  # fmt: skip
_BOTH = (
    _rule("A08", _("The sexes of an indicator do not add up to its total."),
          lambda r: any(r.c[k] != r.c_f[k] + r.c_m[k] + r.c_nb[k] for k in r.c)),
    _rule("A09", _("There are more complete records than people in the grand total."), lambda r: r.n > r.g),
)  # fmt: skip
_RESULTS_2014 = (
    _rule("A10", _("CR01 is larger than CO03."), lambda r: r.c["CR01"] > r.c["CO03"], "2014"),
    _rule("A11", _("CR02 is larger than the number of participants who were not in education at entry."),
          lambda r: r.c["CR02"] > r.n - r.n_in_edu, "2014"),
    _rule("A12", _("CR04 is larger than CO01 and CO03 together."),
          lambda r: r.c["CR04"] > r.c["CO01"] + r.c["CO03"], "2014"),
    _rule("A13", _("CR05 is larger than the number of disadvantaged people, or than all results together."),
          lambda r: r.c["CR05"] > r.n_disadv
          or r.c["CR05"] > r.c["CR01"] + r.c["CR02"] + r.c["CR03"] + r.c["CR04"], "2014"),
    _rule("A14", _("CR06 is larger than CO01 and CO03 together."),
          lambda r: r.c["CR06"] > r.c["CO01"] + r.c["CO03"], "2014"),
    _rule("A15", _("CR07 is larger than CO05."), lambda r: r.c["CR07"] > r.c["CO05"], "2014"),
    _rule("A16", _("CR08 is larger than CO07 or CR06."),
          lambda r: r.c["CR08"] > min(r.c["CO07"], r.c["CR06"]), "2014"),
    _rule("A17", _("CR09 is larger than the number of disadvantaged people, or than CR06."),
          lambda r: r.c["CR09"] > min(r.n_disadv, r.c["CR06"]), "2014"),
)  # fmt: skip
_2021 = (
    _rule("A18", _("EECO02, EECO04 and EECO05 together are not EECO01."),
          lambda r: r.c["EECO02"] + r.c["EECO04"] + r.c["EECO05"] != r.c["EECO01"], "2021"),
    _rule("A19", _("EECO03 is larger than EECO02."), lambda r: r.c["EECO03"] > r.c["EECO02"], "2021"),
    _rule("A20", _("The age groups EECO06, EECO07 and EECO08 together are more than EECO01."),
          lambda r: r.c["EECO06"] + r.c["EECO07"] + r.c["EECO08"] > r.c["EECO01"], "2021"),
    _rule("A21", _("EECO09, EECO10 and EECO11 together are not EECO01."),
          lambda r: r.c["EECO09"] + r.c["EECO10"] + r.c["EECO11"] != r.c["EECO01"], "2021"),
    _rule("A22", _("A result is larger than the number of people from whom it can come."), _result_above_output, "2021"),
)  # fmt: skip
_REPORTS = (
    _warning("A23", _("Sums of partners are shown as persons: who was with two partners is counted twice."),
             lambda r: sum(r.partner_counts) > r.n_distinct and not r.labelled_as_contacts),
    _warning("A24", _("A value that was already reported has changed: please write down why."),
             lambda r: any(r.published[k] != r.c[k] for k in r.published),
             page="reporting:submissions"),
)  # fmt: skip

TOTAL_RULES: tuple[Rule, ...] = (*_2014, *_BOTH, *_RESULTS_2014, *_2021, *_REPORTS)
