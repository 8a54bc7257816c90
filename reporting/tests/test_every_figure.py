"""Every number on every page of figures is the length of the list it leads to, whoever opens it."""

import html
import re
from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from participants.models import Operation
from participants.operations.imports import import_file
from participants.operations.stations import refuse_anonymously
from reporting.indicators.listed import Listing
from reporting.queries import people
from reporting.queries import services as queries_services
from reporting.tests import random_people, world

pytestmark = pytest.mark.django_db
# Lists behind figures, and worklists behind the numbers of home pages.
LINK = re.compile(r'<a [^>]*href="(/reporting/figures/[^"]+|/participants/\?[^"]+)"([^>]*)>(.*?)</a>', re.S)
NUMBER = re.compile(r"-?\d[\d.]*")
ROWS = 25  # on a page of a list; there are lists that need more
INDICATORS = "/reporting/indicators/"
PERIOD = "date=2017-01-31&since=2016-06-30"
# Account -> pages with figures, and how many different lists they must lead to at least.
PAGES: dict[str, tuple[int, tuple[str, ...]]] = {
    "hoffmann": (350, (
        "/", "/reporting/", "/reporting/?period=2016-h2&partner=daa", "/reporting/reached/", f"{INDICATORS}?{PERIOD}",
        f"{INDICATORS}?date=2017-02-06&rules=2021", f"{INDICATORS}?operation=resque-plus",
    )),
    "lehmann": (100, ("/", "/reporting/?period=2016", f"{INDICATORS}?date=2017-02-06&rules=2021")),
    "weber": (60, ("/", INDICATORS)),
    "krause": (0, ("/", "/reporting/")),
}  # fmt: skip


@dataclass(frozen=True)
class Wrong:
    """A number that is not the length of its list."""

    page: str
    address: str
    number: int
    rows: int


@pytest.fixture(autouse=True)
def _german_and_short_pages(settings, monkeypatch):
    settings.LANGUAGE_CODE = "de"
    for module in ("people", "listings", "services"):
        monkeypatch.setattr(f"reporting.queries.{module}.ROWS", ROWS)


@pytest.fixture
def lived(cast):
    """A small world: everything that happens to people, and people of a file on every edge of the formulas."""
    world.build(cast, 11)
    operation = Operation.objects.get(code="resque-2.0")
    rows = [row for row in random_people.people(5, 120) if row["entry_date"] <= "2017-02-06"]
    rows = [row for row in rows if row.get("exit_date", "") <= "2017-02-06" and not row.get("f_status")][:50]
    result = import_file(
        by=cast.lehmann, partner=cast.daa, operation=operation, data=random_people.as_csv(rows), file_name="edges.csv"
    )
    assert not result.faults, result.faults[:3]
    for day in (date(2016, 5, 2), date(2017, 1, 9)):
        refuse_anonymously(by=cast.lehmann, operation=operation, partner=cast.daa, day=day)
    return cast


def numbers_of(page: str) -> list[tuple[str, int]]:
    """Return (address, number) of every link to a list; a share beside its number is no number of rows."""
    found = []
    for address, attributes, inner in LINK.findall(page):
        label = re.search(r'aria-label="([^"]*)"', attributes)
        text = label[1].rpartition(": ")[2] if label else re.sub(r"<[^>]+>", "", inner)
        number = NUMBER.search(text)
        if number and "%" not in text:
            found.append((html.unescape(address), int(number[0].replace(".", ""))))
    return found


def rows_of(client: Client, address: str) -> int:
    """Open every page of a list and count its rows."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    rows, pages = len(answer.context["rows"]), answer.context["page"].paginator.num_pages
    join = "&" if "?" in address else "?"
    return rows + sum(len(client.get(f"{address}{join}page={n}").context["rows"]) for n in range(2, pages + 1))


def walk(account, pages: tuple[str, ...], only: str = "") -> tuple[dict[str, int], list[Wrong]]:
    """Open pages and every list they lead to.

    Args:
        account: who opens them.
        pages: addresses.
        only: open lists with these words in their address.

    Returns:
        rows by address of a list, and the numbers that are wrong.
    """
    client, lengths, wrong = Client(), {}, []
    client.force_login(account)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, (page, answer.status_code)
        for address, number in numbers_of(answer.content.decode()):
            if only not in address:
                continue
            if address not in lengths:
                lengths[address] = rows_of(client, address)
            if lengths[address] != number:
                wrong.append(Wrong(page, address, number, lengths[address]))
    return lengths, wrong


def test_every_number_is_the_length_of_its_list(lived, app_role):
    counted = set()
    for who, (least, pages) in PAGES.items():
        lengths, wrong = walk(getattr(lived, who), pages)
        assert wrong == [], who
        assert len(lengths) >= least, (who, len(lengths))
        counted |= {address for address, rows in lengths.items() if rows}
    # A world in which nothing counts would prove nothing.
    assert len(counted) > 250, len(counted)


def test_a_list_that_lacks_a_row_is_found(lived, monkeypatch):
    """Planted faults, one for each way a list is made."""
    whole, figure, services = Listing.people, people.people_behind, queries_services.services_behind
    monkeypatch.setattr(
        Listing, "people", lambda self: whole(self)[1:] if self.what.code == "CO03" and self.sex == "f" else whole(self)
    )
    monkeypatch.setattr(people, "people_behind", lambda code, scope: figure(code, scope)[1:])
    monkeypatch.setattr(queries_services, "services_behind", lambda *what: services(*what)[1:])
    for page, code in ((INDICATORS, "CO03"), ("/reporting/", "entered"), ("/reporting/", "services")):
        lengths, wrong = walk(lived.hoffmann, (page,), only=f"/{code}/")
        assert {one.address for one in wrong} <= set(lengths)
        assert all(one.number == one.rows + 1 for one in wrong) and wrong, code
    _, wrong = walk(lived.hoffmann, (INDICATORS,), only="/CO03/")
    assert [one.address.partition("sex=")[2] for one in wrong] == ["f"]


def test_the_city_is_led_to_no_list(lived):
    client = Client()
    client.force_login(lived.krause)
    for page in ("/", "/reporting/"):
        assert numbers_of(client.get(page).content.decode()) == []
    assert client.get(INDICATORS).status_code == 403
