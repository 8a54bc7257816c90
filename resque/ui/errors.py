"""Error pages: what happened, what became of the work, what to do.

The page for missing rights stands in resque/home/errors.py, because it names people who can help.
"""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import get_template

from resque.database.trouble import Trouble, trouble_of
from resque.locking import StaleRecord

RETRY_AFTER = "10"  # seconds
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class ConflictMiddleware:
    """Answer 409 where a view does not itself explain that somebody else saved first: nothing is overwritten."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a stale record into the page that says so."""
        if isinstance(exception, StaleRecord):
            return HttpResponse(get_template("409.html").render(), status=409)
        return None


class WrongMethodMiddleware:
    """Answer 405 with a page: whoever opens the address of a form in a browser would see an empty window."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            response.content = get_template("405.html").render()
        return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that no page of ours sends; 413: it sent too much."""
    if isinstance(exception, TOO_MUCH):
        return HttpResponse(get_template("413.html").render(), status=413)
    return HttpResponse(get_template("400.html").render(), status=400)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or it is not for this account; which of both is not said."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: something broke. Rendered without request, session and database, which may be what broke.

    Trouble with the database is told apart: 409 while somebody else writes the same record, 503 while the database
    cannot answer, 400 for a value that it cannot take. The request was rolled back and may be sent again.
    """
    match trouble_of(sys.exc_info()[1]):  # Django calls this while it handles the exception, without handing it over
        case Trouble.LOCKED:
            return HttpResponse(get_template("409_locked.html").render(), status=409)
        case Trouble.AWAY:
            return HttpResponse(get_template("503.html").render(), status=503, headers={"Retry-After": RETRY_AFTER})
        case Trouble.UNREADABLE:
            return bad_request(request)
    return HttpResponse(get_template("500.html").render(), status=500)
