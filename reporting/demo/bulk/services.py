"""The rows of services and outcomes: what `record_service` and `record_outcome` write."""

from reporting.demo.bulk.surroundings import Surroundings
from reporting.demo.story import PlannedService, Story
from services.catalogue import kind_of
from services.choices import AttendanceStatus
from services.models import Activity, Attendance, Outcome
from services.operations.checking import shape_of

MODELS = (Activity, Attendance, Outcome)


def write_service(around: Surroundings, story: Story, service: PlannedService, participations: list[int]) -> None:
    """Add a service and who took part.

    Args:
        around: where rows go.
        story: whose service it is.
        service: the service.
        participations: keys of those who took part; the one of the story first, companions behind it.
    """
    recorder = around.recorder(story, service)
    worker = around.worker(*recorder)
    moment, editor = around.moment(service.day), around.editor_of(worker)
    activities, attendances = around.tables[Activity], around.tables[Attendance]
    key = activities.new_key()
    activity = {
        "id": key,
        "reference": next(around.references[Activity]),
        "kind": service.kind,
        "shape": shape_of(kind_of(service.kind), None, len(participations)),
        "partner_id": worker.partner_id,
        "staff_id": worker.pk,
        "day": service.day,
        "minutes": service.minutes,
        "created_at": moment,
    }
    activities.insert(key, activity, moment, editor)
    for position, participation in enumerate(participations):
        status = service.status if position == 0 else AttendanceStatus.ATTENDED
        attendance = attendances.new_key()
        values = {
            "id": attendance,
            "activity_id": key,
            "participation_id": participation,
            "partner_id": worker.partner_id,
            "day": service.day,
            "kind": service.kind,
            "status": status,
            "minutes": service.minutes if status == AttendanceStatus.ATTENDED else 0,
        }
        attendances.insert(attendance, values, moment, editor)


def write_outcomes(around: Surroundings, story: Story, participation: int) -> None:
    """Add the outcomes of a story."""
    worker, table = around.worker(story.partner, story.colleague), around.tables[Outcome]
    for outcome in story.outcomes:
        key, moment = table.new_key(), around.moment(outcome.start)
        values = {
            "id": key,
            "reference": next(around.references[Outcome]),
            "participation_id": participation,
            "partner_id": worker.partner_id,
            "recorded_by_id": worker.pk,
            "kind": outcome.kind,
            "start": outcome.start,
            "evidence": outcome.evidence,
            "evidence_on": outcome.start,
            "created_at": moment,
        }
        table.insert(key, values, moment, around.editor_of(worker))
