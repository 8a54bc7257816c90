"""Names, spellings, ways to reach a person, custody: earlier spellings stay, and nobody else may write them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from participants.models import Contact, Guardian, Participation, Spelling
from participants.operations.identities import (
    add_contact,
    add_guardian,
    add_spelling,
    change_identity,
    remove_contact,
    remove_guardian,
)
from participants.queries.search import people_named
from participants.tests.builders import make_participant, share_case
from resque.audit.models import AccessEntry, Deed
from resque.context.acting import acting_as
from resque.locking import StaleRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return make_participant(cast.lehmann, "Al Hassan", "Mohamad")


def change(by, case, **more):
    named = {"family_name": "Al Hassan", "given_name": "Mohamad", "version": None} | more
    return change_identity(by=by, participation=case, **named)


def spellings(case) -> dict[str, str]:
    return dict(Spelling.objects.filter(person=case.person).values_list("text", "kind"))


def test_a_replaced_name_stays_as_a_spelling_and_is_found(cast, case):
    change(cast.lehmann, case, family_name="Alhassan", original_script="محمد الحسن")
    assert spellings(case) == {"Mohamad Alhassan": "main", "Mohamad Al Hassan": "other", "محمد الحسن": "script"}
    with acting_as(cast.lehmann):
        assert people_named(cast.lehmann, "Mohamad Al Hassan") == [case.person_id]
    change(cast.lehmann, case)  # and back again: no spelling is doubled or lost
    assert spellings(case) == {"Mohamad Al Hassan": "main", "Mohamad Alhassan": "other", "محمد الحسن": "other"}


def test_nothing_changed_writes_nothing(cast, case):
    before = AccessEntry.objects.filter(deed=Deed.CHANGED).count()
    version = change(cast.lehmann, case).version
    assert version == 1 and AccessEntry.objects.filter(deed=Deed.CHANGED).count() == before


def test_an_old_version_overwrites_nobody(cast, case):
    change(cast.vogel, case, version=1, given_name="Muhammad")
    with pytest.raises(StaleRecord):
        change(cast.lehmann, case, version=1, given_name="Mohammed")
    assert Participation.objects.get().person.identity.given_name == "Muhammad"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"family_name": " ", "given_name": ""}, "family_name"), ({"family_name": "x" * 121}, "family_name"),
        ({"nationality": "ZZZ"}, "nationality"), ({"interpreter_language": "zzz"}, "interpreter_language"),
    ],
)  # fmt: skip
def test_wrong_values_are_named_by_field(cast, case, wrong, field):
    with pytest.raises(ValidationError) as refused:
        change(cast.lehmann, case, **wrong)
    assert field in refused.value.message_dict
    assert Participation.objects.get().person.identity.name == "Al Hassan, Mohamad"


def test_a_spelling_is_kept_once(cast, case):
    first = add_spelling(by=cast.lehmann, participation=case, text="  Mohammed   Al-Hasan ")
    assert first.text == "Mohammed Al-Hasan"
    assert add_spelling(by=cast.vogel, participation=case, text="Mohammed Al-Hasan") == first
    for text in ("", "   ", "x" * 241):
        with pytest.raises(ValidationError) as refused:
            add_spelling(by=cast.lehmann, participation=case, text=text)
        assert list(refused.value.message_dict) == ["text"]


def test_contacts_come_and_go_and_a_refuge_has_no_address(cast):
    case = make_participant(cast.lehmann, entry_date=date(2017, 1, 9), accommodation="FSH")
    phone = add_contact(by=cast.lehmann, participation=case, kind="phone", value=" 0341 4711 ")
    assert phone.value == "0341 4711"
    with pytest.raises(ValidationError) as refused:
        add_contact(by=cast.lehmann, participation=case, kind="address", value="Somewhere 1")
    assert list(refused.value.message_dict) == ["value"]
    with pytest.raises(ValidationError):
        add_contact(by=cast.lehmann, participation=case, kind="pigeon", value="x")
    other = make_participant(cast.lehmann, "Nur", "Amal")
    remove_contact(by=cast.lehmann, participation=other, contact=phone.pk)  # not hers
    assert Contact.objects.count() == 1
    for _twice in range(2):
        remove_contact(by=cast.vogel, participation=case, contact=phone.pk)
    assert not Contact.objects.exists()


def test_custody_on_paper_becomes_a_name(cast):
    case = make_participant(cast.lehmann, entry_date=date(2017, 1, 9), guardian_recorded=True)
    assert Guardian.objects.get().on_paper
    guardian = add_guardian(by=cast.lehmann, participation=case, name="", organisation="Jugendamt")
    assert Guardian.objects.get() == guardian and not guardian.on_paper
    with pytest.raises(ValidationError):
        add_guardian(by=cast.lehmann, participation=case, name=" ")
    remove_guardian(by=cast.lehmann, participation=case, guardian=guardian.pk)
    assert not Guardian.objects.exists()


def test_only_the_owner_writes_names(cast, case):
    share_case(by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1))
    for user in (cast.weber, cast.hoffmann, cast.berger, cast.krause):
        for write in (
            lambda by: change(by, case, given_name="X"),
            lambda by: add_spelling(by=by, participation=case, text="X"),
            lambda by: add_contact(by=by, participation=case, kind="phone", value="1"),
            lambda by: add_guardian(by=by, participation=case, name="X"),
            lambda by: remove_contact(by=by, participation=case, contact=1),
            lambda by: remove_guardian(by=by, participation=case, guardian=1),
        ):
            with pytest.raises(Participation.DoesNotExist):
                write(user)
    assert spellings(case) == {"Mohamad Al Hassan": "main"}
