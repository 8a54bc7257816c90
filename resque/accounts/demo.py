"""The accounts of the demo. They exist only while RESQUE_DEMO is set; production refuses to start with it."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resque.accounts.models import Partner, User
from resque.accounts.roles import Role
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.context.acting import acting_as_system

PASSWORD = "resque-demo"


@dataclass(frozen=True)
class DemoAccount:
    """One account of the demo: who signs in, and in a few words as what."""

    username: str
    first_name: str
    last_name: str
    role: Role
    partner: str | None
    note: str | Promise

    @property
    def name(self) -> str:
        """Name as colleagues write it: "K. Lehmann"."""
        return f"{self.first_name[:1]}. {self.last_name}"


ACCOUNTS = (
    DemoAccount("caritas", "Maria", "Weber", Role.CASEWORKER, "caritas", _("Caritas · outreach work")),
    DemoAccount("caritas2", "Anna", "Brandt", Role.CASEWORKER, "caritas", _("Caritas · outreach work")),
    DemoAccount("daa", "Katrin", "Lehmann", Role.CASEWORKER, "daa", _("DAA · counselling")),
    DemoAccount("daa2", "Thomas", "Vogel", Role.CASEWORKER, "daa", _("DAA · counselling")),
    DemoAccount("stadt", "Jana", "Krause", Role.CITY_OFFICER, "stadt", _("City of Leipzig · department")),
    DemoAccount("koordination", "Sabine", "Hoffmann", Role.COORDINATOR, "aufbauwerk", _("Aufbauwerk · coordination")),
    DemoAccount("partneradmin", "Rita", "Simon", Role.PARTNER_ADMIN, "daa", _("DAA · management of accounts")),
    DemoAccount("admin", "Bernd", "Seidel", Role.ADMIN, None, _("System administration")),
)


def offered_accounts() -> list[DemoAccount]:
    """Return the demo accounts that exist and are active; none outside the demo."""
    if not settings.RESQUE_DEMO:
        return []
    present = set(User.objects.active().values_list("username", flat=True).filter(username__in=_names()))
    return [account for account in ACCOUNTS if account.username in present]


@transaction.atomic
def create_demo_accounts() -> None:
    """Add the accounts of the demo that are missing, ready to sign in."""
    partners = Partner.objects.in_bulk(field_name="code")
    present = set(User.objects.filter(username__in=_names()).values_list("username", flat=True))
    with acting_as_system("demo accounts"):
        for account in (one for one in ACCOUNTS if one.username not in present):
            user = User(
                username=account.username,
                first_name=account.first_name,
                last_name=account.last_name,
                role=account.role,
                partner=partners[account.partner] if account.partner else None,
            )
            user.set_password(PASSWORD)
            user.full_clean()
            user.save()
            note_deed(deed=Deed.CREATED, kind="account", reference=user.reference, role=user.role)


def _names() -> list[str]:
    return [account.username for account in ACCOUNTS]
