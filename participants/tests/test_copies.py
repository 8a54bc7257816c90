"""Judging uploaded copies: what is kept, what is left out of it, what is refused."""

import random
import zlib

import pytest
from django.core.exceptions import ValidationError

from participants.copies.checking import LARGEST, check_copy
from participants.copies.unpacking import pieces_of
from participants.tests.copies import GPS, archive, bomb, exif, jpeg, part, pdf, png, segment, stream


def refused(data: bytes) -> str:
    with pytest.raises(ValidationError) as fault:
        check_copy(data)
    assert fault.value.messages[0]
    return fault.value.code


@pytest.mark.parametrize(("data", "kind"), [(pdf(), "PDF"), (jpeg(), "JPEG"), (png(), "PNG")])
def test_good_files_are_kept_by_what_they_are(data, kind):
    copy = check_copy(data)
    assert copy.kind == kind
    assert len(copy.digest) == 64
    assert check_copy(copy.data).data == copy.data  # cleaning a clean file changes nothing


@pytest.mark.parametrize("order", [">", "<"])
def test_of_a_photo_only_the_picture_and_its_turn_stay(order):
    kept = check_copy(jpeg(turn=6, order=order)).data
    assert GPS not in kept
    assert exif(6)[: -len(GPS) - 4] in kept
    assert b"JFIF" not in check_copy(jpeg(turn=1)).data
    assert b"Exif" not in check_copy(jpeg(turn=1)).data
    assert b"Exif" not in check_copy(jpeg(turn=99)).data


def test_remarks_of_a_png_are_left_out():
    assert GPS not in check_copy(png()).data


def test_what_hangs_behind_a_picture_is_left_out():
    hidden = b"<script>alert(1)</script>" + archive()
    for picture in (jpeg(), png()):
        assert check_copy(picture + hidden).data == check_copy(picture).data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\0" * 500, "empty"),
        (b"GIF89a" + bytes(50), "other_kind"),
        (b"II*\0" + bytes(50), "other_kind"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "other_kind"),
        (archive(), "other_kind"),
        (b"<html><script>alert(1)</script>", "other_kind"),
        (b"<svg onload=alert(1)>", "other_kind"),
        (b"MZ" + bytes(80), "other_kind"),
        (b"hello", "other_kind"),
        (b"\xff\xd8\xff", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"%PDF", "damaged"),
        (b"%PDF-1.4\n", "end"),
        (jpeg(end=b""), "damaged"),
        (jpeg(60_000, 60_000), "too_many_pixels"),
        (jpeg(0, 8), "damaged"),
        (jpeg()[:-4] + jpeg()[2:], "damaged"),
        (png(said=(50_000, 50_000)), "too_many_pixels"),
        (png(said=(8, 9)), "damaged"),
        (png(packed=b"nothing"), "damaged"),
        (png(packed=b""), "damaged"),
        (png(said=(4_000, 4_000), packed=bomb(60)), "damaged"),
        (png(extra=part(b"IHDR", bytes(13))), "damaged"),
        (png(extra=part(b"ABCD", b"")), "damaged"),
        (pdf() + b"<script>", "end"),
        (pdf(b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"), "active"),
        (pdf(b"<< /S /#4AavaScript >>"), "active"),
        (pdf(b"<< /S /Launch /F (cmd.exe) >>"), "active"),
        (pdf(stream(zlib.compress(b"<< /S /JavaScript >>"), b"/Type /ObjStm /Filter /FlateDecode")), "active"),
        (pdf(stream(zlib.compress(b"<< /S /Java#53cript >>"), b"/Type /ObjStm /Filter [/Fl]")), "active"),
        (pdf(b"<< /EmbeddedFiles 5 0 R >>"), "active"),
        (pdf(b"<< /Encrypt 5 0 R >>"), "locked"),
        (pdf(stream(zlib.compress(bomb(1)), b"/Filter [/FlateDecode /FlateDecode]")), "bomb"),
        (pdf(b"<< >>\nstream\n\x01\x02"), "damaged"),
        (pdf(stream(archive(), b"")), "archive"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_a_reason(data, code):
    assert refused(data) == code


def test_a_file_that_is_too_large_is_refused_unread():
    assert refused(b"%PDF-1.4" + bytes(LARGEST)) == "too_large"


def test_a_bomb_is_left_in_time(monkeypatch):
    monkeypatch.setattr("participants.copies.pdf.MOST_UNPACKED", 10 * 1024 * 1024)
    unpacked = []
    monkeypatch.setattr("participants.copies.pdf.pieces_of", lambda data: map(seen(unpacked), pieces_of(data)))
    assert refused(pdf(stream(bomb(100)))) == "bomb"
    assert sum(unpacked) <= 12 * 1024 * 1024


def seen(sizes: list[int]):
    def note(piece: bytes) -> bytes:
        sizes.append(len(piece))
        return piece

    return note


def test_a_large_white_page_is_no_bomb():
    width, height = 4_960, 7_016  # A4 at 600 dots per inch
    assert check_copy(png(width, height)).kind == "PNG"


@pytest.mark.parametrize("good", [jpeg(), png(), pdf(stream(zlib.compress(b"BT ET")))])
def test_no_changed_byte_leads_to_anything_but_a_copy_or_a_reason(good):
    source = random.Random(7)
    for _round in range(400):
        data = bytearray(good)
        for _one in range(source.randrange(1, 4)):
            data[source.randrange(len(data))] = source.randrange(256)
        cut = bytes(data[: source.randrange(len(data) + 1)]) if source.random() < 0.3 else bytes(data)
        try:
            kept = check_copy(cut)
        except ValidationError as fault:
            assert fault.messages[0]
        else:
            assert kept.data


def test_a_segment_that_says_more_than_there_is():
    assert refused(b"\xff\xd8" + segment(0xDB, b"x" * 60_000)[:500] + b"\xff\xd9") == "damaged"
