"""What a database was prepared for, kept in the database itself: a removed or restored one is never mistaken."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from resque.database.contents import comment, set_comment
from resque.settings.environment import BASE_DIR

CODE = ("resque", "participants", "services", "reporting")
LINE = "resque "


@dataclass(frozen=True)
class Mark:
    """The state of a database.

    Attributes:
        sources: fingerprint of the code that it was prepared by.
        world: "demo", "own" (real data), "unfinished" (the demo world was cut short), or "" (never prepared).
        size: of the demo world.
    """

    sources: str = ""
    world: str = ""
    size: str = ""


def _fingerprint(*directories: Path, suffixes: tuple[str, ...] = ()) -> str:
    """Return a digest over names, sizes and times of files: quick, and different after every change or checkout."""
    digest = hashlib.sha256(str(BASE_DIR).encode())
    for directory in directories:
        for path in sorted(directory.rglob("*")):
            if path.is_file() and (not suffixes or path.suffix in suffixes) and "__pycache__" not in path.parts:
                facts = path.stat()
                digest.update(f"{path}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def code_fingerprint() -> str:
    """Return the fingerprint of what shapes the database: code, data files, pinned packages."""
    installed = hashlib.sha256((BASE_DIR / "requirements.txt").read_bytes()).hexdigest()[:8]
    return _fingerprint(*(BASE_DIR / name for name in CODE), suffixes=(".py", ".json", ".csv")) + installed


def static_fingerprint() -> str:
    """Return the fingerprint of the static files."""
    installed = hashlib.sha256((BASE_DIR / "requirements.txt").read_bytes()).hexdigest()[:8]
    return _fingerprint(BASE_DIR / "static") + installed


def read_mark() -> Mark:
    """Return the mark of the connected database; starts the embedded server."""
    text = comment()
    if not text.startswith(LINE):
        return Mark()
    try:
        return Mark(**json.loads(text.removeprefix(LINE)))
    except (ValueError, TypeError):
        return Mark()


def write_mark(mark: Mark) -> None:
    """Set the mark, as the owner of the database."""
    set_comment(LINE + json.dumps(asdict(mark)))
