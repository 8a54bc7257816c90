"""Rules about the entry: E01 to E36 of the domain reference 1.7.

Days are compared by their difference: a sum could leave the calendar.
"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from participants.choices import LabourStatus, Sex, WorkAccess
from participants.countries import is_third_country
from participants.months import FOUR_WEEKS, age_on
from participants.rules.rule import Rule

TWO_WEEKS = timedelta(days=14)
U, I, E = LabourStatus.UNEMPLOYED, LabourStatus.INACTIVE, LabourStatus.EMPLOYED  # noqa: E741
IDENTITY = "participants:identity"
SURE_MATCH = 0.80

ENTRY_RULES: tuple[Rule, ...] = (
    Rule("E01", "entry_date", _("The day of entry is missing."), lambda r: r.entry_date is None, blocks=True, asks=True),
    Rule("E02", "entry_date", _("The entry lies outside the period of the operation."),
         lambda r: r.entry_date and r.op_start and r.op_end and not r.op_start <= r.entry_date <= r.op_end, blocks=True),
    Rule("E03", "entry_date", _("The entry lies in the future."),
         lambda r: r.entry_date and r.entry_date > r.today, blocks=True),
    Rule("E04", "birth_date", _("The birth date is missing. If it is not known, take the one of the identity document "
                                "and say that it is assumed."),
         lambda r: r.birth_date is None, blocks=True, asks=True, page=IDENTITY),
    Rule("E05", "birth_date", _("The age at entry is not plausible."),
         lambda r: r.age is not None and not 0 <= r.age <= 100, blocks=True, page=IDENTITY),
    Rule("E06", "birth_date", _("Under 15 at entry: please check whether the person belongs to the target group."),
         lambda r: r.age is not None and r.age < 15, page=IDENTITY),
    Rule("E07", "guardian_recorded", _("Minor at entry, and nobody with custody is recorded."),
         lambda r: r.identity_known and r.age is not None and r.age < 18 and not r.guardian_recorded,
         private=True),
    Rule("E08", "sex", _("The sex is missing, or it cannot be reported: the funding period 2014–2020 only knows female "
                         "and male."),
         lambda r: r.sex not in (Sex.FEMALE, Sex.MALE), blocks=True, asks=True, period="2014"),
    Rule("E09", "sex", _("The sex is missing."), lambda r: r.sex not in Sex.values, blocks=True, asks=True, period="2021"),
    Rule("E10", "e_status", _("The labour-market status at entry is missing."),
         lambda r: r.e_status not in LabourStatus.values, blocks=True, asks=True),
    Rule("E11", "e_isced", _("The education level at entry is missing."),
         lambda r: r.e_isced not in range(9), blocks=True, asks=True),
    Rule("E12", "e_in_edu", _("Inactive at entry: “in education or training” is open, so CO04 cannot be derived."),
         lambda r: r.e_status == I and r.e_in_edu is None, blocks=True, asks=True, period="2014"),
    Rule("E13", "e_unemp_since", _("Unemployed at entry: the begin of the registration is missing."),
         lambda r: r.e_status == U and r.e_unemp_since is None, blocks=True, asks=True),
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
    Rule("E22", "e_isced", _("Without completed primary school (ISCED 0) the person stands in none of CO09 to CO11, and "
                             "belongs to the “other disadvantaged” (CO17)."),
         lambda r: r.special_known and r.e_isced == 0 and r.e_other_dis is not True, period="2014", private=True, special=True),
    Rule("E23", "nationality", _("Foreign nationality, but “migrant or foreign background” says no."),
         lambda r: r.e_migrant is False and r.nationality and r.nationality != "DEU", period="2014", page=IDENTITY,
         private=True, special=True),
    Rule("E24", "e_third_country", _("“Third-country national” contradicts the nationality."),
         lambda r: r.e_third_country is not None and r.nationality
         and r.e_third_country != is_third_country(r.nationality, on=r.entry_date or r.today), period="2021"),
    Rule("E25", "e_homeless", _("The accommodation says roofless, the answer “homeless” says no."),
         lambda r: r.e_homeless is False and r.accommodation in ("OBD", "NOTSCHLAF")),
    Rule("E26", "e_rural", _("“Rural area” contradicts the degree of urbanisation of the municipality."),
         lambda r: r.e_rural is not None and r.degurba and r.e_rural != (r.degurba == 3)),
    Rule("E27", "info_given_on", _("The privacy information is not documented by two weeks after the entry."),
         lambda r: r.identity_known and (r.info_given_on is None
                                         or (r.entry_date and r.info_given_on - r.entry_date > TWO_WEEKS)),
         blocks=True, contacts=True, private=True),
    Rule("E28", "art9_basis", _("Special answers are stored without a documented consent or legal duty."),
         lambda r: r.sensitive_answered and not r.art9_basis, blocks=True, contacts=True, private=True, special=True,
         page="participants:special"),
    Rule("E29", "entry_form_on", _("The limit of small contacts is reached, and there is no entry questionnaire: please "
                                   "obtain it, or note that it was refused."),
         lambda r: (r.hours or 0) >= r.small_contact_hours and r.entry_form_on is None, blocks=True, contacts=True),
    Rule("E30", "exit_date", _("Left below the limit of small contacts: please decide whether the person is reported."),
         lambda r: r.exit_date and r.hours is not None and r.hours < r.small_contact_hours and r.entry_form_on,
         page="participants:exit"),
    Rule("E31", "entry_form_on", _("The questionnaire is dated more than 28 days from the entry. "
                                "The answers describe the day of entry."),
         lambda r: r.entry_form_on and r.entry_date and abs(r.entry_form_on - r.entry_date) > FOUR_WEEKS),
    Rule("E32", "entry_date", _("The person is recorded twice in the same operation: please continue the first record."),
         lambda r: (r.same_person_same_operation or 0) > 0, blocks=True, contacts=True),
    Rule("E33", "", _("Perhaps the same person as in another record; nobody has looked yet."),
         lambda r: (r.dup_score or 0) >= SURE_MATCH and not r.dup_reviewed, contacts=True, page="participants:compare"),
    Rule("E34", "birth_date", _("An estimated birth date decides about an age group: please look at the document."),
         lambda r: r.birth_precision in ("assumed_0101", "year") and r.age in (17, 18, 24, 25, 29, 30, 54, 55),
         page=IDENTITY),
    Rule("E35", "entry_date", _("The first service lies more than 28 days before the entry."),
         lambda r: r.first_service and r.entry_date and r.entry_date - r.first_service > FOUR_WEEKS),
    Rule("E36", "e_in_edu", _("“In education or training at entry” is open. "
                            "Without it a later course can never count."),
         lambda r: r.e_in_edu is None and r.e_status),
)  # fmt: skip
