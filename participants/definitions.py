"""What each question means, in plain words beside it.

Source: regulation and national definitions (domain reference 1.2), German special rules of the questionnaire (1.8).
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEFINITIONS: dict[str, Promise] = {
    "entry_date": _("First day on which the person takes part. All answers below describe the situation on this day."),
    "entry_form_on": _("Date beside the signature on the entry questionnaire. Needed from eight hours of service on."),
    "gender": _("As stated by the person. The report of 2014–2020 only knows female and male."),
    "sex": _("Follows from the gender. Change it only if the questionnaire says otherwise."),
    "e_status_detail": _(
        "Ask first: registered as unemployed on the day before the entry? Somebody in a language course "
        "who is not registered is “in a language course”. Work opportunities (80 cents) are no "
        "employment."
    ),
    "e_status": _(
        "Unemployed: registered with the employment agency or the job centre. Employed: any paid work, "
        "also company apprentices and mini-jobs without registration. Inactive: everybody else."
    ),
    "e_unemp_since": _("Begin of the current registration without interruption. Only for unemployed persons."),
    "e_education": _(
        "What was completed counts, at home or in Germany, recognised or not. Ask: how many years of "
        "school, which certificate, did it allow university?"
    ),
    "e_isced": _("Follows from the education. In doubt the questionnaire decides."),
    "e_in_edu": _("School, studies, apprenticeship, integration or vocational language course. Please ask everybody."),
    "e_edu_fulltime": _("Whole-day school, studies or apprenticeship."),
    "hh_jobless": _("Nobody in the household has work. The person counts as well."),
    "hh_jobless_dep": _("Household without work in which dependent children live."),
    "hh_single_dep": _(
        "Only one adult in the household, and dependent children. Whether somebody works does not matter."
    ),
    "residence_status": _("As printed on the document. “Unclear” is allowed; please never guess."),
    "residence_until": _("As printed. We remind you 60 days before."),
    "residence_seen_on": _("Seen is enough. A copy needs consent."),
    "residence_clause": _("The sentence that stands on the document, word by word."),
    "e_work_access": _("Follows from the clause. A hint, no legal advice."),
    "accommodation": _("The kind is enough. The address of a women’s refuge is never stored."),
    "municipality": _("Leave it open when it is not known."),
    "degurba": _("Class of the municipality (DEGURBA). Known for Leipzig; otherwise leave it open."),
    "e_rural": _("Municipality with degree of urbanisation 3. Proposed from the municipality."),
    "e_homeless": _("Without a dwelling or in an emergency shelter. A shared accommodation alone does not count."),
    "e_foreign_bg": _("The person or at least one parent was born without German nationality."),
    "e_third_country": _(
        "Not a citizen of a state that belonged to the European Union on the day of entry. Stateless and "
        "unknown count as third country. Proposed from the nationality."
    ),
    "info_given_on": _("In a language that the person understands, at the latest 14 days after the entry."),
    "guardian_recorded": _("For minors: parents, guardian or youth office."),
    "contact_consent": _("Needed for the question six months after the exit."),
    # Exit: Regulation (EU) 1304/2013 and 2021/1057, Annex I, results "upon leaving": from the exit to four weeks after
    # it (domain reference 1.1, 1.2). Evidence and the six-month definitions: guidance on Annex C1 (1.2, 2.3).
    "exit_date": _(
        "Last day on which the person took part. Going on with another partner of the network is no exit: share the "
        "case instead."
    ),
    "exit_reason": _("The main reason. Deportation, departure, Dublin transfer, death: nobody is contacted any more."),
    "x_status": _(
        "Unemployed: registered with the employment agency or the job centre. Employed: any paid work, also company "
        "apprentices; work opportunities (80 cents) are none. Inactive: everybody else. (CR04, EECR04)"
    ),
    "x_in_edu": _(
        "School, studies, apprenticeship, integration or vocational language course, whoever pays for it. (CR02, EECR02)"
    ),
    "x_job_search": _(
        "Registered as looking for work, or actively looking. Counts for persons inactive at entry. (CR01, EECR01)"
    ),
    "x_qualified": _(
        "Formal result of an examination against standards that were set before. Attendance alone is not enough. "
        "(CR03, EECR03)"
    ),
    "x_qual_kind": _("What kind of assessment it was."),
    "x_qual_evidence": _("What was seen, for example: certificate telc B2 of 12.05.2017. Without it nothing counts."),
    "x_observed": _("Day on which you learned of the situation, or which it describes. It must lie within the window."),
    "x_unreachable": _("Yes, when nobody could say what became of the person. Then no result counts."),
    "x_work_access": _("By the clause that stood on the document at the exit. A hint, no legal advice."),
    # Six months after leaving: the same annexes, CR06 and CR07, EECR05 and EECR06.
    "f_status": _(
        "On exactly this day, whenever you ask: not today, and not at the exit. Same definitions as at the exit. "
        "(CR06, EECR05)"
    ),
    "f_improved": _(
        "For persons employed at entry: from precarious to stable, from too few hours to full hours, a job with "
        "higher requirements or responsibility, a promotion. More pay alone does not count. (CR07, EECR06)"
    ),
    "f_refers_to": _("The exit and six months, in a shorter month its last day. The interview may be later."),
    "f_unreachable": _("Yes, when nobody could say what the situation was on that day."),
    "art9_basis": _("Without explicit consent or a legal duty, please leave all four questions unasked."),
    "e_migrant": _(
        "National definition: born abroad or without German nationality, or a parent; recognised minorities."
    ),
    "e_disab": _("Recognised degree of disability, or stated on the questionnaire."),
    "e_other_dis": _("For example no completed primary school, homelessness, addiction, former prisoner."),
    "e_minority": _("National or ethnic minority, for example Roma (report from 2021 on)."),
}
