"""The check over stored records: the golden scenario, and what each reader is told."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from participants.models import Operation, Participation, Person
from participants.operations.answers import enter
from participants.operations.stations import turn_away
from participants.rules import record
from participants.rules.record import ELSEWHERE
from participants.tests.builders import make_participant
from reporting.indicators.facts import Basis
from reporting.quality.checking import check
from reporting.quality.partners import sums_of_partners
from reporting.quality.records import records
from reporting.tests.golden_story import case_of, live
from resque.context.acting import acting_as, acting_as_system
from services.operations.recording import Taking, record_service

ANSWERS = {
    "sex": "f", "birth_date": date(1990, 5, 5), "e_status": "inactive", "e_in_edu": False, "e_isced": 3,
    "entry_date": date(2017, 1, 9), "entry_form_on": date(2017, 1, 9), "contact_consent": True,
}  # fmt: skip


def run(**options) -> list[dict]:
    out = StringIO()
    call_command("check_quality", operation="resque-2.0", format="json", stdout=out, **options)
    return json.loads(out.getvalue())


def test_the_golden_scenario_has_one_hit_on_both_days(cast, app_role):
    checked = []

    def at_check(day: date) -> None:
        (hit,) = run()
        assert hit == run(on=str(day))[0]
        checked.append((day, hit["rule"], hit["severity"], hit["reference"] == case_of("P9").reference))

    with acting_as_system("the golden story"):
        live(cast.lehmann, at_check)
    assert checked == [(date(2017, 2, 6), "E11", "E", True), (date(2017, 7, 31), "E11", "E", True)]


def _ids(basis_rules="2014", user=None, on=date(2017, 2, 6)) -> list[str]:
    basis = Basis(Operation.objects.prefetch_related("extensions").get(code="resque-2.0"), basis_rules)
    with acting_as(user) if user else acting_as_system("check"):
        return [hit.rule.id for hit in check(basis, on, user)]


def test_services_and_outcomes_reach_the_rules(cast):
    case = make_participant(cast.lehmann, **ANSWERS)
    assert _ids() == []
    enter(by=cast.lehmann, participation=case, answers={"entry_form_on": None})
    assert _ids() == []
    for day in (date(2017, 1, 10), date(2017, 1, 11)):
        record_service(by=cast.lehmann, kind="DAA-BT", participants=[Taking(case)], day=day, minutes=240)
    assert _ids() == ["E29"]
    assert _ids(on=date(2017, 1, 10)) == []
    left = {"exit_date": date(2017, 1, 10), "exit_reason": "ZIEL", "x_status": "inactive"}
    enter(by=cast.lehmann, participation=case, answers={"entry_form_on": date(2017, 1, 9), **left})
    assert _ids() == ["X03"]


def test_missed_appointments_and_aftercare_are_no_services_after_the_exit(cast):
    left = {"exit_date": date(2017, 1, 20), "exit_reason": "ZIEL", "x_status": "inactive"}
    case = make_participant(cast.lehmann, **ANSWERS, **left)
    day = date(2017, 1, 30)
    record_service(by=cast.lehmann, kind="DAA-NB", participants=[Taking(case)], day=day, minutes=60)
    record_service(
        by=cast.lehmann, kind="DAA-BER", participants=[Taking(case, status="cancelled")], day=day, minutes=60
    )
    assert _ids() == ["E30"]  # one hour in all


def test_special_answers_need_their_basis(cast):
    special = {"e_migrant": "true"}
    make_participant(cast.lehmann, **ANSWERS, nationality="SYR", special=special)
    assert _ids() == ["E28"]
    assert _ids(user=cast.lehmann) == ["E28"]
    # The coordination is not told what hangs on special answers and permissions of others.
    assert _ids(user=cast.hoffmann) == []


def test_each_reader_is_told_of_visible_records(cast):
    make_participant(cast.lehmann, **ANSWERS | {"e_isced": None})
    make_participant(cast.weber, **ANSWERS | {"sex": ""})
    assert sorted(_ids()) == ["E08", "E11"]
    assert sorted(_ids(user=cast.hoffmann)) == ["E08", "E11"]
    assert _ids(user=cast.lehmann) == ["E11"]
    assert _ids(user=cast.weber) == ["E08"]


def test_the_rules_of_the_other_period(cast):
    make_participant(cast.lehmann, **ANSWERS | {"sex": "nb"})
    assert _ids() == ["E08"]
    assert [hit["rule"] for hit in run(rules="2021")] == []


def test_who_does_not_belong_to_the_target_group_is_not_judged(cast):
    case = make_participant(cast.lehmann, info_given_on=None)
    assert _ids() == ["E27"]
    turn_away(by=cast.lehmann, participation=case)
    assert _ids() == []


def test_the_check_of_many_records_asks_few_queries(cast, django_assert_max_num_queries):
    for _ in range(12):
        make_participant(cast.lehmann, **ANSWERS)
    with django_assert_max_num_queries(45):
        assert _ids() == []


def test_the_table_is_for_people(cast):
    out = StringIO()
    call_command("check_quality", operation="resque-2.0", stdout=out)
    assert out.getvalue().count("\n") == 1
    make_participant(cast.lehmann, **ANSWERS | {"e_isced": None})
    out = StringIO()
    call_command("check_quality", operation="resque-2.0", stdout=out)
    assert out.getvalue().startswith("E11 E R-")


@pytest.mark.parametrize("options", [{"user": "krause"}, {"user": "nobody"}, {"on": "yesterday"}])
def test_what_cannot_be_answered_is_said(cast, options):
    with pytest.raises(CommandError, match=next(iter(options.values()))):
        call_command("check_quality", operation="resque-2.0", **options)


def test_loaded_records_are_those_that_the_page_of_a_person_judges(cast):
    """Bulk loading knows every column that a rule reads, and fills it as models do."""
    left = {"exit_date": date(2017, 1, 20), "exit_reason": "ZIEL", "x_status": "inactive"}
    case = make_participant(cast.lehmann, **ANSWERS, **left, nationality="SYR", special={"e_migrant": "true"})
    record_service(by=cast.lehmann, kind="DAA-BER", participants=[Taking(case)], day=date(2017, 1, 10), minutes=45)
    on, basis = date(2017, 2, 6), Basis(Operation.objects.get(code="resque-2.0"), "2014")
    (loaded,) = records(basis, on)
    case = Participation.objects.select_related("person", "operation").get()
    facts = {name: getattr(loaded, name) for name in ELSEWHERE} | {"e_migrant": "true"}
    made = vars(record(case, facts=facts, today=on))
    assert {name: made[name] for name in vars(loaded) if name != "pk"} == {
        name: value for name, value in vars(loaded).items() if name != "pk"
    }
    assert (loaded.hours, loaded.first_service, loaded.contact_consent) == (0.75, date(2017, 1, 10), True)


def test_sums_of_partners_come_from_the_records(cast):
    make_participant(cast.lehmann, **ANSWERS)
    make_participant(cast.weber, **ANSWERS)
    Person.objects.update(cluster_id=1)
    basis = Basis(Operation.objects.get(code="resque-2.0"), "2014")
    with acting_as_system("check"):
        assert sums_of_partners(basis, date(2017, 2, 6)) == {
            "partner_counts": (1, 1),
            "n_distinct": 1,
            "labelled_as_contacts": True,
        }


def test_the_overview_says_that_lines_of_partners_overlap(cast, client, settings, monkeypatch):
    """The input of rule A23 is what the page really says; without that sentence the rule would fire."""
    make_participant(cast.lehmann, **ANSWERS)
    make_participant(cast.weber, **ANSWERS)
    client.force_login(cast.hoffmann)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get("/reporting/").content.decode()
    assert "A person may stand with two partners" in page
    assert _ids() == []
    Person.objects.update(cluster_id=1)
    monkeypatch.setattr("reporting.quality.partners.SAYS_THAT_LINES_OVERLAP", False)
    assert _ids() == ["A23"]
