"""People of the demo at their browsers."""

import re
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect


class Walker:
    """Somebody who signs in and works with the pages as they are; whatever the console says is a fault.

    Parameters:
        browser: the browser of this machine.
        address: address of the server.
    """

    def __init__(self, browser: Browser, address: str):
        self.browser, self.address = browser, address

    @contextmanager
    def somebody(self, username: str = "", width: int = 1400):
        """Open a browser of one's own; with a name, sign in by the button of the demo account."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 900},
            locale="de-DE",
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)  # milliseconds
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        if username:
            page.goto("/accounts/login/")
            page.locator(f"button[value='{username}']").click()
            expect(page).to_have_url(re.compile(r"/$"))
        yield page
        context.close()
        # Chromium reports every 404 that a page answers on purpose.
        faults = [text for text in said if "status of 404" not in text]
        assert faults == [], f"the content policy or a script complains: {faults}"


def reference_in(page: Page) -> str:
    """Return the reference of the participation whose page is open."""
    return re.search(r"/(R-[2-9A-Z]+)/", page.url)[1]
