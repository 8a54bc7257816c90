"""Languages that are met in the network: ISO 639-3 codes, names from CLDR where it has them."""

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

# ISO 639-3 -> tag of the name in CLDR. Source: list of languages of the code lists (domain reference 3.13).
_CLDR = {
    "ara": "ar", "pes": "fa", "prs": "fa_AF", "pus": "ps", "ckb": "ckb", "tir": "ti", "amh": "am", "som": "so",
    "urd": "ur", "pan": "pa", "sqi": "sq", "srp": "sr", "hrv": "hr", "bos": "bs", "rom": "rom", "rus": "ru",
    "ukr": "uk", "kat": "ka", "hye": "hy", "tur": "tr", "fra": "fr", "eng": "en", "spa": "es", "por": "pt",
    "vie": "vi", "ben": "bn", "hau": "ha", "ful": "ff", "wol": "wo", "swa": "sw",
}  # fmt: skip
_OWN = {"kmr": gettext_lazy("Kurmanji")}
CODES = (*_CLDR, *_OWN)

# Tag for the `lang` attribute of a name in its own script, where the script alone does not tell it.
_BY_NATIONALITY = {"ERI": "ti", "ETH": "am", "IRN": "fa", "AFG": "fa", "PAK": "ur", "UKR": "uk"}


def language_label(code: str) -> str:
    """Return the name of a language in the reader's language; an unknown code is shown as it is."""
    if code in _OWN:
        return str(_OWN[code])
    locale = Locale("en" if (get_language() or "de").startswith("en") else "de")
    return locale.languages.get(_CLDR.get(code, ""), code)


def language_name_in(code: str, tag: str) -> str:
    """Return the name of a language as CLDR writes it in the language of `tag`, else in German."""
    known = _CLDR | {"deu": "de", "kmr": "ku"}
    wanted, german = (Locale(one).languages.get(known.get(code, "")) for one in (tag, "de"))
    return wanted or german or code


def language_choices(*, blank: str | None = None) -> list[tuple[str, str]]:
    """Return `(code, name)` pairs sorted by name."""
    named = sorted(((code, language_label(code)) for code in CODES), key=lambda pair: pair[1].casefold())
    return ([("", blank)] if blank is not None else []) + named


def require_language(code: str) -> str:
    """Return `code` if it is a language of the list.

    Raises:
        ValidationError: it is none.
    """
    if code not in CODES:
        raise ValidationError(
            _("“%(code)s” is not a language of this list."), code="unknown_code", params={"code": code[:40]}
        )
    return code


def language_of_name(text: str, nationality: str) -> str:
    """Return the language tag of a name in its own script, as far as the nationality tells it; else nothing."""
    return _BY_NATIONALITY.get(nationality, "") if text and not text.isascii() else ""
