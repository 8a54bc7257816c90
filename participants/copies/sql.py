"""Access to documents in the database, and forgetting those that were removed a day ago."""

from django.db import connection

from resque.database.policies import Table, history_of

REMOVED_FOR = "interval '24 hours'"  # so long a removal can be undone
FUNCTIONS = [
    f"""
create or replace function app_is_restricted(bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select exists (select 1 from participants_participation where person_id = $1 and state = 'GESPERRT') $$;
create or replace function app_forget_removed_documents() returns table(stored varchar)
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update participants_document d set replaced_by_id = null from participants_document n
    where n.id = d.replaced_by_id and n.removed_at <= statement_timestamp() - {REMOVED_FOR};
  delete from participants_document where removed_at <= statement_timestamp() - {REMOVED_FOR} returning stored $$;
revoke execute on function app_is_restricted(bigint), app_forget_removed_documents() from public;
grant execute on function app_is_restricted(bigint), app_forget_removed_documents() to resque_app;
"""
]


def tables(sees_name: str, owns_person: str, owns_participation: str) -> list[Table]:
    """Declare the table of documents: as open as names; special categories for the owner; restricted people closed.

    Args:
        sees_name, owns_person, owns_participation: conditions of the floor over `person_id`, `participation_id`.
    """
    written = (
        f"{owns_person} and (participation_id is null or {owns_participation}) and not app_is_restricted(person_id)"
    )
    seen = f"({sees_name}) and (not special or {owns_person}) and not app_is_restricted(person_id)"
    return [
        Table("participants_document", "SIU", {"S": seen, "I": written, "U": written}),
        history_of("participants_document", removed=f"{owns_person} and not app_is_restricted(person_id)"),
    ]


def forget_removed_documents() -> list[str]:
    """Delete documents of all partners that were removed more than a day ago; return the names of their copies."""
    with connection.cursor() as cursor:
        cursor.execute("select * from app_forget_removed_documents()")
        return [name for (name,) in cursor.fetchall() if name]
