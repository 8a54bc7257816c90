"""Language and theme, the gallery of components, and what we say about accessibility and licences."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from resque.doors import public
from resque.ui.context import THEMES
from resque.ui.gallery import gallery_context
from resque.ui.language import CODES

YEAR = 365 * 24 * 60 * 60  # seconds


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else "/")


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and go back to the page."""
    response = _back(request)
    if (code := request.POST.get("language", "")) in CODES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, httponly=True,
            secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
        )  # fmt: skip
    return response


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or "like the system" in the session and go back to the page."""
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        request.session["theme"] = chosen
    else:
        request.session.pop("theme", None)
    return _back(request)


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; in production to signed-in people only."""
    if settings.RESQUE_PROFILE == "production" and not request.user.is_authenticated:
        raise Http404
    return render(request, "ui/index.html", gallery_context(request))


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what was checked, what is known to be missing, and whom to tell."""
    return render(request, "ui/accessibility.html")


@public
@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    """List the vendored files of other people with version and licence."""
    manifest = json.loads((settings.BASE_DIR / "static/vendor/manifest.json").read_text())
    packages = [
        {"name": name, "version": entry["version"], "licence": entry["licence"]}
        for name, entry in manifest["packages"].items()
        if any(path.startswith(("static/", "resque/ui/")) for path in entry["files"])
    ]
    return render(request, "ui/licences.html", {"packages": packages})
