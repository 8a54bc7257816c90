"""A visitor who follows every way that a role is offered, and looks for canaries in everything that comes back."""

import io
import logging
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

import pypdf
from django.core import mail
from django.urls import Resolver404, resolve, reverse

from resque.logs import LineFormatter
from resque.tests.access.answers import Rule
from resque.tests.access.matrix import Visitors, named_addresses
from resque.tests.access.modes import undone
from resque.tests.access.relations import may_see, subjects
from resque.tests.access.world import World

PAGES_A_VIEW = 3  # addresses of one view with the same filters; more of them show the same template again
PAGES_IN_ALL = 9  # addresses of one view: combinations of many filters would crowd out the other pages
LEFT_OUT = ("/static/", "/accounts/logout/", "/ui/language/", "/ui/theme/")
WITHOUT_PEOPLE = ("city", "partner_admin", "admin", "anonymous")


class Ways(HTMLParser):
    """Collects links, addresses of fragments, and forms that are sent by GET."""

    def __init__(self, page: str):
        super().__init__()
        self.page, self.found = page, []
        self._action, self._fields = None, {}

    def handle_starttag(self, tag, attributes):
        """Note what leads somewhere."""
        given = dict(attributes)
        self.found += [given[name] for name in ("hx-get", "data-url", "data-href") if given.get(name)]
        if tag == "a" and given.get("href"):
            self.found.append(given["href"])
        elif tag == "form" and given.get("method", "get").lower() == "get":
            self._action, self._fields = given.get("action") or self.page, {}
        elif tag in ("input", "button") and given.get("name") and given.get("type") not in ("checkbox", "radio"):
            self._fields[given["name"]] = given.get("value") or ""
        elif tag == "option" and self._action and given.get("value"):
            self.found.append(f"{self._action}?{urlencode({self._select: given['value']})}")
        elif tag == "select":
            self._select = given.get("name", "")

    def handle_endtag(self, tag):
        """Send the form as it stands."""
        if tag == "form" and self._action is not None:
            self.found.append(f"{self._action}?{urlencode(self._fields)}")
            self._action = None


@dataclass
class Report:
    """What one crawl found.

    Attributes:
        visits: answers that were searched, by role.
        finds: sentences, each with role and address.
        shown: canaries that were met and may be shown, by role: a crawl that meets none proves nothing.
    """

    visits: Counter = field(default_factory=Counter)
    finds: list[str] = field(default_factory=list)
    shown: dict[str, set] = field(default_factory=dict)

    def __str__(self) -> str:
        roles = " + ".join(f"{role} x {number} answers" for role, number in self.visits.items())
        return f"{roles} = {sum(self.visits.values())} checks"


class _Ears(logging.Handler):
    """Keeps what the application logs, as it would stand in the log."""

    def __init__(self):
        super().__init__()
        self.setFormatter(LineFormatter("%(levelname)s %(name)s %(message)s"))
        self.lines: list[str] = []

    def emit(self, record):
        """Keep a line."""
        self.lines.append(self.format(record))


@contextmanager
def listening() -> Iterator[_Ears]:
    """Hear every logger, and keep the console quiet."""
    ears, loggers = _Ears(), [logging.getLogger(name) for name in ("", "django", "django.request", "resque")]
    before = [logger.handlers for logger in loggers]
    for logger in loggers:
        logger.handlers = [ears]
    try:
        yield ears
    finally:
        for logger, handlers in zip(loggers, before, strict=True):
            logger.handlers = handlers


def words_of(response) -> str:
    """Return the text of an answer with its headers; of a workbook the text of all its parts, of a PDF what is set."""
    body = response.getvalue()
    if body.startswith(b"%PDF"):
        file = pypdf.PdfReader(io.BytesIO(body))
        said = [page.extract_text() for page in file.pages]
        return " ".join([*said, str(file.metadata), str(response.headers)])
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b" ".join(parts.read(name) for name in parts.namelist())
    return body.decode(errors="replace") + str(response.headers)


