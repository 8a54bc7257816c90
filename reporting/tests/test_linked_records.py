"""Records that partners have linked are one human in every indicator; the earliest complete one speaks for it."""

from datetime import date

import pytest

from participants.models import Operation, Person
from participants.tests.builders import make_participant
from reporting.indicators.counting import tallies
from reporting.indicators.facts import Basis
from reporting.tests.world import COMPLETE
from resque.context.acting import acting_as

pytestmark = pytest.mark.django_db
DAY = date(2017, 1, 31)


def _tally(cast, *, who="hoffmann", partner=None):
    with acting_as(getattr(cast, who)):
        basis = Basis(Operation.objects.get(code="resque-2.0"), "2014", partner=partner, special=who == "hoffmann")
        return tallies(basis, [DAY])[0]


def _linked(*cases, cluster: int = 7):
    Person.objects.filter(pk__in=[case.person_id for case in cases]).update(cluster_id=cluster)


def test_the_earliest_complete_record_speaks(cast, request):
    late = make_participant(cast.lehmann, "A", **COMPLETE, entry_date=date(2016, 11, 1))
    early = make_participant(
        cast.weber, "B", **COMPLETE | {"e_status": "employed", "sex": "m"}, entry_date=date(2016, 5, 2)
    )
    first_but_open = make_participant(cast.weber, "C", entry_date=date(2016, 1, 4))
    _linked(late, early, first_but_open)
    make_participant(cast.lehmann, "D", **COMPLETE, entry_date=date(2016, 11, 1))
    request.getfixturevalue("app_role")
    tally = _tally(cast)
    assert (tally.complete, tally.grand_total, tally.stock, tally.incomplete) == (2, 2, 2, 0)
    assert (tally.indicators["CO05"].m, tally.indicators["CO05"].total, tally.indicators["CO03"].f) == (1, 1, 1)


def test_of_two_that_came_on_one_day_one_speaks(cast):
    cases = [
        make_participant(worker, "A", **COMPLETE, entry_date=date(2016, 5, 2)) for worker in (cast.lehmann, cast.weber)
    ]
    _linked(*cases)
    assert _tally(cast).complete == 1


def test_whoever_is_kept_by_two_partners_counts_with_both(cast):
    cases = [
        make_participant(worker, "A", **COMPLETE, entry_date=date(2016, 5, 2)) for worker in (cast.lehmann, cast.weber)
    ]
    _linked(*cases)
    for partner in (cast.daa, cast.caritas):
        assert _tally(cast, partner=partner).complete == 1
    assert _tally(cast, who="lehmann", partner=cast.daa).indicators["CO03"].total == 1


@pytest.mark.parametrize("open_one", [0, 1], ids=["first open", "second open"])
def test_whoever_speaks_is_in_the_project_or_has_left(client, cast, open_one):
    left = {"exit_date": date(2016, 12, 1), "exit_reason": "ZIEL"}
    days = (date(2016, 5, 2), date(2016, 11, 1))
    cases = [
        make_participant(worker, "A", **COMPLETE, entry_date=day, **({} if place == open_one else left))
        for place, (worker, day) in enumerate(zip((cast.lehmann, cast.weber), days, strict=True))
    ]
    _linked(*cases)
    tally = _tally(cast)
    assert (tally.complete, tally.stock, tally.exited) == ((1, 1, 0) if open_one == 0 else (1, 0, 1))
    client.force_login(cast.hoffmann)
    for code, number in (("STOCK", tally.stock), ("EXITED", tally.exited)):
        assert len(client.get(f"/reporting/figures/{code}/people/?date={DAY}").context["rows"]) == number
    (row,) = client.get(f"/reporting/figures/GRAND_TOTAL/people/?date={DAY}").context["rows"]
    assert (row.entry, row.exit) == (days[0], None)
