"""Access rules of the participants floor."""

from datetime import date

from django.db import connection

from participants.copies.sql import FUNCTIONS as DOCUMENTS
from participants.copies.sql import tables as document_tables
from participants.importing.sql import FUNCTIONS as TAKING_BACK
from resque.database.policies import Table, history_of

LIVE = "revoked_at is null and expires_at > now()"
MY_PARTNER = "(select app_partner())"
COORDINATOR = "(select app_role()) = 'coordinator'"
MINE = f"partner_id = {MY_PARTNER}"
_SHARED_LIVE = f"s.to_partner_id = {MY_PARTNER} and s.{LIVE.replace(' and ', ' and s.')}"
# Asked with the key of the row on purpose: for a few rows PostgreSQL then looks into the index (a search, five names of
# a home page), for many it makes the list of keys once. `id in (select ...)` is a list always, fifteen thousand long.
SHARED_WITH_ME = f"""exists (select 1 from participants_caseshare s
  where s.participation_id = participants_participation.id and {_SHARED_LIVE})"""
FOR_FIGURES = "(select app_role()) in ('coordinator', 'system')"
# Counting (docs/adr/0010): the network for those who see its figures, of which the city gets hidden small numbers;
# a worker counts what the own partner keeps. The application never hands rows of this role to the city.
COUNTS_NETWORK = "(select app_role()) in ('coordinator', 'city_officer', 'system')"
COUNTED = f"{COUNTS_NETWORK} or {MINE}"
# Services for a foreign case stay in the worker's figures when the share has ended; only the case goes out of sight.
EVER_SHARED_WITH_ME = f"select participation_id from participants_caseshare where to_partner_id = {MY_PARTNER}"
# Counting reads whole tables. A list of keys is made once; an `exists` a row, which nobody may ever ask, makes the
# planner afraid of every scan, and it goes from row to row instead (four times slower).
CASE_COUNTED = "participation_id in (select id from participants_participation)"

# Reads point down only; writes ask these booleans, because an EXISTS (parent) in every WITH CHECK ends in
# "infinite recursion detected in policy". A foreign and a missing parent fail alike.
_BOOLEANS = f"""
create or replace function app_owns_person(bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select app_role() = 'system' or exists (select 1 from participants_person where id = $1 and partner_id = app_partner()) $$;
create or replace function app_owns_participation(bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select app_role() = 'system'
       or exists (select 1 from participants_participation where id = $1 and partner_id = app_partner()) $$;
create or replace function app_serves_participation(bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select app_owns_participation($1)
       or exists (select 1 from participants_caseshare where participation_id = $1
                  and to_partner_id = app_partner() and {LIVE}) $$;
create or replace function app_owns_batch(bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select app_role() = 'system'
       or exists (select 1 from participants_importbatch where id = $1 and partner_id = app_partner()) $$;
create or replace function app_share_stands_on(consent bigint, participation bigint, partner bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select app_role() = 'system' or consent is null
       or exists (select 1 from participants_consent c join participants_participation p on p.person_id = c.person_id
                  where c.id = consent and p.id = participation and c.partner_id = partner) $$;
revoke execute on function app_owns_person(bigint), app_owns_participation(bigint), app_owns_batch(bigint),
  app_serves_participation(bigint), app_share_stands_on(bigint, bigint, bigint) from public;
grant execute on function app_owns_person(bigint), app_owns_participation(bigint), app_owns_batch(bigint),
  app_serves_participation(bigint), app_share_stands_on(bigint, bigint, bigint) to resque_app;
"""

# Who noted a refusal stands in the audit log alone; so does when. A mistake can be taken back by its author for a day.
_REFUSALS = """
create or replace function app_fresh_refusals() returns setof text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select reference from audit_accessentry where kind = 'refusal' and deed = 'created'
       and user_id = app_user() and at > clock_timestamp() - interval '24 hours' $$;
revoke execute on function app_fresh_refusals() from public;
grant execute on function app_fresh_refusals() to resque_app;
"""

