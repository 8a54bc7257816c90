"""The pages of possible matches: queue, side by side, the check of the partners, the question and its answer."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.linking.sql import match_scores
from participants.models import CaseShare, MatchRequest, MatchState, Person, PossibleMatch, RequestState
from participants.rules import contradictions, record
from participants.tests.builders import make_participant, share_case
from resque.audit.models import AccessEntry, Deed
from resque.context.acting import acting_as
from resque.once.operations import new_key

BORN = date(1994, 3, 7)
MATCHES = reverse("participants:matches")


def page(name: str, case) -> str:
    """Return an address of a record."""
    return reverse(f"participants:{name}", args=[case.reference])


@pytest.fixture
def sign_in(cast):
    """Return a client of an account."""

    def client(user) -> Client:
        made = Client()
        made.force_login(user)
        return made

    return client


@pytest.fixture
def twins(cast):
    """Two records of the DAA of one name."""
    with acting_as(cast.lehmann):
        one = make_participant(cast.lehmann, "Al Hassan", "Mohamad", birth_date=BORN, nationality="SYR")
        return one, make_participant(cast.lehmann, "Alhassan", "Muhammad", birth_date=BORN)


@pytest.fixture
def strangers(cast):
    """A record of Caritas and one of the DAA of one name; neither partner sees the other one's."""
    with acting_as(cast.weber):
        theirs = make_participant(cast.weber, "Al-Hasan", "Mohammed", birth_date=BORN, nationality="SYR")
    with acting_as(cast.lehmann):
        return theirs, make_participant(cast.lehmann, "Alhassan", "Muhammad", birth_date=BORN, nationality="IRQ")


# --- Side by side


def test_the_queue_leads_to_both_records_side_by_side(cast, sign_in, twins):
    client = sign_in(cast.vogel)
    queue = client.get(MATCHES)
    assert "Al Hassan, Mohamad" in queue.text
    address = f"{page('compare', twins[1])}?other={twins[0].reference}"
    assert address in queue.text
    beside = client.get(address)
    assert beside.text.count('<th scope="col">') >= 3
    assert "Syrien" in beside.text
    assert "1 Person statt 2" in beside.text or "1 person instead of 2" in beside.text


def decide(client: Client, one, other, decision: str, version: int | str = 1, **more):
    """Press one of the buttons."""
    sent = {"other": other.reference, "decision": decision, "version": version, "form_key": new_key()} | more
    return client.post(page("compare", one), sent)


def test_linking_separating_and_a_decision_that_is_remembered(cast, sign_in, twins):
    client = sign_in(cast.vogel)
    one, other = twins
    assert decide(client, one, other, "same").status_code == 302
    assert Person.objects.get(pk=one.person_id).cluster_id == min(one.person_id, other.person_id)
    assert "Wieder trennen" in client.get(page("compare", one)).text
    assert decide(client, other, one, "different", 2).status_code == 302
    assert set(Person.objects.values_list("cluster_id", flat=True)) == {None}
    row = PossibleMatch.objects.get()
    assert (row.state, row.decided_by) == (MatchState.DIFFERENT, cast.vogel)
    assert AccessEntry.objects.filter(deed=Deed.CHANGED, detail__decided="same").count() == 1


def test_a_second_decision_over_an_older_page_is_a_conflict_and_a_double_click_is_none(cast, sign_in, twins):
    client, key = sign_in(cast.vogel), new_key()
    assert decide(client, *twins, "same", form_key=key).status_code == 302
    assert decide(client, *twins, "same", form_key=key).status_code == 302
    assert decide(client, *twins, "different").status_code == 409
    assert PossibleMatch.objects.get().version == 2


def test_the_rule_speaks_until_somebody_looked_and_leads_here(cast, sign_in, twins):
    client = sign_in(cast.lehmann)
    assert page("compare", twins[0]) in client.get(page("detail", twins[0])).text
    decide(client, *twins, "different")
    assert page("compare", twins[0]) not in client.get(page("detail", twins[0])).text


def without_numbers(text: str) -> str:
    """Return a page without references and keys, which differ by chance."""
    return re.sub(r'R-[0-9A-Z]{5}|"X-CSRFToken": "\w+"|value="[^"]*"', "", text)


