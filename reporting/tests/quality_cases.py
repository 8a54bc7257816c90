"""For every rule one case that violates it and one right beside it that does not: changes of a faultless record."""

from datetime import date
from types import SimpleNamespace

from participants.months import age_on
from reporting.indicators.catalogue import indicators_of

TODAY = date(2017, 2, 6)
D = date


def record(**changes) -> SimpleNamespace:
    """Return a faultless open record under the rules of 2014, with some answers changed; the age follows."""
    answers = {
        "reference": "R-22222", "state": "AKTIV", "rules": "2014", "today": TODAY, "op_start": D(2015, 7, 1),
        "op_end": D(2019, 6, 30), "small_contact_hours": 8, "identity_known": True, "special_known": True,
        "entry_date": D(2016, 4, 12), "sex": "f", "birth_date": D(1990, 5, 5), "birth_precision": "day",
        "nationality": "SYR", "arrival_de": D(2015, 8, 20), "e_status": "unemployed", "e_unemp_since": D(2015, 11, 2),
        "e_in_edu": False, "e_edu_fulltime": None, "e_isced": 3, "e_work_access": "free", "e_migrant": True,
        "e_disab": "refused", "e_other_dis": False, "e_minority": None, "sensitive_answered": True,
        "art9_basis": "consent", "e_homeless": False, "e_rural": False, "e_third_country": True, "e_foreign_bg": True,
        "accommodation": "GU", "degurba": 1, "guardian_recorded": False, "info_given_on": D(2016, 4, 12),
        "contact_consent": True, "entry_form_on": D(2016, 4, 12), "hours": 13.5, "first_service": D(2016, 4, 12),
        "last_service": D(2017, 1, 20), "outcome_start": None, "same_person_same_operation": 0, "dup_score": None,
        "dup_reviewed": None, "claimed": None, "exit_date": None, "exit_reason": None, "x_status": None,
        "x_in_edu": None, "x_job_search": None, "x_qualified": None, "x_qual_kind": None, "x_qual_evidence": None,
        "x_observed": None, "x_unreachable": None, "x_work_access": None, "f_status": None, "f_improved": None,
        "f_refers_to": None, "f_unreachable": None,
    } | changes  # fmt: skip
    born, entered = answers["birth_date"], answers["entry_date"]
    answers.setdefault("age", age_on(born, entered) if born and entered else None)
    return SimpleNamespace(**answers)


LEFT = {
    "exit_date": D(2016, 9, 1), "exit_reason": "ZIEL", "x_status": "inactive", "x_in_edu": False,
    "x_job_search": False, "x_qualified": False, "x_observed": D(2016, 9, 29), "last_service": D(2016, 9, 1),
}  # fmt: skip
ASKED = LEFT | {"today": D(2017, 3, 1), "f_status": "employed", "f_improved": False, "f_refers_to": D(2017, 3, 1)}
NO_SPELL = {"e_unemp_since": None}
INACTIVE = {"e_status": "inactive", **NO_SPELL}
MINOR = {"birth_date": D(1999, 4, 13), "e_isced": 2, "guardian_recorded": True, **INACTIVE}

