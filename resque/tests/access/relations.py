"""Which objects a role asks for, by its relation to them, and which canaries it may meet."""

from resque.tests.access.canaries import Canary
from resque.tests.access.world import CASES, World

MISSING_REFERENCE = "-99999"
WORKER_CODES = {"caseworker": "daa", "colleague": "daa", "other": "caritas"}
OPEN_TO_DAA = ("own", "shared", "facts")


def subjects(world: World, about: str, role: str) -> dict[str, dict]:
    """Return the parameters of an address by relation: own, shared, facts, foreign, expired, revoked, some, missing.

    Args:
        about: kind of object: case, activity, outcome, batch, upload, refusal, account, partner, key or link.
        role: who asks.
    """
    return _KINDS[about](world, role)


def _by_case(rows: dict, role: str, *, name: str = "reference") -> dict[str, dict]:
    if role == "caseworker":
        found = {label: rows[label] for label in CASES if label in rows}
    elif role == "other":
        found = {"own": rows["foreign"], "foreign": rows["own"]}
    else:
        found = {"some": rows["foreign"]}
    return {label: {name: getattr(row, name)} for label, row in found.items()}


def _cases(world: World, role: str) -> dict[str, dict]:
    return _by_case(world.cases, role) | {"missing": {"reference": f"R{MISSING_REFERENCE}"}}


def _activities(world: World, role: str) -> dict[str, dict]:
    more = {"group": {"reference": world.group.reference}, "structural": {"reference": world.events["city"].reference}}
    return _by_case(world.activities, role) | more | {"missing": {"reference": f"L{MISSING_REFERENCE}"}}


def _outcomes(world: World, role: str) -> dict[str, dict]:
    return _by_case(world.outcomes, role) | {"missing": {"reference": f"E{MISSING_REFERENCE}"}}


def _events(world: World, role: str) -> dict[str, dict]:
    return _kept(world.events, role) | {"missing": {"reference": f"L{MISSING_REFERENCE}"}}


def _organisations(world: World, role: str) -> dict[str, dict]:
    return _kept(world.organisations, role) | {"missing": {"reference": f"F{MISSING_REFERENCE}"}}


def _kept(rows: dict, role: str) -> dict[str, dict]:
    """Return what the role's own organisation keeps, and what another one does; both exist for every account."""
    own = role if role in rows else "caseworker"
    foreign = "city" if own != "city" else "other"
    return {"own": {"reference": rows[own].reference}, "foreign": {"reference": rows[foreign].reference}}


def _visits(world: World, role: str) -> dict[str, dict]:
    own = role if role in world.visits else "caseworker"
    foreign = "other" if own == "caseworker" else "caseworker"
    found = {
        "own": {"reference": world.visits[own].reference},
        "foreign": {"reference": world.visits[foreign].reference},
    }
    return found | {"missing": {"reference": f"L{MISSING_REFERENCE}"}}


def _refusals(world: World, role: str) -> dict[str, dict]:
    own = role if role in world.refusals else "caseworker"
    foreign = "other" if own == "caseworker" else "caseworker"
    found = {"own": world.refusals[own], "foreign": world.refusals[foreign]}
    return {label: {"reference": row.reference} for label, row in found.items()} | {
        "missing": {"reference": f"V{MISSING_REFERENCE}"}
    }


def _match_requests(world: World, role: str) -> dict[str, dict]:
    found = {label: {"reference": row.reference} for label, row in world.match_requests.items()}
    return found | {"missing": {"reference": f"Q{MISSING_REFERENCE}"}}


def _batches(world: World, role: str) -> dict[str, dict]:
    return _by_case(world.batches, role) | {"missing": {"reference": f"B{MISSING_REFERENCE}"}}


def _uploads(world: World, role: str) -> dict[str, dict]:
    missing = {"key": "00000000-0000-4000-8000-000000000000"}
    return _by_case(world.uploads, role, name="key") | {"missing": missing}


def _documents(world: World, role: str) -> dict[str, dict]:
    cases = _by_case(world.cases, role)
    keys = {case.reference: world.documents[label].key for label, case in world.cases.items()}
    missing = {"reference": f"R{MISSING_REFERENCE}", "key": "00000000-0000-4000-8000-000000000000"}
    return {label: one | {"key": keys[one["reference"]]} for label, one in cases.items()} | {"missing": missing}


