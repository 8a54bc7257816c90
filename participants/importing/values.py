"""What a cell may hold, by kind of column. Strict on purpose: a wrong value is a fault, a missing one is none."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from rapidfuzz import process

from participants.importing.faults import WrongValue
from participants.importing.texts import require_no_formula

Parser = Callable[[str], object]
FIRST_YEAR, LAST_YEAR = 1900, 2100
NAMED_CODES = 60  # lists up to this length are written out in the remedy
ALIKE = 60  # percent of likeness from which another code is suggested
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_GERMAN = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
TRUTH = {"true": True, "false": False}
# What spreadsheet programs and people write instead.
_MEANT = {
    **dict.fromkeys(("wahr", "ja", "yes", "j", "y", "1", "x", "vrai", "t"), "true"),
    **dict.fromkeys(("falsch", "nein", "no", "n", "0", "faux", "f"), "false"),
    **dict.fromkeys(("verweigert", "keine angabe", "k.a.", "k. a.", "refuse"), "refused"),
}


def text_up_to(longest: int) -> Parser:
    """Return the parser of a text column."""

    def parse(value: str) -> str:
        require_no_formula(value)
        if len(value) > longest:
            raise WrongValue(
                _("The value is longer than %(longest)s characters.") % {"longest": longest}, _("Please shorten it.")
            )
        return value

    return parse


def texts_up_to(longest: int, *, most: int) -> Parser:
    """Return the parser of a column that holds several texts, separated by |."""
    one = text_up_to(longest)

    def parse(value: str) -> tuple[str, ...]:
        texts = tuple(dict.fromkeys(one(part.strip()) for part in value.split("|") if part.strip()))
        if len(texts) > most:
            raise WrongValue(
                _("The cell holds %(count)s texts.") % {"count": len(texts)},
                _("Please leave at most %(most)s of them.") % {"most": most},
            )
        return texts

    return parse


def parse_date(value: str) -> date:
    """Read 2016-04-12 or 12.4.2016."""
    if found := _ISO.fullmatch(value):
        year, month, day = map(int, found.groups())
    elif found := _GERMAN.fullmatch(value):
        day, month, year = map(int, found.groups())
    else:
        raise WrongValue(
            _("“%s” is not a date.") % value[:20],
            _("Please write it as 2016-04-12 or 12.04.2016, with four digits of the year."),
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise WrongValue(
            _("The year %(year)s cannot be right.") % {"year": year},
            _("Years from %(first)s to %(last)s are possible.") % {"first": FIRST_YEAR, "last": LAST_YEAR},
        )
    if not 1 <= month <= 12:
        raise WrongValue(
            _("“%s” is not a date: there are twelve months.") % value,
            _("Please write it as 2016-04-12 (year, month, day) or 12.04.2016 (day, month, year)."),
        )
    return _existing_day(value, year, month, day)


def _existing_day(value: str, year: int, month: int, day: int) -> date:
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise WrongValue(
            _("“%(value)s” does not exist. The last day of that month is %(last)s.")
            % {"value": value, "last": date_format(date(year, month, last), "SHORT_DATE_FORMAT")},
            _("Please correct the date, or leave the cell empty when it is not known."),
        )
    return date(year, month, day)


def parse_truth(value: str) -> bool:
    """Read true or false."""
    found = TRUTH.get(value.lower())
    if found is None:
        raise _not_among(value, ("true", "false"))
    return found


def parse_answer(value: str) -> str:
    """Read true, false or refused: the answers to a question of special categories."""
    if value.lower() not in ("true", "false", "refused"):
        raise _not_among(value, ("true", "false", "refused"))
    return value.lower()


def whole_number(lowest: int, highest: int) -> Parser:
    """Return the parser of a whole number from `lowest` to `highest`, both below 10."""

    def parse(value: str) -> int:
        if not re.fullmatch("[0-9]", value) or not lowest <= int(value) <= highest:
            raise WrongValue(
                _("“%s” is not a possible value.") % value[:20],
                _("Whole numbers from %(lowest)s to %(highest)s are possible; empty means not asked.")
                % {"lowest": lowest, "highest": highest},
            )
        return int(value)

    return parse


def one_of(codes: Mapping[str, str], *, describe: str = "") -> Parser:
    """Return the parser of a code.

    Args:
        codes: possible codes with their labels.
        describe: remedy of a list that is too long to be written out.
    """

    def parse(value: str) -> str:
        if value in codes:
            return value
        raise _not_among(value, codes, describe)

    return parse


def _not_among(value: str, codes, describe: str = "") -> WrongValue:
    remedies = []
    if alike := _alike(value, codes):
        remedies.append(_("Did you mean %s?") % alike)
    if describe and len(codes) > NAMED_CODES:
        remedies.append(describe)
    else:
        remedies.append(_("Possible values: %s; empty means not asked.") % ", ".join(codes))
    return WrongValue(_("“%s” is not a possible value.") % value[:20], " ".join(remedies))


def _alike(value: str, codes) -> str:
    if (meant := _MEANT.get(value.lower())) in codes:
        return meant
    folded = {code.lower(): code for code in codes}
    if value.lower() in folded:
        return folded[value.lower()]
    labels = {str(label).lower(): code for code, label in codes.items()} if isinstance(codes, Mapping) else {}
    if value.lower() in labels:
        return labels[value.lower()]
    found = process.extractOne(value.lower()[:40], list(folded), score_cutoff=ALIKE)
    return folded[found[0]] if found else ""
