"""What was read, searched, exported, refused and changed: append-only rows without personal content."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Deed(models.TextChoices):
    """Kinds of audited deeds."""

    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    OPENED = "opened", _("Opened a record")
    OPENED_SPECIAL = "opened_special", _("Opened answers of special categories")
    SEARCHED = "searched", _("Searched for a person")
    ASKED_PARTNERS = "asked_partners", _("Asked whether another partner knows a person")
    EXPORTED = "exported", _("Exported")
    IMPORTED = "imported", _("Imported")
    TOOK_BACK = "took_back", _("Took an import back")
    CREATED = "created", _("Created")
    CHANGED = "changed", _("Changed")
    SHARED = "shared", _("Shared a case")
    DENIED = "denied", _("Was refused")
    ACTED_AS_SYSTEM = "acted_as_system", _("Acted as the system")


class AccessEntry(models.Model):
    """One audited deed. No foreign keys: the entry outlives what it speaks of."""

    # Made in Python: the application role may insert but not read back (no RETURNING).
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    username = models.CharField(max_length=150, blank=True)
    partner_id = models.BigIntegerField(null=True)
    deed = models.CharField(max_length=20, choices=Deed)
    kind = models.CharField(max_length=40, blank=True, help_text="Kind of the object, for example participation")
    reference = models.CharField(max_length=64, blank=True, help_text="Opaque reference, never a name")
    detail = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    ip = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["kind", "reference", "-at"]), models.Index(fields=["partner_id", "-at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.username} {self.deed} {self.kind} {self.reference}"
