"""What the partners do and what came of it."""

from services.models.activity import Activity, Attendance
from services.models.note import Note
from services.models.occasion import Audience, Involvement, Occasion
from services.models.organisation import Organisation
from services.models.outcome import Outcome
from services.models.outreach import Outreach

__all__ = [
    "Activity",
    "Attendance",
    "Audience",
    "Involvement",
    "Note",
    "Occasion",
    "Organisation",
    "Outcome",
    "Outreach",
]
