"""Unpacking without trusting what comes out of it."""

import zlib
from collections.abc import Iterator

AT_ONCE = 1024 * 1024  # bytes


def pieces_of(packed: bytes) -> Iterator[bytes]:
    """Yield what is packed (zlib), at most `AT_ONCE` bytes at a time, so that a bomb can be left in time.

    Raises:
        zlib.error: it is broken.
    """
    unpacking = zlib.decompressobj()
    while not unpacking.eof:
        piece = unpacking.decompress(packed, AT_ONCE)
        packed = unpacking.unconsumed_tail
        if not piece and not packed:
            return
        yield piece
