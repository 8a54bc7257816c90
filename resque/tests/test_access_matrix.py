"""Every address, every role, every relation: with the application's rules alone, the database's alone, and both."""

import pytest

from resque.tests.access import modes
from resque.tests.access.addresses import ADDRESSES
from resque.tests.access.answers import OK, WRONG_METHOD
from resque.tests.access.matrix import Matrix, named_addresses
from resque.tests.access.world import built

pytestmark = pytest.mark.django_db
ABOUT_PEOPLE = {"case", "activity", "outcome", "batch", "upload", "figure"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), built() as made:
        yield made


def _holds(findings, mode: str, least: int) -> None:
    print(f"{mode}: {findings.checks} checks")
    assert findings.checks > least
    if findings.faults:
        pytest.fail(f"{mode}: {len(findings.faults)} faults\n{findings}", pytrace=False)


def test_every_address_is_classified():
    found = {address.name for address in named_addresses()}
    assert found - ADDRESSES.keys() == set(), "classify them in resque/tests/access/addresses.py"
    assert ADDRESSES.keys() - found == set(), "these addresses do not exist any more"


def test_the_application_alone_keeps_the_table(world):
    _holds(Matrix(world, ADDRESSES, modes.application_alone).run(), "application alone", 1500)


def _names_a_record(rule, *_cell):
    return rule.about in ABOUT_PEOPLE


def test_the_database_alone_keeps_the_table(world):
    """Only what names a record: without an object there is nothing that the database could refuse."""

    def may_be_read(rule, method, role, relation):
        # The database refuses the write and not the page around it.
        return (
            method == "POST"
            and relation
            and OK == rule.expected("GET", role, relation) != rule.expected(method, role, relation)
        )

    matrix = Matrix(world, ADDRESSES, modes.database_alone, only=_names_a_record, free=may_be_read)
    _holds(matrix.run(), "database alone", 500)


def test_the_database_alone_shows_and_changes_nothing_when_every_door_is_open(world):
    """No right, no owner, no scope is asked for in Python: whatever the pages then answer, it holds nothing foreign."""

    def refused(rule, method, role, relation):
        return (
            _names_a_record(rule)
            and role != "anonymous"
            and rule.expected(method, role, relation) not in (OK, WRONG_METHOD)
        )

    # The partner's own number stands in the row of facts; policies hide rows and no columns (docs/security.md).
    shown = ["Participation.external_reference"]
    matrix = Matrix(world, ADDRESSES, modes.doors_open, only=refused, free=lambda *_cell: True, shown=shown)
    _holds(matrix.run(), "database alone, doors open", 300)


def test_both_together_let_everybody_work(world):
    """What each of them refuses alone is refused by both; so only what is open is asked here."""

    def is_open(rule, method, role, relation):
        return rule.expected(method, role, relation) == OK

    _holds(Matrix(world, ADDRESSES, modes.both, only=is_open).run(), "both", 250)


def test_the_matrix_names_address_role_and_relation_of_a_forgotten_scope(world):
    """Else a green matrix would prove nothing."""
    pages = [ADDRESSES["participants:detail"], ADDRESSES["participants:share"]]

    def one_page(rule, method, role, relation):
        return any(rule is page for page in pages) and role == "caseworker"

    with modes.without_scope(modes.scoped_querysets()["ParticipationQuerySet"]):
        said = str(Matrix(world, ADDRESSES, modes.application_alone, only=one_page).run())
    assert "GET participants:detail as caseworker on foreign: expected missing, got ok" in said
    assert "POST participants:share as caseworker on expired: expected missing, got forbidden" in said
