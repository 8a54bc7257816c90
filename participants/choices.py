"""Coded values on which rules and indicators branch. Long lists for people live in the code lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """Sex as the ESF counts it; empty means not asked."""

    FEMALE = "f", _("female")
    MALE = "m", _("male")
    NON_BINARY = "nb", _("non-binary")


class BirthPrecision(models.TextChoices):
    """How well the birth date is known (code list birth_precision)."""

    DAY = "day", _("exact, seen on a document")
    SELF = "self", _("stated by the person")
    MONTH = "month", _("month and year only")
    YEAR = "year", _("year only")
    ASSUMED_0101 = "assumed_0101", _("set to 1 January by an authority")
    AGE_EST = "age_est", _("age assessment by the youth office")
    UNKNOWN = "unknown", _("unknown")


class LabourStatus(models.TextChoices):
    """Labour-market status of ESF entry, exit and follow-up; empty means not asked."""

    UNEMPLOYED = "unemployed", _("unemployed (registered)")
    INACTIVE = "inactive", _("inactive")
    EMPLOYED = "employed", _("employed")


class Answer(models.TextChoices):
    """Three-valued special answer; empty means not asked, which differs from refused."""

    TRUE = "true", _("yes")
    FALSE = "false", _("no")
    REFUSED = "refused", _("refused")


class WorkAccess(models.TextChoices):
    """Access to work by the clause printed on the document."""

    FREE = "free", _("any work permitted")
    PERMIT = "permit", _("only with permission of the foreigners authority")
    BOUND = "bound", _("only the named job")
    FORBIDDEN = "forbidden", _("work not permitted")
    UNKNOWN = "unknown", _("unknown, document not seen")


class Art9Basis(models.TextChoices):
    """Legal basis for storing answers of special categories (Article 9 GDPR); empty means none."""

    CONSENT = "consent", _("explicit consent")
    LAW = "law", _("legal duty")


class QualificationKind(models.TextChoices):
    """Formal result of an assessment at exit (CR03)."""

    EXAM = "exam", _("examination passed")
    RECOGNITION = "recognition", _("recognition of a credential")
    PARTIAL = "partial", _("partial qualification")
    ATTENDANCE = "attendance", _("attendance only")


class ParticipationState(models.TextChoices):
    """Where a participation stands (code list participation_state)."""

    CONTACT = "KONTAKT", _("short contact")
    INITIATED = "ANGEBAHNT", _("being recruited")
    ACTIVE = "AKTIV", _("active")
    DORMANT = "RUHT", _("dormant")
    ENDED = "BEENDET", _("ended")
    AFTERCARE = "NACHB", _("aftercare")
    REJECTED = "ABGEL", _("not target group")
    RESTRICTED = "GESPERRT", _("processing restricted")


# Reasons of an exit after which nobody is contacted any more (code list exit_reason, domain reference 3.10).
NO_CONTACT_REASONS = frozenset({"ABSCH", "AUSR", "DUBLIN", "TOD"})


class FundingPeriod(models.TextChoices):
    """Rules of the ESF under which an operation reports."""

    OLD = "2014", _("2014–2020")
    NEW = "2021", _("2021–2027")


class ShareScope(models.TextChoices):
    """How far a shared case opens. Each scope includes the ones before it."""

    SERVICES = "services", _("facts and services, without the name")
    CONTACT = "contact", _("facts, services, name and contact")


class ConsentState(models.TextChoices):
    """State of a consent (code list consent_state)."""

    GIVEN = "erteilt", _("given")
    REFUSED = "abgelehnt", _("refused")
    WITHDRAWN = "widerrufen", _("withdrawn")
    EXPIRED = "abgelaufen", _("expired")
    NOT_ASKED = "nicht_gefragt", _("not asked")


class GivenBy(models.TextChoices):
    """Who signed a consent. Under 18 the guardian does, from about 14 the young person too."""

    PERSON = "person", _("the person")
    GUARDIAN = "guardian", _("the guardian")
    BOTH = "both", _("the person and the guardian")


class Purpose(models.TextChoices):
    """What a person is informed about or asked for (code list consent_type, which holds the words)."""

    INFO = "INFO13"  # Article 13 handed out, no consent
    ESF = "ESF_14"
    ART9 = "ART9"
    SHARING = "TEIL_P"
    RELEASE = "SCHWEIG"
    CONTACT = "KONTAKT"
    PHOTO = "FOTO"
    INTERPRETING = "DOLM"
    COPIES = "DOKKOP"
