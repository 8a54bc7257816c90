"""Access rules of the reporting floor, and the role in which it counts."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import DateField, Func, IntegerField

from participants.sql import CASE_COUNTED, COORDINATOR, COUNTED, MINE
from reporting.keeping.sql import FUNCTIONS as KEEPING
from resque.database.policies import FIGURES, Table

FUNCTIONS = KEEPING

_SEES_CASE = "exists (select 1 from participants_participation p where p.id = participation_id)"
# Sums are seen as the attendances are that they sum up; only triggers write them.
TABLES = [
    Table(
        "reporting_serviceyear",
        "S",
        {"S": f"{COORDINATOR} or {MINE} or {_SEES_CASE}"},
        f"{COUNTED} or {CASE_COUNTED}",
    ),
]


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


class AgeOn(Func):
    """Full years from one date to another, as participants.months.age_on says it: the birthday itself completes one."""

    template = "extract(year from age(%(expressions)s))"
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
