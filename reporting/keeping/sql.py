"""How services of a year are kept: triggers on attendances, the plain computation beside them, and the difference.

Exact when several people write at once (READ COMMITTED): every trigger first holds the rows of its keys, in the order
of the keys. An insert adds to them in the same statement. An update or delete computes them again in a statement of
its own, which sees what was committed until then; whoever writes the same key waits. So it is enough for a transaction
of several statements to write its people in the order of their participation, else two of them wait for each other.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

MONTHS = range(1, 13)
KEY = ("participation_id", "partner_id", "year")
_ATTENDED = "filter (where status = 'attended')"
SUMS = {
    "recorded": "count(*)",
    "first_recorded": "min(day)",
    "attended": f"count(*) {_ATTENDED}",
    "minutes": f"coalesce(sum(minutes) {_ATTENDED}, 0)",
    "first_attended": f"min(day) {_ATTENDED}",
    "last_attended": f"max(day) {_ATTENDED}",
    **{
        f"m{month:02}": f"count(*) filter (where status = 'attended' and extract(month from day) = {month})"
        for month in MONTHS
    },
}
# How two sums over different attendances make one. least() and greatest() pass by what is not there.
_JOINED = {"first_recorded": "least", "first_attended": "least", "last_attended": "greatest"}

_key = ", ".join(KEY)
_sums = ", ".join(SUMS)


def _plain(rows: str) -> str:
    """The plain computation over some attendances."""
    columns = ", ".join(f"{text} as {name}" for name, text in SUMS.items())
    return (
        f"select participation_id, partner_id, extract(year from day)::smallint as year, {columns} "
        f"from {rows} group by 1, 2, 3"
    )


def _added(name: str) -> str:
    if name in _JOINED:
        return f"{name} = {_JOINED[name]}(kept.{name}, excluded.{name})"
    return f"{name} = kept.{name} + excluded.{name}"


def _function(name: str, body: str) -> str:
    return f"""
create or replace function {name}() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
{body}
  return null;
end $$;"""


def _again(rows: str) -> str:
    """Hold the rows of some attendances, then compute them again in statements that see what was committed before."""
    keys = f"(select distinct participation_id, partner_id, extract(year from day)::smallint as year from {rows})"
    same = " and ".join(f"kept.{name} = k.{name}" for name in KEY)
    theirs = (
        "a.participation_id = k.participation_id and a.partner_id = k.partner_id "
        "and a.day between make_date(k.year, 1, 1) and make_date(k.year, 12, 31)"
    )
    whole = _plain(f"(select a.* from {keys} k join services_attendance a on {theirs}) rows")
    return f"""
  insert into reporting_serviceyear as kept ({_key}, first_recorded)
    select {_key}, make_date(year, 1, 1) from {keys} k order by 1, 2, 3
    on conflict ({_key}) do update set recorded = kept.recorded;
  update reporting_serviceyear kept set ({_sums}) = ({", ".join(f"k.{name}" for name in SUMS)})
    from ({whole}) k where {same};
  delete from reporting_serviceyear kept using {keys} k
    where {same} and not exists (select 1 from services_attendance a where {theirs});"""


_ADD = f"""
  insert into reporting_serviceyear as kept ({_key}, {_sums}) {_plain("added")} order by 1, 2, 3
    on conflict ({_key}) do update set {", ".join(_added(name) for name in SUMS)};"""

# Writers wait until it is done, readers do not.
_MEND = f"""
create or replace function mend_service_years() returns bigint language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
declare wrong bigint; surplus bigint;
begin
  lock table services_attendance in share row exclusive mode;
  insert into reporting_serviceyear as kept ({_key}, {_sums}) {_plain("services_attendance")} order by 1, 2, 3
    on conflict ({_key}) do update set ({_sums}) = ({", ".join(f"excluded.{name}" for name in SUMS)})
    where ({", ".join(f"kept.{name}" for name in SUMS)})
      is distinct from ({", ".join(f"excluded.{name}" for name in SUMS)});
  get diagnostics wrong = row_count;
  delete from reporting_serviceyear kept where not exists (select 1 from services_attendance a
    where a.participation_id = kept.participation_id and a.partner_id = kept.partner_id
      and a.day between make_date(kept.year, 1, 1) and make_date(kept.year, 12, 31));
  get diagnostics surplus = row_count;
  return wrong + surplus;
