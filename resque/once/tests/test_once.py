"""A form writes at most once."""

import uuid

import pytest

from resque.once.forms import OnceMixin
from resque.once.models import FormKey
from resque.once.operations import FIELD, new_key, once, target_of, written_before

pytestmark = pytest.mark.django_db


def test_the_second_submission_follows_the_first(cast):
    key, written = new_key(), []

    def write():
        written.append(1)
        return f"/there/{len(written)}/"

    assert once(key, by=cast.weber, write=write) == ("/there/1/", True)
    assert once(key, by=cast.weber, write=write) == ("/there/1/", False)
    assert len(written) == 1
    assert target_of(key, by=cast.weber) == "/there/1/"


def test_the_key_belongs_to_its_account(cast):
    key = new_key()
    once(key, by=cast.weber, write=lambda: "/weber/")
    assert not written_before(key, by=cast.lehmann)
    assert once(key, by=cast.lehmann, write=lambda: "/lehmann/") == ("/lehmann/", True)


def test_row_level_security_hides_keys_of_others(cast, app_role):
    from resque.context.acting import acting_as

    with acting_as(cast.weber):
        once(new_key(), by=cast.weber, write=lambda: "/weber/")
    with acting_as(cast.lehmann):
        assert not FormKey.objects.exists()


def test_a_fault_gives_the_key_back(cast):
    from django.db import transaction

    key = new_key()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        once(key, by=cast.weber, write=lambda: 1 / 0)
    assert not written_before(key, by=cast.weber)
    assert once(key, by=cast.weber, write=lambda: "/there/") == ("/there/", True)


@pytest.mark.parametrize("key", ["", None, "x", "0" * 40, "\x00", 7])
def test_a_key_that_is_none_counts_as_a_new_form(cast, key):
    for _ in range(2):
        assert once(key, by=cast.weber, write=lambda: "/there/") == ("/there/", True)
    assert not written_before(key, by=cast.weber)


def test_each_shown_form_has_a_key_of_its_own():
    keys = {OnceMixin()[FIELD].value() for _ in range(3)}
    assert len(keys) == 3
    assert all(uuid.UUID(key) for key in keys)
