"""Filters of the pages about accounts."""

import re

from django.template import Library
from django.utils.translation import gettext as _

register = Library()

# First match wins: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
BROWSERS = (
    ("Edg(?:e|A|iOS)?/", "Edge"), ("OPR/", "Opera"), ("Firefox/|FxiOS/", "Firefox"), ("Chrome/|CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


@register.filter
def browser(user_agent: str) -> str:
    """Return what a browser says about itself in words that people know: "Firefox, Windows"."""
    names = [_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)]
    return ", ".join(name for name in names if name) or _("Unknown device")


@register.filter
def can(user, permission: str) -> bool:
    """Return whether the role of an account holds a permission, for links that only some may follow."""
    return user.can(permission)


def _first(patterns: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for pattern, name in patterns if re.search(pattern, text)), "")
