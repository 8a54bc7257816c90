"""Whatever the services floor writes about an imported person keeps the import from being taken back."""

from datetime import date
from pathlib import Path

import pytest

import participants.tests
from participants.models import Operation, Participation
from participants.operations.imports import import_file, take_back_import
from participants.operations.sharing import revoke_share
from participants.tests.builders import share_case
from resque.context.acting import acting_as
from services.operations.notes import add_note
from services.operations.outcomes import record_outcome
from services.operations.recording import Taking, record_service

pytestmark = pytest.mark.django_db
GOLDEN = Path(participants.tests.__file__).parent / "data" / "golden_input.csv"


def service(cast, case):
    with acting_as(cast.lehmann):
        record_service(
            by=cast.lehmann, kind="DAA-BER", participants=[Taking(case)], day=date(2017, 2, 1), minutes=45
        )


def outcome(cast, case):
    with acting_as(cast.lehmann):
        record_outcome(by=cast.lehmann, participation=case, kind="SVB_VZ", start=date(2017, 2, 1))


def note_of_another_partner(cast, case):
    """Shared, noted, and the share ended: nothing of it is left in sight of the importing partner but the share."""
    with acting_as(cast.lehmann):
        share = share_case(
            by=cast.lehmann, participation=case, to_partner=cast.caritas, scope="contact", until=date(2017, 3, 1)
        )
    with acting_as(cast.weber):
        add_note(by=cast.weber, participation=case, text="Only for Caritas", scope="team")
    with acting_as(cast.lehmann):
        revoke_share(by=cast.lehmann, share=share)


@pytest.mark.parametrize("touch", [service, outcome, note_of_another_partner])
def test_services_notes_and_outcomes_are_touches(cast, touch):
    operation = Operation.objects.get(code="resque-2.0")
    with acting_as(cast.lehmann):
        batch = import_file(
            by=cast.lehmann, partner=cast.daa, operation=operation, data=GOLDEN.read_bytes(), file_name="golden.csv"
        ).batch
    case = Participation.objects.get(external_reference="P9")
    touch(cast, case)
    with acting_as(cast.lehmann):
        result = take_back_import(by=cast.lehmann, batch=batch)
    assert [row.participation for row in result.touched] == [case]
    assert Participation.objects.count() == 8
