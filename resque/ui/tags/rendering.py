"""How a tag renders its template, and how it reads what a page hands over."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString


def part(template: str, /, **context) -> SafeString:
    """Render templates/components/<template>.html with exactly `context`."""
    return get_template(f"components/{template}.html").render(context)


def look_up(thing: Any, key: str, default: Any = "") -> Any:
    """Return `key` of a mapping or an attribute of an object; `default` when it has none."""
    value = thing.get(key, default) if isinstance(thing, Mapping) else getattr(thing, key, default)
    return default if value is None else value


def rows(things: Any, *keys: str) -> list[dict[str, Any]]:
    """Return each thing (mapping or object) as a dictionary that holds every one of `keys`.

    So a template can ask for an optional attribute without a page having to name it.
    """
    return [{key: look_up(thing, key) for key in keys} for thing in things]
