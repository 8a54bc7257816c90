"""Fixtures of the reporting floor."""

import pytest

from participants.models import Operation
from reporting.access import get_scope


@pytest.fixture
def operation(db):
    """The operation of the tests."""
    return Operation.objects.get(code="resque-2.0")


@pytest.fixture
def scope_of(db):
    """Make the scope that an address names for a reader."""

    def make(user, **query):
        return get_scope(user, query)

    return make
