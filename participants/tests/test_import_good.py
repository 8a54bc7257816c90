"""Odd but right files come in and say the same afterwards, letter by letter."""

import random
import unicodedata

import pytest
from django.core.management import call_command

from participants.importing.columns import COLUMNS
from participants.models import Operation, Participation
from participants.operations.imports import import_file
from participants.tests.bad_files import good_rows, in_sheet
from participants.tests.import_files import GOLDEN, NAMES, as_workbook, file_of, golden_rows, stored_values
from resque.context.acting import acting_as

pytestmark = pytest.mark.django_db
BASE = {"entry_date": "2016-04-12", "info_given_on": "2016-04-12"}
ODD_NAMES = (
    ("O'Neil", "Seán"), ("Null", "None"), ("İsmailoğlu", "Işık"), ("ısı", "İpek"), ("الحسن", "محمد"), ("ተስፋይ", "ዮሃንስ"),
    ("Suharto", ""), ("", "Madonna"), ("Müller-Lüdenscheidt", "Jürgen"), ("d’Artagnan", "Zoë"), ("True", "False"),
    ("NaN", "inf"), ("Ng", "Ồ"), ("Nguyễn", "Thị Minh Khai"), ("Þórsdóttir", "Æsa"), ("Ł", "Ó"), ("李", "小龙"),
    ("<b>Fett</b>", "& Söhne"), ("Robert'); drop table", "Bobby"), ("{{ 7 }}", "{% now %}"), ("100%", "%s %(x)s"),
    ("Emoji 😀", "👩‍👧"), ("x" * 120, "y" * 100), ("a\u200cb", "نرگس‌سادات"), ("007", "1e5"), ("12.04.2016", "2016-04-12"),
    ("Jägermeister; GmbH", 'sagt "ja"'), ("Komma, Punkt.", "a|b"), ("straße", "ẞ"),
)  # fmt: skip


def brought(cast, data: bytes):
    operation = Operation.objects.get(code="resque-2.0")
    with acting_as(cast.lehmann):
        result = import_file(by=cast.lehmann, partner=cast.daa, operation=operation, data=data, file_name="x")
    assert result.faults == []
    return {one.external_reference: stored_values(one) for one in Participation.objects.all()}


def composed(row: dict[str, str]) -> dict[str, str]:
    """Return a row with every column, letters composed as they are stored."""
    return {name: unicodedata.normalize("NFC", row.get(name, "")) for name in NAMES}


@pytest.mark.parametrize("kind", ["csv", "semicolons", "tabs", "utf-8-sig", "utf-16", "xlsx"])
def test_odd_names_come_back_as_they_were(cast, kind):
    rows = [
        BASE | {"reference": f"N{place}", "family_name": family, "given_name": given, "name_original_script": family}
        for place, (family, given) in enumerate(ODD_NAMES)
    ]
    if kind == "xlsx":
        data = as_workbook(rows)
    else:
        separator = {"semicolons": ";", "tabs": "\t"}.get(kind, ",")
        data = file_of(rows, separator=separator, encoding=kind if kind.startswith("utf") else "utf-8")
    stored = brought(cast, data)
    assert len(stored) == len(rows)
    for row in rows:
        # The file says nothing of the precision of a birth date; we store that it was told.
        assert stored[row["reference"]] == composed(row) | {"birth_precision": "self"}


def test_letters_of_windows_come_in(cast):
    row = BASE | {"reference": "1", "family_name": "Jäger-Weiß", "given_name": "Žofie “Öz” – 50 €"}
    stored = brought(cast, file_of([row], separator=";", encoding="cp1252"))
    assert (stored["1"]["family_name"], stored["1"]["given_name"]) == (row["family_name"], row["given_name"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2016-04-12", "2016-04-12"), ("12.04.2016", "2016-04-12"), ("1.2.2016", "2016-02-01"), ("29.02.2016", "2016-02-29"),
     ("1900-01-01", "1900-01-01"), ("31.12.2100", "2100-12-31"), (" 12. 4. 2016 ", "2016-04-12")],
)  # fmt: skip
def test_days_of_both_notations(cast, written, meant):
    stored = brought(cast, file_of([{"reference": "1", "family_name": "Nur", "entry_date": written}]))
    assert stored["1"]["entry_date"] == meant


def test_every_code_of_every_column_comes_in(cast):
    rows = []
    for column in COLUMNS:
        for code in column.codes() if column.codes else ():
            rows.append(dict.fromkeys(NAMES, "") | BASE | {"reference": f"{column.name}-{code}"[:32], "family_name": "Nur"})
            rows[-1][column.name] = code
    rows = list({row["reference"]: row for row in rows}.values())
    stored = brought(cast, file_of(rows))
    assert len(stored) == len(rows) > 300
    for row in rows:
        expected = composed(row)
        expected["birth_precision"] = expected["birth_precision"] or "self"
        assert stored[row["reference"]] == expected


@pytest.mark.parametrize("seed", range(5))
def test_any_mix_of_good_rows_comes_back(cast, seed):
    source = random.Random(seed)
    rows = good_rows(source, 30)
    data = as_workbook(rows) if seed % 2 else file_of(rows, separator=source.choice(",;\t"))
    stored = brought(cast, data)
    assert all(stored[row["reference"]] == composed(row) for row in rows)


def test_a_wrong_dimension_of_a_sheet_hides_no_row(cast):
    assert len(brought(cast, in_sheet(as_workbook(golden_rows()), b'ref="A1:AL9"', b'ref="A1:B3"'))) == 8


def test_the_command_stores_what_the_golden_file_says(cast):
    call_command("import_participants", str(GOLDEN), partner="daa", operation="resque-2.0", verbosity=0)
    stored = {one.external_reference: stored_values(one) for one in Participation.objects.all()}
    assert stored == {row["reference"]: composed(row) for row in golden_rows()}
