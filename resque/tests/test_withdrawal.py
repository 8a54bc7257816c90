"""Who withdraws is gone for the other partner in the same transaction: a crawler looks for what it showed before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest import mock

import pytest
from django.urls import reverse

from participants.choices import Purpose
from participants.models import Consent
from participants.operations import withdrawing
from resque.tests.access.canaries import near
from resque.tests.access.crawler import Crawler, words_of
from resque.tests.access.matrix import Visitors
from resque.tests.access.modes import application_alone, both, database_alone, undone
from resque.tests.access.world import DAY, built

pytestmark = pytest.mark.django_db
# Who types: the last one answers with people only, the others repeat what was typed, so it is no canary.
SEARCHES = {
    "participants:search": ("q", near), "participants:similar": ("name", near), "services:lookup": ("q", str),
}  # fmt: skip
# The list, what answers to typing, the search before a record is made, and the questions between partners.
SHOWN = {"/participants/", "/reporting/figures/reached/people/", "/participants/new/similar/", "/participants/matches/"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), built() as made:
        made.visitors = Visitors(made)
        yield made


class Follower(Crawler):
    """A crawler that keeps on which addresses a case was named or anything of it was shown."""

    def __init__(self, world, mode, label: str):
        super().__init__(world, world.visitors, mode)
        self.label, self.case, self.met = label, world.cases[label], set()

    def visit(self, role, method, path, data=None, *, asked=""):
        """Visit an address and note whether the case appears in the answer."""
        response = super().visit(role, method, path, data, asked=asked)
        words = words_of(response) if self.case.reference not in path else ""
        # What the DAA wrote about its own work stays its own.
        theirs = [one for one in self.world.canaries.found_in(words) if one.partner == "caritas"]
        if self.case.reference in words or any(one.case == self.label for one in theirs):
            kind = "" if "html" in response.get("Content-Type", "") else " as a file"
            self.met.add(path.split("?")[0] + kind)
        return response

    def look_everywhere(self) -> set[str]:
        """Follow the ways of a counsellor of the DAA, search the names, ask for the case; return where it was met."""
        figures = [
            reverse("reporting:people", args=[code]) for code in ("reached", "entered", "services", "incomplete")
        ]
        pages = ["home:home", "participants:list", "participants:matches", "reporting:dashboard", "reporting:quality"]
        start = [reverse(page) for page in pages] + figures
        start += [
            f"{reverse('participants:list')}?view=all",
            f"{reverse('services:record')}?person={self.case.reference}",
        ]
        self.follow("caseworker", start=start, most=70)
        names = [one.token.capitalize() for one in self.world.canaries.by_token.values()
                 if one.case == self.label and one.field in ("Identity.family_name", "Spelling.text")]  # fmt: skip
        for name in names:
            for address, (field, typed) in SEARCHES.items():
                self.visit("caseworker", "POST", reverse(address), {field: typed(name)})
        return self.met


@contextmanager
def withdrawn(world, label: str) -> Iterator[None]:
    """Let Caritas withdraw the consent to share a case with the DAA, inside a transaction that is taken back."""
    with undone():
        rows = Consent.objects.filter(person=world.cases[label].person_id, type=Purpose.SHARING, partner__code="daa")
        # The world put a token into every word, the name of a body included: a share names none.
        rows.update(recipient="")
        withdrawing.withdraw_consent(by=world.users["other"], consent=rows.first(), day=DAY)
        yield


def test_the_crawl_meets_the_case_while_the_consent_stands(world):
    """Else the test after it would prove nothing: list, search, person, figures and files show it."""
    met = Follower(world, both, "shared").look_everywhere()
    assert met >= SHOWN, met
    assert any(path.startswith("/reporting/figures/") for path in met), met


@pytest.mark.parametrize(
    ("label", "mode"),
    [("shared", both), ("shared", application_alone), ("shared", database_alone), ("facts", both)],
)
def test_after_the_withdrawal_nothing_shows_the_person(world, label, mode):
    with withdrawn(world, label):
        follower = Follower(world, mode, label)
        met = follower.look_everywhere()
        assert not met, met
        for tab in ("detail", "esf", "identity", "history", "consents"):
            path = reverse(f"participants:{tab}", args=[world.cases[label].reference])
            assert follower.visit("caseworker", "GET", path).status_code == 404


def test_the_owner_keeps_the_person(world):
    with withdrawn(world, "shared"):
        path = reverse("participants:consents", args=[world.cases["shared"].reference])
        response = Crawler(world, world.visitors, both).visit("other", "GET", path)
        assert response.status_code == 200 and "widerrufen" in response.content.decode()


def test_a_forgotten_consequence_is_found(world):
    """Planted fault: the consent is withdrawn, and nobody ends the share."""
    forgotten = [replace(one, carry_out=None) for one in withdrawing._all()]
    with mock.patch.object(withdrawing, "_all", return_value=tuple(forgotten)), withdrawn(world, "shared"):
        met = Follower(world, both, "shared").look_everywhere()
    assert met >= SHOWN
