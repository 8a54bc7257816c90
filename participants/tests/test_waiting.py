"""What waits on a case: the conditions of the database say the same as the next steps on the page of the person."""

from datetime import date

import pytest

from participants.models import Participation
from participants.months import add_months
from participants.queries.circumstances import circumstances_of
from participants.queries.deadlines import deadlines_of
from participants.queries.next_steps import next_steps
from participants.queries.waiting import conditions, latest_exit
from participants.tests.builders import make_participant, share_case
from resque.clock import moved_to

pytestmark = pytest.mark.django_db
LEFT = {"created_on": date(2016, 1, 4), "entry_date": "2016-01-04", "exit_reason": "ARB"}


def meeting(key):
    return set(Participation.objects.filter(conditions()[key].applies()).values_list("pk", flat=True))


def test_papers_wait_where_the_next_step_says_so(cast):
    for until in ("2017-01-01", "2017-02-05", "2017-02-06", "2017-04-07", "2017-04-08", None):
        make_participant(
            cast.lehmann, str(until), residence_status="GEST",
            residence_until=date.fromisoformat(until) if until else None,
        )  # fmt: skip
    make_participant(cast.lehmann, "ohne")
    expired, ending = meeting("papers_expired"), meeting("papers_ending")
    assert (len(expired), len(ending), expired & ending) == (2, 2, set())
    with_papers_step = {
        person.pk
        for person in Participation.objects.visible_to(cast.lehmann).with_names_for(cast.lehmann)
        if any("#id_residence_until" in step["url"] for step in next_steps(circumstances_of(person, cast.lehmann)))
    }
    assert expired | ending == with_papers_step


@pytest.mark.parametrize("today", ["2017-02-27", "2017-02-28", "2017-03-01", "2017-03-02"])
def test_the_follow_up_waits_from_its_day_on(cast, today):
    exits = [date(2016, 8, day) for day in (27, 28, 29, 30, 31)] + [date(2016, 9, 1), date(2016, 9, 2)]
    people = {make_participant(cast.lehmann, str(day), exit_date=day.isoformat(), **LEFT).pk: day for day in exits}
    with moved_to(date.fromisoformat(today)):
        due = {key for key, day in people.items() if add_months(day, 6) <= date.fromisoformat(today)}
        assert meeting("follow_up") == due


def test_the_latest_exit_knows_short_months():
    for offset in range(800):
        due = date.fromordinal(date(2015, 12, 1).toordinal() + offset)
        found = latest_exit(due)
        assert add_months(found, 6) <= due < add_months(date.fromordinal(found.toordinal() + 1), 6)


def test_the_situation_at_exit_waits_until_it_is_entered_or_nobody_was_reached(cast):
    waits = make_participant(cast.lehmann, "offen", exit_date="2017-01-15", **LEFT)
    make_participant(cast.lehmann, "erfasst", exit_date="2017-01-15", x_status="employed", **LEFT)
    make_participant(cast.lehmann, "nicht erreicht", exit_date="2017-01-15", x_unreachable=True, **LEFT)
    assert meeting("exit") == {waits.pk}


def test_missing_answers_wait_from_the_entry_on(cast):
    waits = make_participant(cast.lehmann, "offen", created_on=date(2016, 1, 4), entry_date="2016-01-04")
    make_participant(cast.lehmann, "Kurzkontakt")
    assert meeting("answers") == {waits.pk}


def test_deadlines_are_those_of_the_referent_in_their_order(cast):
    left = make_participant(cast.lehmann, "verbleib", exit_date="2016-08-10", **LEFT)
    papers = make_participant(cast.lehmann, "papiere", residence_status="GEST", residence_until=date(2017, 2, 20))
    minor = make_participant(cast.lehmann, "bald 18", birth_date=date(1999, 2, 7))
    make_participant(cast.lehmann, "spaeter", residence_status="GEST", residence_until=date(2017, 2, 21))
    make_participant(cast.vogel, "fremd", residence_status="GEST", residence_until=date(2017, 2, 20))
    assert [(due.day, due.participation.pk) for due in deadlines_of(cast.lehmann)] == [
        (date(2017, 2, 7), minor.pk), (date(2017, 2, 10), left.pk), (date(2017, 2, 20), papers.pk),
    ]  # fmt: skip


def test_the_filter_of_the_list_takes_only_known_words(client, cast):
    person = make_participant(cast.lehmann, created_on=date(2017, 2, 1))
    share_case(by=cast.lehmann, participation=person, to_partner=cast.caritas, scope="services", until=date(2017, 8, 1))
    for user in (cast.lehmann, cast.weber, cast.hoffmann):
        client.force_login(user)
        for word, rows in (("nonsense", 1), ("quiet", 0), ("a\0", 1)):
            assert len(client.get("/participants/", {"view": "all", "waiting": word}).context["rows"]) == rows, word
        assert client.get("/participants/").content.decode().count("seit über 30 Tagen ohne Kontakt") == 1
