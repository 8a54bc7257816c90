"""The home page by role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from resque.accounts.permissions import requires
from resque.accounts.roles import Permission, Role
from resque.home.queries import TEMPLATES, home_for


@requires(Permission.OPEN_HOME)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the role of the signed-in person works with."""
    return render(request, TEMPLATES[Role(request.user.role)], home_for(request))
