"""PDF: looked at without a reader of our own. What could do more than be looked at is refused.

This is a sieve and no proof: a file that deceives its readers on purpose can pass it. So copies are handed out as
downloads with a policy that lets nothing run, never as a part of a page.
"""

import re
import zlib
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participants.copies.unpacking import pieces_of

MOST_UNPACKED = 400 * 1024 * 1024  # bytes of all parts together
_HEAD = re.compile(rb"%PDF-[12]\.\d")
_STREAM = re.compile(rb"\bstream\r?\n")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|XFA)\b")
# Wherever they stand, so that a part which is shorter than it says hides nothing.
_ACTIVE_ANYWHERE = re.compile(rb"/(JavaScript|Launch|EmbeddedFile|RichMedia|SubmitForm|ImportData)")
_LOCKED = re.compile(rb"/Encrypt\b")
_PACKED_TWICE = re.compile(rb"/Fl(?:ateDecode)?\b[\s/\[]*/?Fl(?:ateDecode)?\b")


def checked_pdf(data: bytes) -> bytes:
    """Return the file as it is.

    Raises:
        ValidationError: it is cut off, something hangs behind its end, it is locked, holds scripts or other files,
            or would unpack to more than any document needs.
    """
    if not _HEAD.match(data):
        raise _damaged()
    if not data.rstrip(b"\0 \r\n\t").endswith(b"%%EOF"):
        raise ValidationError(
            _("The PDF is cut off, or something hangs behind its end. Please save or scan it once more."), code="end"
        )
    if _ACTIVE_ANYWHERE.search(data):
        raise _active()
    for text in _texts(data):
        plain = _HEX.sub(lambda found: bytes([int(found[1], 16)]), text)
        if _LOCKED.search(plain):
            raise ValidationError(_("The PDF is protected by a password. Please save it without one."), code="locked")
        if _ACTIVE.search(plain):
            raise _active()
    return data


def _texts(data: bytes) -> Iterator[bytes]:
    """Yield what describes the document: everything between the packed parts, and parts that hold descriptions."""
    at, room = 0, MOST_UNPACKED
    while found := _STREAM.search(data, at):
        text = data[at : found.start()]
        yield text
        end = data.find(b"endstream", found.end())
        if end < 0:
            raise _damaged()
        about = text[text.rfind(b" obj") + 1 :]
        if b"/Fl" in about:
            if _PACKED_TWICE.search(about):
                raise _bomb()
            unpacked, room = _unpacked(data[found.end() : end], room, keep=b"/ObjStm" in about)
            yield unpacked
        at = end
    yield data[at:]


def _unpacked(packed: bytes, room: int, *, keep: bool) -> tuple[bytes, int]:
    """Unpack a part piece by piece; return it (nothing, unless `keep`) and how much room is left."""
    kept = []
    try:
        for piece in pieces_of(packed):
            room -= len(piece)
            if room < 0:
                raise _bomb()
            if keep:
                kept.append(piece)
    except zlib.error:
        pass  # readers show what they can of a broken part, and so is it judged
    return b"".join(kept), room


def _damaged() -> ValidationError:
    return ValidationError(_("The PDF is damaged. Please save or scan it once more."), code="damaged")


def _active() -> ValidationError:
    return ValidationError(
        _("The PDF holds scripts, forms that send, or other files. Please print it into a new PDF."), code="active"
    )


def _bomb() -> ValidationError:
    return ValidationError(
        _("The PDF would grow beyond every measure when it is opened. Please print it into a new PDF."), code="bomb"
    )
