"""Whom we accompany: operation, person and identity, participation, dated histories, consent, shares, imports."""

from participants.models.consent import Consent, ConsentText, Guardian
from participants.models.credentials import Credential
from participants.models.document import Document, RemovalReason
from participants.models.histories import Residence, ResidenceStatus
from participants.models.imports import SILENCE, ImportBatch, ImportedRow, ImportUpload, UploadState
from participants.models.intake import Intake
from participants.models.languages import LanguageAssessment
from participants.models.matches import MatchRequest, MatchState, PossibleMatch, RequestState
from participants.models.operation import Operation, OperationExtension
from participants.models.participation import Participation, SpecialAnswers
from participants.models.person import Contact, Identity, Person, Spelling
from participants.models.refusal import AnonymousRefusal
from participants.models.schooling import Schooling
from participants.models.share import CaseShare
from participants.models.work import WorkExperience

__all__ = [
    "SILENCE",
    "AnonymousRefusal",
    "CaseShare",
    "Consent",
    "ConsentText",
    "Contact",
    "Credential",
    "Document",
    "Guardian",
    "Identity",
    "ImportBatch",
    "ImportUpload",
    "ImportedRow",
    "Intake",
    "LanguageAssessment",
    "MatchRequest",
    "MatchState",
    "Operation",
    "OperationExtension",
    "Participation",
    "Person",
    "PossibleMatch",
    "RemovalReason",
    "RequestState",
    "Residence",
    "ResidenceStatus",
    "Schooling",
    "SpecialAnswers",
    "Spelling",
    "UploadState",
    "WorkExperience",
]
