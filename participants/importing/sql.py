"""Taking an import back: row-level security gives nobody a right to delete people, so checked functions do it.

They find the tables that hang on a person or a participation in the catalogue of the database. So a floor above
that adds such a table needs no line here, and rows that the caller may not see (notes of another partner, say)
count as touched all the same.
"""

from django.db import connection

# Counts per table, changes included: history is written by triggers, so no write can hide from it.
_FINGERPRINTS = """
create or replace function app_tables_of_people() returns table(name text, key text, of_person boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.conrelid::regclass::text, a.attname::text, c.confrelid = 'participants_person'::regclass
  from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  where c.contype = 'f' and cardinality(c.conkey) = 1
    and c.confrelid in ('participants_person'::regclass, 'participants_participation'::regclass)
    -- Pairs of similar people come and go by themselves; a decision that changed a person shows in its history.
    and c.conrelid not in ('participants_importedrow'::regclass, 'participants_possiblematch'::regclass)
  order by 1, 2 $$;

create or replace function app_import_fingerprints(batch bigint)
  returns table(imported_row bigint, fingerprint text)
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare r record; parts text := ''; owner_key text;
begin
  for r in
    select t.name, t.key, t.of_person, t.name || '.' || t.key as label from app_tables_of_people() t
    union all
    select t.name || 'event', t.key, t.of_person, t.name || 'event.' || t.key from app_tables_of_people() t
      join pg_attribute a on a.attrelid = to_regclass(t.name || 'event') and a.attname = t.key
    union all
    select 'participants_personevent', 'pgh_obj_id', true, 'personevent'
    union all
    select 'participants_participationevent', 'pgh_obj_id', false, 'participationevent'
    order by 4
  loop
    owner_key := case when r.of_person then 'person_id' else 'participation_id' end;
    parts := parts || format(
      ' union all select m.id, %L || count(*) from mine m join %s t on t.%I = m.%I group by m.id',
      r.label || '=', r.name, r.key, owner_key);
  end loop;
  return query execute
    'with mine as materialized (select i.id, i.participation_id, p.person_id
       from participants_importedrow i join participants_participation p on p.id = i.participation_id
       where i.batch_id = $1),
     parts(id, part) as (
       select m.id, ''versions='' || p.version || ''/'' || h.version from mine m
         join participants_participation p on p.id = m.participation_id
         join participants_person h on h.id = m.person_id' || parts || ')
     select id, encode(sha256(convert_to(string_agg(part, '','' order by part), ''UTF8'')), ''hex'')
       from parts group by id' using batch;
end $$;

create or replace function app_seal_batch(batch bigint) returns void
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update participants_importedrow i set fingerprint = f.fingerprint
    from app_import_fingerprints(batch) f
    where f.imported_row = i.id and i.fingerprint = '' and app_owns_batch(batch) $$;

create or replace function app_forget_expired_uploads() returns integer
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (delete from participants_importupload where expires_at <= clock_timestamp() returning 1)
  select count(*)::integer from gone $$;
"""

_TAKE_BACK = """
create or replace function app_take_back_batch(batch bigint) returns setof bigint
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare r record; people bigint[]; cases bigint[]; touched bigint[];
begin
  if not app_owns_batch(batch) or app_role() not in ('caseworker', 'system') then
    raise insufficient_privilege using message = 'this import belongs to another partner';
  end if;
  perform 1 from participants_importbatch where id = batch and taken_back_at is null for update;
  if not found then
    raise no_data_found using message = 'this import is not there any more';
  end if;
  -- Nobody can add anything to locked people: a new row needs a key-share lock on them.
  select array_agg(q.id), array_agg(q.person_id) into cases, people from (
    select p.id, p.person_id from participants_importedrow i
      join participants_participation p on p.id = i.participation_id
      where i.batch_id = batch order by p.id for update of p) q;
  perform 1 from participants_person where id = any(people) order by id for update;
  select array_agg(i.id) into touched from participants_importedrow i
    left join app_import_fingerprints(batch) f on f.imported_row = i.id
    where i.batch_id = batch and i.fingerprint is distinct from f.fingerprint;
  if touched is not null then
    return query select unnest(touched);
    return;
  end if;
  delete from participants_importedrow where batch_id = batch;
  delete from participants_possiblematch where first_id = any(people) or second_id = any(people);
  for r in select * from app_tables_of_people() t where t.name <> 'participants_participation' loop
    execute format('delete from %s where %I = any($1)', r.name, r.key)
      using case when r.of_person then people else cases end;
  end loop;
  delete from participants_participation where id = any(cases);
  delete from participants_person where id = any(people);
  -- What should never have come in leaves no trace in the change history either; the audit log keeps the deed.
  for r in select t.name || 'event' as name, t.key, t.of_person from app_tables_of_people() t
      join pg_attribute a on a.attrelid = to_regclass(t.name || 'event') and a.attname = t.key loop
    execute format('delete from %s where %I = any($1)', r.name, r.key)
      using case when r.of_person then people else cases end;
  end loop;
  delete from participants_personevent where pgh_obj_id = any(people);
  update participants_importbatch set taken_back_at = clock_timestamp() where id = batch;
  -- A table that was overlooked speaks up here and not at the end of the transaction.
  set constraints all immediate;
  set constraints all deferred;
end $$;
revoke execute on function app_tables_of_people(), app_import_fingerprints(bigint), app_seal_batch(bigint),
  app_forget_expired_uploads(), app_take_back_batch(bigint) from public;
grant execute on function app_seal_batch(bigint), app_forget_expired_uploads(), app_take_back_batch(bigint)
  to resque_app;
"""

FUNCTIONS = [_FINGERPRINTS, _TAKE_BACK]


def seal_batch(batch_key: int) -> None:
    """Remember what hangs on the people of a batch now: a difference later means that somebody touched them."""
    with connection.cursor() as cursor:
        cursor.execute("select app_seal_batch(%s)", [batch_key])


def take_back_batch(batch_key: int) -> list[int]:
    """Delete what a batch brought in, unless somebody touched it.

    Returns:
        keys of the imported rows that were touched; nothing was deleted then. Empty: everything is gone.

    Raises:
        django.db.DatabaseError: the batch belongs to another partner, or was taken back in the meantime.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from app_take_back_batch(%s)", [batch_key])
        return [key for (key,) in cursor.fetchall()]


def forget_expired_uploads() -> int:
    """Delete uploaded files whose day is over, of all accounts. Return their number."""
    with connection.cursor() as cursor:
        cursor.execute("select app_forget_expired_uploads()")
        return cursor.fetchone()[0]
