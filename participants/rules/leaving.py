"""Rules about exit and follow-up: X01 to X18 and F01 to F08 of the domain reference 1.7."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from participants.choices import WorkAccess
from participants.months import FOUR_WEEKS, add_months
from participants.rules.entry import E, I, U
from participants.rules.rule import Rule

THREE_WEEKS, QUIET = timedelta(days=21), timedelta(days=90)
EXIT, FOLLOW_UP = "participants:exit", "participants:followup"


def _claims(r, code: str) -> bool:
    """Whether the last report counted the record under a result: it can be claimed wrongly once an answer changed."""
    return code in (r.claimed or ())


EXIT_RULES: tuple[Rule, ...] = (
    Rule("X01", "exit_date", _("The exit lies before the entry."),
         lambda r: r.exit_date and r.entry_date and r.exit_date < r.entry_date, blocks=True, page=EXIT),
    Rule("X02", "exit_date", _("The exit lies in the future."),
         lambda r: r.exit_date and r.exit_date > r.today, blocks=True, page=EXIT),
    Rule("X03", "exit_date", _("A service lies after the exit: please move the exit, or continue the record."),
         lambda r: r.exit_date and r.last_service and r.exit_date < r.last_service, blocks=True, page=EXIT),
    Rule("X04", "x_status", _("The status at exit is missing, and the four weeks end in a few days."),
         lambda r: r.exit_date and r.x_status is None and not r.x_unreachable
         and THREE_WEEKS < r.today - r.exit_date <= FOUR_WEEKS, page=EXIT),
    Rule("X05", "x_status", _("The status at exit is missing after four weeks."),
         lambda r: r.exit_date and r.x_status is None and r.today - r.exit_date > FOUR_WEEKS and not r.x_unreachable,
         blocks=True, page=EXIT),
    Rule("X06", "x_observed", _("The observed situation lies outside of exit to exit plus four weeks."),
         lambda r: r.x_observed and r.exit_date and not timedelta(0) <= r.x_observed - r.exit_date <= FOUR_WEEKS,
         blocks=True, page=EXIT),
    Rule("X07", "exit_date", _("There are results of an exit without a day of exit."),
         lambda r: r.exit_date is None and (r.x_status or r.x_in_edu or r.x_job_search or r.x_qualified), blocks=True,
         page=EXIT),
    Rule("X08", "x_job_search", _("“Looking for work” (CR01, EECR01) counts only for persons inactive at entry."),
         lambda r: _claims(r, "CR01") and r.e_status != I, blocks=True, page=EXIT),
    Rule("X09", "x_in_edu", _("“In education” (CR02, EECR02) counts only for persons who were not in education at "
                              "entry."),
         lambda r: _claims(r, "CR02") and r.e_in_edu is not False, blocks=True, page=EXIT),
    Rule("X10", "x_status", _("“In employment” (CR04, EECR04) counts only for persons unemployed or inactive at entry."),
         lambda r: _claims(r, "CR04") and r.e_status not in (U, I), blocks=True, page=EXIT),
    Rule("X11", "x_qualified", _("A qualification is recorded without evidence."),
         lambda r: r.x_qualified is True and not r.x_qual_evidence, blocks=True, page=EXIT),
    Rule("X12", "x_qual_kind", _("Attendance alone is no qualification: an assessment against standards is needed."),
         lambda r: r.x_qualified is True and r.x_qual_kind == "attendance", page=EXIT),
    Rule("X13", "x_status", _("Employed at exit, although employment is forbidden."),
         lambda r: r.x_status == E and r.x_work_access == WorkAccess.FORBIDDEN, page=EXIT),
    Rule("X14", "x_job_search", _("Registered unemployed at exit, but “looking for work” says no."),
         lambda r: r.x_status == U and r.x_job_search is False, page=EXIT),
    Rule("X15", "exit_date", _("The outcome begins more than four weeks after the exit: it is no result upon leaving."),
         lambda r: r.outcome_start and r.exit_date and r.outcome_start - r.exit_date > FOUR_WEEKS, page=EXIT),
    Rule("X16", "exit_date", _("No service for 90 days, and the participation is open: please get in touch, or end it."),
         lambda r: r.exit_date is None and r.last_service and r.today - r.last_service > QUIET, page=EXIT),
    Rule("X17", "exit_date", _("The operation has ended, the participation is still open."),
         lambda r: r.exit_date is None and r.op_end and r.today > r.op_end, blocks=True, page=EXIT),
    Rule("X18", "exit_reason", _("The reason of the exit is missing."),
         lambda r: r.exit_date and r.exit_reason is None, page=EXIT),
)  # fmt: skip

FOLLOW_UP_RULES: tuple[Rule, ...] = (
    Rule("F01", "f_status", _("The follow-up after six months is due."),
         lambda r: r.exit_date and r.f_status is None and not r.f_unreachable
         and r.today >= add_months(r.exit_date, 6), page=FOLLOW_UP),
    Rule("F02", "f_refers_to", _("The follow-up must describe the situation on exactly exit plus six months."),
         lambda r: r.f_status and r.f_refers_to and r.exit_date and r.f_refers_to != add_months(r.exit_date, 6),
         blocks=True, page=FOLLOW_UP),
    Rule("F03", "f_status", _("“In employment after six months” (CR06, EECR05) counts only for persons unemployed or "
                              "inactive at entry."),
         lambda r: _claims(r, "CR06") and r.e_status not in (U, I), blocks=True, page=FOLLOW_UP),
    Rule("F04", "f_improved", _("“Better situation after six months” (CR07, EECR06) counts only for persons employed at "
                                "entry."),
         lambda r: _claims(r, "CR07") and r.e_status != E, blocks=True, page=FOLLOW_UP),
    Rule("F05", "f_status", _("CR08 counts only for persons above 54 at entry."),
         lambda r: _claims(r, "CR08") and not (r.age and r.age > 54), blocks=True, period="2014", page=FOLLOW_UP),
    Rule("F06", "f_status", _("There is a follow-up without an exit."),
         lambda r: r.f_status and r.exit_date is None, blocks=True, page=FOLLOW_UP),
    Rule("F07", "f_status", _("A follow-up is recorded for a person who died or was deported."),
         lambda r: r.f_status and r.exit_reason in ("TOD", "ABSCH"), page=FOLLOW_UP),
    Rule("F08", "contact_consent", _("There is a follow-up, but no permission to contact the person after the exit."),
         lambda r: r.identity_known and r.f_status and not r.contact_consent, blocks=True, private=True),
)  # fmt: skip
