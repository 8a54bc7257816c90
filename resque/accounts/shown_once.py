"""A link for a password is shown one time to the administrator who made it, on the page after the form."""

from django.http import HttpRequest

from resque.accounts.models import User

KEY = "password_link"


def keep_link(request: HttpRequest, user: User, link: str) -> None:
    """Keep the link until the next look at the page of this account."""
    request.session[KEY] = {"account": user.reference, "link": link}


def take_link(request: HttpRequest, user: User) -> str:
    """Return the link that waits for the page of `user` and forget it; empty when none waits."""
    kept = request.session.get(KEY)
    if not kept or kept["account"] != user.reference:
        return ""
    del request.session[KEY]
    return kept["link"]
