"""What came of it: planned and begun, the edges of its facts, and who may change it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from participants.models import CaseShare, Participation
from participants.operations.sharing import revoke_share
from participants.tests.builders import make_participant, share_case
from resque.clock import moved_to
from resque.locking import StaleRecord
from services.models import Outcome
from services.operations.outcomes import change_outcome, record_outcome

pytestmark = pytest.mark.django_db
START = date(2017, 2, 1)


def record(by, person, **changes) -> Outcome:
    return record_outcome(**{"by": by, "participation": person, "kind": "SVB_VZ", "start": START} | changes)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"start": date(2017, 2, 7)}, "start"),
        ({"start": date(217, 2, 1)}, "start"),
        ({"start": date(9999, 12, 1), "state": "planned", "evidence": "lasting"}, "start"),
        ({"end": date(2017, 1, 31)}, "end"),
        ({"hours_per_week": Decimal(0)}, "hours_per_week"),
        ({"hours_per_week": Decimal(-1)}, "hours_per_week"),
        ({"hours_per_week": Decimal("80.1")}, "hours_per_week"),
        ({"hours_per_week": Decimal("1E+9")}, "hours_per_week"),
        ({"evidence_on": date(2017, 2, 7)}, "evidence_on"),
        ({"evidence": "lasting"}, "evidence"),
        ({"evidence": "rumour"}, "evidence"),
        ({"state": "perhaps"}, "state"),
        ({"employer": "x" * 161}, "employer"),
        ({"evidence_note": "x" * 201}, "evidence_note"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field(cast, changes, field):
    person = make_participant(cast.lehmann)
    with pytest.raises(ValidationError) as found:
        record(cast.lehmann, person, **changes)
    assert list(found.value.message_dict) == [field]
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("hours", ["0.1", "38.5", "80"])
def test_hours_up_to_80_are_possible(cast, hours):
    assert record(
        cast.lehmann, make_participant(cast.lehmann), hours_per_week=Decimal(hours)
    ).hours_per_week == Decimal(hours)


def test_a_planned_outcome_lies_ahead_and_begins_later(cast):
    person = make_participant(cast.lehmann)
    planned = record(cast.lehmann, person, start=date(2017, 3, 1), state="planned")
    with pytest.raises(ValidationError):
        change_outcome(by=cast.lehmann, outcome=planned, version=1, state="begun")
    with moved_to(date(2017, 3, 2)):
        begun = change_outcome(by=cast.vogel, outcome=planned, version=1, state="begun")
    assert (begun.state, begun.version) == ("begun", 2)
    with pytest.raises(StaleRecord):
        change_outcome(by=cast.lehmann, outcome=planned, version=1, employer="Betrieb Muster")


def test_the_proof_grows_stronger_and_the_end_is_noted(cast):
    outcome = record(cast.lehmann, make_participant(cast.lehmann))
    with moved_to(date(2017, 8, 2)):
        changes = {"evidence": "lasting", "evidence_on": date(2017, 8, 1), "end": date(2017, 8, 1)}
        stronger = change_outcome(by=cast.lehmann, outcome=outcome, version=1, **changes)
        assert (stronger.evidence, stronger.end, stronger.version) == ("lasting", date(2017, 8, 1), 2)
        assert change_outcome(by=cast.lehmann, outcome=outcome, version=2, **changes).version == 2


def test_only_who_serves_the_case_records_and_only_who_recorded_changes(cast):
    person = make_participant(cast.weber)
    with pytest.raises(Participation.DoesNotExist):
        record(cast.lehmann, person)
    share_case(by=cast.weber, participation=person, to_partner=cast.daa, scope="contact", until=date(2017, 3, 6))
    outcome = record(cast.lehmann, person)
    assert outcome.partner == cast.daa
    with pytest.raises(Outcome.DoesNotExist):
        change_outcome(by=cast.weber, outcome=outcome, version=1, employer="Betrieb Muster")
    revoke_share(by=cast.weber, share=CaseShare.objects.get())
    with pytest.raises(Outcome.DoesNotExist):  # the rules of the application alone
        change_outcome(by=cast.lehmann, outcome=outcome, version=1, employer="Betrieb Muster")
