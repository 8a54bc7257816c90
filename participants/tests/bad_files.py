"""Files that must not come in: as a whole, or because of one planted cell. All from a seeded source."""

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from participants.importing.columns import BY_NAME, Kind
from participants.tests.import_files import NAMES, as_workbook, file_of, golden_rows

_XLSX_SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Planted:
    """A file with one wrong cell: the fault that names it must be among those that are found."""

    data: bytes
    row: int
    column: str
    wrong: str


def good_rows(source: random.Random, count: int) -> list[dict[str, str]]:
    """Return rows that come in, with different numbers."""
    rows = [dict(source.choice(golden_rows())) for _one in range(count)]
    return [row | {"reference": f"N{source.randrange(10**9)}-{place}"} for place, row in enumerate(rows)]


WRONG_DATES = (
    "31.02.2016", "2016-02-30", "29.02.2015", "2016-13-01", "01.13.2016", "00.01.2016", "2016-00-10", "1899-12-31",
    "2101-01-01", "31.12.99", "12/04/2016", "2016/04/12", "gestern", "12.04.16", "2016-4-1", "42472", "-1", "0",
    "2016-04-12T10:00", "2016-04-12 10:00:00", "12. April 2016", "٢٠١٦-٠٤-١٢", "2016-04-12x", "=TODAY()",
)  # fmt: skip
WRONG_TRUTHS = ("ja", "wahr", "1", "0", "yes", "2", "true false", "t rue", "refused", "null", "тrue", "=TRUE()")
WRONG_NUMBERS = ("-1", "9", "10", "3.0", "1e0", "drei", "٣", "³", "0x1", "99999999999999999999", "=1+1", "½")
WRONG_CODES = ("unbekannt!", "xx", "SY", "syr ia", "0", "???", "d", "<script>", "' or 1=1 --", "{{ 7*7 }}", "%s", "AE 25 2F")
WRONG_TEXTS = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "＝1", "x" * 300, "x" * 2_001, "a\x00b", "a\x07b", "a\x1bb", "a\x7fb",
    "a\u202eb", "a\u2066b", "a\ufffdb", "\x85",
)  # fmt: skip
_FORMULAS_ONLY = WRONG_TEXTS[:5]


def wrong_value(source: random.Random, name: str) -> str:
    """Return something that the column must refuse."""
    column = BY_NAME[name]
    if source.random() < 0.2:
        return source.choice(WRONG_TEXTS[5:]) if name != "x_qual_evidence" else source.choice(WRONG_TEXTS[6:])
    if column.kind is Kind.DATE:
        return source.choice(WRONG_DATES)
    if column.kind is Kind.TRUTH:
        return source.choice(WRONG_TRUTHS)
    if column.kind is Kind.ANSWER:
        return source.choice([one for one in WRONG_TRUTHS if one != "refused"])
    if column.kind is Kind.NUMBER:
        return source.choice(WRONG_NUMBERS)
    if column.kind is Kind.CODE:
        return source.choice(WRONG_CODES)
    return source.choice(_FORMULAS_ONLY)


def planted_csv(source: random.Random) -> Planted:
    """Return a CSV file in some dialect with one wrong cell."""
    rows = good_rows(source, source.randint(1, 4))
    name, place = source.choice(NAMES), source.randrange(len(rows))
    wrong = wrong_value(source, name)
    rows = [row | {name: row.get(name, "")} for row in rows]
    rows[place] |= {name: wrong}
    header = list(rows[0])
    source.shuffle(header)
    rows = [{column: row[column] for column in header} for row in rows]
    encoding = source.choice(["utf-8", "utf-8-sig", "utf-16"])
    return Planted(file_of(rows, separator=source.choice(",;\t"), encoding=encoding), place + 2, name, wrong)


def planted_workbook(source: random.Random) -> Planted:
    """Return a workbook with one wrong cell; texts as texts, so that nothing is a real formula."""
    rows = good_rows(source, source.randint(1, 3))
    names = [name for name in NAMES if BY_NAME[name].kind is not Kind.TEXTS]
    name, place = source.choice(names), source.randrange(len(rows))
    wrong = wrong_value(source, name)
    while any(letter in wrong for letter in "\x00\x07\x1b"):  # such a cell cannot be written at all
        wrong = wrong_value(source, name)
    rows = [row | {name: row.get(name, "")} for row in rows]
    return Planted(as_workbook(rows, raw={(place, name): wrong}), place + 2, name, wrong)


