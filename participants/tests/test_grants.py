"""Operations: the end as decided on a day, extensions, settings, and who keeps them."""

import random
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from participants.models import Operation, OperationExtension
from participants.operations.grants import change_operation, note_extension, take_back_extension
from participants.operations.stations import refuse_anonymously
from participants.queries.grants import ends_of
from participants.sql import work_between
from participants.tests.builders import make_participant
from participants.tests.test_views_person import NASTY, form_data
from resque.accounts.access import NotAllowedHere
from resque.audit.models import AccessEntry
from resque.clock import moved_to
from resque.context.acting import acting_as
from resque.locking import StaleRecord

pytestmark = pytest.mark.django_db
CODE, PAGE = "resque-2.0", "/operations/resque-2.0/"


@pytest.fixture
def operation(db):
    OperationExtension.objects.filter(operation__code=CODE).delete()
    return Operation.objects.get(code=CODE)


def test_an_extension_counts_from_the_day_of_its_decision(cast, operation):
    with moved_to(date(2019, 7, 1)):
        note_extension(
            by=cast.hoffmann, operation=operation, end=date(2020, 12, 31), decided_on=date(2019, 7, 1), source="IvAF 7"
        )
        assert operation.end_on(date(2019, 6, 30)) == date(2019, 6, 30)
        assert operation.end_on(date(2019, 7, 1)) == date(2020, 12, 31)
    with moved_to(date(2019, 6, 30)):
        first, second = ends_of(Operation.objects.get(code=CODE))
        assert (first.holds, second.holds, second.counts) == (True, False, False)
    with moved_to(date(2019, 7, 1)):
        first, second = ends_of(Operation.objects.get(code=CODE))
        assert (first.holds, second.holds, second.counts) == (False, True, True)


@pytest.mark.parametrize(
    ("end", "decided_on", "field"),
    [
        (date(2020, 12, 31), date(2017, 2, 7), "decided_on"),
        (date(2020, 12, 31), date(2015, 6, 30), "decided_on"),
        (date(2020, 12, 31), None, "decided_on"),
        (date(2019, 6, 30), date(2017, 2, 6), "end"),
        (date(2018, 1, 1), date(2017, 2, 6), "end"),
        (date(2030, 1, 1), date(2017, 2, 6), "end"),
        (None, date(2017, 2, 6), "end"),
    ],
)
def test_what_is_no_extension_is_refused(cast, operation, end, decided_on, field):
    with pytest.raises(ValidationError) as fault:
        note_extension(by=cast.hoffmann, operation=operation, end=end, decided_on=decided_on)
    assert list(fault.value.error_dict) == [field] and not operation.extensions.exists()


def test_a_forgotten_extension_is_noted_behind_a_later_one(cast, operation):
    with moved_to(date(2020, 8, 1)):
        note_extension(by=cast.hoffmann, operation=operation, end=date(2022, 9, 30), decided_on=date(2020, 7, 1))
        note_extension(by=cast.seidel, operation=operation, end=date(2020, 12, 31), decided_on=date(2019, 7, 1))
        assert [row.end.year for row in ends_of(operation)] == [2019, 2020, 2022]
        assert [row.holds for row in ends_of(operation)] == [False, False, True]
        later = OperationExtension.objects.get(end=date(2022, 9, 30))
        for _time in range(2):
            take_back_extension(by=cast.hoffmann, operation=operation, extension=later.pk)
        assert Operation.objects.get(code=CODE).end_on(date(2020, 8, 1)) == date(2020, 12, 31)
    assert AccessEntry.objects.filter(kind="operation", reference=CODE).count() == 3


