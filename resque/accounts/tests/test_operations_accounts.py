"""Operations on accounts and their safeguards."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from resque.accounts.access import NotAllowedHere
from resque.accounts.links import account_of_link
from resque.accounts.models import AccountState, Partner, User
from resque.accounts.operations import (
    add_account,
    change_account,
    change_partner,
    end_access,
    new_password_link,
    reset_second_factor,
    restore_access,
    set_password,
)
from resque.accounts.roles import Role, roles_of_kind
from resque.audit.models import AccessEntry, Deed
from resque.context.acting import acting_as
from resque.locking import StaleRecord

NEW = {"first_name": "Nadja", "last_name": "Neumann", "email": ""}


def account_behind(link: str) -> User | None:
    reference, token = link.rstrip("/").split("/")[-2:]
    return account_of_link(reference, token)


def test_new_account_is_invited_and_sets_its_password_by_the_link_once(cast):
    user, link = add_account(by=cast.seidel, username="neumann", role=Role.CASEWORKER, partner=cast.daa, **NEW)
    assert user.state == AccountState.INVITED
    assert account_behind(link) == user
    set_password(user=user, password="vier-kluge-otter-am-fluss")
    assert account_behind(link) is None
    assert Client().login(username="neumann", password="vier-kluge-otter-am-fluss")
    assert User.objects.get(pk=user.pk).state == AccountState.ACTIVE


def test_link_is_mailed_only_with_address_and_host(cast, django_capture_on_commit_callbacks):
    fields = NEW | {"email": "neumann@example.org"}
    with django_capture_on_commit_callbacks(execute=True):
        _user, link = add_account(
            by=cast.seidel, username="neumann", role=Role.CASEWORKER, partner=cast.daa,
            site="https://resque.example", **fields,
        )  # fmt: skip
        add_account(by=cast.seidel, username="ohne", role=Role.CASEWORKER, partner=cast.daa, **NEW)
    assert [letter.to for letter in mail.outbox] == [["neumann@example.org"]]
    assert link in mail.outbox[0].body
    assert "72" in mail.outbox[0].body


def test_a_new_link_replaces_the_earlier_one_and_keeps_the_password(cast):
    first = new_password_link(by=cast.berger, user=cast.lehmann)
    second = new_password_link(by=cast.berger, user=cast.lehmann)
    assert account_behind(first) is None
    assert account_behind(second) == cast.lehmann
    assert Client().login(username="lehmann", password="resque-demo")


def test_link_dies_after_72_hours(cast, settings, monkeypatch):
    from datetime import timedelta

    link = new_password_link(by=cast.berger, user=cast.lehmann)
    assert settings.PASSWORD_RESET_TIMEOUT == 72 * 3600
    from resque.accounts import links

    now = links._tokens._now()
    monkeypatch.setattr(links._tokens, "_now", lambda: now + timedelta(hours=73))
    assert account_behind(link) is None


def test_easy_password_is_refused(cast):
    with pytest.raises(ValidationError):
        set_password(user=cast.lehmann, password="resque2024leipzig")


def test_partner_administrator_manages_the_own_partner_only(cast):
    with pytest.raises(NotAllowedHere):
        add_account(by=cast.berger, username="x", role=Role.CASEWORKER, partner=cast.caritas, **NEW)
    with pytest.raises(NotAllowedHere):
        change_account(by=cast.berger, user=cast.weber, version=1, first_name="X")
    for deed in (end_access, restore_access, new_password_link, reset_second_factor):
        with pytest.raises(NotAllowedHere):
            deed(by=cast.berger, user=cast.weber)


def test_partner_administrator_gives_only_roles_of_the_partner(cast):
    for role in (Role.ADMIN, Role.COORDINATOR, Role.CITY_OFFICER):
        with pytest.raises(NotAllowedHere):
            add_account(by=cast.berger, username="x", role=role, partner=cast.daa, **NEW)


@pytest.mark.parametrize("deed", [end_access, reset_second_factor])
@pytest.mark.parametrize("who", ["berger", "seidel"])
def test_nobody_ends_the_own_access(cast, deed, who):
    with pytest.raises(NotAllowedHere):
        deed(by=getattr(cast, who), user=getattr(cast, who))


def test_nobody_demotes_the_own_account_but_may_change_the_own_name(cast):
    with pytest.raises(NotAllowedHere):
        change_account(by=cast.berger, user=cast.berger, version=1, role=Role.CASEWORKER)
    assert change_account(by=cast.berger, user=cast.berger, version=1, first_name="Ute").first_name == "Ute"


def test_the_last_system_administrator_stays(cast):
    second, _link = add_account(by=cast.seidel, username="zwei", role=Role.ADMIN, partner=None, **NEW)
    end_access(by=second, user=cast.seidel)
    restored = restore_access(by=second, user=cast.seidel)
    end_access(by=restored, user=second)
    # The acting account is gone from the database by now; its object still says administrator.
    with pytest.raises(NotAllowedHere):
        end_access(by=second, user=restored)
    with pytest.raises(NotAllowedHere):
        change_account(by=second, user=restored, version=restored.version, role=Role.CASEWORKER, partner=cast.daa)


def test_nobody_without_the_right_writes(cast):
    for who in (cast.lehmann, cast.hoffmann, cast.krause):
        with pytest.raises(NotAllowedHere):
            add_account(by=who, username="x", role=Role.CASEWORKER, partner=cast.daa, **NEW)
        with pytest.raises(NotAllowedHere):
            end_access(by=who, user=cast.vogel)


@pytest.mark.parametrize("deed", ["end", "role", "password", "factor"])
def test_sessions_end_at_once(cast, deed):
    browser = Client()
    browser.login(username="vogel", password="resque-demo")
    assert browser.get("/accounts/sessions/").status_code == 200
    assert UserSession.objects.filter(user=cast.vogel).exists()
    if deed == "end":
        end_access(by=cast.berger, user=cast.vogel)
    elif deed == "role":
        change_account(by=cast.seidel, user=cast.vogel, version=1, role=Role.PARTNER_ADMIN)
    elif deed == "password":
        set_password(user=cast.vogel, password="vier-kluge-otter-am-fluss")
    else:
        reset_second_factor(by=cast.berger, user=cast.vogel)
    assert not UserSession.objects.filter(user=cast.vogel).exists()
    assert not Session.objects.exists()
    response = browser.get("/accounts/sessions/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_two_who_edit_the_same_account_do_not_overwrite_each_other(cast):
    change_account(by=cast.berger, user=cast.vogel, version=1, first_name="Tom")
    with pytest.raises(StaleRecord):
        change_account(by=cast.seidel, user=cast.vogel, version=1, first_name="Thomas")


def test_every_deed_stands_in_the_audit_log(cast):
    user, _link = add_account(by=cast.berger, username="neu", role=Role.CASEWORKER, partner=cast.daa, **NEW)
    change_account(by=cast.berger, user=user, version=1, last_name="Neu")
    end_access(by=cast.berger, user=user)
    restore_access(by=cast.berger, user=user)
    entries = AccessEntry.objects.filter(kind="account", reference=user.reference).order_by("at")
    assert [(entry.deed, entry.detail.get("fields")) for entry in entries] == [
        (Deed.CREATED, None),
        (Deed.CHANGED, ["last_name"]),
        (Deed.CHANGED, ["is_active"]),
        (Deed.CHANGED, ["is_active"]),
    ]
    assert {entry.user_id for entry in entries} == {cast.berger.pk}


@pytest.mark.parametrize("kind", ["coordination", "outreach", "career", "public", "other"])
@pytest.mark.parametrize("role", list(Role))
def test_the_database_says_the_same_about_roles(cast, app_role, kind, role):
    """`roles_of_kind` mirrors the trigger: what a partner administrator may give, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("reset role")
    partner = Partner.objects.create(code="p", name="P", short_name="P", kind=kind, legal_regime="GDPR_PRIVATE")
    boss = User.objects.create(username="boss", role=Role.PARTNER_ADMIN, partner=partner)
    with connection.cursor() as cursor:
        cursor.execute("set local role resque_app")
    allowed = True
    try:
        with acting_as(boss), transaction.atomic():
            User.objects.create(username="new", role=role, partner=partner)
    except ProgrammingError:
        allowed = False
    assert allowed == (role in roles_of_kind(kind))


def test_a_partner_keeps_its_kind_while_somebody_has_a_role_of_it(cast):
    with pytest.raises(ValidationError) as refused:
        change_partner(by=cast.seidel, partner=cast.caritas, version=cast.caritas.version, kind="public")
    assert list(refused.value.message_dict) == ["kind"]
    changed = change_partner(by=cast.seidel, partner=cast.caritas, version=cast.caritas.version, kind="career")
    assert changed.kind == "career"


def test_access_is_not_restored_to_a_role_that_the_partner_no_longer_has(cast):
    ended = end_access(by=cast.seidel, user=cast.weber)
    change_partner(by=cast.seidel, partner=cast.caritas, version=cast.caritas.version, kind="public")
    with pytest.raises(NotAllowedHere):
        restore_access(by=cast.seidel, user=ended)
    assert not User.objects.get(pk=ended.pk).is_active
