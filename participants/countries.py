"""Nationalities: ISO 3166 alpha-3, names from CLDR, and which of them belonged to the European Union on a day."""

from datetime import date
from functools import lru_cache

import pycountry
from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

KOSOVO, STATELESS, UNKNOWN = "XKX", "XXA", "XXX"
_FOREVER = date.max

# First and last day of membership. Source: accession treaties; withdrawal agreement of the United Kingdom.
EU_MEMBERSHIP: dict[str, tuple[date, date]] = {
    **dict.fromkeys(("BEL", "DEU", "FRA", "ITA", "LUX", "NLD"), (date(1958, 1, 1), _FOREVER)),
    **dict.fromkeys(("DNK", "IRL"), (date(1973, 1, 1), _FOREVER)),
    "GBR": (date(1973, 1, 1), date(2020, 1, 31)),
    "GRC": (date(1981, 1, 1), _FOREVER),
    **dict.fromkeys(("ESP", "PRT"), (date(1986, 1, 1), _FOREVER)),
    **dict.fromkeys(("AUT", "FIN", "SWE"), (date(1995, 1, 1), _FOREVER)),
    **dict.fromkeys(
        ("CYP", "CZE", "EST", "HUN", "LTU", "LVA", "MLT", "POL", "SVK", "SVN"), (date(2004, 5, 1), _FOREVER)
    ),
    **dict.fromkeys(("BGR", "ROU"), (date(2007, 1, 1), _FOREVER)),
    "HRV": (date(2013, 7, 1), _FOREVER),
}


@lru_cache(maxsize=4)
def _names(language: str) -> dict[str, str]:
    territories = Locale(language).territories
    names = {country.alpha_3: territories.get(country.alpha_2, country.name) for country in pycountry.countries}
    return {**names, KOSOVO: territories["XK"]}


def _language() -> str:
    return "en" if (get_language() or "de").startswith("en") else "de"


def country_label(code: str) -> str:
    """Return the name of a nationality code in the reader's language; an unknown code is shown as it is."""
    special = {STATELESS: _("stateless"), UNKNOWN: _("nationality unknown")}
    return special.get(code) or _names(_language()).get(code, code)


def country_choices(*, blank: str | None = None) -> list[tuple[str, str]]:
    """Return `(code, name)` pairs sorted by name; stateless and unknown stand at the end."""
    named = sorted(_names(_language()).items(), key=lambda pair: _plain(pair[1]))
    last = [(code, country_label(code)) for code in (STATELESS, UNKNOWN)]
    return ([("", blank)] if blank is not None else []) + named + last


def _plain(name: str) -> str:
    # German alphabetical order: umlauts sort as their base letter.
    return name.casefold().translate(str.maketrans("äöüåé", "aouae"))


def require_country(code: str) -> str:
    """Return `code` if it is a nationality code.

    Raises:
        ValidationError: it is none.
    """
    if code not in _names("de") and code not in (STATELESS, UNKNOWN):
        raise ValidationError(
            _("“%(code)s” is not a country code. Expected three letters of ISO 3166, for example SYR; "
              "XXA for stateless, XXX for unknown, XKX for Kosovo."),
            code="unknown_code",
            params={"code": code[:40]},
        )  # fmt: skip
    return code


def is_third_country(code: str, *, on: date) -> bool | None:
    """Return whether a nationality lies outside the European Union as it was on a day.

    Stateless and unknown nationality count as third country (rule E24 of the data quality rules).

    Returns:
        None for an empty code: not asked.
    """
    if not code:
        return None
    first, last = EU_MEMBERSHIP.get(code, (None, None))
    return first is None or not first <= on <= last
