"""Large files beside the server: reading, importing, interruption, and whose rights hold meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from participants.models import SILENCE, ImportBatch, ImportUpload, Operation, Participation, UploadState
from participants.operations import receiving, uploads
from participants.operations.import_tasks import StepFailed, forget_files, read_file, write_file
from participants.operations.receiving import import_upload, read_again, receive_file
from participants.operations.uploads import Overtaken, discard_upload, keep_upload, set_state
from participants.tests.import_files import GOLDEN, file_of
from participants.tests.test_views_import import upload

pytestmark = pytest.mark.django_db
MANY = [
    {"reference": f"N{n}", "family_name": "Nur", "given_name": f"Nr {n}", "entry_date": "2016-05-01"}
    for n in range(250)
]


@pytest.fixture
def large(monkeypatch):
    """Every file is large, so that nothing happens within the request."""
    monkeypatch.setattr(receiving, "AT_ONCE", 0)
    monkeypatch.setattr(receiving, "ROWS_AT_ONCE", 0)


def received(cast, data: bytes = b"") -> ImportUpload:
    operation = Operation.objects.get(code="resque-2.0")
    return receive_file(by=cast.lehmann, operation=operation, data=data or GOLDEN.read_bytes(), file_name="x.csv")


def work(name: str) -> None:
    """Do what the task worker would do with the newest task of this name."""
    waiting = DBTaskResult.objects.filter(task_path__endswith=name).latest("enqueued_at")
    task = {"read_file": read_file, "write_file": write_file}[name]
    task.call(*waiting.args_kwargs["args"], **waiting.args_kwargs["kwargs"])


def test_a_large_file_is_read_and_imported_by_the_worker(cast, large, client):
    kept = received(cast, file_of(MANY))
    client.force_login(cast.lehmann)
    address = f"/participants/import/{kept.key}/"
    assert 'hx-trigger="every 2s"' in client.get(address).content.decode()
    work("read_file")
    kept.refresh_from_db()
    assert (kept.state, kept.rows, kept.faults) == (UploadState.CHECKED, 250, 0)
    client.post(f"{address}run/")
    assert not Participation.objects.exists()
    assert 'hx-trigger="every 2s"' in client.get(address).content.decode()
    work("write_file")
    assert Participation.objects.count() == 250
    assert ImportBatch.objects.get().imported_by == cast.lehmann
    assert client.get(address).status_code == 302
    assert "HX-Redirect" in client.get(address, headers={"HX-Request": "true"}).headers
    work("write_file")  # a task that is delivered twice
    assert Participation.objects.count() == 250 and ImportBatch.objects.count() == 1


def test_faults_are_told_in_the_language_of_the_uploader(cast, large):
    kept = received(cast, b"reference,family_name,entry_date\nA,Nur,31.02.2016\n")
    assert DBTaskResult.objects.filter(task_path__endswith="read_file").get().args_kwargs["args"][2] == "de"
    work("read_file")
    kept.refresh_from_db()
    assert kept.faults == 1


def test_a_step_without_a_sign_of_life_can_be_tried_again(cast, large, client):
    kept = received(cast)
    assert kept.is_running and not kept.is_interrupted
    ImportUpload.objects.update(alive_at=timezone.now() - SILENCE - timedelta(seconds=1))
    client.force_login(cast.lehmann)
    page = client.get(f"/participants/import/{kept.key}/").content.decode()
    assert f"/participants/import/{kept.key}/again/" in page and "every 2s" not in page
    client.post(f"/participants/import/{kept.key}/again/")
    work("read_file")
    kept.refresh_from_db()
    assert (kept.state, kept.faults) == (UploadState.CHECKED, 0)


def test_what_runs_is_not_tried_again(cast, large):
    kept = received(cast)
    read_again(by=cast.lehmann, upload=kept)
    assert DBTaskResult.objects.filter(task_path__endswith="read_file").count() == 1


def test_a_broken_step_says_where_and_repeats_nothing_of_the_file(cast, large, monkeypatch):
    kept = received(cast)

    def broken(**_arguments):
        raise ValueError("Al Hassan, Mohamad")

    monkeypatch.setattr(uploads, "check_for_import", broken)
    with pytest.raises(StepFailed, match="ValueError") as failed:
        work("read_file")
    assert "Hassan" not in str(failed.value) and failed.value.__suppress_context__
    kept.refresh_from_db()
    assert kept.state == UploadState.FAILED and kept.is_interrupted


def test_an_import_that_was_overtaken_leaves_nothing(cast, large, monkeypatch):
    kept = received(cast)
    work("read_file")
    kept.refresh_from_db()
    import_upload(by=cast.lehmann, upload=kept)
    real = uploads.import_file

    def slow(**arguments):
        result = real(**arguments)
        set_state(upload=kept, state=UploadState.WAITING)  # the uploader lost patience and began again
        return result

    monkeypatch.setattr(uploads, "import_file", slow)
    with pytest.raises(StepFailed, match=Overtaken.__name__):
        work("write_file")
    assert not Participation.objects.exists() and not ImportBatch.objects.exists()


def test_a_discarded_file_is_not_imported(cast, large):
    kept = received(cast)
    work("read_file")
    kept.refresh_from_db()
    import_upload(by=cast.lehmann, upload=kept)
    discard_upload(upload=kept)
    work("write_file")
    assert not Participation.objects.exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "partner_admin"}])
def test_an_account_that_lost_the_right_imports_nothing(cast, large, change):
    kept = received(cast)
    work("read_file")
    kept.refresh_from_db()
    import_upload(by=cast.lehmann, upload=kept)
    for name, value in change.items():
        setattr(cast.lehmann, name, value)
    cast.lehmann.save()
    work("write_file")
    assert not Participation.objects.exists()


def test_files_are_forgotten_after_a_day(cast):
    kept = received(cast)
    forget = DBTaskResult.objects.get(task_path__endswith="forget_files")
    assert abs(forget.run_after - kept.expires_at) < timedelta(seconds=1)
    forget_files.call()
    assert ImportUpload.objects.count() == 1
    ImportUpload.objects.update(expires_at=timezone.now())
    assert not ImportUpload.objects.visible_to(cast.lehmann).exists()
    forget_files.call()
    assert not ImportUpload.objects.exists()


def test_a_kept_file_is_sealed(cast):
    keep_upload(by=cast.lehmann, operation=Operation.objects.first(), data=GOLDEN.read_bytes(), file_name="x")
    received(cast)
    for one in ImportUpload.objects.all():
        assert b"Hassan" not in bytes(one.sealed_file) + bytes(one.sealed_findings)


def test_the_database_shows_a_file_to_its_uploader_only(cast, app_role_for):
    received(cast)

    def seen(_user) -> int:
        return ImportUpload.objects.count()

    assert app_role_for(seen, cast.lehmann) == 1
    assert [app_role_for(seen, user) for user in (cast.vogel, cast.weber, cast.hoffmann, cast.seidel)] == [0] * 4


def test_the_application_role_can_do_every_step(cast, client, app_role):
    page = upload(client, cast.lehmann, GOLDEN.read_bytes())
    (waiting,) = client.get("/participants/import/").context["waiting"]
    page = client.post(f"/participants/import/{waiting.key}/run/", follow=True)
    address = page.request["PATH_INFO"]
    assert page.status_code == 200 and len(page.context["page"].object_list) == 8
    assert client.post(f"{address}take-back/", follow=True).status_code == 200
    assert client.get(address).context["batch"].taken_back_at
    upload(client, cast.lehmann, GOLDEN.read_bytes())
    (waiting,) = client.get("/participants/import/").context["waiting"]
    client.post(f"/participants/import/{waiting.key}/discard/")
    assert not client.get("/participants/import/").context["waiting"]
