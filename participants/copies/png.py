"""PNG: only the parts that draw the picture are kept; remarks and whatever hangs behind the end are left out."""

import struct
import zlib
from collections.abc import Iterator

from participants.copies.pictures import damaged, require_size
from participants.copies.unpacking import pieces_of

MARK = b"\x89PNG\r\n\x1a\n"
DRAWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"pHYs", b"sBIT", b"bKGD"}
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # colour type -> samples of a pixel
# Interlacing draws seven small pictures: (first column, first row, step of columns, step of rows).
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def cleaned_png(data: bytes) -> bytes:
    """Return the picture without anything that does not draw it.

    Raises:
        ValidationError: it is damaged, cut off, or has too many pixels.
    """
    parts, packed, expected = [MARK], [], 0
    for kind, body, raw in _chunks(data):
        if (kind == b"IHDR") == bool(expected):  # the first part, and no other one
            raise damaged()
        if kind == b"IHDR":
            expected = _unpacked_size(body)
        elif kind == b"IDAT":
            packed.append(body)
        if kind in DRAWN:
            parts.append(raw)
        elif kind[:1].isupper():  # without a part of this kind nobody could draw it
            raise damaged()
    _require_unpacked(b"".join(packed), expected)
    return b"".join(parts)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield kind, contents and the whole part, up to the end of the picture."""
    at = len(MARK)
    while True:
        end = at + 12 + int.from_bytes(data[at : at + 4])
        raw = data[at:end]
        if len(raw) < 12 or end > len(data) or zlib.crc32(raw[4:-4]) != int.from_bytes(raw[-4:]):
            raise damaged()
        kind = raw[4:8]
        yield kind, raw[8:-4], raw
        if kind == b"IEND":
            return
        at = end


def _unpacked_size(header: bytes) -> int:
    if len(header) != 13:
        raise damaged()
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    require_size(width, height)
    if colour not in SAMPLES or depth not in (1, 2, 4, 8, 16) or packing or filtering or interlaced > 1:
        raise damaged()
    bits = depth * SAMPLES[colour]
    if not interlaced:
        return _size(width, height, bits)
    return sum(
        _size(-(-(width - left) // across), -(-(height - top) // down), bits) for left, top, across, down in PASSES
    )


def _size(width: int, height: int, bits: int) -> int:
    return height * (1 + -(-width * bits // 8)) if width > 0 and height > 0 else 0


def _require_unpacked(packed: bytes, expected: int) -> None:
    """Unpack piece by piece: what unpacks to more or less than the picture has dots is no picture."""
    size = 0
    try:
        for piece in pieces_of(packed):
            size += len(piece)
            if size > expected:
                break
    except zlib.error as fault:
        raise damaged() from fault
    if size != expected or not expected:
        raise damaged()
