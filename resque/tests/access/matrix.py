"""The access matrix: every address x every role x every relation to the object, and what must come back.

addresses.py says what each named address answers; an address that nobody classified fails the test.
"""

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from resque.tests.access.answers import FORBIDDEN, MISSING, OK, TO_LOGIN, WRONG_METHOD, Rule
from resque.tests.access.canaries import Canary
from resque.tests.access.modes import undone
from resque.tests.access.relations import may_see, subjects
from resque.tests.access.world import World

ROLES = ("anonymous", "caseworker", "other", "coordinator", "city", "partner_admin", "admin")


@dataclass(frozen=True)
class Address:
    """A named address of the URL configuration."""

    name: str
    parameters: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """One difference between the table and the application."""

    address: str
    method: str
    role: str
    relation: str
    said: str

    def __str__(self) -> str:
        return f"{self.method} {self.address} as {self.role} on {self.relation or 'no object'}: {self.said}"


@dataclass
class Findings:
    """Everything that one run of the matrix found."""

    checks: int = 0
    faults: list[Fault] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


def named_addresses() -> list[Address]:
    """Return every named address of the project, namespaces included."""
    return sorted(_walk(get_resolver(), ""), key=lambda address: address.name)


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            if entry.name:
                yield Address(prefix + entry.name, tuple(entry.pattern.converters))
        else:
            yield from _walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)


def outcome_of(response) -> str:
    """Translate an HTTP answer into the words of the table."""
    if response.status_code == 302 and response["Location"].startswith("/accounts/login/?next="):
        return TO_LOGIN
    if response.status_code >= 500:
        return f"error {response.status_code}"
    return {403: FORBIDDEN, 404: MISSING, 405: WRONG_METHOD, 400: "bad request"}.get(response.status_code, OK)


def _reason(response) -> str:
    broken = getattr(response, "exc_info", None)
    return f" ({response.status_code}{f', {broken[0].__name__}: {broken[1]}' if broken else ''})"


@contextmanager
def quiet() -> Iterator[None]:
    """Keep refusals out of the log: here they are expected by the thousand."""
    logger = logging.getLogger("django.request")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


class Visitors:
    """One signed-in client for every role; each visit begins with the same session and is taken back."""

    def __init__(self, world: World):
        self._clients = {"anonymous": Client()}
        for role, user in world.users.items():
            self._clients[role] = Client()
            self._clients[role].force_login(user)
            _just_signed_in(self._clients[role])
        self._cookies = {role: client.cookies.output(header="") for role, client in self._clients.items()}

    def ask(self, role: str, method: str, path: str, data: dict | None = None, **headers):
        """Visit an address as a role and return the answer."""
        client = self._clients[role]
        client.cookies.clear()
        client.cookies.load(self._cookies[role])
        client.raise_request_exception = False
        cache.clear()
        mail.outbox.clear()
        return getattr(client, method.lower())(path, data or {}, **headers)

    def go_on(self, role: str, path: str):
        """Follow a redirect of the last visit, with the session as that left it."""
        return self._clients[role].get(path)


def _just_signed_in(client: Client) -> None:
    # Pages of the own account ask for the password again unless the sign-in was a moment ago.
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


_CHANGING = re.compile(
    rb'\d\d:\d\d|name="(csrfmiddlewaretoken|form_key)" value="[^"]+"|"X-CSRFToken": "[^"]+"'
    rb"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)


def body_of(response, path: str) -> bytes:
    """Return an answer without what differs between any two: its own address, request number and form keys."""
    return _CHANGING.sub(b"", response.getvalue().replace(path.encode(), b""))


def _first_difference(one: bytes, other: bytes) -> str:
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[place - 40 : place + 40]!r} and {other[place - 40 : place + 40]!r}"


