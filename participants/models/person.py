"""The person as a bare fact row, and everything that names or reaches the person beside it."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.choices import BirthPrecision
from participants.querysets import IdentityQuerySet, PersonalQuerySet, PersonQuerySet
from resque.audit.history import tracked


@tracked()
class Person(models.Model):
    """A human being without a name: facts that figures may read."""

    # PROTECT: the owner is the data controller; a partner with people cannot vanish.
    partner = models.ForeignKey("accounts.Partner", verbose_name=_("owner"), on_delete=models.PROTECT, related_name="+")
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    birth_precision = models.CharField(
        _("precision of the birth date"), max_length=16, choices=BirthPrecision, default=BirthPrecision.SELF
    )
    nationality = models.CharField(_("nationality"), max_length=3, blank=True)
    arrival_de = models.DateField(_("arrival in Germany"), null=True, blank=True)
    # A fact, not an identity: offers and figures ask for it. Code of participants/languages.py.
    interpreter_language = models.CharField(_("interpreter needed for"), max_length=3, blank=True)
    # Records of the same human share a cluster; figures count clusters. Empty: the person stands alone.
    cluster_id = models.BigIntegerField(null=True, blank=True, editable=False, db_index=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [models.Index(fields=["birth_date"])]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def loaded_identity(self):
        """The identity if a query loaded it for this reader, else None. Never queries."""
        return self._state.fields_cache.get("identity")

    @property
    def name(self) -> str:
        """ "Family, Given" where the reader may see it and a query loaded it, else an empty text."""
        return self.loaded_identity.name if self.loaded_identity else ""


@tracked()
class Identity(models.Model):
    """The names of a person. Never read for figures; erasing it leaves the statistics."""

    # CASCADE: names without their person mean nothing.
    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="identity")
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    given_name = models.CharField(_("given name"), max_length=120, blank=True)
    original_script = models.CharField(_("name in original script"), max_length=240, blank=True)
    # Computed in ASCII, because the embedded PostgreSQL has no ICU collation.
    sort_key = models.CharField(max_length=260, editable=False, db_index=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(family_name="", given_name=""),
                name="identity_has_a_name",
                violation_error_message=_("Please enter a family name or a given name; one of them is enough."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as lists show it; a single name stands alone."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)


class SpellingKind(models.TextChoices):
    """Where a spelling comes from."""

    MAIN = "main", _("main spelling")
    OTHER = "other", _("other spelling")
    SCRIPT = "script", _("original script")


@tracked()
class Spelling(models.Model):
    """One way in which the name was met. Search runs over all of them."""

    # CASCADE: as Identity.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="spellings")
    text = models.CharField(_("spelling"), max_length=240)
    kind = models.CharField(max_length=8, choices=SpellingKind, default=SpellingKind.OTHER)
    # The folded form (participants/names.py) that near matches compare.
    fold = models.CharField(max_length=260, editable=False)
    # Its consonants: meets spellings whose vowels differ, and names in Arabic script.
    skeleton = models.CharField(max_length=260, editable=False, default="")

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [models.UniqueConstraint(fields=["person", "text"], name="spelling_once_per_person")]
        indexes = [
            GinIndex(name="spelling_fold_trgm", fields=["fold"], opclasses=["gin_trgm_ops"]),
            GinIndex(name="spelling_skeleton_trgm", fields=["skeleton"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.text


class ContactKind(models.TextChoices):
    """A way to reach a person."""

    PHONE = "phone", _("telephone")
    EMAIL = "email", _("e-mail")
    ADDRESS = "address", _("postal address")
    OTHER = "other", _("other way")


@tracked()
class Contact(models.Model):
    """One way to reach a person, with what to mind."""

    # CASCADE: as Identity.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=8, choices=ContactKind)
    value = models.CharField(_("number or address"), max_length=200)
    remark = models.CharField(_("remark"), max_length=120, blank=True)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.value