end $$;
revoke execute on function mend_service_years() from public;
create or replace function app_mend_service_years() returns bigint language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if app_role() <> 'system' then
    raise insufficient_privilege using message = 'kept sums are mended by the system';
  end if;
  return mend_service_years();
end $$;
revoke execute on function app_mend_service_years() from public;
grant execute on function app_mend_service_years() to resque_app;"""

_TRIGGERS = """
create or replace trigger keep_service_years_added after insert on services_attendance
  referencing new table as added for each statement execute function keep_service_years_added();
create or replace trigger keep_service_years_changed after update on services_attendance
  referencing old table as former new table as latter for each statement execute function keep_service_years_changed();
create or replace trigger keep_service_years_removed after delete on services_attendance
  referencing old table as removed for each statement execute function keep_service_years_removed();
create or replace trigger keep_service_years_emptied after truncate on services_attendance
  for each statement execute function keep_service_years_emptied();"""

_RULE = "".join(
    (
        _function("keep_service_years_added", _ADD),
        _function(
            "keep_service_years_changed", _again("(select * from former union all select * from latter) written")
        ),
        _function("keep_service_years_removed", _again("removed")),
        _function("keep_service_years_emptied", "  delete from reporting_serviceyear;"),
        _MEND,
        _TRIGGERS,
    )
)

# A new table, and rows kept by another rule, are computed anew in the transaction that brings the rule. Making a
# trigger already holds the writers off, so nothing can slip in between.
_mark = f"kept by rule {hashlib.sha256(_RULE.encode()).hexdigest()[:16]}"
FUNCTIONS = [
    f"""{_RULE}
do $$ begin
  if obj_description('reporting_serviceyear'::regclass) is distinct from '{_mark}' then
    perform mend_service_years();
    -- The rights of the table are set next, and ALTER TABLE wants no foreign key left to check.
    set constraints all immediate;
    comment on table reporting_serviceyear is '{_mark}';
  end if;
end $$;"""
]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as the records say.

    Attributes:
        what: "missing", "surplus" or "different" sum of services; "copy" of a service in an attendance.
        reference: number of the participation, or of the service for a copy.
        partner: code of the partner.
        year: calendar year.
    """

    what: str
    reference: str
    partner: str
    year: int


_DIFFERENCES = f"""
with plain as ({_plain("services_attendance")}), found as (
  select {_key}, case when kept.id is null then 'missing' when plain.recorded is null then 'surplus'
                      else 'different' end as what
  from reporting_serviceyear kept full join plain using ({_key})
  where ({", ".join(f"kept.{name}" for name in SUMS)}) is distinct from ({", ".join(f"plain.{name}" for name in SUMS)}))
select what, coalesce(p.reference, found.participation_id::text), coalesce(o.code, found.partner_id::text), found.year
from found left join participants_participation p on p.id = found.participation_id
  left join accounts_partner o on o.id = found.partner_id
order by 2, 3, 4
"""

_COPIES = """
select 'copy', s.reference, o.code, extract(year from a.day)::int
from services_attendance a join services_activity s on s.id = a.activity_id join accounts_partner o on o.id = a.partner_id
where (a.day, a.kind, a.partner_id) is distinct from (s.day, s.kind, s.partner_id)
order by 2, 3, 4
"""


def differences() -> Iterator[Difference]:
    """Compare kept sums and copies with the records, as far as the acting account sees them; the system sees all."""
    with connection.cursor() as cursor:
        for question in (_DIFFERENCES, _COPIES):
            cursor.execute(question)
            yield from (Difference(*row) for row in cursor.fetchall())


def mend() -> int:
    """Compute all sums anew, after a bulk load without triggers; for the system only (acting_as_system).

    Whoever records a service meanwhile waits.

    Returns:
        number of rows that were wrong.

    Raises:
        django.db.utils.ProgrammingError: somebody else than the system asked.
    """
    with connection.cursor() as cursor:
        cursor.execute("select app_mend_service_years()")
        return cursor.fetchone()[0]
