"""Accounts: new, page, edit, ending and restoring access, links for a password."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resque.accounts.access import NotAllowedHere, get_account
from resque.accounts.forms import AccountChangeForm, AccountForm
from resque.accounts.models import Partner
from resque.accounts.operations import (
    add_account,
    change_account,
    end_access,
    new_password_link,
    reset_second_factor,
    restore_access,
)
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.accounts.shown_once import keep_link, take_link
from resque.accounts.views.writing import repeated, written

ADMINISTRATORS = (Permission.MANAGE_ACCOUNTS, Permission.MANAGE_PARTNERS)


@requires(*ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def user_new(request: HttpRequest) -> HttpResponse:
    """Add an account; its page then shows the link for the first password, once."""
    if response := repeated(request):
        return response
    partner = Partner.objects.manageable_by(request.user).filter(code=request.GET.get("partner", "")).first()
    form = AccountForm(request.POST or None, by=request.user, initial={"partner": partner})
    if request.method == "POST" and form.is_valid():

        def write() -> str:
            made, link = add_account(by=request.user, site=request.build_absolute_uri("/")[:-1], **form.facts)
            keep_link(request, made, link)
            return reverse("accounts:user", args=[made.reference])

        if response := written(request, form, write):
            return response
    return render(request, "accounts/account_form.html", {"form": form, "partner": partner})


@requires(*ADMINISTRATORS)
@require_safe
def user(request: HttpRequest, account: str) -> HttpResponse:
    """Show one account: facts, state, and what an administrator can do."""
    found = get_account(request.user, account)
    context = {"account": found, "link": take_link(request, found), "own": found.pk == request.user.pk}
    return render(request, "accounts/account.html", context)


@requires(*ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def user_edit(request: HttpRequest, account: str) -> HttpResponse:
    """Change names, address, role or organisation of an account."""
    found = get_account(request.user, account)
    form = AccountChangeForm(request.POST or None, by=request.user, instance=get_account(request.user, account))
    if request.method == "POST" and form.is_valid():

        def write() -> str:
            change_account(by=request.user, user=found, version=form.cleaned_data["version"], **form.facts)
            messages.success(request, _("Changes saved."))
            return reverse("accounts:user", args=[found.reference])

        if response := written(request, form, write):
            return response
    return render(request, "accounts/account_form.html", {"form": form, "account": found})


@requires(*ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def user_end(request: HttpRequest, account: str) -> HttpResponse:
    """Say what ending the access does, and end it."""
    found = get_account(request.user, account)
    if request.method == "POST":
        return _done(request, found, lambda: end_access(by=request.user, user=found), _("Access ended."))
    return render(request, "accounts/account_end.html", {"account": found})


@requires(*ADMINISTRATORS)
@require_POST
def user_restore(request: HttpRequest, account: str) -> HttpResponse:
    """Give an account its access back."""
    found = get_account(request.user, account)
    return _done(request, found, lambda: restore_access(by=request.user, user=found), _("Access restored."))


@requires(*ADMINISTRATORS)
@require_POST
def user_link(request: HttpRequest, account: str) -> HttpResponse:
    """Make a fresh link for setting a password; the account's page shows it once."""
    found = get_account(request.user, account)

    def write() -> None:
        site = request.build_absolute_uri("/")[:-1]
        keep_link(request, found, new_password_link(by=request.user, user=found, site=site))

    return _done(request, found, write, "")


@requires(*ADMINISTRATORS)
@require_POST
def user_second_factor(request: HttpRequest, account: str) -> HttpResponse:
    """Remove the second factor of somebody who lost it."""
    found = get_account(request.user, account)
    said = _("Second factor removed. The next sign-in leads to setting up a new one.")
    return _done(request, found, lambda: reset_second_factor(by=request.user, user=found), said)


def _done(request: HttpRequest, account, deed, said: str) -> HttpResponse:
    try:
        deed()
    except NotAllowedHere as refusal:
        messages.error(request, refusal.sentence)
    else:
        if said:
            messages.success(request, said)
    return redirect("accounts:user", account=account.reference)
