"""Reading code lists. All lists are kept in the process for five minutes: they change a few times a year."""

import hashlib
import json
import time
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resque.codelists.models import CodeEntry

KEPT_SECONDS = 300
_kept: dict[str, dict[str, CodeEntry]] = {}
_kept_at = float("-inf")


def _lists() -> dict[str, dict[str, CodeEntry]]:
    global _kept, _kept_at
    if not _kept or time.monotonic() - _kept_at > KEPT_SECONDS:
        lists: dict[str, dict[str, CodeEntry]] = {}
        for entry in CodeEntry.objects.all():
            lists.setdefault(entry.list, {})[entry.code] = entry
        _kept, _kept_at = lists, time.monotonic()
    return _kept


def fingerprint_of_lists() -> str:
    """Return the SHA-256 of all codes with labels, validity and attributes: another one means that a list changed."""
    told = [
        (one.list, one.code, one.label_de, one.label_en, one.valid_from, one.valid_to, one.attributes)
        for codes in _lists().values()
        for one in codes.values()
    ]
    return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()


def forget() -> None:
    """Read the lists anew at the next use (after a change, between tests)."""
    global _kept_at
    _kept_at = float("-inf")


def entries(name: str, *, on: date | None = None) -> list[CodeEntry]:
    """Return the codes of a list in their order; with `on` only those valid on that day.

    Raises:
        KeyError: there is no such list.
    """
    return [entry for entry in _lists()[name].values() if on is None or entry.is_valid_on(on)]


def choices(name: str, *, on: date | None = None, blank: str | None = None) -> list[tuple[str, str]]:
    """Return `(code, label)` pairs for a form field, with `blank` as label of an empty first choice."""
    pairs = [(entry.code, entry.label) for entry in entries(name, on=on)]
    return ([("", blank)] if blank is not None else []) + pairs


def entry_of(name: str, code: str) -> CodeEntry | None:
    """Return the entry of a code, or None for an empty or unknown code."""
    return _lists()[name].get(code)


def label(name: str, code: str) -> str:
    """Return the label of a code in the reader's language; an unknown code is shown as it is."""
    found = entry_of(name, code) if code else None
    return found.label if found else code


def require_code(name: str, code: str) -> str:
    """Return `code` if the list has it.

    Raises:
        ValidationError: the list has no such code; the message names the codes that exist.
    """
    if entry_of(name, code) is None:
        raise ValidationError(
            _("“%(code)s” is not a value of this list. Possible values: %(codes)s."),
            code="unknown_code",
            params={"code": code[:40], "codes": ", ".join(_lists()[name])},
        )
    return code
