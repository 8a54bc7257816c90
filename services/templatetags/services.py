"""Tags of the pages of services."""

from django.template import Library

from services.choices import AttendanceStatus

register = Library()


@register.simple_tag
def attendance_states() -> list[tuple[str, str]]:
    """Return whether somebody came, as pairs of code and words."""
    return list(AttendanceStatus.choices)
