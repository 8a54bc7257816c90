"""Files for tests of documents: good ones made by hand, and bad ones made of them."""

import io
import struct
import zipfile
import zlib

GPS = b"51.3397N 12.3731E Canon Musterfrau"


def part(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def png(
    width: int = 8, height: int = 8, *, said: tuple[int, int] | None = None, extra: bytes = b"", packed=None
) -> bytes:
    """Return a grey PNG with a remark; `said` are width and height that the header claims."""
    header = struct.pack(">IIBBBBB", *(said or (width, height)), 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes(width) for _row in range(height))) if packed is None else packed
    remark = part(b"tEXt", b"Comment\0" + GPS) + part(b"eXIf", b"MM\0*" + GPS)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + remark + extra + part(b"IDAT", rows) + part(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def exif(turn: int, order: str = ">") -> bytes:
    """Return what a camera writes: how it was held, and where."""
    mark = b"MM\0*" if order == ">" else b"II*\0"
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turn, 0)
    return b"Exif\0\0" + mark + struct.pack(f"{order}IH", 8, 1) + entry + bytes(4) + GPS


def jpeg(width: int = 8, height: int = 8, *, turn: int = 6, order: str = ">", end: bytes = b"\xff\xd9") -> bytes:
    """Return the frame of a JPEG with everything that a camera writes beside a picture."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    beside = (
        segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
        + segment(0xE1, exif(turn, order))
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + GPS)
    )
    beside += segment(0xED, b"Photoshop 3.0\0" + GPS) + segment(0xFE, GPS)
    drawn = (
        segment(0xDB, bytes(65))
        + segment(0xC0, frame)
        + segment(0xC4, bytes(17))
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
    )
    return b"\xff\xd8" + beside + drawn + b"\x12\xff\x00\x34\xff\xd0\x56" + end


def pdf(*objects: bytes, head: bytes = b"%PDF-1.4\n", end: bytes = b"startxref\n9\n%%EOF\n") -> bytes:
    """Return a PDF with further objects."""
    inner = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", *objects]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(inner, 1))
    return head + body + b"trailer << /Root 1 0 R >>\n" + end


def stream(body: bytes, about: bytes = b"/Filter /FlateDecode") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), about, body)


def archive(content: bytes = b"x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", content)
    return buffer.getvalue()


def bomb(megabytes: int) -> bytes:
    """Return zeros packed to a thousandth."""
    packing = zlib.compressobj(9)
    piece = bytes(1024 * 1024)
    return b"".join(packing.compress(piece) for _one in range(megabytes)) + packing.flush()
