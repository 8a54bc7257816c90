"""Intake at the keyboard: a short contact within a minute, and the long way step by step, open to everybody."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from resque.tests.browser.test_look import RULES
from resque.tests.browser.walking import reference_in

CONTACT_KEYS = 30  # for a name of eleven letters and a year
CONTACT_SECONDS = 60
STEPS = ("identity", "contact", "languages", "background", "residence", "consents", "entry")


class Keys:
    """Counts what is pressed; every letter is one."""

    def __init__(self, page: Page):
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def write(self, text: str) -> None:
        """Type a text."""
        self.page.keyboard.type(text, delay=30)  # milliseconds between two letters
        self.pressed += len(text)


def take_in_contact(page: Page, name: str = "Okba Tesfay") -> int:
    """Take somebody in by the keyboard alone, from the search to the record; return the number of keys."""
    keys = Keys(page)
    keys.write(name)
    keys.press("Tab")
    keys.write("1994")
    expect(page.locator("#matches button[name=handed_out]")).to_be_visible()
    keys.press("Tab", "Tab", "Tab")  # past the search and the question to the partners
    expect(page.locator("#matches button[name=handed_out]")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#id_interpreter_language")).to_be_focused()
    keys.write("Tig")
    keys.press("Tab")
    keys.write("Gemei")
    keys.press("Control+Enter")
    page.wait_for_url(re.compile(r"/participants/R-[2-9A-Z]+/$"))
    return keys.pressed


def test_a_contact_takes_less_than_a_minute(walker, capsys):
    with walker.somebody("caritas", width=768) as page:
        page.goto("/participants/new/")
        began = time.monotonic()
        pressed = take_in_contact(page)
        seconds = time.monotonic() - began
        with capsys.disabled():
            print(f"\nshort contact: {pressed} keys, {seconds:.1f} s with 30 ms a key")
        assert pressed == CONTACT_KEYS and seconds < CONTACT_SECONDS
        expect(page.locator("main")).to_contain_text("Tesfay, Okba")
        expect(page.locator("main")).to_contain_text("Gemeinschaftsunterkunft")
        expect(page.locator("main")).to_contain_text("Sprachmittlung: Tigrinya")


@pytest.fixture
def begun(walker):
    """A page on the first step after the person was created."""
    with walker.somebody("daa") as page:
        page.goto("/participants/new/")
        page.locator("[name=name]").press_sequentially("Senait Weldegebriel")
        page.locator("#matches button[name=begin]").click()
        # Before the information was handed out, no field of the name is open.
        expect(page.locator("[name=family_name]:not([type=hidden])")).to_have_count(0)
        page.locator("[name=info_given_on]").fill("6.2.17")
        page.get_by_role("button", name="Weiter").click()
        page.locator(".rq-savebar .btn-primary").click()
        page.wait_for_url(re.compile("/intake/contact/"))
        yield page


def test_left_in_the_middle_and_found_again(begun):
    page, reference = begun, reference_in(begun)
    page.locator("[name=contact-value]").fill("0341 555 0112")
    page.keyboard.press("Enter")  # the first button of a form: save and continue
    page.wait_for_url(re.compile("/intake/languages/"))
    for language, level in (("tir", "MUT"), ("deu", "A2")):
        page.locator("[name=language-language]").select_option(language)
        page.locator("[name=language-overall]").select_option(level)
        page.locator("button[name=go][value=again]").click()
    expect(page.get_by_role("complementary", name="Bisher bekannt")).to_contain_text("Tigrinya: Muttersprache")
    page.locator("button[name=go][value=later]").click()
    page.wait_for_url(re.compile("/participants/intakes/"))
    row = page.locator("tr", has_text=reference)
    expect(row).to_contain_text("2 von 6")
    row.get_by_role("link", name="Sprachen").click()
    for step in STEPS[3:]:
        page.locator("button[name=go][value=next]").click()
        page.wait_for_url(re.compile(f"/intake/{step}/"))
    page.goto("/participants/intakes/")
    expect(page.locator("tr", has_text=reference)).to_have_count(0)


def test_every_step_is_open_to_everybody(begun, axe):
    page, reference, faults = begun, reference_in(begun), []
    addresses = [f"/participants/{reference}/intake/{step}/" for step in STEPS]
    for address in (*addresses, f"/participants/{reference}/background/", "/participants/intakes/"):
        page.goto(address)
        for width, scheme in ((1400, "light"), (768, "dark"), (360, "light")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.evaluate(axe)
            found = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", RULES)["violations"]
            faults += [(address, width, fault["id"], fault["nodes"][0]["target"]) for fault in found]
            wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            if page.evaluate(wider):
                faults.append((address, width, "wider than the screen"))
    assert faults == []