def rezipped(data: bytes, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> bytes:
    """Return an archive with changed members, those for which `change` says None left out, and some more."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def in_sheet(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return a workbook with something replaced in the text of its sheet."""
    return rezipped(data, lambda name, content: content.replace(old, new) if name == _XLSX_SHEET else content)


def _book() -> bytes:
    return as_workbook(golden_rows())


def _zip_of(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def _external_entity() -> bytes:
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'

    def change(name: str, content: bytes) -> bytes:
        if name != _XLSX_SHEET:
            return content
        body = content[content.index(b"<worksheet") :]
        return doctype + body.replace(b"<v>", b"<v>&e;", 1)

    return rezipped(_book(), change)


def _laughs() -> bytes:
    lines = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">' + lines + b"]>"

    def change(name: str, content: bytes) -> bytes:
        if name != _XLSX_SHEET:
            return content
        return doctype + content[content.index(b"<worksheet") :].replace(b"<v>", b"<v>&a8;", 1)

    return rezipped(_book(), change)


def _wide(count: int) -> bytes:
    return (",".join(f"c{n}" for n in range(count)) + "\n" + "," * (count - 1) + "\n").encode()


def _csv(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(lines).encode(encoding)


HEAD, ROW = "reference,family_name,entry_date", "A,Nur,2016-04-01"
BAD_FILES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "blank": lambda: b" \n\t\r\n ",
    "mark only": lambda: b"\xef\xbb\xbf",
    "UTF-16 mark only": lambda: b"\xff\xfe",
    "header only": lambda: _csv(HEAD, ""),
    "header and blank rows": lambda: _csv(HEAD, ",,", ",,", ""),
    "no header": lambda: _csv(ROW, ROW),
    "unknown column": lambda: _csv(HEAD + ",shoe_size", ROW + ",42"),
    "two columns of one name": lambda: _csv(HEAD + ",family_name", ROW + ",Nur"),
    "missing column": lambda: _csv("reference,family_name", "A,Nur"),
    "no number": lambda: _csv("family_name,entry_date", "Nur,2016-04-01"),
    "value without column": lambda: _csv(HEAD + ",", ROW + ",x"),
    "too many cells": lambda: _csv(HEAD, ROW + ",x"),
    "too few cells": lambda: _csv(HEAD, "A,Nur"),
    "same number twice": lambda: _csv(HEAD, ROW, ROW),
    "no name": lambda: _csv(HEAD, "A,,2016-04-01"),
    "no entry": lambda: _csv(HEAD, "A,Nur,"),
    "open quotation mark": lambda: _csv(HEAD, 'A,"Nur,2016-04-01', ROW),
    "quotation mark inside": lambda: _csv(HEAD, 'A,"N"ur,2016-04-01'),
    "NUL in the header": lambda: _csv("reference,family\x00_name,entry_date", ROW),
    "NUL bytes only": lambda: b"\x00" * 5_000,
    "huge cell": lambda: _csv(HEAD, "A," + "x" * 10_000_000 + ",2016-04-01"),
    "huge header": lambda: _csv("x" * 5_000_000, ROW),
    "100,000 columns": lambda: _wide(100_000),
    "100,000 names of one column": lambda: _csv(",".join(["reference"] * 100_000), ROW),
    "100,000 cells in a row": lambda: _csv(HEAD, ROW + "," * 100_000 + "x"),
    "100,000 rows": lambda: _csv(HEAD, *(f"{n},Nur,2016-04-01" for n in range(100_000))),
    "many faults": lambda: _csv(HEAD, *("A,=x,never" for _n in range(40_000))),
    "wrong separator": lambda: _csv(HEAD.replace(",", "|"), ROW.replace(",", "|")),
    "UTF-16 without mark": lambda: _csv(HEAD, "A,Müller,2016-04-01", encoding="utf-16-le"),
    "UTF-16 without mark, ASCII": lambda: _csv(HEAD, ROW, encoding="utf-16-be"),
    "UTF-16 cut off": lambda: _csv(HEAD, ROW, encoding="utf-16")[:-1],
    "UTF-32": lambda: _csv(HEAD, ROW, encoding="utf-32"),
    "two encodings": lambda: _csv(HEAD, "A,Müller,2016-04-01") + "\nB,Jäger,2016-04-01".encode("cp1252"),
    "no letter of cp1252": lambda: _csv(HEAD, "A,X,2016-04-01").replace(b"X", b"N\x81r"),
    "lone surrogate": lambda: _csv(HEAD, "A,N,2016-04-01").replace(b"N", b"\xed\xa0\x80"),
    "EBCDIC": lambda: _csv(HEAD, ROW, encoding="cp500"),
    "turned letters": lambda: _csv(HEAD, "A,\u202eruN,2016-04-01"),
    "turned header": lambda: _csv("reference,\u202eeman_ylimaf,entry_date", ROW),
    "random bytes": lambda: random.Random(7).randbytes(40_000),
    "PDF": lambda: b"%PDF-1.7\n" + b"x" * 100,
    "PNG": lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 100,
    "gzip": lambda: b"\x1f\x8b\x08" + b"x" * 100,
    "HTML": lambda: b"<html><table><tr><td>reference</td></tr></table></html>",
    "JSON": lambda: b'[{"reference": "A", "family_name": "Nur"}]',
    "password-protected workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4_000,
    "no archive": lambda: b"PK\x03\x04 but no archive at all",
    "half a workbook": lambda: _book()[: len(_book()) // 2],
    "workbook without its end": lambda: _book()[:-20],
    "workbook with broken bytes": lambda: _book()[:600] + b"\x00\xff" * 50 + _book()[700:],
    "archive without a workbook": lambda: _zip_of("readme.txt", b"hello"),
    "archive in an archive": lambda: _zip_of("xl/workbook.xml", _zip_of("a.xlsx", _book())),
    "path out of the archive": lambda: rezipped(_book(), lambda _n, c: c, {"../../etc/cron.d/x": b"x"}),
    "absolute path": lambda: rezipped(_book(), lambda _n, c: c, {"/etc/cron.d/x": b"x"}),
    "zip bomb": lambda: rezipped(_book(), lambda _n, c: c, {"xl/media/x.bin": b"\x00" * 60_000_000}),
    "sheet as a bomb": lambda: in_sheet(_book(), b"<sheetData>", b"<sheetData>" + b" " * 30_000_000),
    "many members": lambda: rezipped(_book(), lambda _n, c: c, {f"xl/x{n}": b"" for n in range(300)}),
    "external entity": _external_entity,
    "a billion laughs": _laughs,
    "no sheet": lambda: rezipped(_book(), lambda n, c: None if n == _XLSX_SHEET else c),
    "broken sheet": lambda: in_sheet(_book(), b"</sheetData>", b""),
    "sheet of garbage": lambda: rezipped(_book(), lambda n, c: b"\x00garbage" if n == _XLSX_SHEET else c),
    "surrogate in a sheet": lambda: in_sheet(_book(), b"<v>", b"<v>&#xD800;"),
    "cell far away": lambda: in_sheet(_book(), b'r="A2"', b'r="XFD1048576"'),
    "row far away": lambda: in_sheet(_book(), b'<row r="2"', b'<row r="1048576"'),
    "row beyond all sheets": lambda: in_sheet(_book(), b'<row r="2"', b'<row r="999999999999"'),
    "workbook of 250 columns": lambda: as_workbook([dict.fromkeys([*NAMES, *map(str, range(200))], "")]),
    "cell without address": lambda: in_sheet(_book(), b'r="B2"', b'r="??"'),
    "shared text that is missing": lambda: in_sheet(
        _book(), b't="inlineStr"><is><t>reference</t></is>', b't="s"><v>99999</v>'
    ),
    "formula in a workbook": lambda: as_workbook(golden_rows(), raw={(0, "family_name"): "=1+1"}),
    "formula that runs a program": lambda: as_workbook(golden_rows(), raw={(1, "given_name"): "=cmd|' /C calc'!A0"}),
    "error in a workbook": lambda: as_workbook(golden_rows(), raw={(1, "e_isced"): "#DIV/0!"}),
    "workbook without rows": lambda: as_workbook([dict.fromkeys(NAMES, "")]),
}  # fmt: skip


def mutated(source: random.Random) -> bytes:
    """Return a good file with some bytes changed, left out or doubled: it comes in as a whole, or nothing does."""
    data = bytearray(_book() if source.random() < 0.3 else file_of(good_rows(source, 3)))
    for _one in range(source.randint(1, 8)):
        place = source.randrange(len(data))
        match source.randrange(4):
            case 0:
                data[place] = source.randrange(256)
            case 1:
                del data[place : place + source.randint(1, 40)]
            case 2:
                data[place:place] = source.randbytes(source.randint(1, 8))
            case _:
                data[place:place] = data[place : place + source.randint(1, 200)]
    return bytes(data)
