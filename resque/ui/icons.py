"""The Bootstrap Icons that we use, as inline SVG (resque/ui/icons.json, written by bin/vendor)."""

import json
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FILE = Path(__file__).with_name("icons.json")


class UnknownIcon(LookupError):
    """An icon that is not vendored: add its name to resque/ui/icons.txt and run bin/vendor."""


@cache
def icons() -> dict[str, str]:
    """Return name -> inner SVG markup of every vendored icon."""
    return json.loads(FILE.read_text())


def icon(name: str, label: str = "") -> SafeString:
    """Return an icon as inline SVG, 1 em high, in the colour of the text.

    Args:
        name: name of the Bootstrap icon.
        label: what it says to a screen reader; without it the icon is decoration beside a word.

    Errors: UnknownIcon when the icon is not vendored.
    """
    try:
        inner = mark_safe(icons()[name])
    except KeyError:
        raise UnknownIcon(name) from None
    if label:
        return format_html('<svg class="i" viewBox="0 0 16 16" role="img" aria-label="{}">{}</svg>', label, inner)
    return format_html('<svg class="i" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', inner)
