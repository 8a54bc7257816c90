"""Coded values of services on which decisions depend."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttendanceStatus(models.TextChoices):
    """Whether a person came."""

    ATTENDED = "attended", _("attended")
    CANCELLED = "cancelled", _("cancelled")
    NO_SHOW = "no_show", _("did not come")


class Topic(models.TextChoices):
    """What was talked about. No topic tells anything of a special category."""

    APPRENTICESHIP = "apprenticeship", _("Looking for an apprenticeship")
    JOB = "job", _("Search for work")
    APPLICATION = "application", _("Application")
    INTERNSHIP = "internship", _("Internship")
    RECOGNITION = "recognition", _("Recognition of certificates")
    GERMAN = "german", _("Learning German")
    SCHOOL = "school", _("School")
    LABOUR_LAW = "labour_law", _("Labour law")
    AUTHORITIES = "authorities", _("Authorities and papers")
    HOUSING = "housing", _("Housing")
    FAMILY = "family", _("Family")
    BENEFITS = "benefits", _("Benefits")


class NoteScope(models.TextChoices):
    """Who may read a note."""

    AUTHOR = "author", _("only me")
    TEAM = "team", _("my team")
    NETWORK = "network", _("everybody who works on the case")


class OutcomeState(models.TextChoices):
    """A planned outcome is not begun and never counts."""

    PLANNED = "planned", _("planned")
    BEGUN = "begun", _("begun")


class Evidence(models.TextChoices):
    """How strong the proof of an outcome is, from weak to strong."""

    STATED = "stated", _("stated by the participant")
    DOCUMENT = "document", _("contract or registration seen")
    CONFIRMED = "confirmed", _("confirmed by employer or school")
    LASTING = "lasting", _("still there after six months")


class OccasionState(models.TextChoices):
    """A planned event counts nowhere."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class OrganisationKind(models.TextChoices):
    """What an organisation of the register is; decides for which figure of the funder it counts."""

    EMPLOYER = "employer", _("Employer, enterprise")
    ADMINISTRATION = "administration", _("Public administration or service")
    SCHOOL = "school", _("School, training provider")
    SOCIAL_PARTNER = "social_partner", _("Social partner, chamber")
    NGO = "ngo", _("Association, non-governmental organisation")
    OTHER = "other", _("Another organisation")


class SizeClass(models.TextChoices):
    """Size of an enterprise by the definition of the EU; micro to medium count as supported enterprises."""

    MICRO = "micro", _("micro (below 10 employees)")
    SMALL = "small", _("small (below 50)")
    MEDIUM = "medium", _("medium (below 250)")
    LARGE = "large", _("large")
    UNKNOWN = "unknown", _("not known")
