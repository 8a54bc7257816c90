"""Response headers that Django has no setting for, on every answer, static files and errors included."""

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

UNUSED_FEATURES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)


class HeadersMiddleware:
    """Set the headers, and refuse what another site asks for other than by a link that a person follows."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponseForbidden() if _embedded_elsewhere(request) else self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Pages about people stay in no cache. Static files come with their own word.
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _embedded_elsewhere(request: HttpRequest) -> bool:
    """Return whether another site loads this as a picture, script or frame (Fetch Metadata, ASVS 3.5.8)."""
    if request.headers.get("Sec-Fetch-Site") != "cross-site":
        return False
    return request.headers.get("Sec-Fetch-Mode") != "navigate" or request.headers.get("Sec-Fetch-Dest") in {
        "object",
        "embed",
        "iframe",
        "frame",
    }
