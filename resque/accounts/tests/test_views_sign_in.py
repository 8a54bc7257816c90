"""Signing in: by name, by the buttons of the demo, by a one-time link; and what happens to those who guess."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from resque.accounts.checks import demo_accounts_open_nothing
from resque.accounts.demo import ACCOUNTS, create_demo_accounts
from resque.accounts.links import password_path
from resque.accounts.models import User
from resque.accounts.operations import end_access
from resque.audit.models import AccessEntry, Deed

LOGIN, DEMO = "/accounts/login/", "/accounts/demo/"
GOOD = "vier-kluge-otter-am-fluss"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()
    yield
    cache.clear()


def sign_in(client, username, password="resque-demo"):
    return client.post(LOGIN, {"login": username, "password": password})


def test_sign_in_leads_home_and_is_noted(client, cast):
    assert sign_in(client, "weber").url == "/"
    entry = AccessEntry.objects.get(deed=Deed.SIGNED_IN)
    assert (entry.username, entry.reference) == ("weber", cast.weber.reference)


def test_a_wrong_password_and_an_unknown_name_look_the_same(client, cast):
    pages = [sign_in(client, name, "falsch") for name in ("weber", "niemand")]
    texts = [page.text.replace("weber", "x").replace("niemand", "x") for page in pages]
    assert {page.status_code for page in pages} == {200}
    assert all("passen nicht zusammen" in text for text in texts)
    failed = AccessEntry.objects.filter(deed=Deed.SIGN_IN_FAILED)
    assert sorted(entry.detail["known"] for entry in failed) == [False, True]
    assert not failed.filter(username="niemand").exists()


def test_who_guesses_has_to_wait_and_nobody_else_does(client, cast):
    for _ in range(5):
        sign_in(client, "weber", "falsch")
    page = sign_in(client, "weber")
    assert page.status_code in (200, 429)
    assert "Zu viele Versuche" in page.text
    assert sign_in(client, "lehmann").status_code == 302


def test_an_ended_account_does_not_get_in(client, cast):
    end_access(by=cast.seidel, user=cast.weber)
    assert sign_in(client, "weber").status_code != 302 or client.get("/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_another_site_is_no_place_to_go_after_signing_in(client, cast):
    answer = client.post(LOGIN, {"login": "weber", "password": "resque-demo", "next": "https://evil.example/"})
    assert answer.url == "/"


def test_demo_buttons_stand_there_in_the_demo_only(client, db, settings):
    create_demo_accounts()
    assert DEMO not in client.get(LOGIN).text
    assert client.post(DEMO, {"demo": "caritas"}).status_code == 404
    settings.RESQUE_DEMO = True
    page = client.get(LOGIN).text
    assert all(f'value="{account.username}"' in page for account in ACCOUNTS)
    assert client.post(DEMO, {"demo": "caritas"}).url == "/"
    assert client.get("/").context["user"].username == "caritas"
    for wanted, led_to in (("/participants/", "/participants/"), ("https://evil.example/", "/")):
        assert client.post(DEMO, {"demo": "daa", "next": wanted}).url == led_to


@pytest.mark.parametrize("name", ["weber", "", "caritas\x00", "x" * 500])
def test_a_demo_button_opens_demo_accounts_only(client, cast, settings, name):
    settings.RESQUE_DEMO = True
    assert client.post(DEMO, {"demo": name}).status_code == 404


def test_production_does_not_start_while_the_known_password_opens_an_account(db, settings):
    create_demo_accounts()
    assert demo_accounts_open_nothing(None, ["default"]) == []
    settings.RESQUE_PROFILE = "production"
    (error,) = demo_accounts_open_nothing(None, ["default"])
    assert error.id == "resque.E007" and "koordination" in error.msg
    for account in User.objects.filter(username__in=[one.username for one in ACCOUNTS]):
        account.set_password("something else altogether")
        account.save()
    assert demo_accounts_open_nothing(None, ["default"]) == []


def test_demo_accounts_are_made_once(db):
    create_demo_accounts()
    create_demo_accounts()
    assert AccessEntry.objects.filter(deed=Deed.CREATED, kind="account").count() == len(ACCOUNTS)


def test_a_link_sets_a_password_once(client, cast):
    path = password_path(cast.weber)
    assert client.get(path).status_code == 200
    weak = client.post(path, {"password1": "Caritas-2017!", "password2": "Caritas-2017!"})
    assert weak.status_code == 200
    different = client.post(path, {"password1": GOOD, "password2": GOOD + "x"})
    assert "verschieden" in different.text or "unterscheiden" in different.text
    assert client.post(path, {"password1": GOOD, "password2": GOOD}).url == reverse("account_login")
    assert client.get(path).status_code == 404
    assert sign_in(client, "weber", GOOD).url == "/"


@pytest.mark.parametrize("token", ["x", "dik7n2-0000", "%00"])
def test_a_wrong_link_says_so(client, cast, token):
    page = client.get(f"/accounts/password/set/{cast.weber.reference}/{token}/")
    assert page.status_code == 404
    assert cast.weber.last_name not in page.text


def test_own_password_and_sessions(client, cast):
    client.force_login(cast.weber)
    fields = {"oldpassword": "resque-demo", "password1": GOOD, "password2": GOOD}
    assert client.post(reverse("account_change_password"), fields).status_code == 302
    assert client.get(reverse("usersessions_list")).status_code == 200
    client.post(reverse("account_logout"))
    assert sign_in(client, "weber", GOOD).url == "/"


def test_production_leads_to_the_second_factor_first(client, cast, settings):
    settings.RESQUE_SECOND_FACTOR_REQUIRED = True
    client.force_login(cast.weber)
    assert client.get("/participants/").url == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200


def test_who_was_signed_out_in_the_middle_of_a_form_is_told_and_comes_back_to_it(client, cast):
    page = "http://testserver/participants/R-23456/timeline/?kind=note"
    answer = client.post("/participants/R-23456/notes/", {"text": "Rückruf"}, headers={"referer": page})
    assert answer.url == "/accounts/login/?next=/participants/R-23456/timeline/%3Fkind%3Dnote"
    assert "wurde nicht gespeichert" in client.get(answer.url).text
    assert "wurde nicht gespeichert" not in client.get("/accounts/login/").text


@pytest.mark.django_db
@pytest.mark.parametrize("before", ["", "https://evil.example/participants/", "javascript:alert(1)", "http://[broken"])
def test_a_strange_page_before_leads_nowhere_but_home(client, before):
    answer = client.post("/participants/R-23456/notes/", headers={"referer": before} if before else {})
    assert answer.url == "/accounts/login/?next=/"
