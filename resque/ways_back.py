"""To which page of ours a browser can come back."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

READING = ("GET", "HEAD", "OPTIONS")


def way_back(request: HttpRequest) -> str:
    """Return the address of this page, path and query.

    A page that answered a form may have no address that one can open: then of the page where the form stood, as
    far as the browser says it and it is one of ours, else of the start page.
    """
    if request.method in READING:
        return request.get_full_path()
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    return urlsplit(before)._replace(scheme="", netloc="", fragment="").geturl() or "/"


def asked_way(request: HttpRequest, parameter: str) -> str:
    """Return the address of ours that a parameter of this address names, "" without one: nobody is sent elsewhere.

    Args:
        parameter: "next", where saving leads, or "back_url", where the reader came from.
    """
    target = request.GET.get(parameter, "")
    # A path only: an address with a host would be followed wherever that host leads.
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(target, None) and target.isprintable()
    return target if safe else ""
