"""Keeping reports: what is kept, what cannot change, what has changed since and why."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from participants.models import Operation, Person
from participants.operations.answers import enter
from participants.tests.builders import make_participant
from reporting.indicators.counting import tallies
from reporting.indicators.facts import Basis
from reporting.models import KeptRecord, KeptReport, KeptValue, Revision
from reporting.quality.checking import check, open_errors
from reporting.submissions.causes import causes
from reporting.submissions.changes import changes_since, happenings
from reporting.submissions.content import TOTALS, Value, codes_of, comparable, content_of, values_of
from reporting.submissions.reported import records_of, reported_values, reports_of
from reporting.tests import world
from reporting.tests.golden_story import GOLDEN, case_of, live, names_of
from reporting.tests.submitting import Told, keep
from resque.clock import today
from resque.context.acting import acting_as, acting_as_system

pytestmark = pytest.mark.django_db
DAY = date(2017, 1, 31)


def operation() -> Operation:
    return Operation.objects.prefetch_related("extensions").get(code="resque-2.0")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rules", ["2014", "2021"])
def test_values_are_what_the_page_counts_and_each_has_its_records(cast, seed, rules):
    world.build(cast, seed)
    basis = Basis(operation(), rules)
    for day in (date(2016, 6, 30), DAY):
        with acting_as(cast.hoffmann):
            content = content_of(basis, day)
            (tally,) = tallies(basis, [day])
        counted, told = comparable(values_of(tally)), comparable(content.values)
        assert {code: told[code] for code in counted} == counted
        assert list(content.values) == codes_of(rules)
        for code in TOTALS:
            assert content.values[code].total == sum(code in one.codes for one in content.records.values()), code
    assert any(value.total for value in content.values.values())


# --- Script D, steps 11 to 13


FIRST, SECOND = date(2016, 12, 31), date(2017, 6, 30)


def test_the_story_of_the_half_yearly_report(cast, client):
    """Frozen with CR04 = 2; half a year later it is 1, and the return of P8 must be told before the next report."""
    seen = {}

    def at_check(day: date) -> None:
        if day == date(2017, 2, 6):
            seen["first"] = keep(cast.hoffmann, FIRST)
            return
        basis = Basis(operation(), "2014")
        eight = case_of("P8").reference
        with acting_as(cast.hoffmann):
            assert [hit.rule.id for hit in check(basis, day, cast.hoffmann)] == ["E11", "A24"]
            changes = {one.code: one for one in changes_since(basis)}
            assert set(changes) == {"CR04", "CR05", "EXITED", "STOCK", "INTEGRATED_B"}
            changed = changes["CR04"]
            assert (changed.told, changed.now) == (Value(m=2, total=2), Value(m=1, total=1))
            assert (changed.left, changed.joined) == ((eight,), ())
            assert changes["STOCK"].joined == (eight,)
            (happening,) = happenings(changes.values())
            assert happening.references == (eight,)
            assert causes(basis, {seen["first"]: [eight]})[seen["first"].pk] == {
                eight: "Wiedereintritt nach dem Austritt am 31.03.2016; erneut ausgetreten am 31.05.2017"
            }
        client.force_login(cast.hoffmann)
        page = client.get("/reporting/indicators/?date=2017-06-30&since=2016-12-31")
        lines = {line.code: line for group in page.context["groups"] for line in group.lines}
        assert [number.value for number in lines["CR04"].numbers] == [0, 1, 1, 0, -1, -1]
        assert [one for one, _cause in lines["CR04"].gone.records] == [eight] and "−1" in page.content.decode()
        with pytest.raises(ValidationError) as fault:
            keep(cast.hoffmann, SECOND)
        (words,) = fault.value.messages
        assert "CR04" in words and "31.12.2016" in words
        assert KeptReport.objects.count() == 1
        reasons = {one.key: "Wiedereintritt P8" for one in changes.values()}
        seen["second"] = keep(cast.hoffmann, SECOND, reasons)
        with acting_as(cast.hoffmann):
            assert changes_since(basis) == []
            assert [hit.rule.id for hit in check(basis, day, cast.hoffmann)] == ["E11"]

    with acting_as_system("the golden story"):
        live(cast.lehmann, at_check)
    first, second = seen["first"], seen["second"]
    with acting_as(cast.hoffmann):
        told = reported_values([first, second])
        for report, column in ((first, "ref_2016_12_31"), (second, "ref_2017_06_30")):
            for code, expected in GOLDEN[column]["indicators"].items():
                value = told[report.pk][code]
                assert (value.m, value.f, value.total) == (expected["m"], expected["f"], expected["total"]), code
                kept = [number for number, one in records_of([report])[report.pk].items() if code in one.codes]
                assert names_of(kept) == expected["who"], code
            summary = GOLDEN[column]["summary"]
            assert told[report.pk]["GRAND_TOTAL"].total == summary["grand_total"]
            assert told[report.pk]["EXITED"].total == summary["exited"]
    assert told[second.pk]["CR04"] - told[first.pk]["CR04"] == Value(m=-1, total=-1)
    revised = Revision.objects.get(code="CR04")
    assert (revised.report, revised.of, revised.total, revised.reason) == (second, first, 1, "Wiedereintritt P8")
    assert (first.kept_on, second.kept_on) == (date(2017, 2, 6), date(2017, 7, 31))
    assert first.kept_by == cast.hoffmann
    assert KeptValue.objects.get(report=first, code="ERRORS").total == 1


# --- rules that compare with the last report


CAME, WENT = date(2016, 3, 1), date(2016, 6, 30)
FOLLOWED = {"f_status": "employed", "f_refers_to": date(2016, 12, 30), "f_improved": False}
GONE = {
    "entry_date": CAME, "entry_form_on": CAME, "exit_date": WENT, "exit_reason": "ZIEL", "x_observed": WENT,
    "x_status": "inactive", "x_in_edu": False, "x_job_search": False, "contact_consent": True, **FOLLOWED,
}  # fmt: skip
EMPLOYED, OLD = {"e_status": "employed"}, {"birth_date": date(1959, 5, 5)}
# Rule: answers that make the result reported, the correction that makes it wrong, the answer that the hit leads to.
CLAIMED = {
    "X08": ({"x_job_search": True}, EMPLOYED, "x_job_search"),
    "X09": ({"x_in_edu": True}, {"e_in_edu": True}, "x_in_edu"),
    "X10": ({"x_status": "employed"}, EMPLOYED, "x_status"),
    "F03": ({}, EMPLOYED, "f_status"),
    "F04": (EMPLOYED | {"f_improved": True}, {"e_status": "inactive"}, "f_improved"),
    "F05": (OLD, {"birth_date": date(1990, 5, 5)}, "f_status"),
}


@pytest.mark.parametrize("rule", CLAIMED)
@pytest.mark.parametrize("rules", ["2014", "2021"])
def test_a_reported_result_that_can_no_longer_be_right(cast, client, rule, rules):
    answers, correction, field = CLAIMED[rule]
    case, beside = (make_participant(cast.lehmann, name, **world.COMPLETE | GONE | answers) for name in ("A", "B"))

    def correct() -> None:
        if "birth_date" in correction:
            Person.objects.filter(pk=case.person_id).update(**correction)
        else:
            enter(by=cast.lehmann, participation=case, answers=correction)

    def hits(user) -> list[tuple[str, str]]:
        with acting_as(user):
            found = check(Basis(operation(), rules), date(2017, 2, 6), user)
        return [(hit.rule.id, hit.reference) for hit in found if hit.rule.id in CLAIMED]

    assert hits(cast.lehmann) == []
    keep(cast.hoffmann, FIRST, rules=rules)
    assert hits(cast.lehmann) == []
    correct()
    expected = [] if (rule, rules) == ("F05", "2021") else [(rule, case.reference)]
    for user in (cast.lehmann, cast.hoffmann):
        assert [one for one in hits(user) if one[0] == rule] == expected, user
    assert beside.reference not in {reference for _rule, reference in hits(cast.lehmann)}
    assert hits(cast.weber) == []
    if expected and rules == "2014":
        client.force_login(cast.lehmann)
        page = client.get(f"/reporting/quality/?rule={rule}").context
        (line,) = [line for group in page["groups"] for one in group.rules for line in one.lines]
        assert f"/{case.reference}/" in line.url and line.url.endswith(f"#div_id_{field}")
        person = client.get(f"/participants/{case.reference}/").context
        assert rule in [one.id for one in person["violations"]]


def test_without_a_report_nothing_is_claimed(cast):
    case = make_participant(cast.lehmann, **world.COMPLETE | GONE | {"x_job_search": True})
    enter(by=cast.lehmann, participation=case, answers=EMPLOYED)
    with acting_as(cast.lehmann):
        found = check(Basis(operation(), "2014"), date(2017, 2, 6), cast.lehmann)
    assert not {hit.rule.id for hit in found} & set(CLAIMED)


def test_the_last_report_decides_and_only_from_its_day_on(cast):
    case = make_participant(cast.lehmann, **world.COMPLETE | GONE | {"x_job_search": True})
    keep(cast.hoffmann, FIRST)
    enter(by=cast.lehmann, participation=case, answers=EMPLOYED)
    basis = Basis(operation(), "2014")

    def fires(on: date) -> bool:
        with acting_as(cast.lehmann):
            return "X08" in {hit.rule.id for hit in check(basis, on, cast.lehmann)}

    assert fires(date(2017, 2, 6)) and not fires(date(2017, 2, 5))
    keep(cast.hoffmann, DAY, Told("Status berichtigt"))
    assert not fires(date(2017, 2, 6))


def test_a24_speaks_until_the_reason_is_given_and_when_it_changes_once_more(cast):
    case = make_participant(cast.lehmann, **world.COMPLETE | GONE)
    basis = Basis(operation(), "2014")

    def fires() -> bool:
        with acting_as(cast.hoffmann):
            return "A24" in {hit.rule.id for hit in check(basis, date(2017, 2, 6), cast.hoffmann)}

    keep(cast.hoffmann, FIRST)
    assert not fires()
    make_participant(cast.lehmann, "Später", **world.COMPLETE | {"entry_date": date(2017, 1, 1)})
    assert not fires()  # the day after the reference date: another period
    enter(by=cast.lehmann, participation=case, answers={"sex": "m"})
    assert fires()
    keep(cast.hoffmann, DAY, Told("Geschlecht berichtigt"))
    assert not fires()
    enter(by=cast.lehmann, participation=case, answers={"sex": "f"})
    assert fires()


# --- what nobody can change


def _attempts() -> list[str]:
    return [
        f"update {table} set {column} = {value}" for table, column, value in (
            ("reporting_keptreport", "until", "'2017-01-01'"), ("reporting_keptvalue", "total", "7"),
            ("reporting_keptrecord", "reference", "'R-22222'"), ("reporting_revision", "reason", "'x'"),
        )
    ] + [f"delete from {table}" for table in TABLES]  # fmt: skip


TABLES = ("reporting_revision", "reporting_keptvalue", "reporting_keptrecord", "reporting_keptreport")


@pytest.fixture
def told_twice(cast) -> KeptReport:
    case = make_participant(cast.lehmann, **world.COMPLETE | GONE)
    keep(cast.hoffmann, FIRST)
    enter(by=cast.lehmann, participation=case, answers={"sex": "m"})
    return keep(cast.hoffmann, DAY, Told("Geschlecht berichtigt"))


def test_not_even_the_owner_changes_a_kept_report(cast, told_twice):
    for statement in _attempts():
        with (
            pytest.raises(DatabaseError, match="Cannot update or delete"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        told_twice.save()


@pytest.mark.parametrize("who", ["hoffmann", "lehmann", "seidel", None])
def test_the_application_has_no_right_to_try(cast, told_twice, app_role, who):
    with acting_as(getattr(cast, who)) if who else acting_as_system("a planted fault"):
        for statement in _attempts():
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


def test_nothing_is_added_to_a_report_later(cast, told_twice, app_role):
    """The database lets rows in only beside their report, in its transaction: that of this test, so it is made older."""
    row = {"m": 0, "f": 0, "nb": 0, "total": 0}
    with connection.cursor() as cursor:
        cursor.execute("reset role")
    old = KeptReport.objects.create(
        **{f.name: getattr(told_twice, f.name) for f in KeptReport._meta.concrete_fields if f.name not in ("id", "kept_at", "reference")},
        reference="M-22222", kept_at=timezone.now() - timedelta(seconds=1),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("set local role resque_app")
    with acting_as(cast.hoffmann):
        KeptValue.objects.create(report=told_twice, code="NEW", **row)  # the same transaction as its report
        for add in (
            lambda: KeptValue.objects.create(report=old, code="NEW", **row),
            lambda: KeptRecord.objects.create(report=old, reference="R-22222", special=False, codes=["CO01"]),
            lambda: Revision.objects.create(report=old, of=told_twice, code="CO01", reason="x", **row),
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                add()
    with acting_as(cast.lehmann), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        KeptValue.objects.create(report=told_twice, code="MINE", **row)


def test_workers_read_of_own_records_what_no_special_answer_decided(cast, told_twice, app_role):
    with acting_as(cast.lehmann):
        assert set(KeptRecord.objects.values_list("special", flat=True)) == {False}
        assert not KeptValue.objects.exists() and not Revision.objects.exists()
    with acting_as(cast.weber):
        assert not KeptRecord.objects.exists()
    for stranger in (cast.krause, cast.berger, cast.seidel):
        with acting_as(stranger):
            assert not KeptReport.objects.exists() and not KeptRecord.objects.exists()


# --- keeping


def test_what_is_kept_already_is_kept_once(cast):
    make_participant(cast.lehmann, **world.COMPLETE | GONE)
    first = keep(cast.hoffmann, FIRST)
    assert keep(cast.hoffmann, FIRST) == first and KeptReport.objects.count() == 1
    make_participant(cast.lehmann, "Spät", **world.COMPLETE | {"entry_date": date(2016, 12, 30)})
    with pytest.raises(ValidationError, match="Gesamtzahl"):
        keep(cast.hoffmann, FIRST)
    second = keep(cast.hoffmann, FIRST, Told("nacherfasst"))
    with acting_as(cast.hoffmann):
        basis = Basis(operation(), "2014")
        assert [one.pk for one in reports_of(basis)] == [second.pk] and changes_since(basis) == []


@pytest.mark.parametrize("until", [date(2015, 6, 30), date(2017, 2, 7)])
def test_days_of_which_nothing_can_be_reported(cast, until):
    with pytest.raises(ValidationError) as fault:
        keep(cast.hoffmann, until)
    assert list(fault.value.message_dict) == ["until"] and "01.07.2015 bis 06.02.2017" in fault.value.messages[0]
    for edge in (date(2015, 7, 1), date(2017, 2, 6)):
        keep(cast.hoffmann, edge)


def test_the_checksum_tells_a_changed_value(cast, told_twice):
    with acting_as(cast.hoffmann):
        content = content_of(Basis(operation(), "2014"), DAY)
    assert content.checksum == told_twice.checksum
    content.records[next(iter(content.records))].codes.append("CO99")
    assert content.checksum != told_twice.checksum


def test_of_too_many_records_no_errors_are_counted(client, cast, monkeypatch):
    case = make_participant(cast.lehmann)
    enter(by=cast.lehmann, participation=case, answers={"entry_date": date(2017, 1, 9)}, version=case.version)
    basis = Basis(operation(), "2014")
    with acting_as(cast.hoffmann):
        assert open_errors(basis, cast.hoffmann) == [
            hit for hit in check(basis, today(), cast.hoffmann) if hit.rule.blocks
        ]
        monkeypatch.setattr("reporting.quality.checking.AT_ONCE", 0)
        assert open_errors(basis, cast.hoffmann) is None
        report = keep(cast.hoffmann, DAY)
    assert not KeptValue.objects.filter(report=report, code="ERRORS").exists()
    client.force_login(cast.hoffmann)
    for address in ("/reporting/submissions/new/", f"/reporting/submissions/{report.reference}/"):
        assert "zu viele Datensätze" in client.get(address).content.decode().replace("Zu viele", "zu viele")
