"""Switching one belt off: the application's rules alone, the database's rules alone, both."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.apps import apps
from django.db import connection, transaction

from resque.accounts.models import User
from resque.context.state import NOBODY, context_of, tell_database
from resque.database.policies import APP

FLOORS = ("participants", "services", "reporting")
SCOPES = ("visible_to", "editable_by", "served_by")


def our_models() -> list:
    """Return the models of the floors that hold data about people."""
    return [model for label in FLOORS for model in apps.get_app_config(label).get_models()]


def scoped_querysets() -> dict[str, type]:
    """Return every queryset class that defines `visible_to`, by name; the classes below it included."""
    found = {}
    for model in our_models():
        for kind in type(model._default_manager.get_queryset()).__mro__:
            if "visible_to" in vars(kind):
                found[kind.__name__] = kind
    return found


def _everything(self, *_args, **_named):
    return self.all()


@contextmanager
def without_scope(*kinds: type) -> Iterator[None]:
    """Let `visible_to` and its sisters of these queryset classes return everything, as if they had been forgotten."""
    changed = [(kind, name) for kind in kinds for name in SCOPES if name in vars(kind)]
    patches = [mock.patch.object(kind, name, _everything) for kind, name in changed]
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in patches:
            patch.stop()


@contextmanager
def undone() -> Iterator[None]:
    """Do everything in the block inside a savepoint and take it back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def in_role(role: str) -> Iterator[None]:
    """Take on a role of the database for the block; to be used inside `undone`, which ends it after an error too."""
    with connection.cursor() as cursor:
        cursor.execute(f"set local role {role}")
        yield
        cursor.execute("reset role")


@contextmanager
def speaking_as(user) -> Iterator[None]:
    """Tell the database who acts, without a request; None is nobody."""
    tell_database(context_of(user) if user else NOBODY)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            tell_database(NOBODY)


@contextmanager
def application_alone() -> Iterator[None]:
    """As the owner of the tables: row-level security does not apply."""
    yield


@contextmanager
def database_alone() -> Iterator[None]:
    """As the application's role, with every scope of the application removed."""
    with without_scope(*scoped_querysets().values()), in_role(APP):
        yield


@contextmanager
def doors_open() -> Iterator[None]:
    """As the application's role, with no scope, no right and no owner asked for in Python."""
    with (
        database_alone(),
        mock.patch.object(User, "can", lambda self, permission: True),
        mock.patch("participants.access.owns", return_value=True),
        mock.patch("participants.queries.circumstances.owns", return_value=True),
    ):
        yield


@contextmanager
def both() -> Iterator[None]:
    """As it runs."""
    with in_role(APP):
        yield
