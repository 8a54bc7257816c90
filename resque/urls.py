"""All addresses. Floors are included by name, so that the ground imports nothing that stands above it."""

from django.urls import include, path

from resque.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("resque.accounts.urls")),
    path("", include("resque.home.urls")),
    path("partners/", include("resque.accounts.partner_urls")),
    path("ui/", include("resque.ui.urls")),
    path("participants/", include("participants.urls")),
    path("operations/", include("participants.operation_urls")),
    path("", include("services.urls")),
    path("reporting/", include("reporting.urls")),
]

handler400 = "resque.ui.errors.bad_request"
handler403 = "resque.home.errors.permission_denied"
handler404 = "resque.ui.errors.page_not_found"
handler500 = "resque.ui.errors.server_error"
