"""Addresses of partners and accounts, for administrators. `new`, `roles` and `accounts` are no short codes."""

from django.urls import path

from resque import converters  # noqa: F401 - registers the converter "reference"
from resque.accounts.views import accounts, partners

app_name = "accounts"
urlpatterns = [
    path("", partners.partners, name="partners"),
    path("new/", partners.partner_new, name="partner_new"),
    path("roles/", partners.roles, name="roles"),
    path("accounts/new/", accounts.user_new, name="user_new"),
    path("accounts/<reference:account>/", accounts.user, name="user"),
    path("accounts/<reference:account>/edit/", accounts.user_edit, name="user_edit"),
    path("accounts/<reference:account>/end/", accounts.user_end, name="user_end"),
    path("accounts/<reference:account>/restore/", accounts.user_restore, name="user_restore"),
    path("accounts/<reference:account>/link/", accounts.user_link, name="user_link"),
    path("accounts/<reference:account>/second-factor/", accounts.user_second_factor, name="user_second_factor"),
    path("<slug:code>/", partners.partner, name="partner"),
    path("<slug:code>/edit/", partners.partner_edit, name="partner_edit"),
]
