"""Nothing is left without German, on any floor."""

import pytest

from resque.ui.catalogues import FLOORS, faults


@pytest.mark.parametrize("floor", FLOORS)
def test_every_message_has_german(floor):
    assert faults(floor) == []
