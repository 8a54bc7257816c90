"""Fixtures of the participants floor."""

import pytest
from django.db import connection

from resque.context.acting import acting_as


@pytest.fixture
def app_role_for():
    """Run something as an account in the application's database role, so that row-level security holds."""

    def run(deed, user, *args, **kwargs):
        with acting_as(user), connection.cursor() as cursor:
            cursor.execute("set local role resque_app")
            result = deed(user, *args, **kwargs)
            cursor.execute("reset role")
        return result

    return run
