"""The search over names: definer functions that ask for the rights of the caller themselves."""

from datetime import date

from django.db import connection

from participants.sql import LIVE
from resque.database.policies import Table

# `%` is not leakproof: under row-level security PostgreSQL drops the trigram index (9 -> 246 ms). These functions
# run as owner and filter by the caller's rights themselves. Of foreign people they tell the partner and a band.
FOLD_THRESHOLD, SKELETON_THRESHOLD = 0.4, 0.5  # pg_trgm similarity from which a spelling is a candidate
YEAR_BONUS = 0.15  # what being born about the same year is worth when the database picks candidates
QUESTIONS_AN_HOUR = 30
_NEAR = f"""
create or replace function app_near_spellings(keys text[], bones text)
  returns table(person_id bigint, score real)
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform set_config('pg_trgm.similarity_threshold', '{FOLD_THRESHOLD}', true);
  return query select s.person_id, similarity(s.fold, k) from unnest(keys) k
    join participants_spelling s on s.fold % k;
  perform set_config('pg_trgm.similarity_threshold', '{SKELETON_THRESHOLD}', true);
  return query select s.person_id, similarity(s.skeleton, bones) * 0.9::real from participants_spelling s
    where bones <> '' and s.skeleton % bones;
end $$;
create or replace function app_known_to_me(bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select exists (select 1 from participants_person where id = $1 and partner_id = app_partner())
       or exists (select 1 from participants_participation p join participants_caseshare s
                  on s.participation_id = p.id where p.person_id = $1 and s.to_partner_id = app_partner()
                  and s.scope = 'contact' and s.{LIVE.replace(" and ", " and s.")}) $$;
drop function if exists app_similar_people(text[], text, integer);
create or replace function app_similar_people(keys text[], bones text, born date, year integer, most integer)
  returns table(person_id bigint, score real)
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare everybody boolean := app_role() = 'system';
begin
  if everybody or (app_role() = 'caseworker' and app_partner() is not null) then
    return query with near as materialized (
        select n.person_id, max(n.score) as score from app_near_spellings(keys, bones) n group by 1),
      -- Names that thousands share: those born about then come first. The fence asks for rights down to the limit only.
      ranked as (
        select near.person_id, near.score from near join participants_person p on p.id = near.person_id
        order by near.score + case when abs(extract(year from p.birth_date) - year) <= 1 then {YEAR_BONUS} else 0 end desc,
                 near.person_id offset 0),
      best as (
        select ranked.person_id, ranked.score from ranked
        where everybody or app_known_to_me(ranked.person_id) limit most)
    select best.person_id, best.score from best
    union all
    -- Born on one day: whoever is written quite otherwise is looked at too.
    (select p.id, 0::real from participants_person p
     where p.birth_date = born and p.birth_precision in ('day', 'self') and (everybody or app_known_to_me(p.id))
       and p.id not in (select best.person_id from best) order by p.id limit most);
  end if;
end $$;
-- Names of the few people of one page: asked person by person; the policies make the list of all shares first (50 ms).
create or replace function app_identities_of(people bigint[]) returns setof participants_identity
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from participants_identity where person_id = any(people)
    and (app_role() = 'system' or app_known_to_me(person_id)) $$;
create or replace function app_spellings_of(people bigint[]) returns setof participants_spelling
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from participants_spelling where person_id = any(people)
    and (app_role() = 'system' or app_known_to_me(person_id)) order by id $$;
create or replace function app_people_beginning(letters text[], most integer) returns setof bigint
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.person_id from participants_spelling s
    where app_role() = 'caseworker' and app_partner() is not null and s.fold like '%' || letters[1] || '%'
      and ' ' || s.fold like all (select '% ' || l || '%' from unnest(letters) l) and app_known_to_me(s.person_id)
    group by 1 order by min(s.fold), 1 limit most $$;
create or replace function app_questions_in_last_hour() returns integer
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select count(*)::integer from audit_accessentry where partner_id = app_home_partner()
       and at > clock_timestamp() - interval '1 hour' and user_id = app_user() and deed = 'asked_partners' $$;
create or replace function app_partners_knowing(keys text[], bones text, born integer)
  returns table(partner_id bigint, band integer)
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if app_role() = 'caseworker' and app_partner() is not null
     and app_questions_in_last_hour() between 1 and {QUESTIONS_AN_HOUR} then
    return query with near as materialized (
        select n.person_id, max(n.score) as score from app_near_spellings(keys, bones) n group by 1),
      weighed as (
        select p.partner_id, near.score + case
            when born is null or p.birth_date is null then 0
            when born = extract(year from p.birth_date) then 0.05
            when abs(born - extract(year from p.birth_date)) <= 1 then -0.05
            when abs(born - extract(year from p.birth_date)) <= 3 then -0.15
            else -0.35 end as score
        from near join participants_person p on p.id = near.person_id
        where p.partner_id <> app_partner() and not app_known_to_me(p.id)
          and not exists (select 1 from participants_participation r
                          where r.person_id = p.id and r.state = 'GESPERRT'))
      select w.partner_id, max(case when w.score >= 0.85 then 5 when w.score >= 0.7 then 4 else 3 end)
      from weighed w where w.score >= 0.55 group by 1 order by 2 desc, 1;
  end if;
end $$;
revoke execute on function app_near_spellings(text[], text), app_known_to_me(bigint), app_identities_of(bigint[]),
  app_spellings_of(bigint[]), app_people_beginning(text[], integer), app_questions_in_last_hour(),
  app_similar_people(text[], text, date, integer, integer), app_partners_knowing(text[], text, integer) from public;
grant execute on function app_identities_of(bigint[]), app_spellings_of(bigint[]),
  app_people_beginning(text[], integer), app_questions_in_last_hour(),
  app_similar_people(text[], text, date, integer, integer), app_partners_knowing(text[], text, integer) to resque_app;
"""


