"""JPEG: the picture is put together anew from the parts that draw it.

What cameras write beside it (place, time, device, a small second picture), remarks, and whatever hangs behind the
end is left out. Of all that only the turn of the camera stays, else photos of a document would lie on their side.
"""

import re
import struct

from participants.copies.pictures import damaged, require_size

SOI, EOI, SOS, APP0, APP1, APP14, COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xEE, 0xFE
FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive: what browsers draw
TABLES = {0xC4, 0xDB, 0xDD}  # Huffman, quantisation, restart interval
MOST_SCANS = 100
_END_OF_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_ORIENTATION, _SHORT = 0x0112, 3


def cleaned_jpeg(data: bytes) -> bytes:
    """Return the picture without anything that does not draw it.

    Raises:
        ValidationError: it is damaged, cut off, or has too many pixels.
    """
    parts, turn, scans, framed, at = [], 1, 0, False, 2
    while True:
        marker, at = _marker(data, at)
        if marker == EOI:
            break
        body, at = _segment(data, at)
        if marker in FRAMES:
            if framed or len(body) < 6:
                raise damaged()
            framed = True
            height, width = struct.unpack(">HH", body[1:5])
            require_size(width, height)
        elif marker == APP1:
            turn = _turn(body) or turn
        if marker in FRAMES | TABLES | {SOS, APP14}:
            parts.append(_part(marker, body))
        elif not (APP0 <= marker <= 0xEF or marker == COM):
            raise damaged()
        if marker == SOS:
            scans += 1
            end = _END_OF_SCAN.search(data, at)
            if not framed or scans > MOST_SCANS or end is None:
                raise damaged()
            parts.append(data[at : end.start()])
            at = end.start()
    if not scans:
        raise damaged()
    head = [_part(APP1, _exif(turn))] if turn != 1 else []
    return b"".join([bytes([0xFF, SOI]), *head, *parts, bytes([0xFF, EOI])])


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """Return the marker at a place and the place behind it; any number of fill bytes may stand before."""
    if data[at : at + 1] != b"\xff":
        raise damaged()
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data):
        raise damaged()
    return data[at], at + 1


def _segment(data: bytes, at: int) -> tuple[bytes, int]:
    length = int.from_bytes(data[at : at + 2])
    if length < 2 or at + length > len(data):
        raise damaged()
    return data[at + 2 : at + length], at + length


def _part(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def _turn(body: bytes) -> int:
    """Return how the camera was held, 1 to 8; 0 where this part does not say it."""
    if not body.startswith(b"Exif\0\0"):
        return 0
    tiff = body[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (entries,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(min(entries, 200)):
            tag, kind, count, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
            if (tag, kind, count) == (_ORIENTATION, _SHORT, 1):
                return value if 1 <= value <= 8 else 0
    except struct.error:
        pass  # a remark that cannot be read is left out like the others
    return 0


def _exif(turn: int) -> bytes:
    """Return a remark that says nothing but how the camera was held."""
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, turn, 0)
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
