"""Short ESF codes proposed from the long lists that people choose from.

The interface asks with the long lists (they are easier to answer), the indicators branch on the short codes.
A proposal never overwrites what somebody decided: it fills what is empty, and follows its long answer only
when that one changed and the short one did not.
"""

from datetime import date

from participants.countries import is_third_country
from resque.codelists.queries import choices, entry_of, label

URBAN_DISTRICTS = ("14713", "14511", "14612")
# Degree of urbanisation by municipality, where a public source is at hand. Source: Eurostat, Leipzig is a city (1).
DEGURBA = {"14713000": 1}


def municipality_choices(*, blank: str | None = None) -> list[tuple[str, str]]:
    """Return `(key, name)` of the municipalities that can be chosen: urban districts first, then the list."""
    named = {code: name for code, name in choices("kreis") if code in URBAN_DISTRICTS}
    cities = [(f"{code}000", named[code]) for code in URBAN_DISTRICTS]
    return ([("", blank)] if blank is not None else []) + cities + choices("gemeinde")


def proposed(answers: dict, *, nationality: str, entry_date: date | None) -> dict:
    """Return the short codes that follow from long answers.

    Args:
        answers: entry answers by field name; only the long ones are read.
        nationality: code of the person, which decides about `e_third_country`.
        entry_date: day on which the membership of the European Union is asked.

    Returns:
        short answers by field name, only those for which a long answer is there.
    """
    short = {}
    if gender := entry_of("gender", answers.get("gender") or ""):
        short["sex"] = gender.attributes["sex"]
    if situation := entry_of("entry_status", answers.get("e_status_detail") or ""):
        short["e_status"] = situation.attributes["esf_status"]
        short["e_in_edu"] = situation.attributes["in_education"]
    if education := entry_of("education_isced", answers.get("e_education") or ""):
        short["e_isced"] = education.attributes["isced"]
    if clause := entry_of("work_note_on_document", answers.get("residence_clause") or ""):
        short["e_work_access"] = clause.attributes["e_work_access"]
    if municipality := answers.get("municipality"):
        # Unknown for most: then what was right for the last municipality is taken back.
        short["degurba"] = DEGURBA.get(municipality)
    if nationality and entry_date:
        short["e_third_country"] = is_third_country(nationality, on=entry_date)
    return short


# Which answers a proposed one follows.
SOURCES = {
    "sex": ("gender",),
    "e_status": ("e_status_detail",),
    "e_in_edu": ("e_status_detail",),
    "e_isced": ("e_education",),
    "e_work_access": ("residence_clause",),
    "degurba": ("municipality",),
    "e_rural": ("municipality", "degurba"),  # after degurba, from which it follows
    "e_third_country": ("entry_date",),
}


def with_proposals(answers: dict, *, before: dict, nationality: str) -> dict:
    """Return `answers` with short codes filled from the long ones.

    Args:
        answers: what was entered now.
        before: what was stored, by the same names.
        nationality: code of the person.
    """
    filled = dict(answers)
    short = proposed(answers, nationality=nationality, entry_date=answers.get("entry_date"))
    for name in SOURCES:
        if name == "e_rural":
            value = filled.get("degurba") == 3 if filled.get("degurba") else None
        elif name in short:
            value = short[name]
        else:
            continue
        now, stored = answers.get(name), before.get(name)
        unanswered = now in (None, "")
        asked_anew = any(answers.get(source) != before.get(source) for source in SOURCES[name])
        # The nationality stands on another page: this one is proposed as long as it is open.
        open_fact = name == "e_third_country" and unanswered and stored is None
        if open_fact or (asked_anew and (unanswered or (now == stored and name != "e_third_country"))):
            filled[name] = value
    return filled


def work_class_of(status: str) -> str:
    """Return in words what a residence status usually means for work; a hint, no legal advice.

    Args:
        status: code of the list residence_status; an empty or unknown code means nothing.
    """
    found = entry_of("residence_status", status)
    return label("work_class", found.attributes["work_class"]) if found else ""
