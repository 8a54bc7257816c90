"""What a file is, by its first bytes. What its name says proves nothing."""

_MARKS = {
    b"%PDF": "PDF",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"PK\x03\x04": "ZIP",
    b"PK\x05\x06": "ZIP",
    b"\xd0\xcf\x11\xe0": "xls",
    b"\x1f\x8b": "gzip",
    b"{\\rtf": "RTF",
    b"<html": "HTML",
    b"<!DOC": "HTML",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"GIF8": "GIF",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!": "RAR",
}
_PHOTOS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"avif": "AVIF"}


def kind_of(data: bytes) -> str:
    """Return the short name of the kind ("PDF", "TIFF", "xls"), "" for one that has no mark."""
    if data[4:8] == b"ftyp":
        return _PHOTOS.get(data[8:12], "MP4")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "BMP"
    return next((kind for mark, kind in _MARKS.items() if data.startswith(mark)), "")
