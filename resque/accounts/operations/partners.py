"""Adding and changing partners."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resque.accounts.models import Partner, User
from resque.accounts.operations.safeguards import require_partner_management
from resque.accounts.roles import roles_of_kind
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.locking import lock_version

CHANGEABLE = ("name", "short_name", "kind", "legal_regime", "phone", "valid_from", "valid_to")


@transaction.atomic
def add_partner(
    *,
    by,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    legal_regime: str,
    phone: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Partner:
    """Add an organisation to the network.

    Args:
        by: the acting system administrator.
        code: short code for files and commands; it never changes.
        kind: a PartnerKind; it decides which roles and services the partner has.
        legal_regime: a LegalRegime.
        valid_from, valid_to: first and last day in the network.

    Raises:
        NotAllowedHere: `by` is no system administrator.
        ValidationError: by field, for example a code that is taken.
    """
    require_partner_management(by)
    partner = Partner(
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        legal_regime=legal_regime,
        phone=phone,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    partner.full_clean()
    partner.save()
    note_deed(deed=Deed.CREATED, kind="partner", reference=partner.code, by=by)
    return partner


@transaction.atomic
def change_partner(*, by, partner: Partner, version: int, **facts) -> Partner:
    """Change facts of a partner.

    Args:
        by: the acting system administrator.
        version: version that the form was opened with.
        facts: any of CHANGEABLE.

    Raises:
        NotAllowedHere: `by` is no system administrator.
        StaleRecord: somebody changed the partner in between.
        ValidationError: by field, also when active accounts have roles that the new kind does not have.
    """
    require_partner_management(by)
    row = lock_version(Partner.objects.all(), partner.pk, version)
    changed = [name for name in CHANGEABLE if name in facts and getattr(row, name) != facts[name]]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, facts[name])
    row.version += 1
    row.full_clean()
    _require_fitting_roles(row)
    row.save(update_fields=[*changed, "version"])
    note_deed(deed=Deed.CHANGED, kind="partner", reference=row.code, by=by, fields=changed)
    return row


def _require_fitting_roles(partner: Partner) -> None:
    # Else a caseworker would work with people in an organisation that has none, such as the City.
    if User.objects.active().filter(partner=partner).exclude(role__in=roles_of_kind(partner.kind)).exists():
        raise ValidationError(
            {"kind": _("Some accounts have a role that this kind does not have. Please change these accounts first.")}
        )
