"""Keeping reports: what is kept, what cannot change, what has changed since and why."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from participants.models import Operation
from reporting.indicators.counting import tallies
from reporting.indicators.facts import Basis
from reporting.models import KeptReport, KeptValue, Revision
from reporting.operations.submissions import freeze_report
from reporting.quality.checking import check
from reporting.submissions.causes import causes
from reporting.submissions.changes import changes_since, happenings
from reporting.submissions.content import TOTALS, Value, codes_of, comparable, content_of, values_of
from reporting.submissions.reported import records_of, reported_values
from reporting.tests import world
from reporting.tests.golden_story import GOLDEN, case_of, live, names_of
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


def _frozen(cast, until: date, **reasons: str) -> KeptReport:
    with acting_as(cast.hoffmann):
        return freeze_report(
            by=cast.hoffmann, operation=operation(), rules="2014", until=until, reasons=reasons.get("told", {})
        )


def test_the_story_of_the_half_yearly_report(cast, client):
    """Frozen with CR04 = 2; half a year later it is 1, and the return of P8 must be told before the next report."""
    seen = {}

    def at_check(day: date) -> None:
        if day == date(2017, 2, 6):
            seen["first"] = _frozen(cast, FIRST)
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
            _frozen(cast, SECOND)
        (words,) = fault.value.messages
        assert "CR04" in words and "31.12.2016" in words
        assert KeptReport.objects.count() == 1
        reasons = {one.key: "Wiedereintritt P8" for one in changes.values()}
        seen["second"] = _frozen(cast, SECOND, told=reasons)
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
