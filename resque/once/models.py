"""Remembering which form was already written, so that a double click makes one record."""

from django.conf import settings
from django.db import models


class FormKey(models.Model):
    """The random key of one shown form, and where its first submission led."""

    key = models.UUIDField()
    # CASCADE: a key means nothing without its account.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    target = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        # Of one account: a key that another account sends is another form.
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="form_key_of_account")]

    def __str__(self) -> str:
        return str(self.key)