def similar_people(
    keys: list[str], bones: str, *, born: date | None = None, year: int | None = None, most: int = 40
) -> list[tuple[int, float]]:
    """Return (person key, trigram score) of people whose name the caller may see, best first.

    Args:
        keys: folded forms of the wanted name (participants/names.py).
        bones: its skeleton.
        born: day of birth; whoever was born on it stands at the end, with a score of 0, however the name is written.
            None where the day was set by an authority.
        year: year of birth; prefers people born about then.
        most: number of people, and of those who were only born on the same day.
    """
    with connection.cursor() as cursor:
        asked = [keys, bones, born, year, most]
        cursor.execute("select person_id, score from app_similar_people(%s, %s, %s, %s, %s)", asked)
        return cursor.fetchall()


def names_of(people: list[int], *, identities, spellings) -> tuple[list, list]:
    """Return the identities and spellings of a few people as far as the caller may see them.

    Args:
        people: person keys; for whole lists the policies of the tables are faster.
        identities, spellings: managers of the two models.
    """
    return (
        list(identities.raw("select * from app_identities_of(%s)", [people])),
        list(spellings.raw("select * from app_spellings_of(%s)", [people])),
    )


def people_beginning(letters: list[str], *, most: int = 40) -> list[int]:
    """Return keys of people whom the caller may see and of whose name every one of `letters` begins a word.

    Args:
        letters: beginnings in their folded form (participants/names.py), the longest one first.
        most: number of people.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from app_people_beginning(%s, %s)", [letters, most])
        return [person for (person,) in cursor.fetchall()]


def partners_knowing(keys: list[str], bones: str, born: int | None) -> list[tuple[int, int]]:
    """Return (partner key, band 3 to 5) of other partners who accompany somebody of a similar name.

    The question must be in the audit log before it is asked; above the limit of an hour nothing is answered.
    """
    with connection.cursor() as cursor:
        cursor.execute("select partner_id, band from app_partners_knowing(%s, %s, %s)", [keys, bones, born])
        return cursor.fetchall()


def questions_in_last_hour() -> int:
    """Return how often the caller asked the partners within the last hour."""
    with connection.cursor() as cursor:
        cursor.execute("select app_questions_in_last_hour()")
        return cursor.fetchone()[0]


FUNCTIONS = [_NEAR]
TABLES: list[Table] = []
