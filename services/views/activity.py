"""A service with who took part; the partner that recorded it may correct the attendance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from services.access import get_activity


@requires(Permission.VIEW_SERVICES, hidden=True)
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who took part; a POST stores a corrected attendance."""
    return render(request, "layouts/page.html", {"activity": get_activity(request.user, reference)})
