"""Who may do what, as one described table.

The page for data-protection officers, the command `permissions`, the doors of all views and the generated
access tests are rendered from `ROLES`. A permission says *what*; *whose* rows it reaches is decided by
`visible_to` on the querysets and, a second time, by the database.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """A right; its label is the sentence that explains it to a person."""

    OPEN_HOME = "open_home", _("Open the own home page")
    SEARCH_PEOPLE = "search_people", _("Search for a person by name before creating one")
    VIEW_PARTICIPANTS = "view_participants", _("See the participants of the own partner and shared cases")
    VIEW_PSEUDONYMS = "view_pseudonyms", _("See facts about participants under their number, without any name")
    EDIT_PARTICIPANTS = "edit_participants", _("Create participants and change their answers")
    VIEW_SPECIAL_ANSWERS = "view_special_answers", _("Open answers of special categories; each opening is logged")
    IMPORT_PARTICIPANTS = "import_participants", _("Import participants from a file and take an import back")
    RECORD_SERVICES = "record_services", _("Record consultations, group offers and outcomes")
    VIEW_SERVICES = "view_services", _("See which services a visible participant received")
    VIEW_EVENTS = "view_events", _("See events, trainings and organisations of all partners; no participant is in them")
    RECORD_EVENTS = "record_events", _("Record events of the own organisation; keep the register of organisations")
    VIEW_FIGURES = "view_figures", _("See the figures of the whole network")
    VIEW_OWN_FIGURES = "view_own_figures", _("See the figures of the own partner")
    VIEW_AGGREGATES = "view_aggregates", _("See figures of the network in which small numbers are hidden")
    OPEN_FIGURE_LISTS = "open_figure_lists", _("Open the list of records behind a figure")
    SUBMIT_REPORTS = "submit_reports", _("Keep the values of a report that goes to the funder")
    VIEW_OPERATIONS = "view_operations", _("See the operations with their ends and rules")
    MANAGE_OPERATIONS = "manage_operations", _("Change the settings of an operation and note its extensions")
    MANAGE_ACCOUNTS = "manage_accounts", _("Create accounts of the own partner, change their role, end their access")
    MANAGE_PARTNERS = "manage_partners", _("Add partners and change them; manage accounts of every partner")
    VIEW_PERMISSIONS = "view_permissions", _("Read the table of roles and permissions")


class Role(models.TextChoices):
    """What a person does in the network. Every account has exactly one role."""

    CASEWORKER = "caseworker", _("Caseworker")
    CITY_OFFICER = "city_officer", _("City officer")
    COORDINATOR = "coordinator", _("Coordinator")
    PARTNER_ADMIN = "partner_admin", _("Partner administrator")
    ADMIN = "admin", _("System administrator")


@dataclass(frozen=True)
class RoleDescription:
    """One row of the role table: a sentence for people and the permissions it stands for."""

    sentence: str | Promise
    permissions: frozenset[Permission]


P = Permission
ROLES: dict[Role, RoleDescription] = {
    Role.CASEWORKER: RoleDescription(
        _(
            "Works with participants of the own partner: outreach, counselling, placement. Sees people of "
            "other partners only where a case is shared, and only as far as it is shared."
        ),
        frozenset(
            {
                P.OPEN_HOME, P.SEARCH_PEOPLE, P.VIEW_PARTICIPANTS, P.EDIT_PARTICIPANTS, P.VIEW_SPECIAL_ANSWERS,
                P.IMPORT_PARTICIPANTS, P.RECORD_SERVICES, P.VIEW_SERVICES, P.VIEW_OWN_FIGURES,
                P.OPEN_FIGURE_LISTS, P.VIEW_PERMISSIONS, P.VIEW_EVENTS, P.RECORD_EVENTS, P.VIEW_OPERATIONS,
            }
        ),
    ),
    Role.CITY_OFFICER: RoleDescription(
        _(
            "Trains multipliers and works with authorities. Sees no participant, no name and no list; figures "
            "only where no person can be recognised in them."
        ),
        frozenset(
            {
                P.OPEN_HOME, P.VIEW_EVENTS, P.RECORD_EVENTS, P.VIEW_AGGREGATES, P.VIEW_PERMISSIONS,
                P.VIEW_OPERATIONS,
            }
        ),
    ),
    Role.COORDINATOR: RoleDescription(
        _(
            "Answers to the funder for the whole network. Sees facts and figures of all partners under the "
            "participant number; never a name, a contact or a note."
        ),
        frozenset(
            {
                P.OPEN_HOME, P.VIEW_PSEUDONYMS, P.VIEW_SERVICES, P.VIEW_FIGURES, P.OPEN_FIGURE_LISTS,
                P.SUBMIT_REPORTS, P.VIEW_PERMISSIONS, P.VIEW_EVENTS, P.RECORD_EVENTS, P.VIEW_OPERATIONS,
                P.MANAGE_OPERATIONS,
            }
        ),
    ),
    Role.PARTNER_ADMIN: RoleDescription(
        _("Manages the accounts of the own partner. Sees no case."),
        frozenset({P.OPEN_HOME, P.MANAGE_ACCOUNTS, P.VIEW_PERMISSIONS}),
    ),
    Role.ADMIN: RoleDescription(
        _("Manages partners and accounts and keeps the system running. Sees no case."),
        frozenset(
            {
                P.OPEN_HOME, P.MANAGE_ACCOUNTS, P.MANAGE_PARTNERS, P.VIEW_PERMISSIONS, P.VIEW_OPERATIONS,
                P.MANAGE_OPERATIONS,
            }
        ),
    ),
}  # fmt: skip


def permissions_of(role: str) -> frozenset[Permission]:
    """Return the permissions of a role code; an unknown code has none."""
    return ROLES[Role(role)].permissions if role in Role.values else frozenset()


def roles_of_kind(kind: str | None) -> tuple[Role, ...]:
    """Return the roles that accounts of a partner of this kind may have; None: accounts without a partner.

    The trigger `guard_account` in resque/sql.py says the same to the database; a test compares the two.
    """
    if kind is None:
        return (Role.ADMIN,)
    work = Role.CITY_OFFICER if kind == "public" else Role.CASEWORKER
    coordinator = (Role.COORDINATOR,) if kind == "coordination" else ()
    return (work, *coordinator, Role.PARTNER_ADMIN)
