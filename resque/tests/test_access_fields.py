"""References in fields and queries: a foreign one does what a missing one does, and no row changes."""

import pytest
from django.urls import reverse

from participants.models import (
    CaseShare,
    Contact,
    Credential,
    Guardian,
    LanguageAssessment,
    Schooling,
    WorkExperience,
)
from resque.tests.access import modes
from resque.tests.access.crawler import words_of
from resque.tests.access.matrix import Visitors, body_of, fingerprint, quiet
from resque.tests.access.modes import undone
from resque.tests.access.relations import may_see
from resque.tests.access.world import built
from services.models import Note

pytestmark = pytest.mark.django_db
MODES = pytest.mark.parametrize("mode", [modes.application_alone, modes.database_alone, modes.both])
CLOSED = ("foreign", "expired", "revoked")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), built() as made:
        made.visitors = Visitors(made)
        yield made


def _ask(world, mode, method: str, path: str, data: dict, named: str):
    """Visit as a counsellor of the DAA; return status, what the page says without the named object, and the rows."""
    with quiet(), undone(), mode():
        response = world.visitors.ask("caseworker", method, path, data)
        after = fingerprint()
    leaks = [one for one in world.canaries.found_in(words_of(response)) if not may_see("caseworker", one)]
    assert not leaks, f"{path} shows {leaks[0]}"
    # A key is short: bare, its digits stand in many places of a page.
    spoken_of = f'"{named}"' if named.isdigit() else named
    return response.status_code, body_of(response, path).replace(spoken_of.encode(), b""), after


def _alike(world, mode, method, path, field, foreign, missing, **more) -> None:
    untouched = fingerprint()
    answers = [_ask(world, mode, method, path, {field: one, **more}, str(one)) for one in (foreign, missing)]
    assert answers[0][0] == answers[1][0] < 500
    assert answers[0][1] == answers[1][1], f"{field} of {path} tells a foreign from a missing one"
    assert {after for *_answer, after in answers} == {untouched}, f"{path} changed rows"


@MODES
@pytest.mark.parametrize("case", CLOSED)
def test_a_service_is_not_recorded_for_a_stranger(world, mode, case):
    more = {"kind": "DAA-BER", "minutes": "45", "day": "06.02.2017", "note": "Umar", "note_scope": "network"}
    reference = world.cases[case].reference
    _alike(world, mode, "POST", reverse("services:record"), "participants", reference, "R-99999", **more)


@MODES
@pytest.mark.parametrize(
    ("field", "rows", "missing"), [("person", "cases", "R-99999"), ("like", "activities", "L-99999")]
)
def test_a_form_is_not_filled_from_a_stranger(world, mode, field, rows, missing):
    foreign = getattr(world, rows)["foreign"].reference
    _alike(world, mode, "GET", reverse("services:record"), field, foreign, missing)


@MODES
@pytest.mark.parametrize("address", ["participants:search", "services:lookup"])
def test_a_number_that_is_typed_finds_no_stranger(world, mode, address):
    untouched = fingerprint()
    for case in CLOSED:
        status, _body, after = _ask(world, mode, "POST", reverse(address), {"q": world.cases[case].reference}, "-")
        assert (status, after) == (302 if address.endswith("search") else 200, untouched)


@MODES
@pytest.mark.parametrize(
    ("address", "field", "model"),
    [
        ("participants:contact_remove", "contact", Contact),
        ("participants:guardian_remove", "guardian", Guardian),
        ("participants:share_revoke", "share", CaseShare),
        ("services:note_scope", "note", Note),
        ("participants:language_remove", "row", LanguageAssessment),
        ("participants:work_remove", "row", WorkExperience),
        ("participants:schooling_store", "row", Schooling),
        ("participants:credential_store", "row", Credential),
    ],
)
def test_the_own_address_reaches_nothing_that_hangs_on_a_stranger(world, mode, address, field, model):
    """The reference in the address is the own one; the key in the form belongs to a foreign case."""
    person, case = world.cases["foreign"].person_id, world.cases["foreign"].pk
    wanted = {"person": person} if field in ("contact", "guardian", "row") else {"participation": case}
    foreign = model._base_manager.filter(**wanted).first().pk
    path = reverse(address, kwargs={"reference": world.cases["own"].reference})
    _alike(world, mode, "POST", path, field, foreign, 999999, note_scope="network")


def test_the_same_fields_reach_the_own_record(world):
    """Else the tests before would prove nothing."""
    case, untouched = world.cases["own"], fingerprint()
    service = {"participants": case.reference, "kind": "DAA-BER", "minutes": "45", "day": "06.02.2017"}
    visits = [(reverse("services:record"), service | {"note": "Umar", "note_scope": "team"})]
    for name, model in (("contact", Contact), ("guardian", Guardian)):
        path = reverse(f"participants:{name}_remove", kwargs={"reference": case.reference})
        visits.append((path, {name: model._base_manager.filter(person=case.person_id).first().pk}))
    row = LanguageAssessment._base_manager.filter(person=case.person_id).first()
    path = reverse("participants:language_remove", kwargs={"reference": case.reference})
    visits.append((path, {"row": row.pk}))
    for path, data in visits:
        status, _body, after = _ask(world, modes.both, "POST", path, data, "-")
        assert status == 302 and after != untouched, path


@MODES
def test_figures_of_another_partner_are_not_asked_for_by_a_query(world, mode):
    for path in (reverse("reporting:dashboard"), reverse("reporting:people", kwargs={"code": "entered"})):
        _alike(world, mode, "GET", path, "partner", "caritas", "nobody")
