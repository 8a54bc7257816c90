"""The door of every view: what it asks of the signed-in person.

`requires` is the first line of each view, `public` marks the few that need no account. A house test reads
`required_permissions` from every view of the URLconf, so that a view without a door cannot be added.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from resque.accounts.roles import Permission
from resque.doors import View, any_account, public

__all__ = ["RoleLacksPermission", "any_account", "public", "requires"]


class RoleLacksPermission(PermissionDenied):
    """The role lacks a right. The 403 page names the right and who can help."""

    def __init__(self, permissions: tuple[Permission, ...]):
        self.permissions = permissions
        super().__init__(", ".join(permission.value for permission in permissions))


def requires(*permissions: Permission, hidden: bool = False) -> Callable[[View], View]:
    """Let in only people whose role holds at least one of `permissions`.

    Args:
        permissions: rights of which one is enough.
        hidden: answer 404 instead of 403, for addresses that name a person: a role without people must not
            learn whether the person exists.
    """
    if not permissions:
        raise ValueError("Name at least one permission.")

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not any(request.user.can(permission) for permission in permissions):
                raise Http404 if hidden else RoleLacksPermission(permissions)
            return view(request, *args, **kwargs)

        guarded.required_permissions = permissions
        return guarded

    return decorate
