"""The test run is strict: a page that asks once a row, and a template that asks for a name that nobody gave, fail."""

import pytest
from django.template import engines
from zeal import NPlusOneError, zeal_context

from resque.accounts.models import User


@pytest.mark.django_db
def test_finds_a_page_that_asks_once_a_row(cast):
    with zeal_context(), pytest.raises(NPlusOneError):
        assert [user.partner for user in User.objects.exclude(partner=None)]


@pytest.mark.django_db
def test_leaves_a_joined_query_alone(cast):
    with zeal_context():
        assert [user.partner for user in User.objects.exclude(partner=None).select_related("partner")]


def test_finds_a_name_that_nobody_gave():
    with pytest.raises(pytest.fail.Exception, match="nobody_gave_this"):
        engines["django"].from_string("{{ nobody_gave_this }}").render({})