# Whoever moves the start of an operation sees no record, or none of other partners: here they learn yes or no.
_WORK = """
create or replace function app_work_between(operation bigint, first date, last date) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select app_role() in ('coordinator', 'admin', 'system') and (
    exists (select 1 from participants_participation where operation_id = operation and entry_date between first and last)
    or exists (select 1 from participants_anonymousrefusal where operation_id = operation and day between first and last)
  ) $$;
revoke execute on function app_work_between(bigint, date, date) from public;
grant execute on function app_work_between(bigint, date, date) to resque_app;
"""


def work_between(operation: int, first: date, last: date) -> bool:
    """Return whether somebody entered an operation or refused to, on one of these days; for those who keep operations.

    Args:
        operation: key of the operation.
        first, last: days, both included.
    """
    with connection.cursor() as cursor:
        cursor.execute("select app_work_between(%s, %s, %s)", [operation, first, last])
        return bool(cursor.fetchone()[0])


def fresh_refusals() -> list[str]:
    """Return the references of refusals that the caller noted within the last 24 hours, taken back ones included."""
    with connection.cursor() as cursor:
        cursor.execute("select * from app_fresh_refusals()")
        return [reference for (reference,) in cursor.fetchall()]


FUNCTIONS = [_BOOLEANS, _REFUSALS, _WORK, *TAKING_BACK, *DOCUMENTS]

_OWNS_PERSON = "app_owns_person(person_id)"
# The coordinator sees every person; asking for each row would say the same a hundred thousand times.
_SEES_PERSON = f"{COORDINATOR} or exists (select 1 from participants_person p where p.id = person_id)"


def _sees_name(table: str) -> str:
    """The condition for rows that name or reach a person: owner, and shares whose scope includes contact."""
    return f"""exists (select 1 from participants_person p where p.id = person_id and p.partner_id = {MY_PARTNER})
      or exists (select 1 from participants_participation p join participants_caseshare s on s.participation_id = p.id
                 where p.person_id = {table}.person_id and s.scope = 'contact' and {_SHARED_LIVE})"""


def _identity(name: str, grants: str) -> Table:
    """A table that names or reaches a person."""
    return Table(name, grants, {"S": _sees_name(name), "I": _OWNS_PERSON, "U": _OWNS_PERSON, "D": _OWNS_PERSON})


def _person_fact(name: str) -> Table:
    """A table of dated facts about a person."""
    return Table(
        name, "SIUD", {"S": _SEES_PERSON, "I": _OWNS_PERSON, "U": _OWNS_PERSON, "D": _OWNS_PERSON}, FOR_FIGURES
    )


_OWNS_PARTICIPATION = "app_owns_participation(participation_id)"
_STANDS = "app_share_stands_on(consent_id, participation_id, to_partner_id)"
_OWN_ANSWERS = f"""exists (select 1 from participants_participation p
                  where p.id = participation_id and p.partner_id = {MY_PARTNER})"""

# The application makes and removes no operation; extensions are noted and taken back, never changed. Commands look
# an operation up before they act as anybody, so reading is open; who changed it is for those who keep it.
_MANAGES_OPERATIONS = "(select app_role()) in ('coordinator', 'admin')"

