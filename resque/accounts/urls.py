"""Addresses of signing in and of the own account. Of allauth only what we use, each view marked for the house rule."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.urls import path

from resque import converters  # noqa: F401 - registers the converter "reference"
from resque.accounts.permissions import any_account, public
from resque.accounts.views import sign_in

urlpatterns = [
    path("login/", sign_in.sign_in, name="account_login"),
    path("demo/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("logout/", public(account.logout), name="account_logout"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", any_account(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", any_account(account.password_change), name="account_change_password"),
    path("password/forgotten/", sign_in.password_forgotten, name="password_forgotten"),
    path("password/set/<reference:account>/<str:token>/", sign_in.set_password_by_link, name="set_password"),
    path("sessions/", any_account(sessions.list_usersessions), name="usersessions_list"),
    path("2fa/", any_account(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", public(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", any_account(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", any_account(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", any_account(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", any_account(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        any_account(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        any_account(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/keys/", any_account(keys.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/keys/add/", any_account(keys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "2fa/keys/reauthenticate/",
        any_account(keys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/keys/<int:pk>/remove/", any_account(keys.remove_webauthn), name="mfa_remove_webauthn"),
    path("2fa/keys/<int:pk>/edit/", any_account(keys.edit_webauthn), name="mfa_edit_webauthn"),
]