def _accounts(world: World, role: str) -> dict[str, dict]:
    users = {"own": world.users["colleague"], "foreign": world.users["other"], "some": world.users["city"]}
    return {label: {"account": user.reference} for label, user in users.items()} | {
        "missing": {"account": f"A{MISSING_REFERENCE}"}
    }


def _partners(world: World, role: str) -> dict[str, dict]:
    return {label: {"code": code} for label, code in (("own", "daa"), ("foreign", "caritas"), ("missing", "nobody"))}


def _keys(world: World, role: str) -> dict[str, dict]:
    return {"foreign": {"pk": world.passkey}, "missing": {"pk": 999999}}


def _links(world: World, role: str) -> dict[str, dict]:
    return {
        "foreign": {"account": world.users["other"].reference, "token": "abc123-0123456789abcdef"},
        "missing": {"account": f"A{MISSING_REFERENCE}", "token": "abc123-0123456789abcdef"},
    }


def _templates(world: World, role: str) -> dict[str, dict]:
    return {"some": {"kind": "csv"}, "other kind": {"kind": "xlsx"}}


def _case_sheets(world: World, role: str) -> dict[str, dict]:
    return {label: case | {"sheet": "consent", "language": "ara"} for label, case in _cases(world, role).items()}


def _case_ways(world: World, role: str) -> dict[str, dict]:
    return {label: case | {"language": "ara"} for label, case in _cases(world, role).items()}


def _sheets(world: World, role: str) -> dict[str, dict]:
    return {"some": {"sheet": "information", "language": "tir"}, "other kind": {"sheet": "consent", "language": "deu"}}


def _versions(world: World, role: str) -> dict[str, dict]:
    return {"some": {"version": world.sheet_version}}


def _figures(world: World, role: str) -> dict[str, dict]:
    codes = {"figure": "entered", "services": "services", "indicator": "CO01", "special": "CO15", "missing": "nothing"}
    return {relation: {"code": code} for relation, code in codes.items()}


def _operations(world: World, role: str) -> dict[str, dict]:
    return {"some": {"code": "resque-2.0"}, "missing": {"code": "nothing"}}


def _reports(world: World, role: str) -> dict[str, dict]:
    return {"some": {"reference": world.report.reference}, "missing": {"reference": f"M{MISSING_REFERENCE}"}}


def _values(world: World, role: str) -> dict[str, dict]:
    return {label: {**found, "code": "CO01"} for label, found in _reports(world, role).items()}


def _value_files(world: World, role: str) -> dict[str, dict]:
    return {label: {**found, "kind": "csv"} for label, found in _reports(world, role).items()}


_KINDS = {
    "report": _reports,
    "value": _values,
    "values file": _value_files,
    "operation": _operations,
    "figure": _figures,
    "template": _templates,
    "case": _cases,
    "case_sheet": _case_sheets,
    "case_way": _case_ways,
    "sheet": _sheets,
    "version": _versions,
    "activity": _activities,
    "outcome": _outcomes,
    "event": _events,
    "organisation": _organisations,
    "visit": _visits,
    "refusal": _refusals,
    "match_request": _match_requests,
    "batch": _batches,
    "upload": _uploads,
    "document": _documents,
    "account": _accounts,
    "partner": _partners,
    "key": _keys,
    "link": _links,
}


def may_see(role: str, canary: Canary) -> bool:
    """Return whether a page may show a canary to a role.

    Of each other's services partners learn kind, day and duration, never the words; of outcomes the employer where
    the name is open too. The coordinator reads answers of the questionnaire, the own reasons in
    reports, and no other word about anybody.
    """
    if role == "coordinator":
        return canary.what in ("fact", "reason")
    partner = WORKER_CODES.get(role)
    if partner is None:
        return False
    if canary.what == "note":
        return _reads_note(role, partner, canary)
    if canary.partner == partner:
        return True
    if canary.what == "fact":
        return _case_is_open(partner, canary)
    return canary.what in ("identity", "outcome") and partner == "daa" and canary.case == "shared"


def _case_is_open(partner: str, canary: Canary) -> bool:
    return canary.case in OPEN_TO_DAA if partner == "daa" else canary.case != "own"


def _reads_note(role: str, partner: str, canary: Canary) -> bool:
    if canary.partner == partner:
        mine = {"caseworker": "lehmann", "colleague": "vogel", "other": "weber"}[role] == canary.author
        return mine or canary.scope != "author"
    return canary.scope == "network" and _case_is_open(partner, canary)
