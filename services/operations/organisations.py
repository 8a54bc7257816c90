"""The register of organisations: each stands in it once, so that a figure counts it once."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.locking import lock_version
from resque.references import free_reference
from services.choices import OrganisationKind, SizeClass
from services.models import Organisation
from services.naming import organisation_key
from services.operations.checking_events import check_right

KIND = "organisation"
CHANGEABLE = ("name", "town", "kind", "size")


@transaction.atomic
def register_organisation(
    *, by, name: str, kind: str, town: str = "", size: str = SizeClass.UNKNOWN
) -> Organisation:  # fmt: skip
    """Enter an organisation into the register.

    Args:
        by: the acting account.
        name: legal name; with the town where several are called the same.
        kind: an OrganisationKind.
        town: where it is.
        size: a SizeClass, for employers.

    Raises:
        PermissionDenied: the role keeps no register.
        ValidationError: by field, for example a name that the register already has.
    """
    check_right(by)
    row = Organisation(
        reference=free_reference(Organisation, "F"), name=_tidy(name), town=_tidy(town), kind=kind, size=size
    )
    _check(row)
    _save(row)
    note_deed(deed=Deed.CREATED, by=by, kind=KIND, reference=row.reference)
    return row


@transaction.atomic
def correct_organisation(*, by, organisation: Organisation, version: int, **facts) -> Organisation:
    """Correct what the register says of an organisation.

    Args:
        by: the acting account.
        version: version that the form showed.
        facts: any of CHANGEABLE.

    Raises:
        PermissionDenied: the role keeps no register.
        StaleRecord: somebody saved it in between.
        ValidationError: by field.
    """
    check_right(by)
    row = lock_version(Organisation.objects.visible_to(by), organisation.pk, version)
    said = {name: _tidy(value) if name in ("name", "town") else value for name, value in facts.items()}
    changed = [name for name in CHANGEABLE if name in said and getattr(row, name) != said[name]]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, said[name])
    row.version += 1
    _check(row)
    _save(row)
    note_deed(deed=Deed.CHANGED, by=by, kind=KIND, reference=row.reference, fields=changed)
    return row


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _check(row: Organisation) -> None:
    row.key = organisation_key(row.name)
    if len(row.key) < 2:
        raise ValidationError({"name": _("Please enter the name of the organisation, with at least two letters.")})
    row.clean_fields(exclude=["reference", "key"])
    if row.kind != OrganisationKind.EMPLOYER and row.size != SizeClass.UNKNOWN:
        raise ValidationError(
            {"size": _("A size is kept for employers only. Please leave “not known”, or choose “Employer” as kind.")}
        )
    if Organisation.objects.filter(key=row.key).exclude(pk=row.pk).exists():
        raise _taken(row)


def _save(row: Organisation) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:  # somebody entered the same name at the same moment
        raise _taken(row) from fault


def _taken(row: Organisation) -> ValidationError:
    found = Organisation.objects.filter(key=row.key).exclude(pk=row.pk).first()
    text = _(
        "“%(name)s” is already in the register. Please use that entry, or add the town to the name if it is another one."
    )
    return ValidationError({"name": text % {"name": found.name if found else row.name}})
