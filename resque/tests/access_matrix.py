"""The access matrix: every address x every role x every relation to the object, and what must come back.

`CLASSES` says what an address of a class answers to whom; `ADDRESSES` (in test_access_matrix.py) says which class
each named address belongs to. An address that nobody classified fails the test.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver, reverse

OK, TO_LOGIN, FORBIDDEN, MISSING = "ok", "to login", "forbidden", "missing"
ROLES = ("anonymous", "caseworker", "colleague_of_other", "coordinator", "city", "partner_admin", "admin")
RELATIONS = ("own", "shared", "facts_only", "foreign", "missing")


@dataclass(frozen=True)
class Address:
    """A named address of the URL configuration."""

    name: str
    parameters: tuple[str, ...]


@dataclass(frozen=True)
class Expectation:
    """What one class of addresses answers.

    Attributes:
        by_role: answer of addresses without object, or the answers by relation of addresses with one.
        method: GET, or POST for addresses that only write.
    """

    by_role: dict[str, str | dict[str, str]]
    method: str = "GET"


@dataclass
class Fault:
    """One difference between the table and the application."""

    address: str
    role: str
    relation: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.address} as {self.role} on {self.relation}: expected {self.expected}, got {self.got}"


@dataclass
class Findings:
    """Everything that one run of the matrix found."""

    checks: int = 0
    faults: list[Fault] = field(default_factory=list)
    pages: list[tuple[str, str, str, bytes]] = field(default_factory=list)


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
    if response.status_code == 302 and "/accounts/login/" in response["Location"]:
        return TO_LOGIN
    if response.status_code == 403:
        return FORBIDDEN
    if response.status_code == 404:
        return MISSING
    if response.status_code >= 500:
        return f"error {response.status_code}"
    return OK


def run_matrix(
    addresses: dict[str, Expectation],
    *,
    client_of: Callable[[str], object],
    parameters_of: Callable[[str, str, str], dict | None],
) -> Findings:
    """Ask every address in every role for every relation.

    Args:
        addresses: class of each named address.
        client_of: gives the signed-in test client of a role.
        parameters_of: gives the parameters of an address for a role and relation, or None when that relation
            does not exist for its kind of object.
    """
    findings = Findings()
    for address in named_addresses():
        expectation = addresses.get(address.name)
        if expectation is None:
            continue
        for role in ROLES:
            client = client_of(role)
            for relation in RELATIONS if address.parameters else ("none",):
                parameters = parameters_of(address.name, role, relation) if address.parameters else {}
                if parameters is None:
                    continue
                _ask(findings, address, expectation, role, relation, client, parameters)
    return findings


def _ask(findings, address, expectation, role, relation, client, parameters) -> None:
    expected = expectation.by_role[role]
    if isinstance(expected, dict):
        expected = expected[relation]
    path = reverse(address.name, kwargs=parameters)
    response = client.get(path) if expectation.method == "GET" else client.post(path, {})
    got = outcome_of(response)
    findings.checks += 1
    findings.pages.append((address.name, role, relation, response.content + str(response.headers).encode()))
    if got != expected:
        findings.faults.append(Fault(address.name, role, relation, expected, f"{got} ({response.status_code})"))
