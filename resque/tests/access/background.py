"""What a person brought along, and how far the intake has come, for every case of the world."""

from collections.abc import Callable
from datetime import date

from participants.models import (
    Credential,
    Intake,
    LanguageAssessment,
    Participation,
    ResidenceStatus,
    Schooling,
    WorkExperience,
)
from resque.tests.access.canaries import text_fields

ROWS = {
    LanguageAssessment: {"language": "ara", "assessed_on": date(2017, 1, 9), "evidence": "SELBST", "overall": "MUT"},
    Schooling: {"certificate": "ABI", "country": "SYR", "years": 12},
    WorkExperience: {"country": "SYR"},
    Credential: {"country": "SYR"},
}


def add_background(case: Participation, text: Callable[..., str]) -> None:
    """Let a row stand in every table of what was brought along, its words canaries.

    Args:
        case: whose person gets them.
        text: makes a canary of a class ("identity", "fact") for a column.
    """
    for model, values in ROWS.items():
        words = {name: text("identity", f"{model.__name__}.{name}") for name in text_fields(model)}
        model.objects.create(person_id=case.person_id, **values, **words)
    wording = text("fact", "ResidenceStatus.wording")
    ResidenceStatus.objects.filter(person_id=case.person_id).update(wording=wording)
    Intake.objects.create(participation=case, begun_on=case.created_on)
