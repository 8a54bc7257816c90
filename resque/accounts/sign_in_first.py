"""Signing in before anything else. Whoever was signed out in the middle of a form is told so and comes back to it."""

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _

from resque.ways_back import READING, way_back


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Lead strangers to the sign-in page, and from there to the page that they wanted to see."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponseRedirect:
        """Send a form back to the page where it stood: its own address may take nothing but forms."""
        if request.method not in READING and not request.htmx:
            messages.warning(request, _("You were signed out. What you just sent was not saved."))
        return redirect_to_login(way_back(request), self.get_login_url(view_func))
