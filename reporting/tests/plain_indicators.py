"""The indicators once more, in plain Python over the rows of a file: written from the domain reference 1.6 and 2.5.

Nothing here knows of a database, and nothing of the catalogue.
"""

from datetime import date

STATUSES = ("unemployed", "inactive", "employed")
HOUSEHOLD_QUESTIONS_ENDED = date(2018, 8, 2)
DAYS = ("entry_date", "birth_date", "e_unemp_since", "exit_date")


class Record(dict):
    """The answers of one row: dates, numbers, True, False, "refused", None for what was not asked."""

    __getattr__ = dict.get

    @classmethod
    def of(cls, row: dict[str, str]) -> "Record":
        return cls({name: _value(name, text) for name, text in row.items()})


def _value(name: str, text: str):
    if not text:
        return None
    if name in DAYS:
        return date.fromisoformat(text)
    if name == "e_isced":
        return int(text)
    return {"true": True, "false": False}.get(text, text)


def months_later(day: date, months: int) -> date:
    """The same day, or the last one of a shorter month: tried from the wished day downwards."""
    index = day.year * 12 + day.month - 1 + months
    for number in (day.day, 30, 29, 28):
        try:
            return date(index // 12, index % 12 + 1, min(number, day.day))
        except ValueError:
            continue
    raise AssertionError(day)


def age_at_entry(r: Record) -> int:
    """Birthdays lived until the entry, counted one by one."""
    years = 0
    while (r.birth_date.year + years + 1, r.birth_date.month, r.birth_date.day) <= (
        r.entry_date.year, r.entry_date.month, r.entry_date.day,
    ):  # fmt: skip
        years += 1
    return years


def is_complete(r: Record, rules: str, *, household: bool) -> bool:
    """Whether the record counts under the rules of a funding period."""
    asked = household and r.entry_date < HOUSEHOLD_QUESTIONS_ENDED
    return bool(
        r.entry_date
        and r.sex in (("f", "m", "nb") if rules == "2021" else ("f", "m"))
        and r.birth_date
        and r.e_status in STATUSES
        and r.e_isced in range(9)
        and (r.e_status != "unemployed" or r.e_unemp_since)
        and (rules == "2021" or r.e_status != "inactive" or r.e_in_edu is not None)
        and (not asked or None not in (r.hh_jobless, r.hh_jobless_dep, r.hh_single_dep))
    )


def true_of(r: Record) -> dict[str, bool]:
    """Return every code with whether the record has it, whenever that is reported."""
    age, isced = age_at_entry(r), r.e_isced
    unemployed, inactive, employed = (r.e_status == status for status in STATUSES)
    long_term = unemployed and months_later(r.e_unemp_since, 6 if age < 25 else 12) < r.entry_date
    idle = inactive and r.e_in_edu is False
    disadvantaged = r.e_migrant is True or r.e_disab is True or r.e_other_dis is True
    looking = inactive and r.x_job_search is True and r.x_status != "employed"
    learning = r.e_in_edu is False and r.x_in_edu is True
    qualified = r.x_qualified is True
    working = (unemployed or inactive) and r.x_status == "employed"
    later = (unemployed or inactive) and r.f_status == "employed"
    better = employed and r.f_improved is True
    return {
        "CO01": unemployed, "CO02": long_term, "CO03": inactive, "CO04": idle, "CO05": employed,
        "CO06": age < 25, "CO07": age > 54, "CO08": age > 54 and (unemployed or idle),
        "CO09": isced in (1, 2), "CO10": isced in (3, 4), "CO11": isced in (5, 6, 7, 8),
        "CO12": r.hh_jobless is True, "CO13": r.hh_jobless_dep is True, "CO14": r.hh_single_dep is True,
        "CO15": r.e_migrant is True, "CO16": r.e_disab is True, "CO17": r.e_other_dis is True,
        "CO18": r.e_homeless is True, "CO19": r.e_rural is True,
        "CR01": looking, "CR02": learning, "CR03": qualified, "CR04": working,
        "CR05": disadvantaged and (looking or learning or qualified or working),
        "CR06": later, "CR07": better, "CR08": age > 54 and later, "CR09": disadvantaged and later,
        "EECO01": unemployed or inactive or employed, "EECO02": unemployed, "EECO03": long_term, "EECO04": inactive,
        "EECO05": employed, "EECO06": age < 18, "EECO07": 18 <= age <= 29, "EECO08": age >= 55,
        "EECO09": isced in (0, 1, 2), "EECO10": isced in (3, 4), "EECO11": isced in (5, 6, 7, 8),
        "EECO12": r.e_disab is True, "EECO13": r.e_third_country is True, "EECO14": r.e_foreign_bg is True,
        "EECO15": r.e_minority is True, "EECO16": r.e_homeless is True, "EECO17": r.e_rural is True,
        "EECR01": looking, "EECR02": learning, "EECR03": qualified, "EECR04": working, "EECR05": later,
        "EECR06": better,
    }  # fmt: skip


def reported_on(r: Record, code: str) -> date | None:
    """The day whose period a code belongs to; None: never, without an exit."""
    if "CO" in code:
        return r.entry_date
    if r.exit_date is None:
        return None
    return months_later(r.exit_date, 6) if code in ("CR06", "CR07", "CR08", "CR09", "EECR05", "EECR06") else r.exit_date


def counted(records: list[Record], rules: str, until: date, *, household: bool) -> dict[str, dict[str, int]]:
    """Return persons by code and sex up to a reference date."""
    prefix = "EEC" if rules == "2021" else "C"
    numbers: dict[str, dict[str, int]] = {}
    for r in (one for one in records if is_complete(one, rules, household=household)):
        for code, holds in true_of(r).items():
            if code.startswith("EEC") != (prefix == "EEC"):
                continue
            row = numbers.setdefault(code, {"m": 0, "f": 0, "nb": 0})
            day = reported_on(r, code)
            row[r.sex] += bool(holds and day and day <= until)
    return numbers


def summary(records: list[Record], rules: str, until: date, *, household: bool) -> dict:
    """Return complete, grand total, exited and the references in stock up to a reference date."""
    complete = [one for one in records if is_complete(one, rules, household=household)]
    return {
        "complete": sum(one.entry_date <= until for one in complete),
        "grand_total": sum(one.entry_date <= until for one in records),
        "exited": sum(bool(one.exit_date and one.exit_date <= until) for one in complete),
        "stock": sorted(
            one.reference for one in complete
            if one.entry_date <= until and (one.exit_date is None or one.exit_date > until)
        ),
    }  # fmt: skip
