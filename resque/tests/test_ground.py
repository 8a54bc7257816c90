"""The small things that everything stands on: clock, references, versions, secrets, log lines."""

import logging
import random
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from resque.accounts.models import Partner
from resque.clock import business_day, moved_to, today
from resque.locking import StaleRecord, lock_version
from resque.logs import LineFormatter
from resque.references import ALPHABET, drawn_from, new_reference
from resque.secrets import SealBroken, seal, unseal


def test_the_clock_can_be_moved_and_comes_back():
    before = today()
    with moved_to(date(2016, 12, 31)):
        assert today() == date(2016, 12, 31)
        with pytest.raises(ZeroDivisionError), moved_to(date(2019, 1, 1)):
            1 / 0  # noqa: B018
        assert today() == date(2016, 12, 31)
    assert today() == before


def test_the_demo_moves_the_clock_and_moments_move_with_it(settings):
    settings.RESQUE_TODAY = date(2017, 2, 6)
    with moved_to(None):
        assert today() == date(2017, 2, 6)
        assert business_day(timezone.now()) == date(2017, 2, 6)


def test_a_day_begins_at_midnight_of_berlin():
    with moved_to(timezone.localdate()):
        assert business_day(datetime(2015, 12, 31, 23, 30, tzinfo=UTC)) == date(2016, 1, 1)
        assert business_day(datetime(2016, 7, 31, 21, 59, tzinfo=UTC)) == date(2016, 7, 31)


def test_references_are_random_and_without_look_alikes():
    drawn = {new_reference("R") for _ in range(2000)}
    assert len(drawn) > 1990
    assert set("".join(drawn)) <= set(ALPHABET) | set("R-")
    assert not set("0O1ILU") & set(ALPHABET)


def test_a_seeded_world_has_the_same_references_each_time():
    def draw():
        with drawn_from(random.Random(7)):
            return [new_reference("R") for _ in range(3)]

    assert draw() == draw()
    assert [new_reference("R") for _ in range(3)] != draw()


@pytest.mark.django_db
def test_the_second_editor_finds_a_stale_record(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert lock_version(Partner.objects.all(), cast.daa.pk, 1) == cast.daa
    Partner.objects.filter(pk=cast.daa.pk).update(version=2)
    with pytest.raises(StaleRecord) as stale:
        lock_version(Partner.objects.all(), cast.daa.pk, 1)
    assert (stale.value.expected, stale.value.current) == (1, 2)
    assert lock_version(Partner.objects.all(), cast.daa.pk, None).version == 2
    with pytest.raises(Partner.DoesNotExist):
        lock_version(Partner.objects.none(), cast.daa.pk, 2)


def test_what_is_sealed_opens_for_its_purpose_only():
    sealed = seal("Mohamad war krank", purpose="note")
    assert b"Mohamad" not in sealed
    assert unseal(sealed, purpose="note") == "Mohamad war krank"
    assert unseal(memoryview(sealed), purpose="note") == "Mohamad war krank"
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="second_factor")
    with pytest.raises(SealBroken):
        unseal(sealed[:-2] + b"xx", purpose="note")


def test_a_new_key_opens_what_the_old_one_sealed(settings):
    old = settings.SECRET_KEY
    sealed = seal("text", purpose="note")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 60, [old]
    assert unseal(sealed, purpose="note") == "text"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="note")


@pytest.mark.parametrize("character", ["\n", "\r", "\x1b", "\u202e", "\u2028", "\x00"])
def test_nothing_typed_makes_a_line_of_the_log(character):
    record = logging.LogRecord("resque", logging.WARNING, "", 0, "name %s", (f"a{character}b",), None)
    line = LineFormatter("%(levelname)s %(message)s").format(record)
    assert character not in line
    assert line.startswith("WARNING name a\\")


def test_a_traceback_is_indented():
    try:
        raise ValueError("one\n2017-01-01 ERROR forged")
    except ValueError as error:
        record = logging.LogRecord(
            "resque", logging.ERROR, "", 0, "broken", (), (type(error), error, error.__traceback__)
        )
    lines = LineFormatter("%(message)s").format(record).splitlines()
    assert lines[0] == "broken"
    assert all(line.startswith("    ") for line in lines[1:])
