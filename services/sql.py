"""Access rules of the services floor."""

from participants.sql import CASE_COUNTED, COORDINATOR, COUNTED, FOR_FIGURES, MINE
from resque.database.policies import Table, history_of

SIGNED_IN = "(select app_user()) is not null"
EVENT = "not with_people and shape in ('structural', 'internal')"
KEEPS_EVENTS = "app_role() in ('caseworker', 'city_officer', 'coordinator')"

FUNCTIONS = [
    """
    create or replace function app_owns_activity(bigint) returns boolean
      language sql stable security definer set search_path = pg_catalog, public, pg_temp as
      $$ select app_role() = 'system'
           or exists (select 1 from services_activity where id = $1 and partner_id = app_partner()) $$;
    revoke execute on function app_owns_activity(bigint) from public;
    grant execute on function app_owns_activity(bigint) to resque_app;
    """,
    # The city and the coordination have no people, so app_partner() is empty for them: their events are kept by
    # the organisation of the account. Never an activity in which a participant can take part.
    f"""
    create or replace function app_keeps_event(bigint) returns boolean
      language sql stable security definer set search_path = pg_catalog, public, pg_temp as
      $$ select app_role() = 'system' or exists (select 1 from services_activity
           where id = $1 and {EVENT} and partner_id = app_home_partner() and {KEEPS_EVENTS}) $$;
    revoke execute on function app_keeps_event(bigint) from public;
    grant execute on function app_keeps_event(bigint) to resque_app;
    """,
    # Whoever writes, the owner of the tables too: no participant in an activity without people, and an activity
    # never becomes one while somebody takes part.
    """
    create or replace function guard_attendance() returns trigger language plpgsql
      security definer set search_path = pg_catalog, public, pg_temp as $$
    begin
      if not (select with_people from services_activity where id = new.activity_id) then
        raise check_violation using message = 'no participant takes part in this activity: it is without people';
      end if;
      return new;
    end $$;
    drop trigger if exists guard_attendance on services_attendance;
    create trigger guard_attendance before insert on services_attendance
      for each row execute function guard_attendance();
    drop trigger if exists guard_moved_attendance on services_attendance;
    create trigger guard_moved_attendance before update on services_attendance
      for each row when (old.activity_id <> new.activity_id) execute function guard_attendance();
    create or replace function guard_activity() returns trigger language plpgsql
      set search_path = pg_catalog, public, pg_temp as $$
    begin
      raise check_violation using message = 'whether participants take part in an activity never changes';
    end $$;
    drop trigger if exists guard_activity on services_activity;
    create trigger guard_activity before update on services_activity
      for each row when (old.with_people <> new.with_people) execute function guard_activity();
    """,
]

_SEES_CASE = "exists (select 1 from participants_participation p where p.id = participation_id)"
_SERVES_CASE = "app_serves_participation(participation_id)"
# All parents of a row are asked, not one: foreign-key checks pass by row-level security.
_RECORDS = f"{MINE} and {_SERVES_CASE}"
_NOTES = f"author_id = (select app_user()) and {_RECORDS} and (activity_id is null or app_owns_activity(activity_id))"
_RECORDS_ATTENDANCE = f"{_RECORDS} and app_owns_activity(activity_id)"
_RECORDS_ACTIVITY = (
    f"{MINE} or ({EVENT} and partner_id = (select app_home_partner()) "
    "and (select app_role()) in ('city_officer', 'coordinator'))"
)


def _part_of_event(name: str, grants: str) -> Table:
    """Declare a table whose rows hang on an event: every account reads it, the organisation that keeps it writes."""
    keeps = "app_keeps_event(activity_id)"
    return Table(name, grants, dict.fromkeys(grants, keeps) | {"S": SIGNED_IN})


TABLES = [
    Table(
        "services_activity",
        "SIU",
        {
            "S": f"({EVENT} and {SIGNED_IN}) or {COORDINATOR} or {MINE} "
            "or exists (select 1 from services_attendance a where a.activity_id = services_activity.id)",
            "I": _RECORDS_ACTIVITY,
            "U": _RECORDS_ACTIVITY,
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
        f"{COUNTED} or {CASE_COUNTED}",
    ),
    Table(
        "services_outcome",
        "SIU",
        {"S": f"{COORDINATOR} or {MINE} or {_SEES_CASE}", "I": _RECORDS, "U": _RECORDS},
        f"{COUNTED} or {CASE_COUNTED}",
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
    # Of a visit of another partner a reader learns kind, day and duration, not how many were there.
    Table(
        "services_outreach",
        "SIU",
        {
            "S": f"{COORDINATOR} or app_owns_activity(activity_id)",
            **dict.fromkeys("IU", "app_owns_activity(activity_id)"),
        },
    ),
    _part_of_event("services_occasion", "SIU"),
    _part_of_event("services_audience", "SIUD"),
    _part_of_event("services_involvement", "SIUD"),
    Table(
        "services_organisation",
        "SIU",
        {"S": SIGNED_IN, **dict.fromkeys("IU", f"(select {KEEPS_EVENTS})")},
    ),
    history_of("services_activity"),
    history_of("services_attendance"),
    history_of("services_outcome"),
    history_of("services_outreach", "activity_id"),
    history_of("services_occasion", "activity_id"),
    history_of("services_audience", removed=SIGNED_IN),
    history_of("services_involvement", removed=SIGNED_IN),
    history_of("services_organisation"),
]
