"""The rows of services and outcomes: what `record_service` and `record_outcome` write."""

from reporting.demo.bulk.surroundings import Surroundings
from reporting.demo.story import PlannedService, Story
from resque.secrets import seal
from services.catalogue import kind_of
from services.choices import AttendanceStatus, NoteScope
from services.models import Activity, Attendance, Note, Outcome
from services.operations.checking import shape_of
from services.operations.notes import PURPOSE

MODELS = (Activity, Attendance, Note, Outcome)


def write_service(around: Surroundings, story: Story, service: PlannedService, participations: list[int]) -> None:
    """Add a service and who took part.

    Args:
        around: where rows go.
        story: whose service it is.
        service: the service.
        participations: keys of those who took part; the one of the story first, companions behind it.
    """
    worker = around.worker(*story.recorder(service))
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
        "topics": list(service.topics),
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
    if service.note:
        note = {"participation_id": participations[0], "activity_id": key, "text": service.note, "moment": moment}
        _write_note(around, worker, **note)


def _write_note(around: Surroundings, worker, *, participation_id, activity_id, text: str, moment: str) -> None:
    table = around.tables[Note]
    values = {
        "id": table.new_key(),
        "participation_id": participation_id,
        "activity_id": activity_id,
        "partner_id": worker.partner_id,
        "author_id": worker.pk,
        "scope": NoteScope.TEAM,
        "sealed": seal(text, purpose=PURPOSE),
        "written_at": moment,
    }
    table.rows.append(table.line(values))


def write_outcomes(around: Surroundings, story: Story, participation: int) -> None:
    """Add the outcomes of a story."""
    worker, table = around.worker(story.partner, story.colleague), around.tables[Outcome]
    for outcome in story.outcomes:
        key, moment = table.new_key(), around.moment(outcome.noted)
        values = {
            "id": key,
            "reference": next(around.references[Outcome]),
            "participation_id": participation,
            "partner_id": worker.partner_id,
            "recorded_by_id": worker.pk,
            "kind": outcome.kind,
            "start": outcome.start,
            "evidence": outcome.evidence,
            "state": outcome.state,
            "evidence_on": outcome.seen,
            "created_at": moment,
        }
        table.insert(key, values, moment, around.editor_of(worker))
