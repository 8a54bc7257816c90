"""Accounts of the colleagues who accompany the invented people, and the telephones of their teams."""

from reporting.demo.story import Teams
from resque.accounts.models import Partner, User
from resque.accounts.roles import Role
from resque.audit.models import Deed
from resque.audit.operations import note_deeds
from resque.context.acting import acting_as_system

SIGNING_IN = {"daa": ("daa", "daa2"), "caritas": ("caritas", "caritas2")}  # accounts of the sign-in page

TELEPHONES = {"daa": "030 23125 401", "caritas": "030 23125 402"}  # a range kept free for films


def teams_of(teams: Teams) -> dict[str, list[User]]:
    """Return the colleagues by code of their partner; those who are missing get an account that nobody signs in with.

    Args:
        teams: how many colleagues each partner has, two at least.
    """
    partners = Partner.objects.in_bulk(field_name="code")
    names = {partner: _names(partner, teams.size(partner)) for partner in SIGNING_IN}
    known = User.objects.in_bulk([name for team in names.values() for name in team], field_name="username")
    missing = [
        _colleague(name, partners[partner]) for partner, team in names.items() for name in team if name not in known
    ]
    with acting_as_system("demo accounts"):
        for code, telephone in TELEPHONES.items():
            Partner.objects.filter(code=code, phone="").update(phone=telephone)
        User.objects.bulk_create(missing)
        references = [user.reference for user in missing]
        note_deeds(deed=Deed.CREATED, kind="account", references=references, role=Role.CASEWORKER)
    known |= {user.username: user for user in missing}
    return {partner: [known[name] for name in team] for partner, team in names.items()}


def _names(partner: str, size: int) -> list[str]:
    further = [f"demo-{partner}-{number:03}" for number in range(3, size + 1)]
    return [*SIGNING_IN[partner], *further]


def _colleague(username: str, partner: Partner) -> User:
    user = User(
        username=username,
        first_name="DEMO",
        last_name=f"{partner.short_name} {username[-3:]}",
        role=Role.CASEWORKER,
        partner=partner,
    )
    user.set_unusable_password()
    return user
