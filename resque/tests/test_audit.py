"""The audit log: who, for whom, in the transaction of the deed."""

import pytest
from django.db import transaction

from resque.audit.models import AccessEntry, Deed
from resque.audit.operations import note_deed, note_deeds
from resque.context.acting import acting_as, acting_as_system

pytestmark = pytest.mark.django_db


def test_an_entry_names_who_acts_now(cast):
    with acting_as(cast.weber) as context:
        note_deed(deed=Deed.OPENED, kind="participation", reference="R-22222", fields=["sex"])
    entry = AccessEntry.objects.get()
    assert (entry.user_id, entry.username, entry.partner_id) == (cast.weber.pk, "weber", cast.caritas.pk)
    assert (entry.request_id, entry.detail) == (context.request_id, {"fields": ["sex"]})


def test_the_account_that_is_named_goes_before_the_context(cast):
    with acting_as(cast.weber):
        note_deed(deed=Deed.SHARED, by=cast.lehmann)
    assert AccessEntry.objects.get().username == "lehmann"


def test_many_are_one_statement(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        note_deeds(deed=Deed.IMPORTED, kind="participation", references=[f"R-{n}" for n in range(50)], by=cast.weber)
    assert AccessEntry.objects.count() == 50


def test_the_system_says_why(cast):
    with pytest.raises(ValueError, match="reason"), acting_as_system(""):
        pass
    with acting_as_system("nightly run"):
        pass
    entry = AccessEntry.objects.get()
    assert (entry.deed, entry.username, entry.detail) == (Deed.ACTED_AS_SYSTEM, "system", {"reason": "nightly run"})


def test_a_deed_that_is_rolled_back_leaves_no_entry(cast):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note_deed(deed=Deed.CHANGED, by=cast.weber)
        1 / 0  # noqa: B018
    assert not AccessEntry.objects.exists()
