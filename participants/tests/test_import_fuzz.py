"""Bad files cannot hurt: nothing breaks, nothing comes in by half, and the planted fault is named.

`RESQUE_FUZZ_FILES` sets the number of random files (a drill takes 20,000), `RESQUE_FUZZ_SEED` where they begin.
"""

import os
import random
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from participants.importing.faults import LONGEST_SHOWN, shown
from participants.importing.reading import LARGEST_BY_WEB
from participants.models import ImportBatch, ImportUpload, Operation, Participation, Person
from participants.operations.import_tasks import read_file
from participants.operations.imports import import_file
from participants.tests.bad_files import BAD_FILES, mutated, planted_csv, planted_workbook
from resque.context.acting import acting_as

pytestmark = pytest.mark.django_db
FILES = int(os.environ.get("RESQUE_FUZZ_FILES", "1000"))
SEED = int(os.environ.get("RESQUE_FUZZ_SEED", "2017"))
LONGEST = 10.0  # seconds that any file may take, on a busy machine too


def brought(cast, data: bytes, name: str = "bad.csv"):
    operation = Operation.objects.get(code="resque-2.0")
    return import_file(
        by=cast.lehmann, partner=cast.daa, operation=operation, data=data, file_name=name, largest=LARGEST_BY_WEB
    )


def require_told(result) -> None:
    """Every fault says what is wrong and what helps, and repeats little of the file."""
    assert result.faults
    for fault in result.faults:
        assert fault.message and fault.remedy
        assert len(fault.value) <= LONGEST_SHOWN * 8 and len(fault.message) < 300 and len(fault.column) < 330
        assert fault.row >= 0
        (fault.value + fault.message + fault.remedy + fault.column).encode()  # no lone surrogates


def require_nothing() -> None:
    assert not Participation.objects.exists() and not Person.objects.exists() and not ImportBatch.objects.exists()


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_with_a_reason(cast, name):
    data, began = BAD_FILES[name](), time.monotonic()
    with acting_as(cast.lehmann):
        result = brought(cast, data)
    assert time.monotonic() - began < LONGEST
    assert result.batch is None and result.imported == 0
    require_told(result)
    require_nothing()


def test_a_planted_fault_is_named_with_row_column_value_and_remedy(cast):
    source = random.Random(SEED)
    with acting_as(cast.lehmann):
        for number in range(FILES * 7 // 10):
            planted = planted_workbook(source) if number % 10 == 0 else planted_csv(source)
            result = brought(cast, planted.data)
            assert result.batch is None, planted
            require_told(result)
            named = [fault for fault in result.faults if (fault.row, fault.column) == (planted.row, planted.column)]
            assert named, (planted, result.faults)
            value = named[0].value
            assert value == shown(planted.wrong) or value == shown(planted.wrong.strip()), (planted, named)
            assert all(fault.row == planted.row for fault in result.faults), (planted, result.faults)
        require_nothing()


def test_a_changed_file_comes_in_as_a_whole_or_not_at_all(cast):
    source = random.Random(SEED + 1)
    with acting_as(cast.lehmann):
        for _number in range(FILES * 3 // 10):
            data = mutated(source)
            with transaction.atomic():
                result = brought(cast, data)
                stored = Participation.objects.count()
                if result.faults:
                    require_told(result)
                    assert stored == 0 and result.batch is None
                else:
                    assert stored == result.rows == result.batch.imported_rows.count() > 0
                transaction.set_rollback(True)
        require_nothing()


@pytest.mark.parametrize("name", sorted(BAD_FILES)[::2])
def test_the_page_names_what_is_wrong(client, cast, name):
    client.force_login(cast.lehmann)
    data = BAD_FILES[name]()
    operation = Operation.objects.get(code="resque-2.0").pk
    posted = {"file": SimpleUploadedFile("../../\u202e\x00 bad.xlsx", data[:LARGEST_BY_WEB]), "operation": operation}
    page = client.post("/participants/import/", posted, follow=True)
    assert page.status_code == 200
    assert len(page.content) < 200_000
    if ImportUpload.objects.filter(faults=0).exists():  # large: the worker reads it
        upload = ImportUpload.objects.get()
        read_file.call(str(upload.key), cast.lehmann.pk, "de")
        page = client.get(page.request["PATH_INFO"])
    upload = ImportUpload.objects.get()
    assert upload.faults and "/" not in upload.file_name and upload.file_name.isprintable()
    assert page.status_code == 200 and len(page.content) < 200_000
    for address in ("?page=99999999999999999999", "?column=%00", "?column=" + "x" * 2_000, "?page=%F0%9F%98%80"):
        assert client.get(page.request["PATH_INFO"] + address).status_code == 200
    client.post(f"/participants/import/{upload.key}/run/")
    require_nothing()
