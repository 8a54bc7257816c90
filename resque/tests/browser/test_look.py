"""The gallery in a real browser: accessibility, narrow screens, the content policy, the keys."""

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.urls import reverse
from playwright.sync_api import Browser, expect

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def address(django_db_setup, django_db_blocker):
    """A server for pages that show no record: it neither writes nor needs a table to be emptied afterwards."""
    with django_db_blocker.unblock():
        thread = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={}, port=0)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        assert thread.error is None, thread.error
        yield f"http://127.0.0.1:{thread.port}"
        thread.terminate()


@pytest.fixture
def open_page(browser: Browser, address):
    """Open a page of ours at a width, light or dark; whatever the console says is a fault."""
    opened = []

    def open_at(name: str, width: int = 1400, scheme: str = "light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE", reduced_motion="reduce", **options
        )
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address + reverse(name))
        page.wait_for_load_state("networkidle")
        opened.append((context, said))
        return page

    yield open_at
    for context, said in opened:
        context.close()
        assert said == [], "the content policy or a script complains"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 768, 360])
def test_the_gallery_is_accessible(open_page, axe, width, scheme):
    page = open_page("ui:gallery", width, scheme)
    # Folded content counts too.
    page.evaluate("document.querySelectorAll('details.rq-more').forEach((more) => { more.open = true })")
    page.evaluate(axe)
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", RULES)["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []


@pytest.mark.parametrize("name", ["ui:gallery", "ui:licences", "ui:accessibility", "account_login"])
@pytest.mark.parametrize("width", [320, 360, 768, 1400])
def test_nothing_is_wider_than_the_screen(open_page, name, width):
    page = open_page(name, width)
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) == 0


def test_text_can_be_doubled(open_page):
    page = open_page("ui:gallery", 1280)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) == 0


def test_nothing_comes_from_elsewhere(open_page, address):
    page = open_page("ui:gallery")
    hosts = page.evaluate("performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin)")
    assert set(hosts) == {address}


def test_every_script_has_its_font(open_page):
    page = open_page("ui:gallery")
    loaded = page.evaluate("[...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family)")
    families = {family.strip('"') for family in loaded}
    assert {"Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic", "Noto Sans Armenian"} <= families
    assert not page.evaluate("[...document.fonts].some((face) => face.status === 'error')")


def test_faults_are_focused_and_lead_to_their_field(open_page):
    page = open_page("ui:gallery")
    expect(page.locator(".rq-errors")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_be_focused()


def test_what_cannot_be_undone_is_asked_first(open_page):
    page = open_page("ui:gallery")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.locator("form[data-resque-confirm] button").click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("Einwilligung widerrufen?")
    dialog.get_by_role("button", name="Abbrechen").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert sent == []


def test_menus_close_on_escape_and_outside(open_page):
    page = open_page("ui:gallery")
    menu = page.locator(".rq-bar details")
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    page.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


def test_typed_days_are_completed(open_page):
    page = open_page("ui:gallery")
    field = page.locator("#id_entry")
    for typed, shown in [("6.2.17", "06.02.2017"), ("06022017", "06.02.2017"), ("2017-02-06", "06.02.2017"), ("bald", "bald")]:
        field.fill(typed)
        field.blur()
        expect(field).to_have_value(shown)


def test_steppers_count_and_rows_are_selected(open_page):
    page = open_page("ui:gallery")
    page.get_by_role("button", name="Eins mehr").first.click()
    expect(page.locator("#id_a-men")).to_have_value("10")
    bar = page.locator("[data-resque-bulk]")
    expect(bar).to_be_hidden()
    page.locator("[data-resque-row]").first.check()
    expect(bar.locator("[data-resque-chosen]")).to_have_text("1")
    page.locator("[data-resque-all]").check()
    expect(bar.locator("[data-resque-chosen]")).to_have_text("3")


def test_the_gallery_reads_without_script(open_page):
    page = open_page("ui:gallery", java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bausteine")


def test_paper_is_white_and_without_the_frame(open_page):
    page = open_page("ui:gallery", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator(".rq-bar")).to_be_hidden()
    expect(page.locator(".rq-dock")).to_have_count(0)
