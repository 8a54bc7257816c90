"""Dated histories: what holds today, what held at entry, and who may write it down."""

import random
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from participants.models import Contact, Participation, Residence, ResidenceStatus
from participants.operations.answers import enter
from participants.operations.residence import add_row, correct_row, remove_row
from participants.proposals import work_class_of
from participants.queries import circumstances_of
from participants.queries.person import facts
from participants.tests.builders import make_participant, share_case
from participants.tests.test_views_person import NASTY, form_data
from resque.audit.models import AccessEntry
from resque.clock import moved_to
from resque.locking import StaleRecord

pytestmark = pytest.mark.django_db
ENTRY, TODAY = date(2017, 1, 9), date(2017, 2, 6)


@pytest.fixture
def case(cast):
    return make_participant(
        cast.lehmann, entry_date=ENTRY, residence_status="GEST", residence_clause="ABH", e_work_access="permit"
    )


def add(cast, case, history="status", **said):
    said.setdefault("valid_from", TODAY)
    return add_row(by=cast.lehmann, participation=case, history=history, **said)


def around(cast, case):
    return circumstances_of(Participation.objects.with_names_for(cast.lehmann).get(pk=case.pk), cast.lehmann)


def test_a_later_row_changes_today_and_never_the_entry(cast, case):
    add(cast, case, status="AE_25_2F", clause="GESTATTET")
    now = around(cast, case)
    assert (now.status_now.status, now.status_at_entry.status) == ("AE_25_2F", "GEST")
    assert now.participation.e_work_access == "permit"
    with moved_to(TODAY - timedelta(days=1)):
        assert around(cast, case).status_now.status == "GEST"


def test_the_left_column_says_what_todays_status_means_for_work(cast):
    case = make_participant(
        cast.lehmann, entry_date=ENTRY, residence_status="AE_25_2F", residence_clause="", e_work_access="permit"
    )
    decided = case.get_e_work_access_display()
    assert facts(around(cast, case))["work_access"] == decided
    add(cast, case, status="GEST")
    assert facts(around(cast, case))["work_access"] == work_class_of("GEST") != decided


def test_a_row_between_begin_and_entry_answers_for_the_entry(cast):
    case = make_participant(cast.lehmann, entry_date=ENTRY)
    add(cast, case, status="DUL_A2", clause="ABH", valid_from=date(2016, 5, 1))
    add(cast, case, "place", accommodation="GU", municipality="14713000", valid_from=date(2016, 5, 1))
    found = around(cast, case)
    assert found.status_at_entry.status == "DUL_A2" and found.residence_at_entry.accommodation == "GU"
    assert (found.participation.e_work_access, found.participation.degurba) == ("permit", 1)
    add(cast, case, status="GEST", clause="NEIN", valid_from=ENTRY)
    assert around(cast, case).participation.e_work_access == "forbidden"


def test_a_short_answer_that_somebody_decided_stays(cast):
    case = make_participant(cast.lehmann, entry_date=ENTRY, e_work_access="free", e_rural=True)
    add(cast, case, status="GEST", clause="ABH", valid_from=date(2016, 5, 1))
    add(cast, case, "place", accommodation="GU", valid_from=date(2016, 5, 1))
    stored = Participation.objects.get(pk=case.pk)
    assert (stored.e_work_access, stored.e_rural) == ("free", True)


def test_a_row_ahead_holds_from_its_day(cast, case):
    add(cast, case, "place", accommodation="EIGEN", valid_from=TODAY + timedelta(days=20))
    assert around(cast, case).residence_now is None
    assert Participation.objects.with_accommodation().get(pk=case.pk).accommodation is None
    with moved_to(TODAY + timedelta(days=20)):
        assert around(cast, case).residence_now.accommodation == "EIGEN"
        assert Participation.objects.with_accommodation().get(pk=case.pk).accommodation == "EIGEN"