def test_any_record_that_one_may_name_can_be_laid_beside_and_no_other(cast, sign_in, strangers, twins):
    theirs, ours = strangers
    client = sign_in(cast.lehmann)
    foreign = client.get(f"{page('compare', ours)}?other={theirs.reference}")
    missing = client.get(f"{page('compare', ours)}?other=R-99999")
    assert foreign.status_code == missing.status_code == 200
    assert without_numbers(foreign.text) == without_numbers(missing.text)
    assert decide(client, ours, theirs, "same").status_code == 404
    assert twins[0].reference in client.get(f"{page('compare', ours)}?other={twins[0].reference}").text
    assert client.get(page("compare", theirs)).status_code == 404


@pytest.mark.parametrize("who", ["hoffmann", "krause", "berger", "seidel"])
def test_nobody_without_names_reviews(cast, sign_in, twins, who):
    client = sign_in(getattr(cast, who))
    assert client.get(MATCHES).status_code == 403
    assert client.get(page("compare", twins[0])).status_code == 404
    assert client.get(page("partners", twins[0])).status_code == 404


def test_the_coordination_is_told_a_number_and_nothing_of_the_pair(cast, twins, app_role_for):
    people = [case.person_id for case in twins]

    def asked(user):
        return match_scores(people), PossibleMatch.objects.count()

    scores, rows = app_role_for(asked, cast.hoffmann)
    assert set(scores) == set(people)
    assert rows == 0
    assert app_role_for(asked, cast.krause) == ({}, 0)
    assert app_role_for(asked, cast.weber) == ({}, 0)
    assert app_role_for(asked, cast.vogel)[1] == 1


# --- The check of the partners


def answers(text: str) -> str:
    """Return the part of a page with the answers."""
    return re.search(r'<ul class="rq-answers">.*?</ul>', text, re.DOTALL)[0]


def test_the_check_tells_partner_and_band_and_is_as_long_with_a_match_as_without(cast, sign_in, strangers):
    theirs, ours = strangers
    nobody = make_participant(cast.lehmann, "Zzyzxov", "Qwertin", birth_date=BORN, nationality="IRQ")
    client = sign_in(cast.lehmann)
    client.post(page("partners", nobody))  # fills what the process keeps
    with CaptureQueriesContext(connection) as hit_queries:
        hit = client.post(page("partners", ours))
    with CaptureQueriesContext(connection) as miss_queries:
        miss = client.post(page("partners", nobody))
    assert "Caritas" in answers(hit.text)
    assert "möglicher Treffer" in answers(hit.text) or "possible match, similarity" in answers(hit.text)
    assert "?to=caritas" in answers(hit.text)
    assert "?to=" not in answers(miss.text)
    assert len(answers(hit.text).encode()) == len(answers(miss.text).encode())
    assert len(hit_queries) == len(miss_queries)
    for word in ("Al-Hasan", "Mohammed", "07.03.1994 ·", theirs.reference):
        assert word not in hit.text


def test_the_same_question_is_as_long_whether_somebody_is_there_or_not(cast, sign_in, strangers):
    """The whole page and the number of queries, byte by byte: only the hidden record makes the difference."""
    theirs, ours = strangers
    client = sign_in(cast.lehmann)
    sizes, costs, told = [], [], []
    client.post(page("partners", ours))  # fills what the process keeps
    client.post(reverse("participants:ask_partners"), {"name": "Muhammad Alhassan"})
    for ask in ("partners", "intake"):
        for hidden in (False, True):
            if hidden:
                connection.cursor().execute(
                    "update participants_spelling set fold = 'xxxx', skeleton = 'xxxx' where person_id = %s",
                    [theirs.person_id],
                )
            else:
                connection.cursor().execute(
                    "update participants_spelling set fold = o.fold, skeleton = o.skeleton "
                    "from participants_spelling o where o.person_id = %s and participants_spelling.person_id = %s",
                    [ours.person_id, theirs.person_id],
                )
            address = page("partners", ours) if ask == "partners" else reverse("participants:ask_partners")
            data = {} if ask == "partners" else {"name": "Muhammad Alhassan", "year": "1994"}
            with CaptureQueriesContext(connection) as queries:
                answer = client.post(address, data)
            told.append("<svg" in answers(answer.text))
            sizes.append(len(answer.content))
            costs.append(len(queries))
    assert told == [True, False, True, False]
    assert sizes[0] == sizes[1]
    assert sizes[2] == sizes[3]
    assert costs[0] == costs[1]
    assert costs[2] == costs[3]


