"""The register of organisations that the network works with. Each stands here once; no person is named."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resque.audit.history import tracked
from services.choices import OrganisationKind, SizeClass
from services.naming import LONGEST
from services.querysets import OrganisationQuerySet


@tracked()
class Organisation(models.Model):
    """An employer, an office, a school: what figures of supported entities count, each once and never by visit."""

    reference = models.CharField(max_length=12, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=160)
    # The name without capitals, signs and spaces (services.naming): "Mustermann Gmbh" is "Mustermann GmbH".
    key = models.CharField(max_length=LONGEST, unique=True, editable=False)
    town = models.CharField(_("town"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationKind)
    size = models.CharField(_("size"), max_length=8, choices=SizeClass, default=SizeClass.UNKNOWN)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """Whether it counts as a public administration or service."""
        return self.kind == OrganisationKind.ADMINISTRATION