# rule: (changes that violate it, changes right beside that do not)
CASES: dict[str, tuple[dict, dict]] = {
    "E01": ({"entry_date": None}, {}),
    "E02": ({"entry_date": D(2015, 6, 30)}, {"entry_date": D(2015, 7, 1)}),
    "E03": ({"entry_date": D(2017, 2, 7)}, {"entry_date": TODAY}),
    "E04": ({"birth_date": None}, {"birth_precision": "age_est"}),
    "E05": ({"birth_date": D(1915, 4, 12)}, {"birth_date": D(1915, 4, 13)}),
    "E06": ({"birth_date": D(2001, 4, 13)}, {"birth_date": D(2001, 4, 12)}),
    "E07": (MINOR | {"birth_date": D(1998, 4, 13), "guardian_recorded": False},
            MINOR | {"birth_date": D(1998, 4, 12), "guardian_recorded": False}),
    "E08": ({"sex": "nb"}, {"sex": "m"}),
    "E09": ({"rules": "2021", "sex": None}, {"rules": "2021", "sex": "nb"}),
    "E10": ({"e_status": None, **NO_SPELL}, {}),
    "E11": ({"e_isced": None}, {"e_isced": 0, "e_other_dis": True}),
    "E12": (INACTIVE | {"e_in_edu": None}, INACTIVE | {"e_in_edu": True}),
    "E13": (NO_SPELL, {}),
    "E14": ({"e_unemp_since": D(2016, 4, 13)}, {"e_unemp_since": D(2016, 4, 12)}),
    "E15": ({"e_status": "employed"}, {"e_status": "employed", **NO_SPELL}),
    "E16": ({"e_unemp_since": D(2015, 8, 19)}, {"e_unemp_since": D(2015, 8, 20)}),
    "E17": ({"birth_date": D(2000, 11, 3), "e_isced": 2}, {"birth_date": D(2000, 11, 2), "e_isced": 2}),
    "E18": ({"e_status": "employed", "e_work_access": "forbidden", **NO_SPELL},
            {"e_status": "employed", "e_work_access": "permit", **NO_SPELL}),
    "E19": ({"e_work_access": "forbidden"}, INACTIVE | {"e_work_access": "forbidden"}),
    "E20": ({"e_in_edu": True, "e_edu_fulltime": True}, {"e_in_edu": True, "e_edu_fulltime": False}),
    "E21": ({"birth_date": D(1996, 4, 13), "e_isced": 5}, {"birth_date": D(1996, 4, 12), "e_isced": 5}),
    "E22": ({"e_isced": 0}, {"e_isced": 0, "e_other_dis": True}),
    "E23": ({"e_migrant": False}, {"e_migrant": False, "nationality": "DEU"}),
    "E24": ({"rules": "2021", "e_third_country": False}, {"rules": "2021", "nationality": "BGR", "e_third_country": False}),
    "E25": ({"accommodation": "OBD"}, {"accommodation": "OBD", "e_homeless": True}),
    "E26": ({"degurba": 3}, {"degurba": 3, "e_rural": True}),
    "E27": ({"info_given_on": D(2016, 4, 27)}, {"info_given_on": D(2016, 4, 26)}),
    "E28": ({"art9_basis": None}, {"art9_basis": "law"}),
    "E29": ({"entry_form_on": None, "hours": 8}, {"entry_form_on": None, "hours": 7.9}),
    "E30": (LEFT | {"hours": 7.9}, LEFT | {"hours": 8}),
    "E31": ({"entry_form_on": D(2016, 5, 11)}, {"entry_form_on": D(2016, 5, 10)}),
    "E32": ({"same_person_same_operation": 1}, {}),
    "E33": ({"dup_score": 0.8}, {"dup_score": 0.8, "dup_reviewed": True}),
    "E34": ({"birth_date": D(1991, 1, 1), "birth_precision": "assumed_0101"},
            {"birth_date": D(1991, 1, 1), "birth_precision": "day"}),
    "E35": ({"first_service": D(2016, 3, 14)}, {"first_service": D(2016, 3, 15)}),
    "E36": ({"e_in_edu": None}, {}),
    "X01": (LEFT | {"exit_date": D(2016, 4, 11)}, LEFT | {"exit_date": D(2016, 4, 12)}),
    "X02": (LEFT | {"exit_date": D(2017, 2, 7)}, LEFT | {"exit_date": TODAY}),
    "X03": (LEFT | {"last_service": D(2016, 9, 2)}, LEFT),
    "X04": (LEFT | {"x_status": None, "today": D(2016, 9, 23)}, LEFT | {"x_status": None, "today": D(2016, 9, 22)}),
    "X05": (LEFT | {"x_status": None, "today": D(2016, 9, 30)}, LEFT | {"x_status": None, "today": D(2016, 9, 29)}),
    "X06": (LEFT | {"x_observed": D(2016, 9, 30)}, LEFT),
    "X07": ({"x_job_search": True}, {"x_job_search": False}),
    "X08": (LEFT | {"claimed": ("CR01",)}, LEFT | INACTIVE | {"claimed": ("CR01",)}),
    "X09": (LEFT | {"claimed": ("CR02",), "e_in_edu": True}, LEFT | {"claimed": ("CR02",)}),
    "X10": (LEFT | {"claimed": ("CR04",), "e_status": "employed", **NO_SPELL}, LEFT | {"claimed": ("CR04",)}),
    "X11": (LEFT | {"x_qualified": True}, LEFT | {"x_qualified": True, "x_qual_evidence": "seen"}),
    "X12": (LEFT | {"x_qualified": True, "x_qual_kind": "attendance"}, LEFT | {"x_qualified": True, "x_qual_kind": "exam"}),
    "X13": (LEFT | {"x_status": "employed", "x_work_access": "forbidden"},
            LEFT | {"x_status": "employed", "x_work_access": "free"}),
    "X14": (LEFT | {"x_status": "unemployed"}, LEFT | {"x_status": "unemployed", "x_job_search": True}),
    "X15": (LEFT | {"outcome_start": D(2016, 9, 30)}, LEFT | {"outcome_start": D(2016, 9, 29)}),
    "X16": ({"last_service": D(2016, 11, 7)}, {"last_service": D(2016, 11, 8)}),
    "X17": ({"today": D(2019, 7, 1)}, {"today": D(2019, 6, 30)}),
    "X18": (LEFT | {"exit_reason": None}, LEFT),
    "F01": (LEFT | {"today": D(2017, 3, 1)}, LEFT | {"today": D(2017, 2, 28)}),
    "F02": (ASKED | {"f_refers_to": D(2017, 2, 28)}, ASKED),
    "F03": (ASKED | {"claimed": ("CR06",), "e_status": "employed", **NO_SPELL}, ASKED | {"claimed": ("CR06",)}),
    "F04": (ASKED | {"claimed": ("CR07",)}, ASKED | {"claimed": ("CR07",), "e_status": "employed", **NO_SPELL}),
    "F05": (ASKED | {"claimed": ("CR08",), "birth_date": D(1961, 4, 13)},
            ASKED | {"claimed": ("CR08",), "birth_date": D(1961, 4, 12)}),
    "F06": (ASKED | {"exit_date": None}, ASKED),
    "F07": (ASKED | {"exit_reason": "ABSCH"}, ASKED),
    "F08": (ASKED | {"contact_consent": False}, ASKED),
}  # fmt: skip


