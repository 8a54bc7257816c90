"""Access rules of the reporting floor, and the role in which it counts."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import DateField, Func, IntegerField

from participants.sql import CASE_COUNTED, COORDINATOR, COUNTED, MINE
from reporting.keeping.sql import FUNCTIONS as KEEPING
from resque.database.policies import FIGURES, Table

# Values and records come in beside their report, in the transaction of who keeps it, and never later.
_SUBMITTING = """
create or replace function app_keeps_report(bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  $$ select exists (select 1 from reporting_keptreport where id = $1 and kept_by_id = app_user() and kept_at = now()) $$;
revoke execute on function app_keeps_report(bigint) from public;
grant execute on function app_keeps_report(bigint) to resque_app;
"""
FUNCTIONS = [*KEEPING, _SUBMITTING]

_SEES_CASE = "exists (select 1 from participants_participation p where p.id = participation_id)"
_SEES_RECORD = "reference in (select reference from participants_participation)"
# Sums are seen as the attendances are that they sum up; only triggers write them.
TABLES = [
    Table(
        "reporting_serviceyear",
        "S",
        {"S": f"{COORDINATOR} or {MINE} or {_SEES_CASE}"},
        f"{COUNTED} or {CASE_COUNTED}",
    ),
    # Nobody has the right to change or delete anything of a kept report, and triggers stop the owner too.
    Table(
        "reporting_keptreport",
        "SI",
        {
            "S": f"{COORDINATOR} or (select app_role()) = 'caseworker'",
            "I": f"{COORDINATOR} and kept_by_id = (select app_user()) and kept_at = now()",
        },
    ),
    *(
        Table(name, "SI", {"S": COORDINATOR, "I": f"{COORDINATOR} and app_keeps_report(report_id)"})
        for name in ("reporting_keptvalue", "reporting_revision")
    ),
    Table(
        "reporting_keptrecord",
        "SI",
        {
            "S": f"{COORDINATOR} or ((select app_role()) = 'caseworker' and not special and {_SEES_RECORD})",
            "I": f"{COORDINATOR} and app_keeps_report(report_id)",
        },
    ),
]


FIRST_YEAR = 2000  # of the bits in which years of a human are put together; before it there was no operation
WORK_MEMORY = "32MB"  # of a query that counts: enough to keep the humans of an operation beside each other


@contextmanager
def figures_role() -> Iterator[None]:
    """Run the queries of the block as the role that reads facts and never a name.

    For queries that count only; everything that opens a record runs outside. The former role is back after
    the block, after an error too: the block is a savepoint, and rolling it back takes `SET LOCAL` with it.
    Nested blocks are harmless.

    Raises:
        django.db.utils.ProgrammingError: the signed-in database role may not take on the figures role. Zeros
            would be worse: they would look like figures.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select current_user, current_setting('work_mem')")
            former, memory = cursor.fetchone()
            cursor.execute(f"set local role {FIGURES}; set local work_mem = '{WORK_MEMORY}'")
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"set local role {connection.ops.quote_name(former)}; set local work_mem = '{memory}'")


def one_after_the_other(what: str, key: int) -> None:
    """Wait until nobody else does the same to the same thing, until the end of the transaction.

    Args:
        what: kind of deed.
        key: key of what it is done to.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s), %s::int)", [what, key])


class AgeOn(Func):
    """Full years from one date to another, as participants.months.age_on says it: the birthday itself completes one."""

    # Without the casts PostgreSQL makes moments of a time zone out of the days, which takes five times as long.
    template = "extract(year from age(%(expressions)s::timestamp))"
    arg_joiner = "::timestamp, "
    arity = 2
    output_field = IntegerField()

    def __init__(self, birth_date, day):
        super().__init__(day, birth_date)


class MonthsLater(Func):
    """The same day some months later, clipped to the end of the month, as participants.months.add_months says it."""

    template = "(%(expressions)s + interval '%(months)s months')::date"
    arity = 1
    output_field = DateField()

    def __init__(self, day, months: int):
        super().__init__(day, months=int(months))


def masks_of_humans(people, served, placed, partners: list[int], limits: tuple[int, ...]) -> list[tuple]:
    """Count humans by their whole pattern of years: one query for every cell and every sum of a table.

    Humans are few and their patterns fewer. A bit stands for a calendar year, the lowest for FIRST_YEAR; so "reached by
    this partner in 2016" and "by anybody, ever" are both read from the same row, and nobody counts twice in either.

    Args:
        people: querysets of values, in this order: participation, human, sex, age in full years.
        served: participation, partner, year of services that were attended.
        placed: participation, partner, year of outcomes that began.
        partners: keys of the partners of the table.
        limits: ages from which the next group begins.

    Returns:
        rows of (reached by partner..., outcome by partner..., sex, position of the age group, humans); the order of
        `partners`, None for never.
    """

    def years(rows: str, names: str) -> str:
        bits = ", ".join(
            f"bit_or(1::bigint << (year::int - {FIRST_YEAR})) filter (where partner = {int(key)}) as {names}{int(key)}"
            for key in partners
        )
        return f"select participation, {bits} from ({rows}) rows(participation, partner, year) group by 1"

    columns = [f"{names}{int(key)}" for names in ("reached", "placed") for key in partners]
    (of_people, one), (of_served, two), (of_placed, three) = (
        rows.query.sql_with_params() for rows in (people, served, placed)
    )
    ages = f"array[{', '.join(str(int(limit)) for limit in limits)}]::numeric[]"
    question = f"""
      select {", ".join(columns)}, sex, age_group, count(*) from (
        select {", ".join(f"bit_or({name}) as {name}" for name in columns)}, max(sex) as sex,
               width_bucket(min(age), {ages}) as age_group
        from ({of_people}) people(participation, human, sex, age)
          left join ({years(of_served, "reached")}) s using (participation)
          left join ({years(of_placed, "placed")}) o using (participation)
        group by human) humans
      where coalesce({", ".join(columns[: len(partners)])}) is not null
      group by {", ".join(str(number) for number in range(1, len(columns) + 3))}"""
    with figures_role(), connection.cursor() as cursor:
        cursor.execute(question, [*one, *two, *three])
        return cursor.fetchall()
