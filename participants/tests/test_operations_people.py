"""Taking people in."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants.models import Participation, Spelling
from participants.operations.people import PersonDraft, take_in
from participants.tests.builders import make_participant

pytestmark = pytest.mark.django_db


def test_taking_in_makes_the_whole_record(cast):
    made = make_participant(
        cast.lehmann, original_script="محمد الحسن", other_spellings=("Mohammed Al-Hasan", "Mohamad Al Hassan")
    )
    found = Participation.objects.get(reference=made.reference)
    assert found.state == "KONTAKT"
    assert found.partner == cast.daa == found.person.partner
    assert found.person.identity.name == "Al Hassan, Mohamad"
    spellings = dict(Spelling.objects.filter(person=found.person).values_list("text", "kind"))
    assert spellings == {"Mohamad Al Hassan": "main", "محمد الحسن": "script", "Mohammed Al-Hasan": "other"}
    assert [consent.type for consent in found.person.consents.all()] == ["INFO13"]


def test_a_single_name_is_enough_and_no_name_is_not(cast):
    assert make_participant(cast.lehmann, family="", given="Suleiman").person.name == "Suleiman"
    with pytest.raises(ValidationError) as failure:
        make_participant(cast.lehmann, family=" ", given="")
    assert "family_name" in failure.value.message_dict


def test_the_number_of_a_partner_is_taken_once(cast):
    make_participant(cast.lehmann, external_reference="0815")
    make_participant(cast.weber, external_reference="0815")
    with pytest.raises(ValidationError) as failure:
        make_participant(cast.vogel, external_reference="0815")
    assert "external_reference" in failure.value.message_dict


def test_too_long_names_are_refused_by_field(cast):
    with pytest.raises(ValidationError) as failure:
        make_participant(cast.lehmann, family="x" * 121)
    assert "family_name" in failure.value.message_dict


@pytest.mark.parametrize("wrong", [{"nationality": "QQQ"}, {"interpreter_language": "zz"}, {"sex": "q"}])
def test_codes_that_no_list_has_are_refused_by_field(cast, wrong):
    with pytest.raises(ValidationError) as failure:
        make_participant(cast.lehmann, **wrong)
    assert failure.value.message_dict.keys() == wrong.keys()


@pytest.mark.parametrize("who", ["lehmann", "hoffmann", "krause", "berger", "seidel"])
def test_nobody_takes_people_in_for_another_partner(cast, who):
    with pytest.raises(PermissionDenied):
        make_participant(getattr(cast, who), partner=cast.caritas)


def test_the_system_may_take_in(cast):
    from participants.models import Operation
    from resque.context.acting import acting_as_system

    with acting_as_system("test"):
        made = take_in(
            by=None,
            partner=cast.daa,
            operation=Operation.objects.get(code="resque-2.0"),
            draft=PersonDraft(given_name="Anna"),
        )
    assert made.created_on.isoformat() == "2017-02-06"
