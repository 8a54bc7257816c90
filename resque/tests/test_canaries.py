"""No canary of a stranger's record comes out of any page, file, fragment, suggestion, error, log line or letter."""

from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from participants.querysets import IdentityQuerySet, ParticipationQuerySet, PersonalQuerySet
from resque.tests.access.addresses import ADDRESSES
from resque.tests.access.canaries import near, text_fields
from resque.tests.access.crawler import Crawler, listening, words_of
from resque.tests.access.matrix import ROLES, Visitors
from resque.tests.access.modes import application_alone, both, our_models, undone, without_scope
from resque.tests.access.tables import parent_of
from resque.tests.access.world import built
from services.operations.notes import text_of

pytestmark = pytest.mark.django_db
SEARCHES = {
    "participants:search": ("q",),
    "participants:new": ("name",),
    "participants:similar": ("name",),
    "participants:ask_partners": ("name",),
    "participants:create": ("name", "begin"),
    "services:lookup": ("q",),
    "services:record": ("who_text", "look"),
}
ABOUT_NOBODY = ("services_organisation", "participants_consenttext")
CLOSED_NAMES = ("facts", "foreign", "expired", "revoked")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), built() as made:
        made.visitors = Visitors(made)
        yield made


def _names(world, case: str) -> list[str]:
    wanted = ("Identity.family_name", "Identity.given_name", "Spelling.text")
    return [
        canary.token.capitalize()
        for canary in world.canaries.by_token.values()
        if canary.case == case and canary.field in wanted
    ]


def _clean(crawler: Crawler) -> None:
    print(crawler.report)
    if crawler.report.finds:
        pytest.fail("\n".join(sorted(set(crawler.report.finds))), pytrace=False)


def test_every_text_of_a_record_is_a_canary(world):
    """A new column that holds words is found here: it gets a canary in world.py, or it is a code (canaries.py)."""
    bare = []
    for model in our_models():
        table = model._meta.db_table
        if parent_of(table) or table.startswith("participants_operation") or table.endswith("event"):
            continue
        for row in model._base_manager.all():
            for name in text_fields(model):
                text = getattr(row, name)
                about_nobody = getattr(row, "is_event", False) or table in ABOUT_NOBODY
                if not world.canaries.found_in(str(text)) and not about_nobody:
                    bare.append(f"{model.__name__}.{name}")
    assert not bare, sorted(set(bare))
    notes = next(model for model in our_models() if model.__name__ == "Note")._base_manager.all()
    assert all(world.canaries.found_in(text_of(note)) for note in notes)


@pytest.mark.parametrize("role", ROLES)
def test_following_every_way_meets_no_foreign_canary(world, role):
    crawler = Crawler(world, world.visitors, both)
    crawler.follow(role)
    crawler.knock(role, ADDRESSES)
    _clean(crawler)
    met = {canary.what for canary in crawler.report.shown.get(role, ())}
    assert met >= {
        "caseworker": {"identity", "fact", "service", "outcome", "note", "own"},
        "coordinator": {"fact"},
    }.get(role, set())
    assert crawler.report.visits[role] > 60


@pytest.mark.parametrize("role", ["caseworker", "other", "coordinator", "city"])
def test_searching_for_a_similar_name_finds_no_stranger(world, role):
    crawler = Crawler(world, world.visitors, both)
    for case in ("own",) if role == "other" else CLOSED_NAMES:
        for name in _names(world, case)[:: 1 if role == "caseworker" else 3]:
            for address, fields in SEARCHES.items():
                crawler.visit(role, "POST", reverse(address), dict.fromkeys(fields, near(name)))
    _clean(crawler)


def test_the_same_searches_find_the_own_people(world):
    """Else the test before would prove nothing."""
    for address, fields in SEARCHES.items():
        if address == "participants:create":
            continue
        crawler = Crawler(world, world.visitors, both)
        for name in _names(world, "own"):
            crawler.visit("caseworker", "POST", reverse(address), dict.fromkeys(fields, near(name)))
        met = {canary.case for canary in crawler.report.shown.get("caseworker", ())}
        assert "own" in met, f"{address} does not find the own case"


def test_a_reference_typed_into_a_form_says_nothing_about_strangers(world):
    """A foreign and a missing number fail alike where a number is searched, chosen for a service, or carried along."""
    for address, field in (("participants:search", "q"), ("services:lookup", "q"), ("services:record", "participants")):
        answers = []
        for number in (world.cases["foreign"].reference, "R-99999"):
            crawler = Crawler(world, world.visitors, both)
            response = crawler.visit("caseworker", "POST", reverse(address), {field: number})
            _clean(crawler)
            answers.append((response.status_code, len(response.getvalue().replace(number.encode(), b""))))
        assert answers[0][0] == answers[1][0] and abs(answers[0][1] - answers[1][1]) < 200, address


def test_errors_say_nothing_of_the_record(world):
    path = reverse("participants:detail", kwargs={"reference": world.cases["own"].reference})
    crawler = Crawler(world, world.visitors, both)
    with mock.patch("participants.views.page.person_page", side_effect=RuntimeError("broken")):
        response = crawler.visit("caseworker", "GET", path)
    assert response.status_code == 500 and not world.canaries.found_in(words_of(response))
    _clean(crawler)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.users["caseworker"])
    with undone(), both(), listening() as ears:
        response = strict.post(reverse("participants:similar"), {"name": _names(world, "own")[0]})
    assert response.status_code == 403
    assert not world.canaries.found_in(words_of(response) + " ".join(ears.lines))


def test_words_of_a_pdf_are_read(world):
    address = reverse("services:my_way", args=[world.cases["own"].reference, "ara"])
    found = world.canaries.found_in(words_of(world.visitors.ask("caseworker", "GET", address)))
    assert {canary.field for canary in found} >= {"Credential.title", "Outcome.employer"}


# --- Planted faults: a crawl that finds nothing must be one that would have found something


@pytest.mark.parametrize(
    ("kind", "role", "start", "said"),
    [
        (ParticipationQuerySet, "caseworker", "participants:list", "Note (network) of the "),
        (PersonalQuerySet, "caseworker", "participants:list", "Identity.family_name of the facts case"),
        (PersonalQuerySet, "coordinator", "participants:list", "Identity.family_name of the foreign case"),
    ],
)
def test_the_crawler_names_address_and_role_of_a_forgotten_scope(world, kind, role, start, said):
    assert issubclass(IdentityQuerySet, PersonalQuerySet)
    crawler = Crawler(world, world.visitors, application_alone)
    with without_scope(kind):
        crawler.follow(role, start=[reverse(start)], most=40)
    assert [find for find in crawler.report.finds if said in find and f" as {role}: " in find], crawler.report.finds[:5]
    assert any(find.startswith("GET /participants/") for find in crawler.report.finds)
