"""Taking an import back: everything as before, or nothing changed and the touched rows named."""

from datetime import date

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django_tasks_db.models import DBTaskResult

from participants.models import ImportBatch, Operation, Participation
from participants.operations import taking_back
from participants.operations.answers import enter
from participants.operations.identities import add_spelling
from participants.operations.imports import AlreadyTakenBack, import_file, take_back_import
from participants.tests.builders import make_participant, share_case
from participants.tests.import_files import GOLDEN
from resque.context.acting import acting_as

pytestmark = pytest.mark.django_db
# The log of deeds only grows; the batch stays as the record that it was taken back.
GROWING = {"audit_accessentry", "participants_importbatch"}


@pytest.fixture(autouse=True)
def _no_attempt_of_another_test():
    cache.clear()


def counts() -> dict[str, int]:
    """Return the number of rows of every table of the database."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = sorted(name for (name,) in cursor.fetchall())
        found = {}
        for table in tables:
            cursor.execute(f'select count(*) from "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def imported(cast) -> ImportBatch:
    operation = Operation.objects.get(code="resque-2.0")
    with acting_as(cast.lehmann):
        return import_file(
            by=cast.lehmann, partner=cast.daa, operation=operation, data=GOLDEN.read_bytes(), file_name="golden.csv"
        ).batch


def test_every_table_is_as_before(cast):
    make_participant(cast.lehmann, "Bleibt", "Hier")
    before = counts()
    batch = imported(cast)
    assert counts() != before
    with acting_as(cast.lehmann):
        result = take_back_import(by=cast.lehmann, batch=batch)
    assert (result.removed, result.touched) == (8, [])
    after = counts()
    assert {name: (before[name], after[name]) for name in after if before[name] != after[name] and name not in GROWING} == {}
    assert after["participants_importbatch"] == before["participants_importbatch"] + 1
    with acting_as(cast.lehmann), pytest.raises(AlreadyTakenBack):
        take_back_import(by=cast.lehmann, batch=batch)
    imported(cast)  # the same numbers are free again
    assert Participation.objects.count() == 9


def changed_answer(cast, case):
    enter(by=cast.lehmann, participation=case, answers={"e_isced": 5})


def changed_and_changed_back(cast, case):
    old = case.e_isced
    enter(by=cast.lehmann, participation=case, answers={"e_isced": 5})
    enter(by=cast.lehmann, participation=Participation.objects.get(pk=case.pk), answers={"e_isced": old})


def special_answer(cast, case):
    enter(by=cast.lehmann, participation=case, answers={}, special={"e_minority": "true"})


def spelling(cast, case):
    add_spelling(by=cast.lehmann, participation=case, text="Petrosjan Armen")


def share(cast, case):
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))


def raw_column(cast, case):
    Participation.objects.filter(pk=case.pk).update(e_rural=True)


def name(cast, case):
    case.person.identity.given_name = "Aram"
    case.person.identity.save()


@pytest.mark.parametrize(
    "touch", [changed_answer, changed_and_changed_back, special_answer, spelling, share, raw_column, name]
)
def test_a_touched_row_is_named_and_nothing_changes(cast, touch):
    batch = imported(cast)
    case = Participation.objects.get(external_reference="P7")
    with acting_as(cast.lehmann):
        touch(cast, case)
    before = counts()
    with acting_as(cast.lehmann):
        result = take_back_import(by=cast.lehmann, batch=batch)
    assert result.removed == 0
    assert [(row.line, row.participation) for row in result.touched] == [(6, case)]
    assert counts() == before and ImportBatch.objects.get().taken_back_at is None


def test_every_table_that_hangs_on_people_counts_as_touch(cast):
    """A row in any table that points at a person or a case is a touch: the catalogue finds them, whoever adds one."""
    with connection.cursor() as cursor:
        cursor.execute("select name, key from app_tables_of_people()")
        known = set(cursor.fetchall())
    ours = {"participants.Person", "participants.Participation"}
    for model in apps.get_models():
        # Rows of the import itself, and pairs of similar people: those come and go with the people by themselves.
        if not model._meta.managed or model._meta.label in ("participants.ImportedRow", "participants.PossibleMatch"):
            continue
        for field in model._meta.concrete_fields:
            if field.remote_field and field.db_constraint and field.related_model._meta.label in ours:
                assert (model._meta.db_table, field.column) in known, (model, field.name)


def large_batch(cast, client, monkeypatch) -> str:
    monkeypatch.setattr(taking_back, "ROWS_AT_ONCE", 0)
    client.force_login(cast.lehmann)
    return f"/participants/imports/{imported(cast).reference}/"


def work() -> None:
    waiting = DBTaskResult.objects.get(task_path__endswith="take_back_large")
    taking_back.take_back_large.call(*waiting.args_kwargs["args"])


def test_a_large_import_is_taken_back_by_the_worker(cast, client, monkeypatch):
    address = large_batch(cast, client, monkeypatch)
    for _click in range(2):
        page = client.post(f"{address}take-back/", follow=True)
        assert 'hx-trigger="every 2s"' in page.content.decode()
    assert Participation.objects.count() == 8
    work()
    assert not Participation.objects.exists()
    page = client.get(address).content.decode()
    assert "every 2s" not in page and "take-back/" not in page


def test_the_worker_names_touched_rows_too(cast, client, monkeypatch):
    address = large_batch(cast, client, monkeypatch)
    case = Participation.objects.get(external_reference="P7")
    raw_column(cast, case)
    client.post(f"{address}take-back/")
    work()
    page = client.get(address)
    assert [row.participation for row in page.context["touched"]] == [case]
    assert "take-back/" in page.content.decode() and Participation.objects.count() == 8


def test_a_broken_attempt_can_be_repeated(cast, client, monkeypatch):
    address = large_batch(cast, client, monkeypatch)
    client.post(f"{address}take-back/")
    monkeypatch.setattr(taking_back, "take_back_import", lambda **_arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work()
    assert "take-back/" in client.get(address).content.decode() and Participation.objects.count() == 8
