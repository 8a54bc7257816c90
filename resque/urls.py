"""All addresses. Floors are included by name, so that the ground imports nothing that stands above it."""

from importlib.util import find_spec

from django.urls import include, path

from resque.health import healthz


def _floor(prefix: str, module: str) -> list:
    # A floor under construction has no addresses yet.
    return [path(prefix, include(module))] if find_spec(module) else []


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    *_floor("accounts/", "resque.accounts.urls"),
    *_floor("", "resque.home.urls"),
    *_floor("partners/", "resque.accounts.partner_urls"),
    *_floor("ui/", "resque.ui.urls"),
    *_floor("participants/", "participants.urls"),
    *_floor("", "services.urls"),
    *_floor("reporting/", "reporting.urls"),
]

handler400 = "resque.ui.errors.bad_request"
handler403 = "resque.home.errors.permission_denied"
handler404 = "resque.ui.errors.page_not_found"
handler500 = "resque.ui.errors.server_error"
