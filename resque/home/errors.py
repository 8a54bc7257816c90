"""The page for what the own role may not do: which right is missing, who holds it, who can help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resque.accounts.access import partner_administrators
from resque.accounts.roles import ROLES, Permission


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: name the missing right in a sentence, or the reason that the exception gives as `sentence`.

    Only for what concerns a role. What is not for this account at all answers 404, without help.
    """
    permissions = [Permission(one) for one in getattr(exception, "permissions", ())]
    user = getattr(request, "user", None)
    context = {
        "sentence": getattr(exception, "sentence", ""),
        "permissions": permissions,
        "roles": [role.label for role, row in ROLES.items() if row.permissions & set(permissions)],
        "helpers": partner_administrators(user) if user is not None and user.is_authenticated else [],
    }
    return render(request, "403.html", context, status=403)
