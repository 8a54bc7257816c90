"""What a request leaves behind: no context, one line in the audit log for each opening and each refusal."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import reverse

from resque.audit.models import AccessEntry, Deed
from resque.context.middleware import ContextMiddleware, StreamedAfterTransaction
from resque.database.policies import APP
from resque.tests.access.addresses import ADDRESSES
from resque.tests.access.matrix import Visitors, quiet
from resque.tests.access.modes import in_role, undone
from resque.tests.access.world import built

pytestmark = pytest.mark.django_db
KEYS = ("app.user_id", "app.role", "app.partner_id", "app.home_partner_id", "pghistory.context_metadata")
READS = ("detail", "esf", "identity", "history", "share", "special")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), built() as made:
        made.visitors = Visitors(made)
        yield made


def _asked(world, role: str, path: str, method: str = "GET") -> tuple[HttpResponse, list[AccessEntry]]:
    """Visit an address in the application's role and return what the audit log says about it."""
    with quiet(), undone():
        before = set(AccessEntry.objects.values_list("pk", flat=True))
        with in_role(APP):
            response = world.visitors.ask(role, method, path)
        return response, list(AccessEntry.objects.exclude(pk__in=before))


def _detail(world, case: str) -> str:
    return reverse("participants:detail", kwargs={"reference": world.cases[case].reference})


@pytest.mark.parametrize(
    ("role", "path"),
    [("caseworker", "own"), ("caseworker", "foreign"), ("city", "/participants/"), ("anonymous", "/"), ("admin", "/")],
)
def test_a_request_leaves_no_context(world, role, path):
    with quiet(), undone(), in_role(APP), connection.cursor() as cursor:
        world.visitors.ask(role, "GET", _detail(world, path) if path in world.cases else path)
        cursor.execute("select " + ", ".join(f"coalesce(current_setting('{key}', true), '')" for key in KEYS))
        assert set(cursor.fetchone()) == {""}
        cursor.execute("select count(*) from participants_person")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("page", [*(f"participants:{name}" for name in READS), "services:timeline"])
def test_each_opening_is_logged_once(world, page):
    assert page in ADDRESSES
    case = world.cases["own"]
    response, entries = _asked(world, "caseworker", reverse(page, kwargs={"reference": case.reference}))
    opened = [(entry.deed, entry.reference, entry.username) for entry in entries if entry.deed.startswith("opened")]
    deed = Deed.OPENED_SPECIAL if page.endswith("special") else Deed.OPENED
    assert response.status_code == 200
    assert opened == [(deed, case.reference, "lehmann")]


@pytest.mark.parametrize("case", ["foreign", "expired", "revoked"])
def test_each_refusal_is_logged_once(world, case):
    response, entries = _asked(world, "caseworker", _detail(world, case))
    (entry,) = entries
    assert response.status_code == 404
    assert (entry.deed, entry.username, entry.reference) == (Deed.DENIED, "lehmann", world.cases[case].reference)
    assert entry.detail == {"status": 404, "method": "GET"}
    assert entry.request_id == response["X-Request-Id"]


def test_a_missing_right_is_logged_once(world):
    response, entries = _asked(world, "city", "/participants/")
    (entry,) = entries
    assert response.status_code == 403
    assert (entry.deed, entry.kind, entry.username) == (Deed.DENIED, "participants:list", "krause")


def test_a_refused_write_is_logged_and_nothing_else(world):
    path = reverse("participants:contact_new", kwargs={"reference": world.cases["shared"].reference})
    response, entries = _asked(world, "caseworker", path, "POST")
    assert response.status_code == 403
    assert [(entry.deed, entry.detail["method"]) for entry in entries] == [(Deed.DENIED, "POST")]


def _through_the_middleware(response):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return ContextMiddleware(lambda _request: response)(request)


def test_what_would_be_streamed_after_the_transaction_is_refused(tmp_path):
    with pytest.raises(StreamedAfterTransaction):
        _through_the_middleware(StreamingHttpResponse(iter([b"row"])))
    (tmp_path / "made.csv").write_text("row")
    response = _through_the_middleware(FileResponse((tmp_path / "made.csv").open("rb")))
    assert b"".join(response.streaming_content) == b"row"
    response.close()
