"""Access rules of pairs and requests, and what only the owner of the tables can do for them.

Nobody sets `person.cluster_id`: a trigger derives it from the pairs that are "same". So a link moves no row, cannot be
forged by writing the pointer, and separating restores exactly what stood there before.
"""

from django.db import connection

from participants.searching.sql import QUESTIONS_AN_HOUR
from participants.sql import MINE, MY_PARTNER
from resque.database.policies import Table

# The smallest key of a group of linked people names it, so the pointers depend on the pairs alone and on no history.
_FOLLOW = """
create or replace function app_follow_links() returns trigger
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare seeds bigint[];
begin
  if tg_op = 'DELETE' then seeds := array[old.first_id, old.second_id];
  else seeds := array[new.first_id, new.second_id]; end if;
  -- Two decisions about one group at the same moment queue up; the second one then sees the first.
  perform pg_advisory_xact_lock(hashtext('participants.links'));
  with recursive reach(seed, id) as (
      select s, s from unnest(seeds) s
      union
      select r.seed, n.id from reach r cross join lateral (
        select m.second_id as id from participants_possiblematch m where m.first_id = r.id and m.state = 'same'
        union all
        select m.first_id from participants_possiblematch m where m.second_id = r.id and m.state = 'same') n),
    groups as (select seed, min(id) as least, count(*) as size from reach group by seed),
    wanted as (select distinct r.id, case when g.size > 1 then g.least end as cluster
               from reach r join groups g using (seed))
  update participants_person p set cluster_id = w.cluster from wanted w
    where p.id = w.id and p.cluster_id is distinct from w.cluster;
  return null;
end $$;
drop trigger if exists follow_new_link on participants_possiblematch;
create trigger follow_new_link after insert on participants_possiblematch
  for each row when (new.state = 'same') execute function app_follow_links();
drop trigger if exists follow_link on participants_possiblematch;
create trigger follow_link after update on participants_possiblematch
  for each row when (old.state is distinct from new.state and 'same' in (old.state, new.state))
  execute function app_follow_links();
drop trigger if exists follow_lost_link on participants_possiblematch;
create trigger follow_lost_link after delete on participants_possiblematch
  for each row when (old.state = 'same') execute function app_follow_links();
"""

_BOOLEANS = """
create or replace function app_sees_pair(bigint, bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select app_role() = 'system' or (app_known_to_me($1) and app_known_to_me($2)) $$;
create or replace function app_owns_one(bigint, bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select app_owns_person($1) or app_owns_person($2) $$;
"""

# The asker never sees the record of the other side, nor the other way round, so neither can write the pair itself.
_SETTLE = """
create or replace function app_link_by_request(request bigint, own bigint, likeness double precision) returns bigint
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare asked participants_matchrequest; pair bigint;
begin
  select * into asked from participants_matchrequest
    where id = request and to_partner_id = app_partner() and state in ('open', 'asked_back') for update;
  if not found or app_role() <> 'caseworker' or not app_owns_person(own) or own = asked.person_id then
    raise insufficient_privilege using message = 'this question is not for this account';
  end if;
  insert into participants_possiblematch as m
      (first_id, second_id, score, explanation, state, found_at, decided_at, decided_by_id, version)
    values (least(own, asked.person_id), greatest(own, asked.person_id), likeness, '{}', 'same',
            clock_timestamp(), clock_timestamp(), app_user(), 1)
    on conflict (first_id, second_id) do update set state = 'same', decided_at = excluded.decided_at,
      decided_by_id = excluded.decided_by_id, version = m.version + 1
    returning id into pair;
  return pair;
end $$;
create or replace function app_separate_by_request(request bigint) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare pair bigint;
begin
  select match_id into pair from participants_matchrequest
    where id = request and app_partner() in (from_partner_id, to_partner_id) for update;
  if not found or app_role() <> 'caseworker' then
    raise insufficient_privilege using message = 'this question is not for this account';
  end if;
  update participants_possiblematch set state = 'different', decided_at = clock_timestamp(),
      decided_by_id = app_user(), version = version + 1 where id = pair and state = 'same';
  return found;
end $$;
"""

# The asked partner finds the own record again that its answer named; the asker is told none.
_OWN_SIDE = """
create or replace function app_own_side(request bigint) returns bigint
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id from participants_matchrequest r join participants_possiblematch m on m.id = r.match_id
    join participants_person p on p.id in (m.first_id, m.second_id) and p.id <> r.person_id
    where r.id = request and r.to_partner_id = app_partner() and p.partner_id = app_partner() $$;
"""

# What rules and the coordinator need: a number and whether somebody looked. Whom it concerns is told nobody.
_SCORES = """
create or replace function app_match_scores(wanted bigint[])
  returns table(person_id bigint, score double precision, reviewed boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, max(m.score), not bool_or(m.waits) from (
      select first_id as person, possible.score, state in ('open', 'unsure') as waits
        from participants_possiblematch possible
      union all
      select second_id, possible.score, state in ('open', 'unsure') from participants_possiblematch possible
      union all
      select r.person_id, case r.band when 5 then 0.95 when 4 then 0.87 else 0.8 end, state in ('open', 'asked_back')
        from participants_matchrequest r where state <> 'withdrawn') m
    join participants_person p on p.id = m.person
    where (wanted is null or m.person = any(wanted))
      and (app_role() in ('coordinator', 'system') or p.partner_id = app_partner())
    group by p.id $$;
"""

