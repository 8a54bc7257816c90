"""One installation for the whole drill: making it takes most of the time."""

import shutil
import tempfile
from pathlib import Path

import pytest

from resque.tests.drill.installation import Installation
from resque.tests.drill.people import Browser


@pytest.fixture(scope="package")
def installation():
    """A running server with the accounts of the cast of the demo and no people."""
    directory = Path(tempfile.mkdtemp(prefix="resque-drill-"))
    directory.chmod(0o711)
    made = Installation(directory / "var")
    try:
        made.start().add_accounts()
        yield made
    finally:
        made.remove()
        shutil.rmtree(directory)


@pytest.fixture(scope="package")
def caseworkers(installation) -> list[Browser]:
    """Four signed-in caseworkers of two partners."""
    names = ("caritas", "caritas2", "daa", "daa2")
    return [Browser(installation.address).sign_in(name) for name in names]
