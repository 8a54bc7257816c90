"""Language, theme, gallery, error pages, and the menu of each role."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory
from django.urls import reverse

from resque.locking import StaleRecord
from resque.ui import errors
from resque.ui.navigation import menu_of

pytestmark = pytest.mark.django_db


def test_german_unless_somebody_chose_english(client):
    page = client.get(reverse("ui:licences"), headers={"accept-language": "en"})
    assert '<html lang="de" dir="ltr">' in page.text
    answer = client.post(reverse("ui:language"), {"language": "en", "next": reverse("ui:licences")})
    assert answer["Location"] == reverse("ui:licences")
    assert client.cookies["django_language"]["httponly"]
    assert '<html lang="en" dir="ltr">' in client.get(answer["Location"]).text


def test_an_unknown_language_is_not_kept(client):
    client.post(reverse("ui:language"), {"language": "xx"})
    assert "django_language" not in client.cookies


def test_the_theme_is_written_by_the_server(client):
    assert "data-bs-theme" not in client.get(reverse("ui:licences")).text
    client.post(reverse("ui:theme"), {"theme": "dark"})
    assert 'data-bs-theme="dark"' in client.get(reverse("ui:licences")).text
    client.post(reverse("ui:theme"), {"theme": ""})
    assert "data-bs-theme" not in client.get(reverse("ui:licences")).text
    client.post(reverse("ui:theme"), {"theme": '"><script>'})
    assert "data-bs-theme" not in client.get(reverse("ui:licences")).text


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
@pytest.mark.parametrize("name", ["ui:language", "ui:theme"])
def test_switches_lead_back_to_our_own_pages_only(client, name, target):
    assert client.post(reverse(name), {"next": target})["Location"] == "/"


@pytest.mark.parametrize("name", ["ui:language", "ui:theme"])
def test_switches_answer_no_get(client, name):
    page = client.get(reverse(name))
    assert page.status_code == 405 and "nimmt nur Formulare an" in page.text
    assert client.put(reverse(name)).text == "", "no page for programs"


def test_the_switches_of_a_page_that_answered_a_form_lead_to_the_page_of_the_form(client, cast):
    client.force_login(cast.lehmann)
    asked = {"path": "/participants/new/ask/", "data": {"name": "Al Hassan"}}
    page = client.post(**asked, headers={"referer": "http://testserver/participants/new/"}).text
    assert page.count('name="next" value="/participants/new/"') == 2
    assert client.post(**asked).text.count('name="next" value="/"') == 2


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_gallery_shows_everything(client, language):
    client.cookies["django_language"] = language
    page = client.get(reverse("ui:gallery"))
    assert page.status_code == 200
    assert page.text.count('<section class="rq-spec"') >= 10
    assert " style=" not in page.text


def test_production_shows_the_gallery_to_accounts_only(client, cast, settings):
    settings.RESQUE_PROFILE = "production"
    assert client.get(reverse("ui:gallery")).status_code == 404
    client.force_login(cast.weber)
    assert client.get(reverse("ui:gallery")).status_code == 200


def test_licences_name_what_browsers_load(client):
    page = client.get(reverse("ui:licences")).text
    assert "OFL-1.1" in page
    assert "axe-core" not in page


def test_the_demo_says_so_on_every_page(client, settings):
    assert "rq-demo" not in client.get(reverse("ui:licences")).text
    settings.RESQUE_DEMO = True
    settings.RESQUE_TODAY = True
    assert "Die Uhr steht auf Montag, 06.02.2017." in client.get(reverse("ui:licences")).text


def test_error_pages_need_neither_request_nor_database(django_assert_num_queries):
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        assert errors.server_error(request).status_code == 500
        assert errors.bad_request(request, None).status_code == 400
        assert errors.bad_request(request, RequestDataTooBig()).status_code == 413
        conflict = errors.ConflictMiddleware(lambda request: None).process_exception(request, StaleRecord(1, 2))
        assert conflict.status_code == 409
    assert errors.ConflictMiddleware(lambda request: None).process_exception(request, ValueError()) is None


def test_a_missing_page_says_nothing_about_others(client, cast):
    client.force_login(cast.weber)
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "Diese Seite gibt es hier nicht" in page.text


def menu(user, view_name: str = "home:home") -> list:
    request = RequestFactory().get("/")
    request.user = user
    request.resolver_match = type("Match", (), {"view_name": view_name})()
    return menu_of(request)


def test_the_menu_shows_what_a_role_may_open(cast):
    assert next(str(link.label) for link in menu(cast.seidel)) == "Start"
    assert reverse("participants:list") in [link.url for link in menu(cast.weber)]
    assert reverse("participants:list") not in [link.url for link in menu(cast.krause)]
    assert reverse("accounts:partners") not in [link.url for link in menu(cast.weber)]


def test_one_entry_is_the_current_one(cast):
    for user in (cast.weber, cast.hoffmann, cast.seidel):
        for name in ("home:home", "participants:detail", "accounts:roles", "services:record"):
            assert sum(link.current for link in menu(user, name)) <= 1
    current = [str(link.label) for link in menu(cast.seidel, "accounts:roles") if link.current]
    assert current == ["Rollen und Rechte"]


def test_printed_pages_say_who_and_that_it_is_confidential(client, cast):
    client.force_login(cast.lehmann)
    page = client.get(reverse("ui:licences")).text
    assert "gedruckt von K. Lehmann" in page
    assert "vertraulich" in page


def test_the_frame_asks_the_database_little(client, cast, django_assert_max_num_queries):
    client.force_login(cast.lehmann)
    with django_assert_max_num_queries(14):
        client.get(reverse("ui:licences"))