# For an import, set by set: equal sounds, or the same real day of birth and a name not unlike. The application weighs.
# A name or a day that very many share says little and would compare everybody with everybody; such people are left to
# the search at intake and to the other of the two ways.
MOST_NEAR, MANY = 3, 40
_NEAR_BATCH = f"""
create or replace function app_near_batch(batch bigint) returns table(person_id bigint, other_id bigint)
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp
  -- Nothing has been analysed since the rows came in; a plan for a handful would compare everybody with everybody.
  set enable_nestloop = off set enable_mergejoin = off as $$
  with mine as materialized (
      select h.id, h.partner_id, h.birth_date, s.fold, s.skeleton
        from participants_importedrow i join participants_participation p on p.id = i.participation_id
        join participants_person h on h.id = p.person_id join participants_spelling s on s.person_id = h.id
        where i.batch_id = batch and app_owns_batch(batch)),
    ours as materialized (
      select o.id, o.birth_date, s.fold, s.skeleton,
             count(*) over (partition by s.skeleton) as namesakes, count(*) over (partition by o.birth_date) as born
        from participants_person o join participants_spelling s on s.person_id = o.id
        where o.partner_id in (select partner_id from mine)),
    sounds as (
      select m.id, o.id as other, similarity(m.fold, o.fold) as likeness
        from mine m join ours o on o.skeleton = m.skeleton and o.id <> m.id
        where m.skeleton <> '' and o.namesakes <= {MANY}
          and (m.birth_date is null or o.birth_date is null
               or abs(extract(year from m.birth_date) - extract(year from o.birth_date)) <= 3)),
    days as (
      select m.id, o.id as other, similarity(m.fold, o.fold) as likeness
        from mine m join ours o on o.birth_date = m.birth_date and o.id <> m.id
        where (extract(month from m.birth_date), extract(day from m.birth_date)) <> (1, 1)
          and o.born <= {MANY} and similarity(m.fold, o.fold) >= 0.35),
    ranked as (
      select id, other, row_number() over (partition by id order by max(likeness) desc, other) as place
        from (select * from sounds union all select * from days) near group by id, other)
  select id, other from ranked where place <= {MOST_NEAR} $$;
"""

_GRANTS = """
revoke execute on function app_sees_pair(bigint, bigint), app_owns_one(bigint, bigint), app_follow_links(),
  app_link_by_request(bigint, bigint, double precision), app_separate_by_request(bigint), app_own_side(bigint), app_match_scores(bigint[]),
  app_near_batch(bigint) from public;
grant execute on function app_sees_pair(bigint, bigint), app_owns_one(bigint, bigint),
  app_link_by_request(bigint, bigint, double precision), app_separate_by_request(bigint), app_own_side(bigint), app_match_scores(bigint[]),
  app_near_batch(bigint) to resque_app;
"""

FUNCTIONS = [_FOLLOW, _BOOLEANS, _SETTLE, _OWN_SIDE, _SCORES, _NEAR_BATCH, _GRANTS]

_SEES = "app_sees_pair(first_id, second_id)"
_DECIDES = f"{_SEES} and app_owns_one(first_id, second_id)"
_BETWEEN_US = f"from_partner_id = {MY_PARTNER} or to_partner_id = {MY_PARTNER}"
TABLES = [
    # A pair shows two people beside each other: it is there for who may see both names, and for nobody else.
    Table(
        "participants_possiblematch",
        "SIUD",
        {"S": _SEES, "I": _DECIDES, "U": _DECIDES, "D": f"{_DECIDES} and state = 'open'"},
    ),
    # The row belongs to the two partners. Who has not asked within the hour, by the counted way, cannot write one.
    Table(
        "participants_matchrequest",
        "SIU",
        {
            "S": _BETWEEN_US,
            "I": f"{MINE.replace('partner_id', 'from_partner_id')} and app_owns_person(person_id) "
            f"and (select app_questions_in_last_hour()) between 1 and {QUESTIONS_AN_HOUR}",
            "U": _BETWEEN_US,
        },
    ),
]


def link_by_request(request: int, own: int, score: float) -> int:
    """Link the record of a question with an own one; return the key of the pair.

    Args:
        request: key of a question that waits for the caller's partner.
        own: key of the own person.
        score: similarity, 0 to 1.

    Raises:
        django.db.DatabaseError: the question is not for the caller, or the person is not the caller's.
    """
    with connection.cursor() as cursor:
        cursor.execute("select app_link_by_request(%s, %s, %s)", [request, own, score])
        return cursor.fetchone()[0]


def separate_by_request(request: int) -> bool:
    """Separate what an answer linked; return whether there was a link. Each of the two partners may."""
    with connection.cursor() as cursor:
        cursor.execute("select app_separate_by_request(%s)", [request])
        return cursor.fetchone()[0]


def own_side(request: int) -> int | None:
    """Return the key of the own person whom an answer of ours named; None for everybody else."""
    with connection.cursor() as cursor:
        cursor.execute("select app_own_side(%s)", [request])
        return cursor.fetchone()[0]


def match_scores(people: list[int] | None = None) -> dict[int, tuple[float, bool]]:
    """Return by person the highest similarity to another record, and whether all of them were decided.

    Args:
        people: keys; None: everybody of whom the caller may know that. People without any pair are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute("select person_id, score, reviewed from app_match_scores(%s)", [people])
        return {person: (score, reviewed) for person, score, reviewed in cursor.fetchall()}


def near_batch(batch: int) -> list[tuple[int, int]]:
    """Return pairs of keys: somebody of an import, and somebody of the same partner whom the names call near."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id, other_id from app_near_batch(%s)", [batch])
        return cursor.fetchall()


def queue_up(partner: int) -> None:
    """Wait until nobody else takes a person of this partner in; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('participants.take_in'), %s)", [partner])