def test_thirty_questions_an_hour_and_each_of_them_is_noted(cast, sign_in, strangers):
    _theirs, ours = strangers
    client = sign_in(cast.lehmann)
    assert client.post(page("partners", ours)).context["answers"]
    asked = AccessEntry.objects.filter(deed=Deed.ASKED_PARTNERS, user_id=cast.lehmann.pk)
    entry = asked.get()
    AccessEntry.objects.bulk_create(
        AccessEntry(at=entry.at, user_id=entry.user_id, partner_id=entry.partner_id, deed=entry.deed) for _ in range(29)
    )
    over = client.post(page("partners", ours))
    assert over.context["over_limit"]
    assert not over.context["answers"]
    assert asked.count() == 30
    assert client.post(page("partners", ours), sending(cast.caritas)).status_code == 200
    assert not MatchRequest.objects.exists()


# --- The question


def sending(partner, **more) -> dict:
    """Return the form of a question."""
    return {"send": "1", "to_partner": partner.pk, "items": ["spellings", "year"], "form_key": new_key()} | more


@pytest.fixture
def question(cast, sign_in, strangers):
    """A question of Caritas about its record, put to the DAA."""
    client = sign_in(cast.weber)
    sent = client.post(page("partners", strangers[0]), sending(cast.daa, message="Wohnt in der Torgauer Straße?"))
    assert sent.status_code == 302, sent.context["form"].errors
    return MatchRequest.objects.get()


def answer(client: Client, question: MatchRequest, what: str, **more):
    """Press one of the buttons of a question."""
    question.refresh_from_db()
    data = {"answer": what, "version": question.version, "form_key": new_key()} | more
    return client.post(reverse("participants:match_request", args=[question.reference]), data)


def opened(client: Client, question: MatchRequest) -> str:
    """Return the page of a question."""
    return client.get(reverse("participants:match_request", args=[question.reference])).text


def test_the_asked_partner_sees_what_was_chosen_beside_its_own_records(cast, sign_in, question):
    text = opened(sign_in(cast.vogel), question)
    assert "Al-Hasan, Mohammed" in text
    assert "1994" in text
    assert "Torgauer Straße" in text
    assert "Alhassan, Muhammad" in text
    assert "Syrien" not in text, "the nationality was not chosen"
    assert b"Al-Hasan" not in bytes(question.sealed_sent)
    inbox = sign_in(cast.vogel).get(f"{MATCHES}?view=inbox").text
    assert question.reference in inbox
    assert "Al-Hasan" not in inbox


def test_the_asker_sees_nothing_of_the_other_side(cast, sign_in, question, strangers):
    client = sign_in(cast.weber)
    for text in (opened(client, question), client.get(f"{MATCHES}?view=sent").text):
        assert "Alhassan, Muhammad" not in text
        assert strangers[1].reference not in text
    score, reviewed = match_scores_as(cast.weber, strangers[0])
    assert score >= 0.8
    assert not reviewed, "E33 is set until the answer"


def match_scores_as(user, case):
    """Return what the rule is told about a record."""
    with acting_as(user):
        return match_scores([case.person_id])[case.person_id]


def test_the_answer_same_links_shows_nobody_more_and_can_be_separated_by_both(cast, sign_in, question, strangers):
    theirs, ours = strangers
    daa, caritas = sign_in(cast.vogel), sign_in(cast.weber)
    assert answer(daa, question, "same", record=ours.reference).status_code == 302
    question.refresh_from_db()
    assert question.state == RequestState.SAME
    assert bytes(question.sealed_sent) == b""
    people = {theirs.person_id, ours.person_id}
    assert set(Person.objects.filter(pk__in=people).values_list("cluster_id", flat=True)) == {min(people)}
    assert match_scores_as(cast.weber, theirs)[1]
    assert caritas.get(page("detail", ours)).status_code == 404
    assert daa.get(page("detail", theirs)).status_code == 404
    assert ours.reference in opened(daa, question)
    assert ours.reference not in opened(caritas, question)
    assert f"{page('share', ours)}?partner=caritas" in opened(daa, question)
    assert answer(caritas, question, "separate").status_code == 302
    assert set(Person.objects.filter(pk__in=people).values_list("cluster_id", flat=True)) == {None}
    assert PossibleMatch.objects.get().state == MatchState.DIFFERENT


