"""The browser of this machine. Without one: fails where CI is set, skips with a sentence elsewhere."""

import os
import shutil
from pathlib import Path

import pytest

from resque.tests.browser.walking import Walker
from resque.tests.drill.installation import Installation

NAMES = ("chromium", "chromium-browser", "google-chrome")
# As root Chromium has no sandbox; nothing here may ask the network by itself.
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, browser_type):
    """Start the system's Chromium, else the one that Playwright brought."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and not Path(browser_type.executable_path).exists():
        if os.environ.get("CI"):
            pytest.fail("No browser: install Chromium, or run bin/test, which does.")
        pytest.skip("No browser here: install Chromium, or run bin/test, which does.")
    chosen = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, **chosen, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker, as a script to run inside a page."""
    return (Path(__file__).parent / "vendor/axe.min.js").read_text()


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """The application as bin/start makes it, with the small demo world and a PostgreSQL of its own."""
    made = Installation(tmp_path_factory.mktemp("demo") / "var")
    try:
        yield made.start("--size", "s", seconds=240)
    finally:
        made.remove()


@pytest.fixture
def walker(browser, installation):
    """Give browsers to people of the demo."""
    return Walker(browser, installation.address)
