"""Partners: list, page, new, edit; and the table of roles."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from resque.accounts import queries
from resque.accounts.access import get_partner
from resque.accounts.forms import PartnerChangeForm, PartnerForm
from resque.accounts.operations import add_partner, change_partner
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission, Role
from resque.accounts.views.writing import repeated, written


@requires(Permission.MANAGE_PARTNERS, Permission.MANAGE_ACCOUNTS)
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """List the partners; who manages one only goes straight to it."""
    if not request.user.can(Permission.MANAGE_PARTNERS):
        return redirect("accounts:partner", code=request.user.partner.code)
    context = {"partners": queries.partners_for(request.user), "system_accounts": queries.accounts_of(None)}
    return render(request, "accounts/partners.html", context)


@requires(Permission.MANAGE_PARTNERS, Permission.MANAGE_ACCOUNTS)
@require_safe
def partner(request: HttpRequest, code: str) -> HttpResponse:
    """Show one partner: facts and accounts."""
    found = get_partner(request.user, code)
    context = {"partner": found, "accounts": queries.accounts_of(found)}
    return render(request, "accounts/partner.html", context)


@requires(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def partner_new(request: HttpRequest) -> HttpResponse:
    """Add a partner."""
    if response := repeated(request):
        return response
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def write() -> str:
            made = add_partner(by=request.user, **form.facts)
            messages.success(request, _("%(partner)s is part of the network now.") % {"partner": made})
            return reverse("accounts:partner", args=[made.code])

        if response := written(request, form, write):
            return response
    return render(request, "accounts/partner_form.html", {"form": form})


@requires(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def partner_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change facts of a partner."""
    found = get_partner(request.user, code)
    form = PartnerChangeForm(request.POST or None, instance=get_partner(request.user, code))
    if request.method == "POST" and form.is_valid():

        def write() -> str:
            change_partner(by=request.user, partner=found, version=form.cleaned_data["version"], **form.facts)
            messages.success(request, _("Changes saved."))
            return reverse("accounts:partner", args=[found.code])

        if response := written(request, form, write):
            return response
    return render(request, "accounts/partner_form.html", {"form": form, "partner": found})


@requires(Permission.VIEW_PERMISSIONS)
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Show who may do what, in words: for data-protection officers and for print."""
    context = {"roles": queries.role_sentences(), "table": queries.permission_table(), "columns": list(Role)}
    return render(request, "accounts/roles.html", context)