class Crawler:
    """Visits what there is and reports what should not have been shown."""

    def __init__(self, world: World, visitors: Visitors, mode):
        self.world, self.visitors, self.mode, self.report = world, visitors, mode, Report()
        self.references = {case.reference: label for label, case in world.cases.items()}

    def follow(self, role: str, *, start: list[str] | None = None, most: int = 300) -> None:
        """Begin with every address that needs no object (or `start`) and follow every way from there."""
        waiting, seen, kinds = deque(start or _starts()), set(), Counter()
        while waiting and len(seen) < most:
            path = waiting.popleft()
            kind = _kind_of(path)
            if path in seen or kind is None or kinds[kind] >= PAGES_A_VIEW or kinds[kind[0]] >= PAGES_IN_ALL:
                continue
            seen.add(path)
            kinds.update((kind, kind[0]))
            response = self.visit(role, "GET", path)
            waiting.extend(_ways_from(path, response))

    def knock(self, role: str, rules: dict[str, Rule], cases=("foreign",)) -> None:
        """Ask for objects of others by their reference, by GET and POST, whatever the role."""
        for address in named_addresses():
            rule = rules[address.name]
            if rule.about in ("case", "activity", "outcome", "batch", "upload"):
                known = subjects(self.world, rule.about, "caseworker")
                for case in (one for one in cases if one in known):
                    for method in ("GET", "POST"):
                        path = reverse(address.name, kwargs=known[case])
                        self.visit(role, method, path, rule.data, asked=self.world.cases[case].reference)

    def visit(self, role: str, method: str, path: str, data: dict | None = None, *, asked: str = ""):
        """Visit one address, search the answer, the log and the letters, and return the answer."""
        with undone(), self.mode(), listening() as ears:
            response = self.visitors.ask(role, method, path, data)
            if response.status_code in (301, 302) and method == "POST" and response["Location"].startswith("/"):
                self._search(role, f"{method} {path}", words_of(response), asked)
                response = self.visitors.go_on(role, response["Location"])
            letters = "".join(f"{letter.subject} {letter.body}" for letter in mail.outbox)
        self._search(role, f"{method} {path}", words_of(response), asked)
        for canary in self.world.canaries.found_in(" ".join(ears.lines)):
            self._tell(role, f"{method} {path}", f"the log says {canary}")
        for canary in self.world.canaries.found_in(letters):
            self._tell(role, f"{method} {path}", f"a letter says {canary}")
        return response

    def _search(self, role: str, where: str, text: str, asked: str) -> None:
        self.report.visits[role] += 1
        for canary in self.world.canaries.found_in(text):
            if may_see(role, canary):
                self.report.shown.setdefault(role, set()).add(canary)
            else:
                self._tell(role, where, f"shows {canary}")
        if role in WITHOUT_PEOPLE:
            for reference in self.references.keys() - {asked}:
                if reference in text:
                    self._tell(role, where, f"names the {self.references[reference]} case")

    def _tell(self, role: str, where: str, what: str) -> None:
        self.report.finds.append(f"{where} as {role}: {what}")


def _starts() -> list[str]:
    return [reverse(address.name) for address in named_addresses() if not address.parameters]


def _kind_of(path: str) -> tuple | None:
    """Return what an address is a case of: its view and the names of its filters; None when it is not ours."""
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or path.startswith(LEFT_OUT):
        return None
    try:
        view = resolve(parts.path).view_name
    except Resolver404:
        return None
    names = frozenset(pair.split("=")[0] for pair in parts.query.split("&") if pair)
    return view, names


def _ways_from(path: str, response) -> Iterator[str]:
    if response.status_code in (301, 302):
        yield urljoin(path, response["Location"])
    elif "html" in response.headers.get("Content-Type", ""):
        ways = Ways(path)
        ways.feed(response.getvalue().decode(errors="replace"))
        yield from (urljoin(path, way).split("#")[0] for way in ways.found)
