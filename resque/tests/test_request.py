"""The transaction of a request: kept when it went well, rolled back when it did not, no context left behind."""

import psycopg2
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from resque import urls as ours
from resque.accounts.models import Partner
from resque.accounts.permissions import public
from resque.audit.models import AccessEntry, Deed
from resque.context.state import NOBODY, current

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
OUTCOMES = {}


@public
def view(request, what):
    """Write something, then end as `what` says."""
    Partner.objects.filter(code="daa").update(phone="written")
    outcome = OUTCOMES[what]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome()


def from_driver(code: str) -> OperationalError:
    """Return a Django error around a driver's error with a code of PostgreSQL."""
    cause = type("Refused", (psycopg2.OperationalError,), {"pgcode": code})()
    error = OperationalError("said by the server")
    error.__cause__ = cause
    return error


OUTCOMES |= {
    "well": HttpResponse, "invalid": lambda: HttpResponse(status=422), "broken": lambda: HttpResponse(status=500),
    "fault": ZeroDivisionError(), "missing": Http404(), "denied": PermissionDenied(),
    "stream": lambda: StreamingHttpResponse([b"x"]), "locked": from_driver("55P03"), "deadlock": from_driver("40P01"),
    "full": from_driver("53100"), "gone": OperationalError("connection closed"), "closed": InterfaceError("closed"),
    "slow": from_driver("57014"), "nul": ValueError("A string literal cannot contain NUL (0x00) characters."),
    "ours": ProgrammingError("no such column"),
}  # fmt: skip
urlpatterns = [path("try/<str:what>/", view, name="try"), *ours.urlpatterns]
handler400, handler403, handler404, handler500 = ours.handler400, ours.handler403, ours.handler404, ours.handler500


def go(what: str) -> HttpResponse:
    client = Client(raise_request_exception=False)
    return client.get(f"/try/{what}/")


def was_written() -> bool:
    return Partner.objects.get(code="daa").phone == "written"


@pytest.mark.parametrize("what", ["well", "invalid"])
def test_an_answer_is_kept(what):
    answer = go(what)
    assert was_written()
    assert answer["X-Request-Id"]


@pytest.mark.parametrize(
    ("what", "status"),
    [("broken", 500), ("fault", 500), ("missing", 404), ("denied", 403), ("stream", 500), ("ours", 500), ("locked", 409),
     ("deadlock", 409), ("full", 503), ("gone", 503), ("closed", 503), ("slow", 503), ("nul", 400)],
)  # fmt: skip
def test_whatever_goes_wrong_is_rolled_back_and_said(what, status):
    answer = go(what)
    assert answer.status_code == status
    assert not was_written()
    assert ("Retry-After" in answer) == (status == 503)


@pytest.mark.parametrize("what", ["well", "fault", "missing", "stream"])
def test_no_context_outlives_the_request(what, cast):
    client = Client(raise_request_exception=False)
    client.force_login(cast.weber)
    client.get(f"/try/{what}/")
    with connection.cursor() as cursor:
        cursor.execute("select app_user(), app_role(), app_partner()")
        assert cursor.fetchone() == (None, "", None)
    assert current() == NOBODY


def test_a_refusal_is_written_after_the_rollback(cast):
    client = Client(raise_request_exception=False)
    client.force_login(cast.weber)
    client.get("/try/denied/")
    entry = AccessEntry.objects.get(deed=Deed.DENIED)
    assert (entry.username, entry.kind, entry.detail) == ("weber", "try", {"status": 403, "method": "GET"})
    assert not was_written()


def test_an_anonymous_refusal_is_not_written():
    go("denied")
    assert not AccessEntry.objects.exists()


def test_an_ended_account_is_nobody(cast):
    from resque.context.state import context_of

    cast.weber.is_active = False
    for user in (cast.weber, AnonymousUser(), None):
        assert context_of(user).user_id is None


def test_the_page_for_a_fault_needs_no_exception():
    from resque.ui.errors import server_error

    assert server_error(RequestFactory().get("/")).status_code == 500
