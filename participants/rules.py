"""Contradictions in the answers of one record, told while somebody looks at them. They never block.

The identifiers are those of the data quality rules (domain reference 1.7). Rules that need services, matches or
the whole report belong to the reporting floor; those that only ask for missing answers are in completeness.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participants.choices import LabourStatus, WorkAccess
from participants.countries import is_third_country
from participants.months import add_months, age_on

FOUR_WEEKS = timedelta(days=28)


@dataclass(frozen=True)
class Rule:
    """One contradiction.

    Attributes:
        id: identifier of the data quality rule.
        field: answer to look at, the place on the page.
        message: what contradicts what.
        violated: condition over a record (see `record`).
        blocks: whether the record does not count until it is settled (E), or somebody must decide (W).
        page: url name of the page with that answer.
    """

    id: str
    field: str
    message: str | Promise
    violated: Callable[[SimpleNamespace], object]
    blocks: bool = False
    page: str = field(default="participants:esf")


def record(participation, *, facts: dict, today: date) -> SimpleNamespace:
    """Return one record under the names of the data quality rules.

    Args:
        participation: with person and operation (extensions prefetched) loaded.
        facts: accommodation, guardian_recorded, info_given_on, contact_consent; None where the reader may
            not see them, and then the rules about them are silent.
        today: business day.
    """
    p, person = participation, participation.person
    return SimpleNamespace(
        **{f.attname: getattr(p, f.attname) for f in p._meta.concrete_fields},
        birth_date=person.birth_date, birth_precision=person.birth_precision, nationality=person.nationality,
        arrival_de=person.arrival_de, today=today, rules=p.operation.rules,
        age=age_on(person.birth_date, p.entry_date) if person.birth_date and p.entry_date else None,
        op_start=p.operation.start, op_end=p.operation.end_on(today), identity_known=facts.get("identity_known", False),
        accommodation=facts.get("accommodation"), guardian_recorded=facts.get("guardian_recorded"),
        info_given_on=facts.get("info_given_on"), contact_consent=facts.get("contact_consent"),
    )  # fmt: skip


U, I, E = LabourStatus.UNEMPLOYED, LabourStatus.INACTIVE, LabourStatus.EMPLOYED  # noqa: E741
IDENTITY = "participants:identity"

RULES: tuple[Rule, ...] = (
    Rule("E02", "entry_date", _("The entry lies outside the period of the operation."),
         lambda r: r.entry_date and not r.op_start <= r.entry_date <= r.op_end, blocks=True),
    Rule("E03", "entry_date", _("The entry lies in the future."),
         lambda r: r.entry_date and r.entry_date > r.today, blocks=True),
    Rule("E05", "birth_date", _("The age at entry is not plausible."),
         lambda r: r.age is not None and not 0 <= r.age <= 100, blocks=True, page=IDENTITY),
    Rule("E06", "birth_date", _("Under 15 at entry: please check whether the person belongs to the target group."),
         lambda r: r.age is not None and r.age < 15, page=IDENTITY),
    Rule("E07", "guardian_recorded", _("Minor at entry, and nobody with custody is recorded."),
         lambda r: r.identity_known and r.age is not None and r.age < 18 and not r.guardian_recorded),
    Rule("E14", "e_unemp_since", _("The unemployment begins after the entry."),
         lambda r: r.e_unemp_since and r.entry_date and r.e_unemp_since > r.entry_date, blocks=True),
    Rule("E15", "e_unemp_since", _("“Unemployed since” is given, but the status at entry is not unemployed."),
         lambda r: r.e_unemp_since and r.e_status in (I, E), blocks=True),
    Rule("E16", "e_unemp_since", _("The registered unemployment begins before the arrival in Germany."),
         lambda r: r.e_unemp_since and r.arrival_de and r.e_unemp_since < r.arrival_de),
    Rule("E17", "e_unemp_since", _("The unemployment begins before the age of 15."),
         lambda r: r.e_unemp_since and r.birth_date and age_on(r.birth_date, r.e_unemp_since) < 15, blocks=True),
    Rule("E18", "e_status", _("Employed at entry, although the document forbids employment."),
         lambda r: r.e_status == E and r.e_work_access == WorkAccess.FORBIDDEN),
    Rule("E19", "e_status", _("Registered unemployed, although the document forbids employment: mostly not employed."),
         lambda r: r.e_status == U and r.e_work_access == WorkAccess.FORBIDDEN),
    Rule("E20", "e_status", _("Full-time in education and unemployed: please check the status."),
         lambda r: r.e_status == U and r.e_in_edu is True and r.e_edu_fulltime is True),
    Rule("E21", "e_isced", _("The education level is not plausible for the age at entry."),
         lambda r: r.e_isced is not None and r.age is not None
         and ((r.e_isced >= 5 and r.age < 20) or (r.e_isced >= 3 and r.age < 15))),
    Rule("E24", "e_third_country", _("“Third-country national” contradicts the nationality."),
         lambda r: r.rules == "2021" and r.e_third_country is not None and r.nationality and r.entry_date
         and r.e_third_country != is_third_country(r.nationality, on=r.entry_date)),
    Rule("E25", "e_homeless", _("The accommodation says roofless, the answer “homeless” says no."),
         lambda r: r.e_homeless is False and r.accommodation in ("OBD", "NOTSCHLAF")),
    Rule("E26", "e_rural", _("“Rural area” contradicts the degree of urbanisation of the municipality."),
         lambda r: r.e_rural is not None and r.degurba and r.e_rural != (r.degurba == 3)),
    Rule("E27", "info_given_on", _("The privacy information is not documented by two weeks after the entry."),
         lambda r: r.identity_known and r.entry_date
         and (r.info_given_on is None or r.info_given_on > r.entry_date + timedelta(days=14)), blocks=True),
    Rule("E31", "entry_form_on", _("The questionnaire is dated more than 28 days from the entry. "
                                "The answers describe the day of entry."),
         lambda r: r.entry_form_on and r.entry_date and abs(r.entry_form_on - r.entry_date) > FOUR_WEEKS),
    Rule("E34", "birth_date", _("An estimated birth date decides about an age group: please look at the document."),
         lambda r: r.birth_precision in ("assumed_0101", "year") and r.age in (17, 18, 24, 25, 29, 30, 54, 55),
         page=IDENTITY),
    Rule("E36", "e_in_edu", _("“In education or training at entry” is open. "
                            "Without it a later course can never count."),
         lambda r: r.e_in_edu is None and r.e_status),
    Rule("X01", "exit_date", _("The exit lies before the entry."),
         lambda r: r.exit_date and r.entry_date and r.exit_date < r.entry_date, blocks=True),
    Rule("X02", "exit_date", _("The exit lies in the future."),
         lambda r: r.exit_date and r.exit_date > r.today, blocks=True),
    Rule("X05", "x_status", _("The status at exit is missing after four weeks."),
         lambda r: r.exit_date and not r.x_status and r.today > r.exit_date + FOUR_WEEKS and not r.x_unreachable,
         blocks=True),
    Rule("X06", "x_observed", _("The observed situation lies outside of exit to exit plus four weeks."),
         lambda r: r.x_observed and r.exit_date and not r.exit_date <= r.x_observed <= r.exit_date + FOUR_WEEKS,
         blocks=True),
    Rule("X07", "exit_date", _("There are results of an exit without a day of exit."),
         lambda r: r.exit_date is None and (r.x_status or r.x_in_edu or r.x_job_search or r.x_qualified), blocks=True),
    Rule("X11", "x_qualified", _("A qualification is recorded without evidence."),
         lambda r: r.x_qualified is True and not r.x_qual_evidence, blocks=True),
    Rule("X12", "x_qual_kind", _("Attendance alone is no qualification: an assessment against standards is needed."),
         lambda r: r.x_qualified is True and r.x_qual_kind == "attendance"),
    Rule("X13", "x_status", _("Employed at exit, although employment is forbidden."),
         lambda r: r.x_status == E and r.x_work_access == WorkAccess.FORBIDDEN),
    Rule("X14", "x_job_search", _("Registered unemployed at exit, but “looking for work” says no."),
         lambda r: r.x_status == U and r.x_job_search is False),
    Rule("X17", "exit_date", _("The operation has ended, the participation is still open."),
         lambda r: r.exit_date is None and r.today > r.op_end, blocks=True),
    Rule("X18", "exit_reason", _("The reason of the exit is missing."),
         lambda r: r.exit_date and not r.exit_reason),
    Rule("F01", "f_status", _("The follow-up after six months is due."),
         lambda r: r.exit_date and not r.f_status and not r.f_unreachable
         and r.today >= add_months(r.exit_date, 6)),
    Rule("F02", "f_refers_to", _("The follow-up must describe the situation on exactly exit plus six months."),
         lambda r: r.f_status and r.f_refers_to and r.exit_date and r.f_refers_to != add_months(r.exit_date, 6),
         blocks=True),
    Rule("F06", "f_status", _("There is a follow-up without an exit."),
         lambda r: r.f_status and r.exit_date is None, blocks=True),
    Rule("F07", "f_status", _("A follow-up is recorded for a person who died or was deported."),
         lambda r: r.f_status and r.exit_reason in ("TOD", "ABSCH")),
    Rule("F08", "contact_consent", _("There is a follow-up, but no permission to contact the person after the exit."),
         lambda r: r.identity_known and r.f_status and not r.contact_consent, blocks=True),
)  # fmt: skip


def violations(r: SimpleNamespace) -> list[Rule]:
    """Return the rules that a record violates, in the order of the questionnaire."""
    return [rule for rule in RULES if rule.violated(r)]
