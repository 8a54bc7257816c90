"""Signing in: the page, the buttons of the demo, the page behind a one-time link, forgotten passwords."""

from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resque.accounts import demo
from resque.accounts.forms import NewPasswordForm
from resque.accounts.links import account_of_link
from resque.accounts.operations import set_password
from resque.accounts.permissions import public


class SignInView(LoginView):
    """allauth's page, with the demo accounts while there are any."""

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"demo_accounts": demo.offered_accounts()}


sign_in = public(SignInView.as_view())


@public
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with one of the buttons of the demo. There is no such address outside of it."""
    username = request.POST.get("demo", "")
    if username not in {account.username for account in demo.offered_accounts()}:
        raise Http404
    user = authenticate(request, username=username, password=demo.PASSWORD)
    if user is None:
        messages.error(request, _("The password of this account was changed. Please type it."))
        return redirect("account_login")
    return perform_login(request, user)  # allauth leads to `next` where that lies on this site


@public
@require_safe
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Say who helps. No mail is sent from here: nobody learns whether an account exists."""
    return render(request, "accounts/password_forgotten.html")


@public
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def set_password_by_link(request: HttpRequest, account: str, token: str) -> HttpResponse:
    """Let the person who holds a one-time link set the password."""
    user = account_of_link(account, token)
    if user is None:
        return render(request, "accounts/link_invalid.html", status=404)
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        set_password(user=user, password=form.cleaned_data["password1"])
        messages.success(request, _("Your password is set. Please sign in with it."))
        return redirect("account_login")
    return render(request, "accounts/set_password.html", {"form": form, "account": user})
