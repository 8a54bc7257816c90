"""From a sign-in to a counted outcome, as people do it: the counsellor, the coordinator, the city, the administrator."""

import re

import pytest
from playwright.sync_api import Page, expect

from resque.tests.browser.walking import reference_in

SAVE = ".rq-savebar .btn-primary"
EMPLOYMENT = "a[href*='/reporting/figures/employment/people/']"


def take_in(page: Page) -> str:
    """Take in somebody whose name is near to one that is known already; return the reference."""
    page.goto("/participants/new/")
    page.locator("[name=name]").press_sequentially("Mohammad Alhasan")
    page.locator("[name=year]").fill("1994")
    # The known person stands there while somebody types, before anything else is asked.
    expect(page.locator("#matches .rq-cand")).to_contain_text("Al Hassan, Mohamad")
    page.locator("#matches button[name=begin]").click()
    page.locator("[name=info_given_on]").fill("9.1.17")
    page.get_by_role("button", name="Weiter").click()
    expect(page.locator("[name=family_name]")).to_have_value("Alhasan")
    page.locator("[name=birth_date_day]").fill("17")
    page.locator("[name=birth_date_month]").fill("11")
    page.locator("[name=gender]").select_option("m")
    page.locator("[name=nationality]").select_option("IRQ")
    page.locator(SAVE).click()
    page.wait_for_url(re.compile(r"/participants/R-"))
    return reference_in(page)


def enter(page: Page, reference: str) -> None:
    """Enter the day from which the person takes part."""
    page.goto(f"/participants/{reference}/esf/")
    page.locator("[name=entry_date]").fill("10.1.2017")
    page.locator(SAVE).click()
    expect(page.locator(".rq-line")).to_contain_text("10.01.2017")


def log_a_consultation(page: Page, reference: str) -> None:
    """Record 45 minutes of counselling."""
    page.goto(f"/participants/{reference}/")
    page.locator("a[href*='/services/record/?person=']").first.click()
    page.locator("[name=kind]").select_option("DAA-BER")
    page.locator("label", has=page.locator("[name=minutes][value='45']")).click()
    page.locator(SAVE).click()
    page.wait_for_url(re.compile("/timeline/"))
    expect(page.locator("main")).to_contain_text("Beratung zu Arbeitsmarkt und Ausbildung, 45 Min.")


def record_a_job(page: Page, reference: str) -> None:
    """Record a job that has begun, with the contract seen."""
    page.goto(f"/participants/{reference}/outcomes/new/")
    page.locator("[name=kind]").select_option("SVB_VZ")
    page.locator("[name=start]").fill("1.2.2017")
    page.locator("label", has=page.locator("[name=evidence][value=document]")).click()
    page.locator("[name=evidence_on]").fill("3.2.2017")
    page.locator(SAVE).click()
    page.wait_for_url(re.compile("/timeline/"))


def employed(page: Page) -> int:
    """Return the number of people in employment on the overview."""
    page.goto("/reporting/")
    return int(page.locator(EMPLOYMENT).first.inner_text().replace(".", ""))


def test_from_a_sign_in_to_a_counted_outcome(walker):
    with walker.somebody("koordination") as coordinator, walker.somebody("daa") as counsellor:
        before = employed(coordinator)
        reference = take_in(counsellor)
        enter(counsellor, reference)
        log_a_consultation(counsellor, reference)
        record_a_job(counsellor, reference)
        assert employed(coordinator) == before + 1
        coordinator.locator(EMPLOYMENT).first.click()
        expect(coordinator.locator("main")).to_contain_text(reference)
        expect(coordinator.locator("body")).not_to_contain_text("Alhasan")
        assert coordinator.locator("tbody tr").count() == before + 1
    with walker.somebody("stadt") as officer:
        for tab in ("", "timeline/", "esf/", "identity/", "history/", "share/", "esf/special/", "outcomes/new/"):
            assert officer.request.get(f"/participants/{reference}/{tab}").status == 404, tab


def test_an_administrator_adds_a_partner_and_an_account_that_can_sign_in(walker):
    with walker.somebody("admin") as admin:
        admin.goto("/partners/new/")
        admin.locator("[name=name]").fill("Bildungswerk Muster gGmbH")
        admin.locator("[name=short_name]").fill("Bildungswerk")
        admin.locator("[name=code]").fill("bildungswerk")
        admin.locator("[name=kind]").select_option("career")
        admin.locator("[name=legal_regime]").select_option("GDPR_PRIVATE")
        admin.get_by_role("button", name="Träger anlegen").click()
        expect(admin.get_by_role("heading", level=1)).to_contain_text("Bildungswerk Muster gGmbH")
        admin.goto("/partners/accounts/new/")
        admin.locator("[name=first_name]").fill("Nadja")
        admin.locator("[name=last_name]").fill("Sommer")
        admin.locator("[name=username]").fill("nadja.sommer")
        admin.locator("[name=partner]").select_option(label="Bildungswerk")
        admin.locator("[name=role]").select_option("caseworker")
        admin.get_by_role("button", name="Konto anlegen").click()
        link = re.search(r"http://\S+", admin.locator("#link-text").input_value())[0]
    with walker.somebody() as newcomer:
        newcomer.goto(link)
        for field in ("password1", "password2"):
            newcomer.locator(f"[name={field}]").fill("Kirschbaum Laterne Fahrrad")
        newcomer.get_by_role("button", name="Passwort festlegen").click()
        newcomer.locator("[name=login]").fill("nadja.sommer")
        newcomer.locator("[name=password]").fill("Kirschbaum Laterne Fahrrad")
        newcomer.get_by_role("button", name="Anmelden").click()
        expect(newcomer.locator("main")).to_contain_text("Bildungswerk Muster gGmbH")
        newcomer.goto("/participants/?view=all")
        expect(newcomer.locator("body")).not_to_contain_text("R-")


@pytest.mark.parametrize("width", [360, 768, 1400])
def test_every_page_of_the_menu_fits_and_is_accessible(walker, axe, width):
    found = {}
    for account in ("daa", "koordination", "stadt", "partneradmin", "admin"):
        with walker.somebody(account, width) as page:
            menu = page.evaluate("[...document.querySelectorAll('.rq-nav a, .rq-dock a')].map((a) => a.href)")
            for address in dict.fromkeys(menu):
                page.goto(address)
                page.evaluate(axe)
                faults = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
                wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                found[account, address] = [*(one["id"] for one in faults["violations"]), *(["too wide"] if wider else [])]
    assert {page: faults for page, faults in found.items() if faults} == {}
