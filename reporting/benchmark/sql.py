"""The plain SQL of every journey: what somebody would type into psql, without this application around it.

It runs in the role and the context of the journey's account, so that both sides pay for row-level security and the
ratio shows what the application adds: permissions, words, links, templates.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from participants.searching.sql import people_beginning, similar_people
from resque.references import new_reference

PEOPLE_REACHED = """
select extract(year from a.day) as year, a.partner_id, p.sex,
       width_bucket(extract(year from age(coalesce(p.entry_date, p.created_on), h.birth_date)), array[18, 25, 30, 55]),
       count(distinct coalesce(-h.cluster_id, h.id)),
       count(distinct coalesce(-h.cluster_id, h.id)) filter (where exists (
         select 1 from services_outcome o where o.participation_id = p.id and o.state = 'begun'
           and o.start > p.entry_date))
  from services_attendance a
  join participants_participation p on p.id = a.participation_id
  join participants_person h on h.id = p.person_id
 where a.status = 'attended' and p.state <> 'ABGEL' {condition}
 group by 1, 2, 3, 4
"""
_OF_OPERATION = "and p.operation_id = %(operation)s"
PEOPLE_OF_ONE_OPERATION = PEOPLE_REACHED.format(condition=_OF_OPERATION)
PEOPLE_OF_ALL_OPERATIONS = PEOPLE_REACHED.format(condition="")

# Labour status, age, education, household, special answers and results at one reference date, by sex.
INDICATORS = """
select sex, count(*),
       count(*) filter (where e_status = 'unemployed'), count(*) filter (where e_status = 'inactive'),
       count(*) filter (where e_status = 'employed'),
       count(*) filter (where e_status = 'unemployed' and (e_unemp_since
         + case when years < 25 then interval '6 months' else interval '12 months' end)::date < entry_date),
       count(*) filter (where e_status = 'inactive' and not e_in_edu), count(*) filter (where years < 25),
       count(*) filter (where years > 54),
       count(*) filter (where years > 54 and (e_status = 'unemployed' or (e_status = 'inactive' and not e_in_edu))),
       count(*) filter (where e_isced in (1, 2)), count(*) filter (where e_isced in (3, 4)),
       count(*) filter (where e_isced >= 5), count(*) filter (where hh_jobless), count(*) filter (where hh_jobless_dep),
       count(*) filter (where hh_single_dep), count(*) filter (where e_migrant = 'true'),
       count(*) filter (where e_disab = 'true'), count(*) filter (where e_other_dis = 'true'),
       count(*) filter (where e_homeless), count(*) filter (where e_rural),
       count(*) filter (where exit_date <= %(today)s and e_status = 'inactive' and x_job_search
                        and x_status <> 'employed'),
       count(*) filter (where exit_date <= %(today)s and not e_in_edu and x_in_edu),
       count(*) filter (where exit_date <= %(today)s and x_qualified),
       count(*) filter (where exit_date <= %(today)s and e_status <> 'employed' and x_status = 'employed'),
       count(*) filter (where (exit_date + interval '6 months')::date <= %(today)s and e_status <> 'employed'
                        and f_status = 'employed'),
       count(*) filter (where (exit_date + interval '6 months')::date <= %(today)s and e_status = 'employed'
                        and f_improved)
  from (select p.*, s.e_migrant, s.e_disab, s.e_other_dis, extract(year from age(p.entry_date, h.birth_date)) as years
          from participants_participation p
          join participants_person h on h.id = p.person_id
          left join participants_specialanswers s on s.participation_id = p.id
         where p.operation_id = %(operation)s and p.entry_date <= %(today)s and p.state <> 'ABGEL'
           and p.sex in ('m', 'f') and h.birth_date is not null and p.e_status <> '' and p.e_isced is not null
           and (p.e_status <> 'unemployed' or p.e_unemp_since is not null)
           and (p.e_status <> 'inactive' or p.e_in_edu is not null)) records
 group by sex
"""

LIST = """
select p.id, p.reference, i.family_name, i.given_name, p.entry_date, p.state
  from participants_participation p
  join participants_person h on h.id = p.person_id
  left join participants_identity i on i.person_id = p.person_id
 where p.partner_id = %(partner)s and p.state = 'AKTIV' and p.sex = 'f' and h.nationality = 'SYR'
 order by p.entry_date desc, p.id limit 50
"""
COUNT_OF_LIST = """
select count(*) from participants_participation p join participants_person h on h.id = p.person_id
 where p.partner_id = %(partner)s and p.state = 'AKTIV' and p.sex = 'f' and h.nationality = 'SYR'
"""

PERSON = (
    "select * from participants_participation p join participants_person h on h.id = p.person_id "
    "where p.reference = %(reference)s",
    "select * from participants_identity where person_id = %(person)s",
    "select * from participants_spelling where person_id = %(person)s",
    "select * from participants_contact where person_id = %(person)s",
    "select * from participants_residencestatus where person_id = %(person)s order by valid_from desc",
    "select * from services_attendance where participation_id = %(participation)s order by day desc limit 5",
)
TIMELINE = (
    "select * from services_attendance t join services_activity a on a.id = t.activity_id "
    "where t.participation_id = %(participation)s order by t.day desc",
    "select * from services_outcome where participation_id = %(participation)s",
    "select * from services_note where participation_id = %(participation)s",
)


@dataclass(frozen=True)
class Case:
    """The keys that plain statements ask for: one account's people, one person, one operation."""

    operation: int
    partner: int
    participation: int
    person: int
    reference: str
    today: date
    fold: str
    skeleton: str

    @property
    def parameters(self) -> dict:
        """Everything by name, for psycopg2."""
        return vars(self)


def plain(case: Case, *statements: str) -> None:
    """Run statements one after the other and fetch what they give."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, case.parameters)
            cursor.fetchall()


def plain_search(case: Case) -> None:
    """Ask the database for similar names as the box does, without loading or explaining anybody."""
    people_beginning([case.fold])
    similar_people([case.fold], case.skeleton)


def plain_save(case: Case, staff: int) -> None:
    """Write one consultation and who was there, and commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into services_activity (reference, kind, shape, partner_id, staff_id, title, day, minutes, "
            "travel_minutes, place, interpreter, topics, with_people, created_at, version) values "
            "(%s, 'ALL-VW', 'individual', %s, %s, 'benchmark', %s, 30, 0, '', '', '[]', true, now(), 1) returning id",
            [new_reference("L", length=8), case.partner, staff, case.today],
        )
        (activity,) = cursor.fetchone()
        cursor.execute(
            "insert into services_attendance (activity_id, participation_id, partner_id, day, kind, status, minutes) "
            "values (%s, %s, %s, %s, 'ALL-VW', 'attended', 30)",
            [activity, case.participation, case.partner, case.today],
        )