class Matrix:
    """Asks every address in one mode and compares with the table."""

    def __init__(self, world: World, rules: dict[str, Rule], mode, *, only=None, free=None, shown=()):
        """Prepare a run.

        Args:
            world: the built world; clients must have signed in before.
            rules: the table.
            mode: context manager that switches belts on and off.
            only: (rule, method, role, relation) -> bool, to leave cells out.
            shown: fields whose canaries do not count, "Model.field".
            free: (rule, method, role, relation) -> bool, whether any answer will do that shows and changes nothing.
        """
        self.world, self.rules, self.mode, self.only, self.free = world, rules, mode, only, free
        self.shown = frozenset(shown)
        self.visitors = Visitors(world)
        self.findings = Findings()
        self._missing: dict[tuple, bytes] = {}
        self._untouched = ""

    def run(self, *, methods=("GET", "POST")) -> Findings:
        """Ask everything and return what was found."""
        self._untouched = fingerprint()
        with quiet(), undone(), self.mode():
            for address in named_addresses():
                rule = self.rules.get(address.name)
                for role in ROLES if rule else ():
                    self._ask_all(address, rule, role, methods)
        return self.findings

    def _ask_all(self, address: Address, rule: Rule, role: str, methods) -> None:
        relations = subjects(self.world, rule.about, role) if address.parameters else {"": {}}
        for method in methods:
            asked = sorted(relations, key=lambda one: one != "missing")
            # The wrong method is refused before anybody looks for the object: one is enough.
            for relation in asked if rule.knows(method) else asked[:1]:
                if self.only is None or self.only(rule, method, role, relation):
                    self._ask(address, rule, role, method, relation, relations[relation])

    def _ask(self, address: Address, rule: Rule, role: str, method: str, relation: str, parameters: dict) -> None:
        expected = rule.expected(method, role, relation)
        path = reverse(address.name, kwargs=parameters)
        denied = method == "POST" and expected != OK
        with undone():
            before = writes() if denied else 0
            response = self.visitors.ask(role, method, path, rule.data)
            got = outcome_of(response)
            free = self.free is not None and self.free(rule, method, role, relation)
            faults = [] if free or got == expected else [f"expected {expected}, got {got}{_reason(response)}"]
            if denied and writes() != before and fingerprint() != self._untouched:
                faults.append("a refused request changed rows")
            text = response.getvalue().decode(errors="replace") + str(response.headers)
            faults += [f"shows {canary}" for canary in self._leaks(role, text)]
        if got == MISSING and relation and not free:
            body = body_of(response, path)
            if relation == "missing":
                self._missing[address.name, role, method] = body
            elif (known := self._missing.get((address.name, role, method), body)) != body:
                faults.append(f"its 404 differs from that of a missing reference: {_first_difference(known, body)}")
        self.findings.checks += 1
        self.findings.faults += [Fault(address.name, method, role, relation, said) for said in faults]

    def _leaks(self, role: str, text: str) -> list[Canary]:
        found = self.world.canaries.found_in(text)
        return sorted((one for one in found if not may_see(role, one) and one.field not in self.shown), key=str)


_ABOUT_PEOPLE = r"like any (array['participants\_%', 'services\_%', 'reporting\_%', 'accounts\_partner'])"
_SUMS = f"""
  select string_agg(format('select %L as name, md5(coalesce(string_agg(t::text, '','' order by t::text), ''-''))
    as sum from %I t', tablename, tablename), ' union all ')
  from pg_tables where schemaname = 'public' and tablename {_ABOUT_PEOPLE}"""
_WRITES = f"""select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
  from pg_stat_xact_user_tables where relname {_ABOUT_PEOPLE}"""


def writes() -> int:
    """Return how many rows about people this transaction has written so far, those taken back included."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITES)
        return cursor.fetchone()[0]


def fingerprint() -> str:
    """Return a sum over all rows of the tables about people, whoever may see them."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        role = cursor.fetchone()[0]
        cursor.execute("reset role")
        cursor.execute(_SUMS)
        cursor.execute(f"select md5(string_agg(name || sum, ',' order by name)) from ({cursor.fetchone()[0]}) sums")
        total = cursor.fetchone()[0]
        cursor.execute(f"set local role {connection.ops.quote_name(role)}")
    return total
