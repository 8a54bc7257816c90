"""Access rules of the reporting floor, and the role in which it counts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

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
            # A cursor is planned for its first tenth unless somebody says that it will be read to the end.
            cursor.execute(
                f"set local role {FIGURES}; set local work_mem = '{WORK_MEMORY}'; set local cursor_tuple_fraction = 1"
            )
        yield
        with connection.cursor() as cursor:
            back = f"set local role {connection.ops.quote_name(former)}; set local work_mem = '{memory}'"
            cursor.execute(f"{back}; set local cursor_tuple_fraction to default")


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
    template = "date_part('year', age(%(expressions)s::timestamp))::int"
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


@dataclass(frozen=True)
class Bits:
    """Which bit of which column stands for a calendar year with a partner, reached or placed.

    A column is a whole number of 63 bits. A place is as many of them as there are years: first one place a partner for
    those who were reached, then one a partner for those who were placed.

    Attributes:
        partners: their keys.
        last_year: no year after it is asked for.
    """

    partners: tuple[int, ...]
    last_year: int

    @property
    def years(self) -> int:
        """Number of bits of a place."""
        return max(1, self.last_year - FIRST_YEAR + 1)

    @property
    def a_column(self) -> int:
        """Number of places in a column."""
        return max(1, 63 // self.years)

    @property
    def columns(self) -> int:
        """Number of columns."""
        return max(1, -(-2 * len(self.partners) // self.a_column))

    def read(self, masks: Sequence[int | None]) -> tuple[list[int], list[int]]:
        """Return the years reached and the years placed by each partner, as numbers whose lowest bit is FIRST_YEAR."""
        places = (divmod(place, self.a_column) for place in range(2 * len(self.partners)))
        years = [(masks[column] or 0) >> shift * self.years & (1 << self.years) - 1 for column, shift in places]
        return years[: len(self.partners)], years[len(self.partners) :]


def masks_of_humans(people, served, placed, bits: Bits, limits: tuple[int, ...]) -> list[tuple]:
    """Count humans by their whole pattern of years: one query for every cell and every sum of a table.

    Humans are few and their patterns fewer. A bit stands for a partner and a calendar year; so "reached by this partner
    in 2016" and "by anybody, ever" are both read from the same row, and nobody counts twice in either. All records
    meet the people in one join, and both kinds in one aggregation, so that PostgreSQL can share the work between cores.

    Args:
        people: querysets of values, in this order: participation, human, sex, age in full years, day of entry.
        served: participation, partner, year of services that were attended.
        placed: participation, partner, year, begin of outcomes; those from before the entry are left out here.
        bits: where partners and years stand; nothing of other partners is counted.
        limits: ages from which the next group begins.

    Returns:
        rows of (columns of `bits`..., sex, position of the age group, humans); None for a column without a bit. Humans
        without any are among them.
    """
    (of_people, one), (of_served, two), (of_placed, three) = (
        rows.query.sql_with_params() for rows in (people, served, placed)
    )
    masks = ", ".join(
        f"bit_or(1::bigint << bit) filter (where col = {number}) as mask{number}" for number in range(bits.columns)
    )
    keys = ", ".join(str(int(key)) for key in bits.partners)
    ages = f"array[{', '.join(str(int(limit)) for limit in limits)}]::int[]"
    question = f"""
      select {", ".join(f"mask{number}" for number in range(bits.columns))}, sex, age_group, count(*) from (
        select {masks}, max(sex) as sex, width_bucket(min(age), {ages}) as age_group
        from ({of_people}) people(participation, human, sex, age, entry)
          left join (
            select participation, start, place / {bits.a_column} as col,
                   place %% {bits.a_column} * {bits.years} + year - {FIRST_YEAR} as bit
            from (
              select participation, null::date, year::int, array_position(array[{keys}]::bigint[], partner) - 1
              from ({of_served}) served(participation, partner, year)
              union all
              select participation, start, year::int, {len(bits.partners)} + array_position(array[{keys}]::bigint[], partner) - 1
              from ({of_placed}) placed(participation, partner, year, start)
            ) records(participation, start, year, place)
          ) bits on bits.participation = people.participation and (start is null or start > entry)
        group by human) humans
      group by {", ".join(str(number + 1) for number in range(bits.columns + 2))}"""
    with figures_role(), connection.cursor() as cursor:
        cursor.execute(question, [*one, *two, *three])
        return cursor.fetchall()
