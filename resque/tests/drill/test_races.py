"""Many fingers at once, and a database that is busy, full or gone: a sentence each time, never a fault 500."""

import re
import statistics
import threading
import time
import uuid
from random import Random

from resque.tests.drill.people import CREATE, Answer, Browser, Ledger, intake, new_name
from resque.tests.drill.proof import faults_of


def at_once(deeds) -> list[Answer]:
    """Do everything at the same moment, each in a thread of its own, and return the answers."""
    answers, gate = [], threading.Barrier(len(deeds))

    def run(deed):
        gate.wait()
        answers.append(deed())

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(answers) == len(deeds)
    return answers


def test_six_clicks_at_once_make_one_record_and_one_answer(installation, caseworkers):
    name, key = new_name(Random()), str(uuid.uuid4())
    form = intake(name, key)
    answers = at_once([lambda: caseworkers[0].post(CREATE, **form)] * 6)
    assert {answer.status for answer in answers} == {302}
    assert len({answer.location for answer in answers}) == 1
    assert installation.ask("select count(*) from participants_identity where family_name = %s", name) == [(1,)]
    ledger = Ledger({key: (name, answers[0].record)}, {key: name})
    assert not [fault for fault in faults_of(installation, ledger) if name in fault]


def test_two_browsers_that_create_the_same_person_make_one_record_and_one_possible_match(installation, caseworkers):
    """Two colleagues, two forms, the same moment: the second one is shown whom the first one made."""
    name = new_name(Random())
    forms = [intake(name, str(uuid.uuid4())) for _ in range(2)]
    answers = dict(at_once([lambda i=i: (i, caseworkers[i].post(CREATE, **forms[i])) for i in range(2)]))
    assert sorted(answer.status for answer in answers.values()) == [200, 302]
    records = "select count(*) from participants_identity where family_name = %s"
    pairs = (
        "select count(distinct m.id) from participants_possiblematch m join participants_identity i "
        "on i.person_id in (m.first_id, m.second_id) where m.state = 'open' and i.family_name = %s"
    )
    assert installation.ask(records, name) == [(1,)]
    late = next(place for place, answer in answers.items() if answer.status == 200)
    made = re.search(r"R-\w{5}", answers[1 - late].location)[0]
    assert made in answers[late].text, "the record of the colleague stands there as a possible match"
    # Who insists gets a record of her own, and the pair waits for somebody who looks at both.
    insisting = forms[late] | {"seen": made}
    assert caseworkers[late].post(CREATE, **insisting).status == 302
    assert installation.ask(records, name) == [(2,)]
    assert installation.ask(pairs, name) == [(1,)]


def test_the_answer_of_the_partners_takes_as_long_with_a_match_as_without(installation, caseworkers):
    """A clock on the wall must not tell what the page keeps quiet; the middle of ten questions each."""
    known, unknown = new_name(Random()), new_name(Random())
    caseworkers[2].post(CREATE, **intake(known, str(uuid.uuid4())))
    seconds: dict[str, list[float]] = {known: [], unknown: []}
    for _ in range(10):
        for name in seconds:
            began = time.monotonic()
            answer = caseworkers[0].post("/participants/new/ask/", name=name, year="")
            seconds[name].append(time.monotonic() - began)
            assert 'class="rq-answers"' in answer.text
    with_match, without = (statistics.median(times) for times in seconds.values())
    assert abs(with_match - without) < 0.05, (with_match, without)


def test_two_who_add_the_same_spelling_at_once_make_one(installation, caseworkers):
    name = new_name(Random())
    person = caseworkers[0].post(CREATE, **intake(name, str(uuid.uuid4()))).record
    text = f"{name} at once"
    deeds = [
        lambda: caseworkers[0].post(
            f"{person}identity/spellings/", **{"spelling-text": text, "spelling-form_key": str(uuid.uuid4())}
        )
    ] * 6
    assert {answer.status for answer in at_once(deeds)} == {302}
    assert installation.ask("select count(*) from participants_spelling where text = %s", text) == [(1,)]


def test_another_account_cannot_use_the_key_of_a_form(installation, caseworkers):
    key = str(uuid.uuid4())
    first = caseworkers[0].post(CREATE, **intake(new_name(Random()), key))
    second = caseworkers[2].post(CREATE, **intake(new_name(Random()), key))
    assert first.status == 302
    assert second.status == 302, "to that account it is a form like any other"
    assert second.location != first.location


def test_no_connection_left_is_a_503_that_passes_by_itself(installation, caseworkers):
    with installation.cursor("super") as cursor:
        cursor.execute("alter role resque_app connection limit 1")
        cursor.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'resque_app'")
        try:
            answers = at_once([lambda one=one: one.get("/") for one in caseworkers * 2])
        finally:
            cursor.execute("alter role resque_app connection limit -1")
    assert {answer.status for answer in answers} <= {200, 503}
    refused = [answer for answer in answers if answer.status == 503]
    assert refused
    assert all(answer.headers["Retry-After"] for answer in refused)
    assert [one.get("/").status for one in caseworkers] == [200] * 4


def test_sessions_that_the_database_ended_are_replaced_unseen(installation, caseworkers):
    with installation.cursor("super") as cursor:
        for _ in range(3):
            cursor.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'resque_app'")
            assert [one.get("/").status for one in caseworkers] == [200] * 4


def test_a_record_in_use_is_a_sentence_after_three_seconds(installation):
    browser = Browser(installation.address).sign_in("partneradmin")
    sql = "select reference, partner_id from accounts_user where username = 'daa2'"
    ((reference, partner),) = installation.ask(sql)
    path = f"/partners/accounts/{reference}/edit/"
    form = {name: browser.hidden(path, name) for name in ("version", "form_key")}
    form |= {
        "first_name": "Thomas",
        "last_name": "Vogel-Drill",
        "email": "",
        "role": "caseworker",
        "partner": str(partner),
    }
    with installation.cursor() as cursor:
        cursor.execute("begin")
        cursor.execute("select 1 from accounts_user where reference = %s for update", [reference])
        began = time.monotonic()
        answer = browser.post(path, **form)
        seconds = time.monotonic() - began
        cursor.execute("rollback")
    assert answer.status == 409
    assert "speichert gerade jemand anders" in answer.text
    assert 2.5 < seconds < 5
    assert browser.post(path, **form).status == 302, "the same form again, once the record is free"


def test_too_much_is_refused_before_it_is_read(installation, caseworkers):
    answer = caseworkers[0].post(CREATE, **{f"field{number}": "x" for number in range(2000)})
    assert answer.status in (400, 413)
    assert "Fehler" not in answer.faults
    assert caseworkers[0].post(CREATE, family_name="x" * 3_000_000).status in (400, 413)
