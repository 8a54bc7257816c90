"""Failed sign-ins in the audit log.

Django offers no other hook than its signal. The receiver only remembers the name; the middleware writes the
entry after the transaction of the request, so that it stands whatever becomes of that.
"""

from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from resque.accounts.operations.sign_in import note_failed_sign_in
from resque.context.state import NOBODY, context_of, tell_database


def remember(sender, credentials, request=None, **kwargs) -> None:
    """Keep the name that was tried until the transaction of the request has ended."""
    if request is not None:
        request.failed_sign_in = str(credentials.get("username", ""))


user_login_failed.connect(remember, dispatch_uid="resque.accounts.failed_sign_ins")


class FailedSignInMiddleware:
    """Write failed sign-ins after the transaction. Stands outside of ContextMiddleware."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        username = getattr(request, "failed_sign_in", None)
        if username is not None:
            with transaction.atomic():
                tell_database(context_of(None, ip=request.META.get("REMOTE_ADDR") or None))
                note_failed_sign_in(username=username)
                tell_database(NOBODY)
        return response