def counts(rules: str = "2014", c: dict | None = None, **changes) -> SimpleNamespace:
    """Return the counts of ten faultless records under the rules of a period; `c` changes single indicators."""
    numbers = dict.fromkeys((one.code for one in indicators_of(rules)), 0)
    numbers |= {
        "2014": {"CO01": 5, "CO02": 5, "CO03": 3, "CO04": 3, "CO05": 2, "CO06": 4, "CO07": 6, "CO08": 6, "CO09": 4,
                 "CO10": 3, "CO11": 2, "CO12": 2, "CO13": 2, "CR01": 3, "CR02": 3, "CR03": 0, "CR04": 1, "CR05": 5,
                 "CR06": 5, "CR07": 2, "CR08": 5, "CR09": 5},
        "2021": {"EECO01": 10, "EECO02": 5, "EECO03": 5, "EECO04": 3, "EECO05": 2, "EECO06": 1, "EECO07": 4,
                 "EECO08": 5, "EECO09": 5, "EECO10": 3, "EECO11": 2, "EECR01": 3, "EECR04": 8, "EECR05": 8,
                 "EECR06": 2},
    }[rules] | (c or {})  # fmt: skip
    made = {
        "c": numbers, "c_f": dict(numbers), "c_m": dict.fromkeys(numbers, 0), "c_nb": dict.fromkeys(numbers, 0),
        "n": 10, "g": 12, "n_isced0": 1, "n_in_edu": 7, "n_disadv": 5, "partner_counts": (6, 5), "n_distinct": 10,
        "labelled_as_contacts": True, "published": {},
    }  # fmt: skip
    return SimpleNamespace(**made | changes)


def _one_more(code: str, rules: str = "2014") -> SimpleNamespace:
    """One person more in an indicator, which stood exactly at its limit."""
    return counts(rules, {code: counts(rules).c[code] + 1})


# rule: (counts that violate it, counts right beside that do not)
COUNT_CASES: dict[str, tuple[SimpleNamespace, SimpleNamespace]] = {
    **{rule: (_one_more(code), counts()) for rule, code in {
        "A01": "CO05", "A02": "CO02", "A03": "CO04", "A04": "CO06", "A05": "CO08", "A06": "CO11", "A07": "CO13",
        "A10": "CR01", "A11": "CR02", "A13": "CR05", "A15": "CR07", "A17": "CR09",
    }.items()},
    "A08": (counts(c_m={**counts().c_m, "CO01": 1}), counts()),
    "A09": (counts(n=13), counts(n=12)),
    "A12": (counts(c={"CR04": 9}), counts(c={"CR04": 8})),
    "A14": (counts(c={"CR06": 9}), counts(c={"CR06": 8})),
    "A16": (counts(c={"CR08": 6}), counts(c={"CR08": 5})),
    **{rule: (_one_more(code, "2021"), counts("2021")) for rule, code in {
        "A18": "EECO05", "A19": "EECO03", "A20": "EECO07", "A21": "EECO10", "A22": "EECR06",
    }.items()},
    "A23": (counts(labelled_as_contacts=False), counts(labelled_as_contacts=False, partner_counts=(5, 5))),
    "A24": (counts(published={"CR04": 2}), counts(published={"CR04": 1})),
}  # fmt: skip
