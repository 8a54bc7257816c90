"""Which files are ours."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FLOORS = ("resque", "participants", "services", "reporting")


def python_files(*, migrations: bool = False, tests: bool = False) -> Iterator[tuple[str, str]]:
    """Yield (path from the root, text) of our Python files."""
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if ("/migrations/" in name and not migrations) or ("/tests/" in name and not tests):
                continue
            yield name, path.read_text()


def view_files() -> Iterator[tuple[str, str]]:
    """Yield (path, text) of the files that hold views."""
    for name, text in python_files():
        if name.endswith("views.py") or "/views/" in name:
            yield name, text


def templates() -> Iterator[tuple[str, str]]:
    """Yield (name as Django knows it, text) of our templates, letters and error pages included."""
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.is_file():
            yield path.relative_to(ROOT / "templates").as_posix(), path.read_text()
