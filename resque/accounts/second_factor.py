"""The second factor: required in production, and its seeds never stand readable in the database."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from resque.accounts.querysets import SECOND_FACTORS
from resque.secrets import seal, unseal

# Where an account without a second factor may go: setting one up, and out.
OPEN_TO_ALL = {"account_logout", "account_reauthenticate", "healthz"}
ENROLMENT = "mfa_"
KNOWN = "second_factor"


class SecondFactorMiddleware:
    """Send accounts without a second factor to its set-up, while RESQUE_SECOND_FACTOR_REQUIRED is on.

    Accounts that have one are asked for it at sign-in by allauth. That an account has one is remembered in the
    session, and forgotten on the pages where it can be removed.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if not settings.RESQUE_SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name
        if name.startswith(ENROLMENT):
            request.session.pop(KNOWN, None)
            return None
        if name in OPEN_TO_ALL or getattr(view, "is_public", False) or request.session.get(KNOWN):
            return None
        if not is_mfa_enabled(request.user, SECOND_FACTORS):
            return redirect("mfa_index")
        request.session[KNOWN] = True
        return None


class MFAAdapter(DefaultMFAAdapter):
    """Seal the seeds of code apps and recovery codes before they are stored."""

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=KNOWN).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text.encode(), purpose=KNOWN)
