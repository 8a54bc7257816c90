"""Random people of a file, most of them on an edge: birthdays on the entry day, spells of exactly a year, month ends."""

import csv
import io
from datetime import date, timedelta
from random import Random

from participants.months import add_months

ENTRIES = (
    date(2015, 7, 1), date(2016, 2, 28), date(2016, 2, 29), date(2016, 8, 31), date(2016, 12, 31), date(2017, 1, 1),
    date(2017, 2, 28), date(2018, 8, 1), date(2018, 8, 2),
)  # fmt: skip
EXITS = (
    date(2016, 6, 30), date(2016, 8, 30), date(2016, 8, 31), date(2016, 12, 20), date(2016, 12, 31), date(2017, 1, 1),
    date(2017, 8, 31), date(2017, 12, 31), date(2018, 6, 30),
)  # fmt: skip
REFERENCE_DATES = (
    date(2015, 12, 31), date(2016, 6, 30), date(2016, 12, 31), date(2017, 2, 27), date(2017, 2, 28),
    date(2017, 6, 30), date(2018, 2, 28), date(2018, 12, 31),
)  # fmt: skip
STATUSES = ("unemployed", "inactive", "employed")
YES_NO = ("true", "false", "true", "false", "")
SPECIAL = ("true", "false", "refused", "")
QUESTIONS = (
    "e_in_edu", "hh_jobless", "hh_jobless_dep", "hh_single_dep", "e_homeless", "e_rural", "e_foreign_bg",
    "e_third_country",
)  # fmt: skip
EXIT_QUESTIONS = ("x_in_edu", "x_job_search", "x_qualified")


def people(seed: int, number: int) -> list[dict[str, str]]:
    """Return rows of an import file, as text by column."""
    rng = Random(seed)
    return [_person(rng, f"Z{place}") for place in range(number)]


def as_csv(rows: list[dict[str, str]]) -> bytes:
    """Return the rows as a file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _person(rng: Random, reference: str) -> dict[str, str]:
    entry = rng.choice(ENTRIES) if rng.random() < 0.7 else date(2015, 7, 1) + timedelta(days=rng.randrange(1300))
    row = {
        "reference": reference,
        "family_name": f"Muster {reference}",
        "entry_date": entry,
        "sex": rng.choice(("f", "f", "m", "m", "nb", "")),
        "birth_date": _born(rng, entry),
        "e_status": rng.choice((*STATUSES, *STATUSES, "")),
        "e_isced": rng.choice(("", *range(9))),
        **{name: rng.choice(YES_NO) for name in QUESTIONS},
        **{name: rng.choice(SPECIAL) for name in ("e_migrant", "e_disab", "e_other_dis", "e_minority")},
    }
    if row["e_status"] == "unemployed" and rng.random() < 0.9:
        row["e_unemp_since"] = _unemployed_since(rng, entry)
    if rng.random() < 0.6:
        row |= _left(rng)
    # A company apprentice is employed and in education at once.
    if row.get("x_status") == "employed" and rng.random() < 0.3:
        row["x_in_edu"] = "true"
    return {name: str(value) for name, value in row.items() if value is not None}


def _born(rng: Random, entry: date) -> date | None:
    """A birthday on the entry day or beside it, at the ages that divide classes."""
    if rng.random() < 0.05:
        return None
    age = rng.choice((15, 17, 18, 24, 25, 29, 30, 54, 55, 56))
    return add_months(entry, -12 * age) + timedelta(days=rng.choice((-1, 0, 1)))


def _unemployed_since(rng: Random, entry: date) -> date:
    """Exactly six or twelve months before the entry, a day more or less."""
    return add_months(entry, -rng.choice((6, 12))) + timedelta(days=rng.choice((-3, -1, 0, 1, 3)))


def _left(rng: Random) -> dict:
    left = rng.choice(EXITS)
    row = {"exit_date": left, "x_status": rng.choice((*STATUSES, ""))}
    row |= {name: rng.choice(YES_NO) for name in EXIT_QUESTIONS}
    row["x_observed"] = left + timedelta(days=rng.choice((0, 28)))
    if rng.random() < 0.6:
        row |= {"f_status": rng.choice((*STATUSES, "employed", "")), "f_improved": rng.choice(YES_NO)}
        row["f_refers_to"] = add_months(left, 6)
    return row
