"""Signing in before anything else. Whoever was signed out in the middle of a form is told so and comes back to it."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

READING = ("GET", "HEAD", "OPTIONS")


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Lead strangers to the sign-in page, and from there to the page that they wanted to see."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponseRedirect:
        """Send a form back to the page where it stood: its own address may take nothing but forms."""
        if request.method in READING:
            return super().handle_no_permission(request, view_func)
        if not request.htmx:
            messages.warning(request, _("You were signed out. What you just sent was not saved."))
        return redirect_to_login(_page_of(request), self.get_login_url(view_func))


def _page_of(request: HttpRequest) -> str:
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    address = urlsplit(referrer)
    return address._replace(scheme="", netloc="", fragment="").geturl() or "/"
