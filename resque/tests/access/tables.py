"""Which rows of which table a role may read and write, said a third time: in plain Python about a known world.

The rules here know nothing of querysets and policies; they look at labels of the world ("shared", "expired") and at
who wrote a row. Two checks compare them with the application's scopes and with the database's policies.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.apps import apps

from resque.database.policies import Table, declared
from resque.tests.access.relations import OPEN_TO_DAA, WORKER_CODES
from resque.tests.access.world import ACCOUNTS, World

NOBODY_ROLE = "nobody"
ROLES = (*ACCOUNTS, NOBODY_ROLE)
PARTNER_CODES = {role: partner for role, (_name, _kind, partner) in ACCOUNTS.items()}
NETWORK = ("coordinator", "city")
EVENT_KEEPERS = ("caseworker", "colleague", "other", "coordinator", "city")
EVER_OPEN_TO_DAA = (*OPEN_TO_DAA, "expired", "revoked")


@dataclass(frozen=True)
class Row:
    """One row and what the rules ask of it.

    Attributes:
        table: name of its table.
        values: columns by attribute name.
        pk: primary key.
        cases: labels of the cases it belongs to; an activity belongs to all that attended.
        partner, user: codes and names of the partner and the account that wrote it.
    """

    table: str
    values: dict = field(hash=False)
    pk: object = None
    cases: tuple[str, ...] = ()
    partner: str = ""
    user: str = ""


Rule = Callable[[str, Row], bool]


def _partner(role: str) -> str:
    """Return the partner whose people a role may see, "-" for none."""
    return WORKER_CODES.get(role, "-")


def facts_open(role: str, row: Row) -> bool:
    """Own and shared cases; all for the coordinator."""
    partner = _partner(role)
    open_to = {"daa": OPEN_TO_DAA, "caritas": ("shared", "facts", "foreign", "expired", "revoked")}
    return role == "coordinator" or any(case in open_to.get(partner, ()) for case in row.cases)


def names_open(role: str, row: Row) -> bool:
    """Own cases and those shared with name and contact; never the coordinator."""
    partner = _partner(role)
    return role != "coordinator" and facts_open(role, row) and (partner != "daa" or "facts" not in row.cases)


def owned(role: str, row: Row) -> bool:
    """Cases of the own partner."""
    return _partner(role) == ("daa" if "own" in row.cases else "caritas" if row.cases else "")


def written_by_us(role: str, row: Row) -> bool:
    """Rows that bear the own partner."""
    return _partner(role) == row.partner


def written_by_me(role: str, row: Row) -> bool:
    """Rows that bear the own account."""
    return role in ACCOUNTS and ACCOUNTS[role][0] == row.user


def nobody(role: str, row: Row) -> bool:
    """Nobody."""
    return False


def _document(role: str, row: Row) -> bool:
    # Papers about health are never shared.
    return owned(role, row) or (names_open(role, row) and not row.values["special"])


def _shares(role: str, row: Row) -> bool:
    return _partner(role) in (row.values["from_partner"], row.values["to_partner"])


def _gave(role: str, row: Row) -> bool:
    return _partner(role) == row.values["from_partner"]


def _got(role: str, row: Row) -> bool:
    return _partner(role) == row.values["to_partner"]


def _sees_pair(role: str, row: Row) -> bool:
    return all(names_open(role, replace(row, cases=(case,))) for case in row.cases)


def _decides_pair(role: str, row: Row) -> bool:
    return _sees_pair(role, row) and any(owned(role, replace(row, cases=(case,))) for case in row.cases)


def _forgets_pair(role: str, row: Row) -> bool:
    return _decides_pair(role, row) and row.values["state"] == "open"


def _asks_now(role: str, row: Row) -> bool:
    # In this world both workers asked the partners a moment ago; the colleague did not.
    return role in ("caseworker", "other") and _gave(role, row)


def _event(row: Row) -> bool:
    return row.values["shape"] in ("structural", "internal")


def _activity(role: str, row: Row) -> bool:
    event = _event(row) and role != NOBODY_ROLE
    return event or role == "coordinator" or written_by_us(role, row) or facts_open(role, row)


def _activity_written(role: str, row: Row) -> bool:
    # The city and the coordination have no people; they keep the events of their organisation.
    return written_by_us(role, row) or (_event(row) and kept_by_us(role, row))


def kept_by_us(role: str, row: Row) -> bool:
    """Rows of the own organisation, for every role that records events."""
    return role in EVENT_KEEPERS and PARTNER_CODES[role] == row.partner


def signed_in(role: str, row: Row) -> bool:
    """Every account."""
    return role != NOBODY_ROLE


def _keeps_register(role: str, row: Row) -> bool:
    return role in EVENT_KEEPERS


def _ours_or_coordinator(role: str, row: Row) -> bool:
    return role == "coordinator" or written_by_us(role, row)


def _facts_or_ours(role: str, row: Row) -> bool:
    # What a partner did stays in its figures when a share has ended; the case itself goes out of sight.
    return facts_open(role, row) or written_by_us(role, row)


def _served(role: str, row: Row) -> bool:
    return role != "coordinator" and written_by_us(role, row) and facts_open(role, row)


def _note(role: str, row: Row) -> bool:
    ours = written_by_us(role, row) and (written_by_me(role, row) or row.values["scope"] == "team")
    shared = row.values["scope"] == "network" and role != "coordinator" and facts_open(role, row)
    return ours or shared


def _noted(role: str, row: Row) -> bool:
    return _served(role, row) and written_by_me(role, row)


def _audit(role: str, row: Row) -> bool:
    return ACCOUNTS.get(role, ("", "", ""))[1] == "partner_admin" and PARTNER_CODES[role] == row.partner


def _counted(role: str, row: Row) -> bool:
    ever = _partner(role) == "daa" and any(case in EVER_OPEN_TO_DAA for case in row.cases)
    return role in NETWORK or written_by_us(role, row) or ever or facts_open(role, row)


def _everybody(role: str, row: Row) -> bool:
    return True


def _records_consents(role: str, row: Row) -> bool:
    return role in ("caseworker", "colleague", "other")


def _manages_operations(role: str, row: Row) -> bool:
    return role in ("coordinator", "admin")


def _coordinator(role: str, row: Row) -> bool:
    return role == "coordinator"


def _submitted(role: str, row: Row) -> bool:
    # In this world the report was kept a moment ago, in the same transaction.
    return role == "coordinator"


def _works_or_coordinates(role: str, row: Row) -> bool:
    return role == "coordinator" or role in WORKER_CODES


def _kept_record(role: str, row: Row) -> bool:
    return role == "coordinator" or (not row.values["special"] and facts_open(role, row))


def _noted_refusal(role: str, row: Row) -> bool:
    # In this world both workers noted their own a moment ago; the colleague noted none.
    return role in ("caseworker", "other") and written_by_us(role, row)


def _counted_refusal(role: str, row: Row) -> bool:
    return role in NETWORK or written_by_us(role, row)


@dataclass(frozen=True)
class Rights:
    """Who may do what with the rows of a table.

    Attributes:
        read: by the database's rules.
        insert, update, delete: by the database's rules.
        scope: by `visible_to`, where that is narrower than the database.
        edit: by `editable_by`.
        figures: by the database's rules for the role that counts.
    """

    read: Rule
    insert: Rule = nobody
    update: Rule = nobody
    delete: Rule = nobody
    scope: Rule | None = None
    edit: Rule | None = None
    figures: Rule | None = None


_NAME = Rights(names_open, owned, owned)
_WAY = Rights(names_open, owned, owned, owned)
_DATED = Rights(facts_open, owned, owned, owned, figures=_coordinator)
RIGHTS: dict[str, Rights] = {
    "participants_operation": Rights(_everybody, update=_manages_operations, figures=_everybody),
    "participants_operationextension": Rights(
        _everybody, _manages_operations, delete=_manages_operations, figures=_everybody
    ),
    "participants_operationevent": Rights(_manages_operations),
    "participants_operationextensionevent": Rights(_manages_operations),
    "participants_person": Rights(facts_open, owned, owned, figures=_counted),
    "participants_participation": Rights(facts_open, owned, owned, edit=owned, figures=_counted),
    "participants_identity": _NAME,
    "participants_spelling": _NAME,
    "participants_consent": _NAME,
    "participants_consenttext": Rights(_everybody, _records_consents),
    "participants_document": Rights(_document, owned, owned),
    "participants_contact": _WAY,
    "participants_guardian": _WAY,
    "participants_residencestatus": _DATED,
    "participants_residence": _DATED,
    **dict.fromkeys(("participants_languageassessment", "participants_schooling"), _DATED),
    **dict.fromkeys(("participants_workexperience", "participants_credential"), _WAY),
    "participants_intake": Rights(owned, owned, owned),
    "participants_specialanswers": Rights(owned, owned, owned, owned, figures=_coordinator),
    "participants_anonymousrefusal": Rights(
        _ours_or_coordinator, written_by_us, delete=_noted_refusal, figures=_counted_refusal
    ),
    "participants_caseshare": Rights(_shares, _gave, _gave, figures=_got),
    "participants_possiblematch": Rights(_sees_pair, _decides_pair, _decides_pair, _forgets_pair),
    "participants_matchrequest": Rights(_shares, _asks_now, _shares),
    "participants_importbatch": Rights(written_by_us, written_by_us, written_by_us),
    "participants_importedrow": Rights(owned, owned),
    "participants_importupload": Rights(*[written_by_me] * 4),
    "services_activity": Rights(
        _activity, _activity_written, _activity_written, edit=written_by_us, figures=_coordinator
    ),
    "services_outreach": Rights(_ours_or_coordinator, written_by_us, written_by_us),
    "services_occasion": Rights(signed_in, kept_by_us, kept_by_us, scope=_keeps_register),
    "services_audience": Rights(signed_in, kept_by_us, kept_by_us, kept_by_us, scope=_keeps_register),
    "services_involvement": Rights(signed_in, kept_by_us, kept_by_us, kept_by_us, scope=_keeps_register),
    "services_organisation": Rights(signed_in, _keeps_register, _keeps_register, scope=_keeps_register),
    "services_attendance": Rights(
        _facts_or_ours, _served, _served, scope=facts_open, edit=written_by_us, figures=_counted
    ),
    "services_outcome": Rights(
        _facts_or_ours, _served, _served, scope=facts_open, edit=written_by_us, figures=_counted
    ),
    "services_note": Rights(_note, _noted, _noted, edit=_noted),
    "reporting_serviceyear": Rights(_facts_or_ours, scope=facts_open, figures=_counted),
    "reporting_keptreport": Rights(_works_or_coordinates, _submitted),
    **{name: Rights(_coordinator, _submitted) for name in ("reporting_keptvalue", "reporting_revision")},
    "reporting_keptrecord": Rights(_kept_record, _submitted),
    "once_formkey": Rights(written_by_me, written_by_me, written_by_me),
    "audit_accessentry": Rights(_audit, lambda role, row: True),
}


def protected_tables() -> dict[str, Table]:
    """Return the declared tables with row-level security, by name."""
    return {table.name: table for table in declared()[1] if table.policies is not None}


def model_of(table: str):
    """Return the model of a table."""
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def parent_of(table: str) -> str:
    """Return the tracked table whose history a table holds, "" when it is no history or has rights of its own."""
    parent = table.removesuffix("event")
    return parent if parent != table and parent in RIGHTS and table not in RIGHTS else ""


def rights_of(table: str) -> Rights:
    """Return the rights of a table; history is read exactly where its row is, and written by nobody."""
    parent = parent_of(table)
    return Rights(RIGHTS[parent].read) if parent else RIGHTS[table]


class Rows:
    """All rows of the world with their labels, read once as the owner of the tables."""

    def __init__(self, world: World):
        self._case_of_person = {case.person_id: label for label, case in world.cases.items()}
        self._case_of = {case.pk: label for label, case in world.cases.items()}
        self._case_of_reference = {case.reference: (label,) for label, case in world.cases.items()}
        self._case_of_reference |= {one.reference: () for one in world.refusals.values()}
        self._partners = dict(apps.get_model("accounts", "Partner").objects.values_list("pk", "code"))
        self._users = {user.pk: user.username for user in world.users.values()}
        self._attended: dict[int, list[str]] = {}
        self._partner_of_activity = dict(model_of("services_activity")._base_manager.values_list("pk", "partner_id"))
        for activity, case in model_of("services_attendance")._base_manager.values_list("activity", "participation"):
            self._attended.setdefault(activity, []).append(self._case_of[case])
        self._read: dict[str, list[Row]] = {}

    def of(self, table: str) -> list[Row]:
        """Return the rows of a table; rows of a history bear the labels of the row that they describe."""
        if table not in self._read:
            parent = parent_of(table)
            if parent:
                described = {row.pk: row for row in self.of(parent)}
                values = model_of(table)._base_manager.values("pk", "pgh_obj_id")
                self._read[table] = [
                    Row(parent, one.values, event["pk"], one.cases, one.partner, one.user)
                    for event in values
                    for one in (described[event["pgh_obj_id"]],)
                ]
            else:
                self._read[table] = [self._row(table, values) for values in model_of(table)._base_manager.values()]
        return self._read[table]

    def _row(self, table: str, values: dict) -> Row:
        pk = values[model_of(table)._meta.pk.attname]
        named = {"from_partner": self._partners.get(values.get("from_partner_id"))}
        named |= {"to_partner": self._partners.get(values.get("to_partner_id"))}
        partner = values.get("partner_id") or self._partner_of_activity.get(values.get("activity_id"))
        user = values.get("author_id") or values.get("user_id") or values.get("staff_id")
        return Row(
            table, values | named, pk, self._cases(table, values, pk), self._partners.get(partner, ""),
            self._users.get(user, ""),
        )  # fmt: skip

    def _cases(self, table: str, values: dict, pk) -> tuple[str, ...]:
        if table == "services_activity":
            return tuple(self._attended.get(pk, ()))
        if table == "participants_person":
            return (self._case_of_person[pk],)
        if table == "participants_participation":
            return (self._case_of[pk],)
        if table == "reporting_keptrecord":
            return self._case_of_reference[values["reference"]]
        if table == "participants_possiblematch":
            return tuple(self._case_of_person[values[side]] for side in ("first_id", "second_id"))
        if values.get("participation_id"):
            return (self._case_of[values["participation_id"]],)
        return (self._case_of_person[values["person_id"]],) if "person_id" in values else ()
