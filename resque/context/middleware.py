"""The transaction of the whole request, rendering included, and the context inside it.

`SET LOCAL` lives as long as its transaction. A transaction around the view alone would end before a lazy
response renders, and a page rendered without context is an empty page. So this middleware owns it.
"""

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.context.state import NOBODY, _current, context_of, tell_database


class StreamedAfterTransaction(RuntimeError):
    """A streaming response would read rows after its transaction: spool it into a file first."""


class ContextMiddleware:
    """Open the transaction, say who acts, and roll everything back when the answer is an error."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        context = context_of(request.user, ip=request.META.get("REMOTE_ADDR") or None)
        request.request_id = context.request_id
        token = _current.set(context)
        try:
            response = self._answer(request, context)
            if response.status_code in (403, 404) and context.user_id:
                self._note_denial(request, response, context)
        finally:
            _current.reset(token)
        response["X-Request-Id"] = context.request_id
        return response

    def _answer(self, request: HttpRequest, context) -> HttpResponse:
        with transaction.atomic():
            tell_database(context)
            response = self.get_response(request)
            if response.streaming and not hasattr(response, "file_to_stream"):
                raise StreamedAfterTransaction(request.path)
            if response.status_code >= 500 or getattr(request, "must_roll_back", False):
                transaction.set_rollback(True)
            elif not connection.needs_rollback:
                # Matters inside the outer transaction of a test only: elsewhere the commit ends the settings.
                tell_database(NOBODY)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Remember to roll back: nothing of a failed or refused request may stay.

        Only remembered here, because the error page is still to be rendered in this transaction.
        """
        request.must_roll_back = True

    def _note_denial(self, request: HttpRequest, response: HttpResponse, context) -> None:
        # After the rolled-back transaction, so that the denial itself survives.
        with transaction.atomic():
            tell_database(context)
            match = request.resolver_match
            note_deed(
                deed=Deed.DENIED,
                kind=match.view_name if match else "unknown",
                reference=str(match.kwargs.get("reference", ""))[:64] if match else "",
                status=response.status_code,
                method=request.method,
            )
            tell_database(NOBODY)
