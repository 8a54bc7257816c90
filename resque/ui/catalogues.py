"""The German catalogues: gathered from code and templates, compiled without GNU gettext.

One catalogue a floor (locale/<floor>/de/LC_MESSAGES/django.po). Words of templates/<floor>/ belong to that floor,
words of all other templates to the ground floor.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

FLOORS = ("resque", "participants", "services", "reporting")
LOCALE = "de"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Without dates and names, so that two people who gather at the same time do not differ in the head.
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: de\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[-+ 0#]*\d*(?:\.\d+)?[diouxXeEfFgGcrs]")


def po_path(floor: str) -> Path:
    """Return the catalogue of a floor."""
    return settings.BASE_DIR / "locale" / floor / LOCALE / "LC_MESSAGES" / "django.po"


def sources(floor: str) -> Iterator[Path]:
    """Yield the files whose words belong to a floor."""
    base = settings.BASE_DIR
    for path in sorted((base / floor).rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(base).parts):
            yield path
    templates = base / "templates"
    others = {templates / name for name in FLOORS if name != "resque"}
    for path in sorted((templates / floor).rglob("*") if floor != "resque" else templates.rglob("*")):
        if path.suffix in {".html", ".txt", ".typ"} and (floor != "resque" or not others & set(path.parents)):
            yield path


def gathered(floor: str) -> Catalog:
    """Return a catalogue without translations of everything that a floor says."""
    catalog = Catalog(locale=LOCALE)
    for path in sources(floor):
        place = path.relative_to(settings.BASE_DIR).as_posix()
        for words, context in _words(path):
            catalog.add(words, context=context, locations=[(place, None)])
    return catalog


def _words(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    text = path.read_text()
    if path.suffix != ".py":
        # Indentation means nothing in a template, and everything to the tokenizer of Python.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    for _line, function, found, _comments in extract_python(io.BytesIO(text.encode()), list(KEYWORDS), (), {}):
        words = [found] if isinstance(found, str) else list(found)
        context = words.pop(0) if function.lstrip("n").startswith("pgettext") else None
        if not words or not words[0]:
            continue
        plural = function.startswith("n") and len(words) > 1
        yield ((words[0], words[1]) if plural else words[0]), context


def merged(floor: str) -> Catalog:
    """Return what a floor says with the translations that are on disk; words nobody says any more are left out."""
    path = po_path(floor)
    if not path.exists():
        return gathered(floor)
    with path.open("rb") as file:
        catalog = read_po(file, locale=LOCALE)
    catalog.update(gathered(floor), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def update(floor: str) -> int:
    """Write the merged catalogue of a floor; return how many messages it holds."""
    catalog = merged(floor)
    content = io.BytesIO()
    write_po(
        content, catalog, width=110, sort_output=True, omit_header=True, ignore_obsolete=True, include_lineno=False
    )
    path = po_path(floor)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + content.getvalue().decode())
    return len(catalog)


def compile_floor(floor: str) -> bool:
    """Write the .mo file of a floor when it is older than its catalogue; return whether it was written."""
    path = po_path(floor)
    target = path.with_suffix(".mo")
    if not path.exists() or (target.exists() and target.stat().st_mtime >= path.stat().st_mtime):
        return False
    with path.open("rb") as file:
        catalog = read_po(file, locale=LOCALE)
    draft = target.with_suffix(".mo.new")
    with draft.open("wb") as file:
        write_mo(file, catalog)
    draft.replace(target)
    return True


def faults(floor: str) -> list[str]:
    """Return a sentence for every message that has no German, or other placeholders than its English."""
    found = []
    for message in merged(floor):
        if not message.id:
            continue
        if not all(_strings(message)):
            found.append(f"{floor}: no German for {_name(message)}")
        elif any(_places(text) - _allowed(message) for text in _strings(message)):
            found.append(f"{floor}: other placeholders in the German of {_name(message)}")
    return found


def _strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, list | tuple) else [message.string]


def _allowed(message: Message) -> set[str]:
    ids = message.id if isinstance(message.id, list | tuple) else [message.id]
    return set().union(*(_places(text) for text in ids))


def _places(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def _name(message: Message) -> str:
    words = message.id[0] if isinstance(message.id, list | tuple) else message.id
    where = ", ".join(sorted({place for place, _line in message.locations})[:2])
    return f"“{words}”{f' [{message.context}]' if message.context else ''} ({where})"
