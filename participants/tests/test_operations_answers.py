"""Storing answers: what is written, what is refused, who may."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from participants.choices import ConsentState, ParticipationState
from participants.models import Consent, Guardian, Operation, Participation, Residence, ResidenceStatus, SpecialAnswers
from participants.operations.answers import enter
from participants.operations.people import PersonDraft, take_in
from resque.audit.models import AccessEntry, Deed
from resque.locking import StaleRecord

ENTRY = date(2016, 4, 12)


@pytest.fixture
def case(cast):
    return take_in(
        by=cast.lehmann,
        partner=cast.daa,
        operation=Operation.objects.get(code="resque-2.0"),
        draft=PersonDraft(
            family_name="Al Hassan", given_name="Mohamad", birth_date=date(1994, 1, 1), nationality="SYR"
        ),
    )


def stored(case):
    return Participation.objects.get(pk=case.pk)


def test_every_answer_is_stored(cast, case):
    enter(
        by=cast.lehmann,
        participation=case,
        answers={
            "entry_date": ENTRY, "entry_form_on": ENTRY, "gender": "m", "sex": "m", "e_status": "unemployed",
            "e_status_detail": "ALO", "e_unemp_since": "2015-11-02", "e_in_edu": False, "e_isced": 3,
            "e_education": "ABI", "e_work_access": "free", "degurba": 1, "e_homeless": None, "e_rural": False,
            "residence_status": "AE_25_2F", "residence_clause": "GESTATTET", "residence_until": date(2019, 4, 1),
            "accommodation": "GU", "municipality": "14713000", "guardian_recorded": True,
            "info_given_on": ENTRY, "contact_consent": True, "art9_basis": "consent",
        },
        special={"e_migrant": "true", "e_disab": "refused"},
    )  # fmt: skip
    row = stored(case)
    assert (row.state, row.version) == (ParticipationState.ACTIVE, 2)
    assert row.e_unemp_since == date(2015, 11, 2)
    assert (row.e_in_edu, row.e_homeless, row.e_rural) == (False, None, False)
    status = ResidenceStatus.objects.get(person=case.person)
    assert (status.status, status.clause, status.valid_from) == ("AE_25_2F", "GESTATTET", ENTRY)
    place = Residence.objects.get(person=case.person)
    assert (place.accommodation, place.municipality, place.valid_from) == ("GU", "14713000", ENTRY)
    assert Guardian.objects.get(person=case.person).on_paper
    assert dict(Consent.objects.filter(person=case.person).values_list("type", "state")) == {
        "INFO13": ConsentState.GIVEN,
        "KONTAKT": ConsentState.GIVEN,
    }
    special = SpecialAnswers.objects.get(participation=case)
    assert (special.e_migrant, special.e_disab, special.e_minority) == ("true", "refused", "")


def test_a_subset_leaves_the_rest_alone(cast, case):
    enter(by=cast.lehmann, participation=case, answers={"entry_date": ENTRY, "e_isced": 3})
    enter(by=cast.lehmann, participation=case, answers={"e_isced": None})
    row = stored(case)
    assert (row.entry_date, row.e_isced, row.version) == (ENTRY, None, 3)


def test_nothing_changed_writes_nothing(cast, case):
    enter(by=cast.lehmann, participation=case, answers={"entry_date": ENTRY, "residence_status": "GEST"})
    before = AccessEntry.objects.filter(deed=Deed.CHANGED).count()
    enter(by=cast.lehmann, participation=case, answers={"entry_date": ENTRY, "residence_status": "GEST"})
    assert stored(case).version == 2
    assert AccessEntry.objects.filter(deed=Deed.CHANGED).count() == before


def test_state_follows_entry_and_exit(cast, case):
    def state_after(**answers):
        return enter(by=cast.lehmann, participation=case, answers=answers).state

    assert state_after(entry_date=ENTRY) == ParticipationState.ACTIVE
    assert state_after(exit_date=date(2016, 9, 1)) == ParticipationState.ENDED
    assert state_after(exit_date=None) == ParticipationState.ACTIVE
    assert state_after(entry_date=None) == ParticipationState.CONTACT


def test_entry_facts_follow_a_moved_entry_date_and_keep_earlier_history(cast, case):
    ResidenceStatus.objects.create(person=case.person, status="ANK", valid_from=date(2015, 9, 1))
    enter(by=cast.lehmann, participation=case, answers={"entry_date": ENTRY, "residence_status": "GEST"})
    enter(by=cast.lehmann, participation=case, answers={"entry_date": date(2016, 4, 18)})
    rows = list(ResidenceStatus.objects.filter(person=case.person).values_list("status", "valid_from"))
    assert rows == [("GEST", date(2016, 4, 18)), ("ANK", date(2015, 9, 1))]


def test_emptied_facts_leave_no_row(cast, case):
    enter(by=cast.lehmann, participation=case, answers={"accommodation": "GU", "residence_status": "GEST"})
    enter(by=cast.lehmann, participation=case, answers={"accommodation": "", "residence_status": ""})
    assert not Residence.objects.exists() and not ResidenceStatus.objects.exists()


def test_an_earlier_permission_stays_when_it_changes(cast, case):
    enter(by=cast.lehmann, participation=case, answers={"entry_form_on": ENTRY, "contact_consent": True})
    enter(by=cast.lehmann, participation=case, answers={"entry_form_on": date(2016, 5, 2), "contact_consent": False})
    states = list(Consent.objects.filter(person=case.person).values_list("state", "decided_on"))
    assert states == [(ConsentState.REFUSED, date(2016, 5, 2)), (ConsentState.GIVEN, ENTRY)]


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("entry_date", "2017-02-31", "2017-02-31"),
        ("e_status", "lazy", "lazy"),
        ("e_isced", 9, "9"),
        ("e_isced", "high", "high"),
        ("degurba", 4, "4"),
        ("e_in_edu", "perhaps", "perhaps"),
        ("residence_status", "NOPE", "NOPE"),
        ("municipality", "99999999", "99999999"),
        ("contact_consent", "maybe", "maybe"),
        ("residence_until", "soon", "soon"),
        ("x_qual_evidence", "x" * 201, "200"),
    ],
)
def test_wrong_types_and_codes_are_refused_by_field(cast, case, name, value, part):
    with pytest.raises(ValidationError) as caught:
        enter(by=cast.lehmann, participation=case, answers={name: value})
    assert list(caught.value.message_dict) == [name]
    assert part in caught.value.message_dict[name][0]
    assert stored(case).version == 1


def test_rules_never_reject(cast, case):
    row = enter(
        by=cast.lehmann,
        participation=case,
        answers={"entry_date": date(2030, 1, 1), "exit_date": ENTRY, "e_status": "inactive", "e_unemp_since": ENTRY},
    )
    assert row.exit_date == ENTRY


def test_who_comes_second_is_told(cast, case):
    enter(by=cast.lehmann, participation=case, answers={"e_isced": 2}, version=1)
    with pytest.raises(StaleRecord) as caught:
        enter(by=cast.vogel, participation=case, answers={"e_isced": 3}, version=1)
    assert (caught.value.expected, caught.value.current) == (1, 2)
    assert stored(case).e_isced == 2


@pytest.mark.parametrize("who", ["weber", "hoffmann", "krause", "berger", "seidel"])
def test_only_the_owner_writes(cast, case, who):
    with pytest.raises(Participation.DoesNotExist):
        enter(by=getattr(cast, who), participation=case, answers={"e_isced": 2})


def test_the_log_names_fields_and_no_values(cast, case):
    enter(by=cast.lehmann, participation=case, answers={"e_isced": 2}, special={"e_disab": "true"})
    entry = AccessEntry.objects.filter(deed=Deed.CHANGED).latest("at")
    assert entry.detail == {"fields": ["e_isced", "special_answers"]}


def test_unknown_answers_are_a_mistake_of_the_caller(cast, case):
    with pytest.raises(ValueError, match="shoe_size"):
        enter(by=cast.lehmann, participation=case, answers={"shoe_size": 43})
