"""Access rules of the services floor."""

from participants.sql import COORDINATOR, COUNTED, FOR_FIGURES, MINE
from resque.database.policies import Table, history_of

FUNCTIONS = [
    """
    create or replace function app_owns_activity(bigint) returns boolean
      language sql stable security definer set search_path = pg_catalog, public, pg_temp as
      $$ select app_role() = 'system'
           or exists (select 1 from services_activity where id = $1 and partner_id = app_partner()) $$;
    revoke execute on function app_owns_activity(bigint) from public;
    grant execute on function app_owns_activity(bigint) to resque_app;
    """
]

_SEES_CASE = "exists (select 1 from participants_participation p where p.id = participation_id)"
_SERVES_CASE = "app_serves_participation(participation_id)"
# All parents of a row are asked, not one: foreign-key checks pass by row-level security.
_RECORDS = f"{MINE} and {_SERVES_CASE}"
_NOTES = f"author_id = (select app_user()) and {_RECORDS} and (activity_id is null or app_owns_activity(activity_id))"
_RECORDS_ATTENDANCE = f"{_RECORDS} and app_owns_activity(activity_id)"

TABLES = [
    Table(
        "services_activity",
        "SIU",
        {
            "S": f"(not with_people and (select app_user()) is not null) or {COORDINATOR} or {MINE} "
            "or exists (select 1 from services_attendance a where a.activity_id = services_activity.id)",
            "I": MINE,
            "U": MINE,
        },
        FOR_FIGURES,
    ),
    Table(
        "services_attendance",
        "SIU",
        {
            "S": f"{COORDINATOR} or {MINE} or {_SEES_CASE}",
            "I": _RECORDS_ATTENDANCE,
            "U": _RECORDS_ATTENDANCE,
        },
        f"{COUNTED} or {_SEES_CASE}",
    ),
    Table(
        "services_outcome",
        "SIU",
        {"S": f"{COORDINATOR} or {MINE} or {_SEES_CASE}", "I": _RECORDS, "U": _RECORDS},
        f"{COUNTED} or {_SEES_CASE}",
    ),
    Table(
        "services_note",
        "SIU",
        {
            "S": f"{MINE} and (author_id = (select app_user()) or scope = 'team') "
            f"or (scope = 'network' and not {COORDINATOR} and {_SEES_CASE})",
            "I": _NOTES,
            "U": _NOTES,
        },
    ),
    history_of("services_activity"),
    history_of("services_attendance"),
    history_of("services_outcome"),
]
