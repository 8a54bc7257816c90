"""Access rules of the ground floor: who-acts functions, accounts, audit, form keys, third-party tables."""

from django.db import connection

from resque.database.policies import Table, open_table

FUNCTIONS = [
    # Constant within a statement: policies call them as `(select app_role())`, once per query and not per row.
    """
    create or replace function app_user() returns bigint language sql stable parallel safe as
      $$ select nullif(current_setting('app.user_id', true), '')::bigint $$;
    create or replace function app_role() returns text language sql stable parallel safe as
      $$ select coalesce(current_setting('app.role', true), '') $$;
    create or replace function app_partner() returns bigint language sql stable parallel safe as
      $$ select nullif(current_setting('app.partner_id', true), '')::bigint $$;
    create or replace function app_home_partner() returns bigint language sql stable parallel safe as
      $$ select nullif(current_setting('app.home_partner_id', true), '')::bigint $$;
    """,
    # Sign-in happens before any context, so accounts have no row-level security: a trigger guards what matters.
    """
    create or replace function guard_account() returns trigger language plpgsql
      set search_path = pg_catalog, public, pg_temp as $$
    declare partner_kind text;
    begin
      if current_user <> 'resque_app' or app_role() in ('admin', 'system') then return new; end if;
      if app_role() = 'partner_admin' and new.partner_id = app_home_partner()
         and (tg_op = 'INSERT' or old.partner_id = app_home_partner()) and not new.is_superuser then
        select kind into partner_kind from accounts_partner where id = new.partner_id;
        if new.role = 'partner_admin'
           or (new.role = 'caseworker' and partner_kind <> 'public')
           or (new.role = 'city_officer' and partner_kind = 'public')
           or (new.role = 'coordinator' and partner_kind = 'coordination') then return new; end if;
      end if;
      raise insufficient_privilege using message =
        'role, partner and status of an account are changed by an administrator';
    end $$;
    drop trigger if exists guard_account on accounts_user;
    create trigger guard_account before update on accounts_user for each row
      when ((old.role, old.partner_id, old.is_active, old.is_superuser, old.is_staff, old.username)
            is distinct from
            (new.role, new.partner_id, new.is_active, new.is_superuser, new.is_staff, new.username))
      execute function guard_account();
    drop trigger if exists guard_new_account on accounts_user;
    create trigger guard_new_account before insert on accounts_user for each row execute function guard_account();
    create or replace function guard_partner() returns trigger language plpgsql
      set search_path = pg_catalog, public, pg_temp as $$
    begin
      if current_user = 'resque_app' and app_role() not in ('admin', 'system') then
        raise insufficient_privilege using message = 'partners are changed by a system administrator';
      end if;
      return new;
    end $$;
    drop trigger if exists guard_partner on accounts_partner;
    create trigger guard_partner before insert or update on accounts_partner
      for each row execute function guard_partner();
    """,
    # A reference must be free in the whole table, and row-level security shows a part of it. Whoever asks learns that
    # a reference is taken, and nothing of the row that bears it; no address asks for somebody outside.
    """
    drop function if exists app_taken_references(text[]);
    create or replace function app_taken_references(bearer text, wanted text[]) returns setof text
      language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    begin
      if not exists (select 1 from pg_attribute
                     where attrelid = to_regclass(format('public.%I', bearer)) and attname = 'reference') then
        raise invalid_parameter_value using message = 'no rows of this table bear a reference';
      end if;
      return query execute format('select reference::text from public.%I where reference = any($1)', bearer)
        using wanted;
    end $$;
    revoke execute on function app_taken_references(text, text[]) from public;
    grant execute on function app_taken_references(text, text[]) to resque_app;
    """,
]

TABLES = [
    open_table("accounts_partner", "SIU"),
    open_table("accounts_user", "SIU"),
    open_table("accounts_user_groups", "S"),
    open_table("accounts_user_user_permissions", "S"),
    open_table("auth_group", "S"),
    open_table("auth_group_permissions", "S"),
    open_table("auth_permission", "S"),
    open_table("django_content_type", "S"),
    open_table("django_migrations", "S"),
    open_table("django_session"),
    open_table("account_emailaddress"),
    open_table("account_emailconfirmation"),
    open_table("mfa_authenticator"),
    open_table("usersessions_usersession"),
    open_table("django_tasks_database_dbtaskresult"),
    open_table("pghistory_context", "S"),
    open_table("resque_cache"),
    open_table("codelists_codeentry", "S"),
    Table("once_formkey", "SIU", dict.fromkeys("SIU", "user_id = (select app_user())")),
    Table(
        "audit_accessentry",
        "SI",
        {
            "S": "(select app_role()) = 'partner_admin' and partner_id = (select app_home_partner())",
            "I": "true",
        },
    ),
]


def taken_references(table: str, references: list[str]) -> set[str]:
    """Return those of our references that any row of a table bears, whether the caller may see it or not."""
    with connection.cursor() as cursor:
        cursor.execute("select * from app_taken_references(%s, %s)", [table, references])
        return {reference for (reference,) in cursor.fetchall()}