@pytest.mark.parametrize(
    ("history", "said", "field"),
    [
        ("status", {"status": ""}, "status"),
        ("status", {"status": "NONE_OF_IT"}, "status"),
        ("status", {"status": "GEST", "clause": "NONE_OF_IT"}, "clause"),
        ("status", {"status": "GEST", "valid_from": None}, "valid_from"),
        ("status", {"status": "GEST", "valid_from": TODAY + timedelta(days=367)}, "valid_from"),
        ("status", {"status": "GEST", "valid_from": date(1990, 5, 4)}, "valid_from"),
        ("status", {"status": "GEST", "valid_from": ENTRY}, "valid_from"),
        ("status", {"status": "GEST", "printed_until": TODAY - timedelta(days=1)}, "printed_until"),
        ("status", {"status": "GEST", "seen_on": TODAY + timedelta(days=1)}, "seen_on"),
        ("place", {}, "accommodation"),
        ("place", {"accommodation": "PALACE"}, "accommodation"),
        ("place", {"municipality": "00000000"}, "municipality"),
    ],
)
def test_every_fault_stands_at_its_field_and_stores_nothing(cast, history, said, field):
    case = make_participant(
        cast.lehmann, entry_date=ENTRY, residence_status="GEST", birth_date=date(1990, 5, 5), birth_precision="day"
    )
    before = Participation.objects.get(pk=case.pk).version
    with pytest.raises(ValidationError) as fault:
        add(cast, case, history, **said)
    assert list(fault.value.error_dict) == [field]
    assert (ResidenceStatus.objects.count(), Residence.objects.count()) == (1, 0)
    assert Participation.objects.get(pk=case.pk).version == before


def test_of_two_rows_of_one_day_the_later_one_holds_and_both_can_be_mended(cast, case):
    old = ResidenceStatus.objects.get()
    twin = ResidenceStatus.objects.create(person=case.person, status="DUL_A2", valid_from=old.valid_from)
    assert around(cast, case).status_at_entry == twin
    kept = {"by": cast.lehmann, "participation": case, "history": "status", "version": None}
    correct_row(**kept, row=old.pk, valid_from=old.valid_from, status="BUEMA")
    correct_row(**kept, row=old.pk, valid_from=date(2016, 3, 1))
    with pytest.raises(ValidationError):
        correct_row(**kept, row=old.pk, valid_from=twin.valid_from)
    old.refresh_from_db()
    assert (old.status, old.valid_from) == ("BUEMA", date(2016, 3, 1))


def test_correcting_compares_versions_and_removing_twice_is_no_fault(cast, case):
    row, version = ResidenceStatus.objects.get(), Participation.objects.get().version
    said = {"by": cast.lehmann, "participation": case, "history": "status", "row": row.pk, "valid_from": ENTRY}
    correct_row(**said, version=version, status="DUL_A2")
    with pytest.raises(StaleRecord):
        correct_row(**said, version=version, status="GEST")
    with pytest.raises(StaleRecord):  # the questionnaire that was open shows the old answer
        enter(by=cast.vogel, participation=case, answers={"residence_status": "GEST"}, version=version)
    audited = AccessEntry.objects.count()
    correct_row(**said, version=version + 1, status="DUL_A2")  # nothing changes
    assert AccessEntry.objects.count() == audited
    for _time in range(2):
        remove_row(by=cast.lehmann, participation=case, history="status", row=row.pk)
    assert AccessEntry.objects.count() == audited + 1 and not ResidenceStatus.objects.exists()
    with pytest.raises(ValidationError):
        correct_row(**said, version=None, status="GEST")


def test_a_refuge_is_stored_without_a_place_and_addresses_go(cast, case):
    Contact.objects.create(person=case.person, kind="address", value="Geheime Straße 1")
    Contact.objects.create(person=case.person, kind="phone", value="0341 1")
    row = add(cast, case, "place", accommodation="FSH", municipality="14730070")
    assert row.municipality == "" and [one.kind for one in Contact.objects.all()] == ["phone"]
    enter(by=cast.lehmann, participation=case, answers={"accommodation": "FSH", "municipality": "14730070"})
    enter(by=cast.lehmann, participation=case, answers={"municipality": "14730070"})
    assert around(cast, case).residence_at_entry.municipality == ""


