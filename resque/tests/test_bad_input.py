"""Whatever is typed, no page answers with an error of the server: every form of every page is filled with rubbish."""

import re
from html.parser import HTMLParser
from itertools import cycle

import pytest
from django.test import Client
from django.urls import reverse

from resque.tests.growing_world import World

RUBBISH = {
    "nothing": [""],
    "NUL": ["a\x00b"],
    "long": ["x" * 70_000],
    "a huge number": ["9" * 400],
    "below zero": ["-1"],
    "infinite": ["inf", "nan", "1e999"],
    "turned around": ["\u202egnp.exe", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "\ufeff"],
    "another script": ["٢٠١٧", "²", "１２"],
    "a day that is none": ["31.02.2017", "0001-01-01", "99.99.9999", "2017-13-45T25:61"],
    "code": ["' or 1=1 --", "<script>x</script>", "{{ 7*7 }}", "../../etc/passwd", "%00", "R-22222", "__all__"],
}
PARAMETERS = (
    "page", "sort", "view", "q", "person", "like", "kind", "period", "partner", "operation", "state", "referent",
    "accommodation", "light", "group", "month", "next", "since", "until", "topic", "who",
    "year", "audience", "shape", "counted", "counts", "estimated", "size", "supported", "event", "name",
    "other", "to", "consent",
)  # fmt: skip
# Pages whose address carries answers.
WITH_PARAMETERS = {
    "participants:list", "participants:consent_withdraw", "participants:history", "participants:matches", "participants:compare",
    "participants:partners", "participants:import_review", "participants:import_batch",
    "services:record", "services:timeline", "services:outreach", "services:visits", "services:events",
    "services:event_new", "services:event_edit", "services:event_organisations", "services:organisations",
    "services:organisation_new", "reporting:dashboard", "reporting:people", "accounts:user_new",
}  # fmt: skip


class Forms(HTMLParser):
    """Collects the fields of every form that posts: name -> value, by address."""

    def __init__(self):
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._open = False

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = given.get("method", "").lower() == "post"
            if self._open:
                self.found.append((given.get("action", ""), {}))
        elif self._open and tag in {"input", "select", "textarea", "button"} and given.get("name"):
            self.found[-1][1].setdefault(given["name"], given.get("value", ""))

    def handle_endtag(self, tag):
        self._open = self._open and tag != "form"


def forms_of(page: str) -> list[tuple[str, dict[str, str]]]:
    """Return (address, fields) of every form of a page that posts."""
    parser = Forms()
    parser.feed(page)
    return parser.found


@pytest.fixture
def world(cast):
    made = World(cast)
    made.grow(3)
    return made


@pytest.fixture
def sign_in(world):
    """Give a client of an account; faults of the server come back as answers."""
    clients = {}

    def client(who: str) -> Client:
        if who not in clients:
            clients[who] = Client(raise_request_exception=False)
            clients[who].force_login(getattr(world.cast, who))
        return clients[who]

    return client


def every_form(world, sign_in):
    """Yield (client, page, address, fields) of every different form of the house but the one that signs out."""
    seen = set()
    for name, (who, address, data) in world.pages().items():
        client = sign_in(who)
        answer = client.post(address, data) if data else client.get(address)
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue  # a paper to print holds no form
        for action, fields in forms_of(answer.content.decode()):
            target = action or address.split("?")[0]
            fields.pop("csrfmiddlewaretoken", None)
            shape = (re.sub(r"[A-Z]-\w+|\d+", "", target), *fields)
            if fields and shape not in seen and target != reverse("account_logout"):
                seen.add(shape)
                yield client, name, target, fields


@pytest.mark.django_db
def test_no_form_breaks_on_rubbish(world, sign_in):
    broken, asked = [], 0
    for client, name, target, fields in every_form(world, sign_in):
        filled = [dict(zip(fields, cycle(values), strict=False)) for values in RUBBISH.values()]
        alone = [fields | {field: wrong} for field in fields for wrong in ("a\x00b", "9" * 400)]
        for given in filled + alone:
            asked += 1
            if (status := client.post(target, given).status_code) >= 500:
                broken.append((name, target, {key: value[:20] for key, value in given.items()}, status))
    assert broken == []
    assert asked > 300, "the pages hold fewer forms than the house has"


@pytest.mark.django_db
def test_no_address_breaks_on_rubbish(world, sign_in):
    broken = []
    for name, (who, address, data) in world.pages().items():
        if data or name.split()[0] not in WITH_PARAMETERS:
            continue
        for value in (value for values in RUBBISH.values() for value in values):
            query = dict.fromkeys(PARAMETERS, value[:2000])
            status = sign_in(who).get(address.split("?")[0], query).status_code
            if status >= 500:
                broken.append((name, value[:20], status))
    assert broken == []


def test_finds_the_forms_of_a_page():
    page = (
        '<form method="get"><input name="q"></form><form method="POST" action="/x/"><input name="a" value="1"></form>'
    )
    assert forms_of(page) == [("/x/", {"a": "1"})]