def test_different_is_remembered_and_what_was_sent_is_gone(cast, sign_in, question, strangers):
    assert answer(sign_in(cast.vogel), question, "different").status_code == 302
    question.refresh_from_db()
    assert (question.state, bytes(question.sealed_sent)) == (RequestState.DIFFERENT, b"")
    assert "Al-Hasan" not in opened(sign_in(cast.vogel), question)
    assert match_scores_as(cast.weber, strangers[0])[1]


def test_asking_back_and_replying(cast, sign_in, question):
    daa, caritas = sign_in(cast.vogel), sign_in(cast.weber)
    assert answer(daa, question, "ask_back", text="").status_code == 200
    assert answer(daa, question, "ask_back", text="Wie heißt die Straße?").status_code == 302
    assert "Wie heißt die Straße?" in opened(caritas, question)
    assert answer(caritas, question, "reply", text="Musterweg").status_code == 302
    question.refresh_from_db()
    assert question.state == RequestState.OPEN
    assert "Musterweg" in opened(daa, question)
    assert answer(caritas, question, "withdraw").status_code == 302
    assert daa.get(reverse("participants:match_request", args=[question.reference])).status_code == 404


def test_each_side_has_its_own_buttons_and_no_third_party_any(cast, sign_in, question, strangers):
    daa, caritas = sign_in(cast.vogel), sign_in(cast.weber)
    for what in ("same", "different", "ask_back"):
        assert answer(caritas, question, what, record=strangers[0].reference, text="x").status_code == 200
    for what in ("reply", "withdraw"):
        assert answer(daa, question, what, text="x").status_code == 200
    assert answer(daa, question, "same", record=strangers[0].reference).status_code == 404
    assert answer(daa, question, "same").status_code == 200
    question.refresh_from_db()
    assert (question.state, question.version) == (RequestState.OPEN, 1)
    for who in (cast.hoffmann, cast.krause, cast.berger, cast.seidel):
        assert sign_in(who).get(reverse("participants:match_request", args=[question.reference])).status_code == 404


def test_a_question_goes_only_where_somebody_is_and_only_once(cast, sign_in, question, strangers):
    client = sign_in(cast.weber)
    for partner in (cast.daa, cast.aufbauwerk, cast.stadt, cast.caritas):
        assert client.post(page("partners", strangers[0]), sending(partner)).status_code == 200
    assert MatchRequest.objects.count() == 1


def test_without_the_privacy_information_nothing_is_sent(cast, sign_in, strangers):
    with acting_as(cast.weber):
        case = make_participant(cast.weber, "Al-Hasan", "Mohammed", info_given_on=None)
    assert sign_in(cast.weber).post(page("partners", case), sending(cast.daa)).status_code == 200
    assert not MatchRequest.objects.exists()


def test_after_a_share_both_histories_lie_side_by_side(cast, sign_in, question, strangers):
    theirs, ours = strangers
    answer(sign_in(cast.vogel), question, "same", record=ours.reference)
    with acting_as(cast.lehmann):
        share_case(
            by=cast.lehmann, participation=ours, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1)
        )
    text = sign_in(cast.weber).get(page("compare", theirs)).text
    assert "Alhassan, Muhammad" in text
    CaseShare.objects.update(revoked_at="2017-02-06T00:00Z")
    assert "Alhassan, Muhammad" not in sign_in(cast.weber).get(page("compare", theirs)).text


def test_the_rule_itself(cast, twins):
    facts = {"identity_known": True, "dup_score": 0.9, "dup_reviewed": False}
    found = {rule.id for rule in contradictions(record(twins[0], facts=facts, today=BORN))}
    assert "E33" in found
