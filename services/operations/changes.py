"""What a correction changes."""

from collections.abc import Iterable, Mapping


def take(row, said: Mapping, names: Iterable[str]) -> list[str]:
    """Set what differs on the row, without saving, and return the names of what differed."""
    changed = [name for name in names if getattr(row, name) != said[name]]
    for name in changed:
        setattr(row, name, said[name])
    return changed
