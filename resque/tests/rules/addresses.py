"""Rules about the URLconf."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver


def all_patterns(patterns, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield (route, pattern) of every address, whatever includes it."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from all_patterns(pattern.url_patterns, route)
        else:
            yield route, pattern


def addresses_without_door(patterns) -> list[str]:
    """Name addresses whose view neither names its permission nor is marked public or for any account."""
    return [
        f"{route} ({pattern.callback.__module__}.{getattr(pattern.callback, '__name__', '?')})"
        for route, pattern in all_patterns(patterns)
        if not any(
            getattr(pattern.callback, mark, None) for mark in ("required_permissions", "is_public", "any_account")
        )
    ]


def addresses_without_name(patterns) -> list[str]:
    """Name addresses that cannot be reversed: links would be written by hand."""
    return [route for route, pattern in all_patterns(patterns) if not pattern.name]
