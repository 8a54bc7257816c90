"""What the partners do and what came of it."""

from services.models.activity import Activity, Attendance
from services.models.note import Note
from services.models.outcome import Outcome

__all__ = ["Activity", "Attendance", "Note", "Outcome"]
