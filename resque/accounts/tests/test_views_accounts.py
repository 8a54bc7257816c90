"""The pages of administrators: partners, accounts, roles."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from resque.accounts.models import AccountState, Partner, User
from resque.audit.models import AccessEntry, Deed

GOOD = "vier-kluge-otter-am-fluss"


def as_account(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def seidel(cast):
    return as_account(cast.seidel)


@pytest.fixture
def berger(cast):
    return as_account(cast.berger)


def address(name, user) -> str:
    return reverse(f"accounts:{name}", args=[user.reference])


def new_account(cast, **changes) -> dict:
    fields = {"first_name": "Nadja", "last_name": "Neumann", "username": "neumann", "email": "", "role": "caseworker"}
    return fields | {"partner": cast.daa.pk} | changes


def test_from_the_invitation_to_the_first_sign_in(berger, cast):
    answer = berger.post(reverse("accounts:user_new"), new_account(cast))
    user = User.objects.get(username="neumann")
    assert answer.url == address("user", user)
    page = berger.get(answer.url).text
    link = re.search(r"/accounts/password/set/[^\s\"<]+", page)[0]
    assert link not in berger.get(answer.url).text, "shown once"
    guest = Client()
    assert guest.post(link, {"password1": GOOD, "password2": GOOD}).status_code == 302
    assert guest.post("/accounts/login/", {"login": "neumann", "password": GOOD}).url == "/"
    user.refresh_from_db()
    assert user.state == AccountState.ACTIVE


def test_the_same_form_twice_makes_one_account(seidel, cast):
    fields = new_account(cast, form_key="6a1e9f0c-3a50-4d8e-9c57-0d8f4a1be111")
    first, second = (seidel.post(reverse("accounts:user_new"), fields) for _ in range(2))
    assert first.url == second.url
    assert User.objects.filter(last_name="Neumann").count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"role": "coordinator"}, {"role": "admin"}, {"username": "weber"}, {"username": "WEBER"}, {"username": "x y"},
     {"first_name": ""}, {"email": "kein"}, {"partner": ""}, {"partner": "99999999999999999999"}, {"role": "\x00"},
     {"last_name": "x" * 200}],
)  # fmt: skip
def test_a_wrong_account_is_explained_and_not_made(seidel, cast, changes):
    page = seidel.post(reverse("accounts:user_new"), new_account(cast, **changes))
    assert page.status_code == 200
    assert "rq-errors" in page.text
    assert not User.objects.filter(last_name="Neumann").exists()


def test_a_partner_administrator_makes_accounts_of_the_own_partner_only(berger, cast):
    page = berger.post(reverse("accounts:user_new"), new_account(cast, partner=cast.caritas.pk))
    assert page.status_code == 200
    assert not User.objects.filter(last_name="Neumann").exists()


@pytest.mark.parametrize("name", ["user", "user_edit", "user_end"])
def test_accounts_of_other_partners_do_not_exist_for_a_partner_administrator(berger, cast, name):
    assert berger.get(address(name, cast.weber)).status_code == 404
    assert berger.get(address(name, cast.lehmann)).status_code == 200


def test_role_and_partner_change_together(seidel, cast):
    fields = {"first_name": "Thomas", "last_name": "Vogel", "email": "", "version": 1}
    wrong = seidel.post(address("user_edit", cast.vogel), fields | {"partner": cast.stadt.pk, "role": "caseworker"})
    assert "rq-errors" in wrong.text
    right = seidel.post(address("user_edit", cast.vogel), fields | {"partner": cast.stadt.pk, "role": "city_officer"})
    assert right.url == address("user", cast.vogel)
    cast.vogel.refresh_from_db()
    assert (cast.vogel.role, cast.vogel.partner, cast.vogel.version) == ("city_officer", cast.stadt, 2)
    entry = AccessEntry.objects.get(deed=Deed.CHANGED, reference=cast.vogel.reference)
    assert set(entry.detail["fields"]) == {"role", "partner"}


def test_the_second_editor_is_told(seidel, cast):
    fields = {"first_name": "Thomas", "last_name": "Falke", "email": "", "partner": cast.daa.pk, "role": "caseworker"}
    assert seidel.post(address("user_edit", cast.vogel), fields | {"version": 1}).status_code == 302
    page = seidel.post(address("user_edit", cast.vogel), fields | {"version": 1, "last_name": "Star"})
    assert page.status_code == 200
    assert 'value="Star"' in page.text, "what was typed stands there"
    assert User.objects.get(pk=cast.vogel.pk).last_name == "Falke"


def test_ending_access_ends_the_session_and_can_be_taken_back(berger, cast):
    colleague = as_account(cast.vogel)
    assert colleague.get("/").status_code == 200
    assert "Vogel" in berger.get(address("user_end", cast.vogel)).text
    berger.post(address("user_end", cast.vogel))
    assert colleague.get("/").url.startswith("/accounts/login/")
    berger.post(address("user_restore", cast.vogel))
    assert Client().login(username="vogel", password="resque-demo")


def test_nobody_ends_the_own_access(berger, cast):
    page = berger.post(address("user_end", cast.berger), follow=True)
    assert "eigenen Zugang" in page.text
    assert User.objects.get(pk=cast.berger.pk).is_active


@pytest.mark.parametrize("name", ["user_link", "user_second_factor", "user_restore"])
def test_a_deed_is_no_link(seidel, cast, name):
    assert seidel.get(address(name, cast.vogel)).status_code == 405


def test_a_partner_is_added_and_changed(seidel, cast):
    fields = {
        "name": "Diakonie Leipzig", "short_name": "Diakonie", "code": "Diakonie", "kind": "outreach",
        "legal_regime": "GDPR_PRIVATE", "phone": "", "valid_from": "01.01.2017", "valid_to": "",
    }  # fmt: skip
    assert seidel.post(reverse("accounts:partner_new"), fields).url == "/partners/diakonie/"
    edit = reverse("accounts:partner_edit", args=["diakonie"])
    backwards = seidel.post(edit, fields | {"version": 1, "valid_to": "31.12.2016"})
    assert "Das Ende" in backwards.text
    assert seidel.post(edit, fields | {"version": 1, "short_name": "Diako"}).status_code == 302
    assert Partner.objects.get(code="diakonie").short_name == "Diako"
    assert "Diako" in seidel.get(reverse("accounts:partners")).text


@pytest.mark.parametrize("code", ["new", "roles", "daa", "mit leer", ""])
def test_a_short_code_that_cannot_be_is_refused(seidel, cast, code):
    fields = {"name": "X", "short_name": "X", "code": code, "kind": "other", "legal_regime": "KDG"}
    assert "rq-errors" in seidel.post(reverse("accounts:partner_new"), fields).text


def test_a_partner_administrator_goes_straight_to_the_own_partner(berger, cast):
    assert berger.get(reverse("accounts:partners")).url == "/partners/daa/"
    assert berger.get("/partners/caritas/").status_code == 404
    assert berger.get(reverse("accounts:partner_new")).status_code == 403


def test_everybody_with_an_account_reads_the_table_of_roles(cast):
    for user in (cast.weber, cast.krause, cast.hoffmann, cast.berger, cast.seidel):
        assert as_account(user).get(reverse("accounts:roles")).status_code == 200


@pytest.mark.parametrize("who", ["weber", "krause", "hoffmann"])
def test_nobody_else_manages_accounts(cast, who):
    page = as_account(getattr(cast, who)).get(reverse("accounts:user_new"))
    assert page.status_code == 403


def test_lists_cost_the_same_for_few_and_many(seidel, cast):
    def cost(path):
        with CaptureQueriesContext(connection) as found:
            assert seidel.get(path).status_code == 200
        return len(found)

    paths = [reverse("accounts:partners"), "/partners/daa/"]
    cost(paths[0])  # the first page of a session costs a query more
    few = [cost(path) for path in paths]
    for number in range(27):
        Partner.objects.create(
            code=f"p{number}", name=f"P {number}", short_name=f"P{number}", kind="other", legal_regime="KDG"
        )
        User.objects.create(username=f"u{number}", last_name=f"U{number}", role="caseworker", partner=cast.daa)
    assert [cost(path) for path in paths] == few