def test_only_the_owner_writes_and_a_foreign_row_is_not_reached(cast, case):
    other = make_participant(cast.weber, entry_date=ENTRY, residence_status="DUL_A2")
    foreign = ResidenceStatus.objects.get(person=other.person)
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    for user in (cast.weber, cast.hoffmann):
        with pytest.raises(Participation.DoesNotExist):
            add_row(by=user, participation=case, history="status", valid_from=TODAY, status="GEST")
        with pytest.raises(Participation.DoesNotExist):
            remove_row(by=user, participation=case, history="status", row=1)
    remove_row(by=cast.lehmann, participation=case, history="status", row=foreign.pk)
    with pytest.raises(ValidationError):
        correct_row(
            by=cast.lehmann, participation=case, history="status", row=foreign.pk, version=None, valid_from=TODAY
        )
    foreign.refresh_from_db()
    assert foreign.valid_from == ENTRY


def test_the_database_lets_the_owner_write_too(cast, case, app_role_for):
    row = app_role_for(lambda by: add_row(by=by, participation=case, history="status", valid_from=TODAY, status="NE_9"),
                       cast.lehmann)  # fmt: skip
    assert row.pk


def address(case, part=""):
    return f"/participants/{case.reference}/residence/{part}"


def sent(form) -> dict:
    return {form.add_prefix(name): value for name, value in form_data(form).items()}


def test_a_double_click_adds_one_row(client, cast, case):
    client.force_login(cast.lehmann)
    form = client.get(address(case)).context["row_forms"]["status"]
    data = sent(form) | {"status-status": "NE_9", "status-valid_from": "01.02.2017"}
    for _time in range(2):
        answer = client.post(address(case, "status/"), data)
        assert answer.status_code == 302 and answer["Location"].endswith("/residence/#status")
    assert ResidenceStatus.objects.filter(status="NE_9").count() == 1


def test_a_row_is_opened_corrected_and_removed_in_the_browser(client, cast, case):
    row = ResidenceStatus.objects.get()
    client.force_login(cast.vogel)
    form = client.get(address(case), {"status": row.pk}).context["form"]
    data = sent(form)
    assert data["status-row"] == str(row.pk)
    wrong = client.post(address(case, "status/"), data | {"status-printed_until": "01.01.2016"})
    assert wrong.context["form"].errors.keys() == {"printed_until"}
    assert client.post(address(case, "status/"), data | {"status-clause": "NEIN"}).status_code == 302
    row.refresh_from_db()
    assert row.clause == "NEIN"
    again = client.post(address(case, "status/"), data | {"status-clause": "BESCH", "status-form_key": ""})
    assert again.status_code == 200 and again.context["form"].non_field_errors()
    row.refresh_from_db()
    assert row.clause == "NEIN"
    for _time in range(2):
        assert client.post(address(case, "status/remove/"), {"row": row.pk}).status_code == 302
    assert not ResidenceStatus.objects.exists()


def test_readers_see_it_and_have_no_buttons(client, cast, case):
    add(cast, case, "place", accommodation="FSH", valid_from=TODAY)
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="services", until=date(2017, 3, 1))
    for user, status in (
        (cast.lehmann, 200), (cast.weber, 200), (cast.hoffmann, 200), (cast.krause, 404), (cast.berger, 404),
        (cast.seidel, 404),
    ):  # fmt: skip
        client.force_login(user)
        answer = client.get(address(case))
        assert answer.status_code == status
        if status == 200:
            page = answer.content.decode()
            assert ("row_forms" in answer.context) == (user == cast.lehmann)
            assert "Aufenthaltsgestattung" in page and "Rechtsberatung" in page
            assert ("Mohamad" in page) == (user == cast.lehmann)


@pytest.mark.parametrize("part", ["status/", "place/", "status/remove/", "place/remove/"])
def test_nothing_that_is_sent_breaks_it(client, cast, case, part):
    client.force_login(cast.lehmann)
    source = random.Random(part)
    names = [f"{history}-{name}" for history in ("status", "place") for name in (
        "row", "version", "form_key", "status", "valid_from", "printed_until", "clause", "seen_on", "accommodation",
        "municipality",
    )]  # fmt: skip
    for _number in range(40):
        posted = {name: source.choice(NASTY) for name in [*names, "row"] if source.random() < 0.6}
        assert client.post(address(case, part), posted).status_code in (200, 302, 404)
    for value in NASTY:
        assert client.get(address(case), {"status": value, "place": value}).status_code == 200
