"""What a person speaks: one row an assessment, so that progress can be seen over time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models.person import Person
from participants.querysets import PersonalFactQuerySet
from resque.audit.history import tracked


class LanguageExam(models.TextChoices):
    """Examination behind a certificate (code list language_evidence names them)."""

    DTZ = "dtz", "DTZ"
    TELC = "telc", "telc"
    GOETHE = "goethe", "Goethe"
    OESD = "oesd", "ÖSD"
    DTB = "dtb", "DTB"
    DSH = "dsh", "DSH"
    TESTDAF = "testdaf", "TestDaF"
    OTHER = "other", _("another one")


@tracked()
class LanguageAssessment(models.Model):
    """Levels in one language on one day, from one source. Codes only: no text tells who the person is."""

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=3)
    assessed_on = models.DateField(_("assessed on"))
    evidence = models.CharField(_("evidence"), max_length=16)
    # Codes of list cefr; the four skills are told apart where somebody tested them.
    overall = models.CharField(_("level"), max_length=8, blank=True)
    listening = models.CharField(_("listening"), max_length=8, blank=True)
    reading = models.CharField(_("reading"), max_length=8, blank=True)
    speaking = models.CharField(_("speaking"), max_length=8, blank=True)
    writing = models.CharField(_("writing"), max_length=8, blank=True)
    literacy = models.CharField(_("reading and writing"), max_length=16, blank=True)
    exam = models.CharField(_("certificate"), max_length=8, choices=LanguageExam, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PersonalFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("language level")
        verbose_name_plural = _("language levels")
        ordering = ["language", "-assessed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "language", "assessed_on", "evidence"], name="language_once_a_day_and_evidence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.overall}"
