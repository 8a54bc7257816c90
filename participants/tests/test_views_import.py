"""The import through the web: upload, review, import once, take back; who sees what."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.importing.columns import COLUMNS
from participants.models import ImportBatch, ImportUpload, Operation, Participation, UploadState
from participants.operations import receiving
from participants.tests.builders import make_participant
from participants.tests.import_files import GOLDEN, as_workbook, file_of, golden_rows, stored_values

pytestmark = pytest.mark.django_db
PAGE = "/participants/import/"


def upload(client, user, data: bytes, name: str = "people.csv", **more):
    """Upload a file and return the page that follows."""
    client.force_login(user)
    operation = Operation.objects.get(code="resque-2.0").pk
    posted = {"file": SimpleUploadedFile(name, data), "operation": operation} | more
    return client.post(PAGE, posted, follow=True)


def kept() -> ImportUpload:
    return ImportUpload.objects.latest("pk")


def run(client, name: str = "run"):
    return client.post(f"{PAGE}{kept().key}/{name}/", follow=True)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_golden_eight_come_in_with_every_answer(client, cast, kind):
    data = GOLDEN.read_bytes() if kind == "csv" else as_workbook(golden_rows())
    page = upload(client, cast.lehmann, data, f"golden.{kind}")
    assert "Al Hassan, Mohamad" in page.content.decode()
    assert not Participation.objects.exists()
    page = run(client)
    batch = ImportBatch.objects.get()
    assert page.redirect_chain[-1][0] == f"/participants/imports/{batch.reference}/"
    assert (batch.rows, batch.partner, batch.imported_by, batch.file_name) == (
        8, cast.daa, cast.lehmann, f"golden.{kind}",
    )  # fmt: skip
    people = {one.external_reference: one for one in Participation.objects.all()}
    assert len(people) == 8
    for row in golden_rows():
        assert stored_values(people[row["reference"]]) == {column.name: row.get(column.name, "") for column in COLUMNS}
        assert people[row["reference"]].reference in page.content.decode()
    assert kept().state == UploadState.DONE
    assert not bytes(kept().sealed_file) and not bytes(kept().sealed_findings)


def test_faults_stand_on_the_page_and_nothing_comes_in(client, cast):
    data = b"reference,family_name,entry_date,sex\nA,Nur,31.02.2016,d\nB,Said,2016-04-01,f\n"
    page = upload(client, cast.lehmann, data).content.decode()
    for words in ("entry_date", "31.02.2016", "29.02.2016", "f, m, nb"):
        assert words in page
    run(client)
    assert not Participation.objects.exists() and not ImportBatch.objects.exists()
    assert kept().state == UploadState.CHECKED
    narrowed = client.get(f"{PAGE}{kept().key}/", {"column": "sex"}).content.decode()
    assert "f, m, nb" in narrowed and "29.02.2016" not in narrowed


def test_a_second_click_imports_nothing_twice(client, cast):
    upload(client, cast.lehmann, GOLDEN.read_bytes())
    run(client)
    run(client)
    assert Participation.objects.count() == 8 and ImportBatch.objects.count() == 1


def test_the_same_form_twice_keeps_one_file(client, cast):
    key = str(uuid.uuid4())
    upload(client, cast.lehmann, GOLDEN.read_bytes(), form_key=key)
    upload(client, cast.lehmann, GOLDEN.read_bytes(), form_key=key)
    assert ImportUpload.objects.count() == 1


def test_numbers_that_were_used_after_the_review_stop_the_import(client, cast):
    upload(client, cast.lehmann, GOLDEN.read_bytes())
    make_participant(cast.vogel, external_reference="P5")
    page = run(client).content.decode()
    assert Participation.objects.count() == 1 and not ImportBatch.objects.exists()
    assert "P5" in page and kept().faults == 1


def test_a_file_is_its_uploaders_alone(client, cast):
    upload(client, cast.lehmann, GOLDEN.read_bytes())
    address = f"{PAGE}{kept().key}/"
    for user, status in ((cast.vogel, 404), (cast.weber, 404), (cast.hoffmann, 403), (cast.krause, 403)):
        client.force_login(user)
        assert client.get(address).status_code == status
        assert [client.post(f"{address}{name}/").status_code for name in ("run", "again", "discard")] == [status] * 3
    client.force_login(cast.vogel)
    assert "people.csv" not in client.get(PAGE).content.decode()
    assert not Participation.objects.exists() and ImportUpload.objects.count() == 1


def test_a_file_can_be_discarded(client, cast):
    upload(client, cast.lehmann, GOLDEN.read_bytes())
    assert run(client, "discard").status_code == 200
    assert not ImportUpload.objects.exists()


def test_a_batch_is_seen_by_its_partner(client, cast):
    upload(client, cast.lehmann, GOLDEN.read_bytes())
    run(client)
    address = f"/participants/imports/{ImportBatch.objects.get().reference}/"
    for user, status in ((cast.vogel, 200), (cast.weber, 404), (cast.hoffmann, 403), (cast.berger, 403)):
        client.force_login(user)
        assert client.get(address).status_code == status
        if status != 200:
            assert client.post(f"{address}take-back/").status_code == status
    assert Participation.objects.count() == 8


def test_an_import_is_taken_back_once(client, cast):
    upload(client, cast.lehmann, GOLDEN.read_bytes())
    run(client)
    address = f"/participants/imports/{ImportBatch.objects.get().reference}/take-back/"
    client.force_login(cast.vogel)
    assert client.post(address, follow=True).status_code == 200
    assert not Participation.objects.exists()
    assert client.post(address, follow=True).status_code == 200
    client.force_login(cast.lehmann)
    assert "golden" not in client.get(PAGE).content.decode()


def test_touched_rows_are_named_and_nothing_changes(client, cast):
    upload(client, cast.lehmann, GOLDEN.read_bytes())
    run(client)
    touched = Participation.objects.get(external_reference="P7")
    touched.e_isced = 5
    touched.save()
    page = client.post(f"/participants/imports/{ImportBatch.objects.get().reference}/take-back/")
    assert page.status_code == 409 and page.content.decode().count(touched.reference) >= 2
    assert [row.participation for row in page.context["touched"]] == [touched]
    assert Participation.objects.count() == 8


def test_a_file_that_is_too_large_is_refused_in_a_sentence(client, cast, monkeypatch):
    monkeypatch.setattr("participants.forms.imports.LARGEST_BY_WEB", 100)
    page = upload(client, cast.lehmann, GOLDEN.read_bytes())
    assert page.status_code == 200 and page.context["form"].errors["file"]
    assert not ImportUpload.objects.exists()


def test_a_request_that_is_too_large_is_ended_early(client, cast, settings):
    settings.RESQUE_LARGEST_UPLOAD = 1000
    assert upload(client, cast.lehmann, b"x" * 2000).status_code == 413


def test_forms_without_their_fields_say_so(client, cast):
    client.force_login(cast.lehmann)
    for posted in ({}, {"file": "text"}, {"operation": "x" * 99}, {"operation": "\x00", "form_key": "\x00"}):
        assert client.post(PAGE, posted).status_code == 200
    assert not ImportUpload.objects.exists()


@pytest.mark.parametrize("who", ["hoffmann", "krause", "berger", "seidel"])
def test_roles_without_the_right_are_told_so(client, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}template/").status_code == 403


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_a_file_that_imports(client, cast, kind, monkeypatch):
    monkeypatch.setattr(receiving, "AT_ONCE", 10**6)
    monkeypatch.setattr(receiving, "LINES_AT_ONCE", 10**6)
    client.force_login(cast.lehmann)
    data = client.get(f"{PAGE}template/", {"kind": kind}).content
    page = upload(client, cast.lehmann, data, f"t.{kind}").content.decode()
    assert kept().faults == 1 and kept().rows == 0  # only that it has no rows
    assert "Zeile" in page or "row" in page
    if kind == "xlsx":
        from openpyxl import load_workbook

        first, meanings, codes = load_workbook(io.BytesIO(data)).worksheets
        assert [cell.value for cell in first[1]] == [column.name for column in COLUMNS]
        assert meanings.max_row == len(COLUMNS) + 1 and codes.max_row > 300


def test_somebody_known_is_named_at_the_review(client, cast):
    known = make_participant(cast.vogel, "Al Hassan", "Mohamad")
    hidden = make_participant(cast.weber, "Tesfay", "Yohannes")
    page = upload(client, cast.lehmann, GOLDEN.read_bytes()).content.decode()
    assert known.reference in page and hidden.reference not in page


def queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_pages_cost_the_same_for_three_rows_and_for_thirty(client, cast):
    make_participant(cast.lehmann, "Nur", "")
    counted = []
    for number in (3, 30):
        rows = range(number)
        people = [{"reference": f"{number}-{row}", "family_name": "Nur", "entry_date": "2016-05-01"} for row in rows]
        upload(client, cast.lehmann, file_of(people))
        review = queries(client, f"{PAGE}{kept().key}/")
        run(client)
        batch = queries(client, f"/participants/imports/{ImportBatch.objects.first().reference}/")
        bad = [row | {"sex": "q"} for row in people]
        upload(client, cast.lehmann, file_of(bad))
        faults = queries(client, f"{PAGE}{kept().key}/")
        for _one in range(number):
            ImportBatch.objects.create(
                reference=f"B-{uuid.uuid4().hex[:8]}", partner=cast.daa, operation=Operation.objects.first(),
                file_name="x", rows=1, imported_at=kept().uploaded_at, imported_by=cast.vogel,
            )  # fmt: skip
        counted.append((review, batch, faults, queries(client, PAGE)))
    assert counted[0] == counted[1]