def test_settings_are_locked_checked_and_audited(cast, operation):
    kept = {"by": cast.seidel, "operation": operation}
    changed = change_operation(**kept, version=1, small_contact_hours=10, entities={"CO20": 3, "CO21": None})
    assert (changed.version, changed.entities, changed.small_contact_hours) == (2, {"CO20": 3}, 10)
    with pytest.raises(StaleRecord):
        change_operation(**kept, version=1, name="x")
    assert change_operation(**kept, version=2, entities={"CO20": 3}).version == 2  # nothing changes
    assert change_operation(**kept, version=2, entities={"CO20": None}).entities == {}
    for settings, field in (
        ({"name": " "}, "name"), ({"rules": "1999"}, "rules"), ({"small_contact_hours": 0}, "small_contact_hours"),
        ({"first_planned_end": date(2015, 7, 1)}, "first_planned_end"), ({"start": None}, "start"),
        ({"first_planned_end": date(2099, 1, 1)}, "first_planned_end"),
        ({"entities": {"CO20": -1}}, "CO20"), ({"entities": {"CO22": 100_001}}, "CO22"),
        ({"entities": {"CO22": True}}, "CO22"),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as fault:
            change_operation(**kept, version=None, **settings)
        assert list(fault.value.error_dict) == [field]
    with pytest.raises(ValueError, match="CO23"):
        change_operation(**kept, version=None, entities={"CO23": 1})
    Operation.objects.filter(pk=operation.pk).update(entities={"CO23": 4})
    assert change_operation(**kept, version=None, entities={"CO22": 1}).entities == {"CO22": 1, "CO23": 4}


def test_the_start_does_not_move_behind_what_was_done(cast, operation):
    make_participant(cast.lehmann, entry_date=date(2016, 4, 12))
    kept = {"by": cast.hoffmann, "operation": operation, "version": None}
    with acting_as(cast.hoffmann):
        for start in (date(2018, 1, 1), date(2016, 4, 13)):
            with pytest.raises(ValidationError) as fault:
                change_operation(**kept, start=start)
            assert list(fault.value.error_dict) == ["start"]
        assert change_operation(**kept, start=date(2016, 4, 12)).start == date(2016, 4, 12)
        assert change_operation(**kept, start=date(2015, 6, 1), name="Neu").name == "Neu"


def test_who_sees_no_record_cannot_move_the_start_behind_one(cast, operation, app_role_for):
    """Row-level security hides entries from the system administrator; the database answers yes or no."""
    make_participant(cast.lehmann, entry_date=date(2016, 4, 12))
    refuse_anonymously(by=cast.weber, operation=operation, partner=cast.caritas, day=date(2016, 2, 1))

    def move(by, start):
        change_operation(by=by, operation=operation, version=None, start=start)

    for user in (cast.seidel, cast.hoffmann):
        for start in (date(2016, 4, 13), date(2016, 2, 2)):
            with pytest.raises(ValidationError) as fault:
                app_role_for(lambda by, start=start: move(by, start), user)
            assert list(fault.value.error_dict) == ["start"]
    entered = (operation.pk, date(2016, 4, 12), date(2016, 4, 12))
    accounts = (cast.seidel, cast.hoffmann, cast.lehmann, cast.krause, cast.berger)
    told = [app_role_for(lambda by: work_between(*entered), user) for user in accounts]
    assert told == [True, True, False, False, False]
    app_role_for(lambda by: move(by, date(2016, 2, 1)), cast.seidel)
    assert Operation.objects.get(code=CODE).start == date(2016, 2, 1)


def test_only_who_keeps_operations_writes(cast, operation):
    for user in (cast.lehmann, cast.krause, cast.berger):
        with pytest.raises(NotAllowedHere):
            change_operation(by=user, operation=operation, version=None, name="x")
        with pytest.raises(NotAllowedHere):
            note_extension(by=user, operation=operation, end=date(2020, 1, 1), decided_on=date(2017, 2, 6))
        with pytest.raises(NotAllowedHere):
            take_back_extension(by=user, operation=operation, extension=1)


def test_the_database_lets_them_write_and_keeps_the_history(cast, operation, app_role_for):
    for user, name in ((cast.hoffmann, "RESQUE zwei"), (cast.seidel, "RESQUE 2.0 neu")):
        app_role_for(lambda by, name=name: change_operation(by=by, operation=operation, version=None, name=name), user)
        row = app_role_for(
            lambda by: note_extension(by=by, operation=operation, end=date(2020, 1, 1), decided_on=date(2017, 2, 6)),
            user,
        )
        app_role_for(lambda by, row=row: take_back_extension(by=by, operation=operation, extension=row.pk), user)
    events = apps.get_model("participants.OperationEvent").objects.filter(pgh_label="update").order_by("pgh_id")
    assert list(events.values_list("name", flat=True)) == ["RESQUE zwei", "RESQUE 2.0 neu"]


def test_pages_by_role(client, cast):
    for user, reads, manages in (
        (cast.hoffmann, 200, True), (cast.seidel, 200, True), (cast.lehmann, 200, False), (cast.krause, 200, False),
        (cast.berger, 403, False),
    ):  # fmt: skip
        client.force_login(user)
        assert client.get("/operations/").status_code == reads
        answer = client.get(PAGE)
        assert answer.status_code == reads
        if reads == 200:
            page = answer.content.decode()
            assert "30.06.2019" in page and "CO23" in page
            assert ("extensions/" in page) == manages
        assert client.get(f"{PAGE}settings/").status_code == (200 if manages else 403)
        for part in ("settings/", "extensions/", "extensions/take-back/"):
            assert (client.post(PAGE + part).status_code == 403) != manages
    client.force_login(cast.hoffmann)
    assert client.get("/operations/nothing/").status_code == 404


def test_an_extension_and_settings_in_the_browser(client, cast, operation):
    client.force_login(cast.hoffmann)
    data = form_data(client.get(PAGE).context["form"]) | {"end": "31.12.2020", "decided_on": "07.02.2017"}
    early = client.post(f"{PAGE}extensions/", data)
    assert early.context["form"].errors.keys() == {"decided_on"}
    for _time in range(2):
        assert client.post(f"{PAGE}extensions/", data | {"decided_on": "06.02.2017"}).status_code == 302
    assert operation.extensions.count() == 1
    key = operation.extensions.get().pk
    for _time in range(2):
        assert client.post(f"{PAGE}extensions/take-back/", {"extension": key}).status_code == 302
    assert not operation.extensions.exists()
    data = form_data(client.get(f"{PAGE}settings/").context["form"]) | {"CO20": "2", "accepts_entries": ""}
    assert client.post(f"{PAGE}settings/", data).status_code == 302
    stored = Operation.objects.get(code=CODE)
    assert (stored.entities, stored.accepts_entries) == ({"CO20": 2}, False)


def test_settings_that_somebody_saved_in_between_stand_beside_the_typed_ones(client, cast, operation):
    client.force_login(cast.hoffmann)
    data = form_data(client.get(f"{PAGE}settings/").context["form"]) | {"CO20": "2", "accepts_entries": ""}
    with acting_as(cast.seidel):
        theirs = {"entities": {"CO20": 7, "CO22": 1}, "small_contact_hours": 10}
        change_operation(by=cast.seidel, operation=operation, version=1, **theirs)
    beside = client.post(f"{PAGE}settings/", data)
    assert beside.status_code == 409
    found = {one.name: (one.mine, one.theirs) for one in beside.context["differences"]}
    assert found == {
        "small_contact_hours": ("8", "10"), "accepts_entries": ("nein", "ja"), "CO20": ("2", "7"), "CO22": ("–", "1"),
    }  # fmt: skip
    assert "Seidel" in beside.content.decode()
    chosen = dict(beside.context["carried"]) | {
        "version": beside.context["version"], "form_key": beside.context["form_key"],
        "pick_small_contact_hours": "theirs", "pick_CO22": "theirs", "pick_CO20": "mine", "pick_accepts_entries": "mine",
    }  # fmt: skip
    assert client.post(f"{PAGE}settings/", chosen).status_code == 302
    stored = Operation.objects.get(code=CODE)
    assert stored.entities == {"CO20": 2, "CO22": 1}
    assert (stored.small_contact_hours, stored.accepts_entries) == (10, False)


def test_the_new_period_counts_organisations_from_the_register_only(client, cast, operation):
    Operation.objects.filter(pk=operation.pk).update(rules="2021")
    client.force_login(cast.hoffmann)
    page = client.get(PAGE).content.decode()
    assert "EECO18" in page and "CO20" not in page.replace("EECO", "")
    assert "CO20" not in client.get(f"{PAGE}settings/").context["form"].fields


@pytest.mark.parametrize("part", ["settings/", "extensions/", "extensions/take-back/"])
def test_nothing_that_is_sent_breaks_it(client, cast, part):
    client.force_login(cast.seidel)
    source = random.Random(part)
    names = (
        "name", "start", "first_planned_end", "rules", "small_contact_hours", "household_questions", "accepts_entries",
        "CO20", "CO21", "CO22", "version", "form_key", "end", "decided_on", "source", "extension",
    )  # fmt: skip
    for _number in range(40):
        posted = {name: source.choice(NASTY) for name in names if source.random() < 0.6}
        assert client.post(PAGE + part, posted).status_code in (200, 302)