TABLES = [
    Table("participants_operation", "SU", {"S": "true", "U": _MANAGES_OPERATIONS}, "true"),
    Table(
        "participants_operationextension",
        "SID",
        {"S": "true", "I": _MANAGES_OPERATIONS, "D": _MANAGES_OPERATIONS},
        "true",
    ),
    Table(
        "participants_caseshare",
        "SIU",
        {
            "S": f"from_partner_id = {MY_PARTNER} or to_partner_id = {MY_PARTNER}",
            "I": f"from_partner_id = {MY_PARTNER} and {_OWNS_PARTICIPATION} and {_STANDS}",
            "U": f"from_partner_id = {MY_PARTNER} and {_STANDS}",
        },
        f"to_partner_id = {MY_PARTNER}",
    ),
    # No DELETE on people: erasure and taking back an import are functions with checks of their own.
    Table(
        "participants_participation",
        "SIU",
        {
            "S": f"{COORDINATOR} or {MINE} or {SHARED_WITH_ME}",
            "I": f"{MINE} and {_OWNS_PERSON}",
            "U": f"{MINE} and {_OWNS_PERSON}",
        },
        f"{COUNTED} or id in ({EVER_SHARED_WITH_ME})",
    ),
    Table(
        "participants_person",
        "SIU",
        {
            "S": f"{COORDINATOR} or {MINE} "
            "or exists (select 1 from participants_participation p where p.person_id = participants_person.id)",
            "I": MINE,
            "U": MINE,
        },
        f"{COUNTED} or id in (select person_id from participants_participation)",
    ),
    _identity("participants_identity", "SIU"),
    _identity("participants_spelling", "SIU"),
    _identity("participants_contact", "SIUD"),
    _identity("participants_guardian", "SIUD"),
    _identity("participants_consent", "SIU"),
    # Texts of sheets hold nothing about anybody; the first consent to a version keeps it.
    Table("participants_consenttext", "SI", {"S": "true", "I": "(select app_role()) in ('caseworker', 'system')"}),
    _person_fact("participants_residencestatus"),
    _person_fact("participants_residence"),
    _person_fact("participants_languageassessment"),
    _person_fact("participants_schooling"),
    _identity("participants_workexperience", "SIUD"),
    _identity("participants_credential", "SIUD"),
    # How far a form has come; no business of a partner with a share, nor of the coordinator.
    Table(
        "participants_intake",
        "SIU",
        {"S": _OWN_ANSWERS, "I": _OWNS_PARTICIPATION, "U": _OWNS_PARTICIPATION},
    ),
    Table(
        "participants_specialanswers",
        "SIUD",
        {"S": _OWN_ANSWERS, "I": _OWNS_PARTICIPATION, "U": _OWNS_PARTICIPATION, "D": _OWNS_PARTICIPATION},
        FOR_FIGURES,
    ),
    Table("participants_importbatch", "SIU", {"S": MINE, "I": MINE, "U": MINE}),
    Table(
        "participants_importedrow",
        "SI",
        {
            "S": "exists (select 1 from participants_importbatch b where b.id = batch_id)",
            "I": f"app_owns_batch(batch_id) and {_OWNS_PARTICIPATION}",
        },
    ),
    # A refusal is a day, and nobody could say whose it was: only its author takes a mistake back, within a day.
    Table(
        "participants_anonymousrefusal",
        "SID",
        {
            "S": f"{COORDINATOR} or {MINE}",
            "I": MINE,
            "D": f"{MINE} and reference in (select app_fresh_refusals())",
        },
        COUNTED,
    ),
    # An uploaded file is read by its uploader only.
    Table("participants_importupload", "SIUD", dict.fromkeys("SIUD", "user_id = (select app_user())")),
    Table("participants_operationevent", "S", {"S": _MANAGES_OPERATIONS}),
    Table("participants_operationextensionevent", "S", {"S": _MANAGES_OPERATIONS}),
    history_of("participants_caseshare"),
    history_of("participants_participation"),
    history_of("participants_person"),
    history_of("participants_identity", "person_id"),
    history_of("participants_spelling"),
    history_of("participants_contact", removed=_OWNS_PERSON),
    history_of("participants_guardian", removed=_OWNS_PERSON),
    history_of("participants_consent"),
    history_of("participants_residencestatus", removed=_OWNS_PERSON),
    history_of("participants_residence", removed=_OWNS_PERSON),
    history_of("participants_languageassessment", removed=_OWNS_PERSON),
    history_of("participants_schooling", removed=_OWNS_PERSON),
    history_of("participants_workexperience", removed=_OWNS_PERSON),
    history_of("participants_credential", removed=_OWNS_PERSON),
    history_of("participants_specialanswers", "participation_id", removed=_OWNS_PARTICIPATION),
    *document_tables(_sees_name("participants_document"), _OWNS_PERSON, _OWNS_PARTICIPATION),
]
