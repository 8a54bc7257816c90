"""The last five cases that somebody opened: references only, in the session, gone with it.

The audit log knows them too, but nobody reads there what a colleague opened, not even the colleague.
"""

from django.http import HttpRequest

KEY = "recently_opened"
KEPT = 5


def remember_opened(request: HttpRequest, reference: str) -> None:
    """Put a reference first in the list of this session."""
    before = request.session.get(KEY, [])
    now = [reference, *(one for one in before if one != reference)][:KEPT]
    if now != before:
        request.session[KEY] = now


def recently_opened(request: HttpRequest) -> list[str]:
    """Return the references that this session opened, latest first, at most five."""
    return list(request.session.get(KEY, []))
