"""The connection Django gets: driver, letters, role."""

import importlib.util

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3

pytestmark = pytest.mark.django_db


def test_driver_is_psycopg2():
    """A package that pulls psycopg 3 would flip Django to it without a word."""
    assert not is_psycopg3
    assert importlib.util.find_spec("psycopg") is None


@pytest.mark.parametrize("name", ["محمد", "ኃይሌ", "Дмитрий", "Müßig"])
def test_name_search_sees_letters_of_every_script(name):
    with connection.cursor() as cursor:
        cursor.execute("select show_trgm(%s)", [name])
        assert cursor.fetchone()[0]


def test_tests_own_the_tables_and_can_step_down():
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("resque_owner",)
        cursor.execute("set local role resque_app")
        cursor.execute("set local role resque_figures")
        cursor.execute("reset role")
