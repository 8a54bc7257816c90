"""Marks of views that ask for no permission. A house test reads them from every view of the URLconf."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Mark a view that everybody may open without an account."""
    view = login_not_required(view)
    view.is_public = True
    return view


def any_account(view: View) -> View:
    """Mark a view for every signed-in person, whatever the role (own password, own sessions)."""
    view.any_account = True
    return view
