"""Indicators of a grant that count projects and organisations instead of people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST = 100_000
# Set with the operation, as the letter of approval says. Source: Annex I of Regulation (EU) 1304/2013.
SET_HERE: dict[str, tuple[Promise, Promise]] = {
    "CO20": (
        _("Projects of social partners or non-governmental organisations"),
        _("Projects that are carried out by them, wholly or partly. (CO20)"),
    ),
    "CO21": (
        _("Projects for women’s participation in working life"),
        _("Projects dedicated to the lasting participation and progress of women in employment. (CO21)"),
    ),
    "CO22": (
        _("Projects for public administrations"),
        _("Projects targeting public administrations or services at national, regional or local level. (CO22)"),
    ),
}
# Counted from the register of organisations, by funding period.
FROM_REGISTER: dict[str, tuple[str, ...]] = {"2014": ("CO23",), "2021": ("EECO18", "EECO19")}


def set_here(rules: str) -> tuple[str, ...]:
    """Return the codes that are set with an operation of a funding period, "2014" or "2021"."""
    return tuple(SET_HERE) if rules == "2014" else ()
