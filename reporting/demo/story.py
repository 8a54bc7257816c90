"""What could have happened to one invented person until the day of the demo: drawn, but believable over time."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from participants.months import add_months
from reporting.demo.names import InventedName, draw_name

FIRST_DAY = date(2015, 9, 1)
TEAM_KINDS = {
    "daa": ("DAA-BER", "DAA-BER", "DAA-BT", "DAA-KF", "DAA-AS", "DAA-ANE", "DAA-BO", "DAA-VER", "DAA-SCH"),
    "caritas": ("CAR-SOZ", "CAR-SOZ", "CAR-BEG", "CAR-REG", "CAR-IND", "ALL-VW"),
}
OUTCOMES = (
    # kind, share of participants, earliest months after entry; half in German courses, a fifth in work, 15 % qualified
    ("DEUTSCH", 0.50, 1),
    ("SVB_VZ", 0.11, 5),
    ("SVB_TZ", 0.05, 4),
    ("MJ", 0.04, 3),
    ("QUALI", 0.11, 3),
    ("AKTIV", 0.04, 2),
    ("AUSB_B", 0.06, 6),
    ("VKA", 0.03, 2),
)
DETAIL = {
    "unemployed": ("ALO", "ALO", "ALO_MJ"),
    "inactive": ("WARTEF", "SPRACHK", "FAM", "AGH"),
    "employed": ("MJ", "SVB"),
}
EDUCATION = (
    ("KEINE", 0),
    ("GRUND", 1),
    ("HSA", 2),
    ("RSA", 2),
    ("ABI", 3),
    ("SEK2", 3),
    ("DUAL", 3),
    ("BA", 6),
    ("MA", 7),
)


@dataclass(frozen=True)
class PlannedService:
    """A service on a day."""

    day: date
    kind: str
    minutes: int
    status: str
    topic: str = ""


@dataclass(frozen=True)
class PlannedOutcome:
    """An outcome with the strength of its evidence."""

    start: date
    kind: str
    evidence: str


@dataclass
class Story:
    """The plan of one person."""

    name: InventedName
    partner: str
    colleague: int
    sex: str
    birth_date: date
    birth_precision: str
    arrival: date
    first_contact: date
    share_with_daa: bool
    entry: dict | None = None
    special: dict | None = None
    services: list[PlannedService] = field(default_factory=list)
    outcomes: list[PlannedOutcome] = field(default_factory=list)
    later: dict = field(default_factory=dict)


def tell(rng: Random, today: date) -> Story:
    """Draw one story that ends before `today`."""
    sex = "f" if rng.random() < 0.27 else "m"
    born = date(rng.randint(1962, 1999), 1, 1)
    assumed = rng.random() < 0.22
    if not assumed:
        born = born.replace(month=rng.randint(1, 12), day=rng.randint(1, 28))
    contact = FIRST_DAY + timedelta(days=int((today - FIRST_DAY).days * rng.random() ** 0.8))
    partner = "caritas" if rng.random() < 0.38 else "daa"
    story = Story(
        name=draw_name(rng, female=sex == "f"),
        partner=partner,
        colleague=rng.randint(0, 1),
        sex=sex,
        birth_date=born,
        birth_precision="assumed_0101" if assumed else rng.choice(("day", "day", "self")),
        arrival=contact - timedelta(days=rng.randint(60, 700)),
        first_contact=_weekday(contact, today),
        share_with_daa=partner == "caritas" and rng.random() < 0.5,
    )
    _let_services_happen(rng, story, today)
    hours = sum(service.minutes for service in story.services if service.status == "attended") / 60
    if hours >= 6 or rng.random() < 0.15:
        _let_enter(rng, story, today)
    return story


def _weekday(day: date, today: date) -> date:
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return min(day, today)


def _let_services_happen(rng: Random, story: Story, today: date) -> None:
    day = story.first_contact
    first = "DAA-EG" if story.partner == "daa" else "CAR-GEW"
    story.services.append(PlannedService(day, first, rng.choice((60, 90)), "attended"))
    for _ in range(rng.choices((0, 3, 7, 12, 20), weights=(10, 22, 34, 24, 10))[0]):
        day = _weekday(day + timedelta(days=rng.randint(4, 34)), today)
        if day >= today:
            break
        kind = rng.choice(TEAM_KINDS[story.partner])
        minutes = 240 if kind == "DAA-BT" else rng.choice((30, 45, 45, 60, 90))
        status = rng.choices(("attended", "no_show", "cancelled"), weights=(88, 7, 5))[0]
        story.services.append(PlannedService(day, kind, minutes, status))


def _let_enter(rng: Random, story: Story, today: date) -> None:
    entered = story.services[min(len(story.services) - 1, rng.randint(0, 3))].day
    status = rng.choices(("unemployed", "inactive", "employed"), weights=(52, 42, 6))[0]
    education, isced = rng.choices(EDUCATION, weights=(8, 9, 18, 10, 20, 10, 10, 10, 5))[0]
    story.entry = {
        "entry_date": entered,
        "entry_form_on": entered,
        "e_status": status,
        "e_status_detail": rng.choice(DETAIL[status]),
        "e_unemp_since": entered - timedelta(days=rng.randint(20, 700)) if status == "unemployed" else None,
        "e_in_edu": rng.random() < 0.2 if status == "inactive" else False,
        "e_education": education,
        "e_isced": isced,
        "e_rural": False,
        "e_work_access": rng.choice(("free", "permit", "permit", "unknown")),
        "residence_status": rng.choice(story.name.origin.statuses),
        "accommodation": rng.choices(("GU", "DEZ", "EIGEN", "FAM", "NOTUNT"), weights=(40, 22, 25, 6, 7))[0],
        "municipality": rng.choices(("14713000", "14730070", "14729050"), weights=(85, 8, 7))[0],
        "contact_consent": rng.random() < 0.9,
    }
    if rng.random() < 0.7:
        story.entry["art9_basis"] = "consent"
        story.special = {
            "e_migrant": "true",
            "e_disab": rng.choices(("false", "true", "refused"), weights=(88, 6, 6))[0],
            "e_other_dis": rng.choices(("false", "true", "refused"), weights=(80, 14, 6))[0],
        }
    if rng.random() < 0.13:  # not everything is asked on the first day
        story.entry[rng.choice(("e_isced", "e_status", "e_in_edu", "e_unemp_since"))] = None
    _let_outcomes_happen(rng, story, entered, today)
    _let_exit(rng, story, entered, today)


def _let_outcomes_happen(rng: Random, story: Story, entered: date, today: date) -> None:
    for kind, share, months in OUTCOMES:
        start = add_months(entered, months) + timedelta(days=rng.randint(0, 90))
        # People who came recently had less time: the share holds for those whose day has come.
        if start < today and rng.random() < share * 1.25:
            evidence = rng.choices(("stated", "document", "confirmed"), weights=(25, 55, 20))[0]
            story.outcomes.append(PlannedOutcome(start, kind, evidence))


def _let_exit(rng: Random, story: Story, entered: date, today: date) -> None:
    last = max(service.day for service in story.services)
    left = last + timedelta(days=rng.randint(1, 20))
    if left >= today - timedelta(days=30) or rng.random() < 0.45:
        return
    work = [outcome for outcome in story.outcomes if outcome.kind in ("SVB_VZ", "SVB_TZ", "AUSB_B")]
    story.later = {
        "exit_date": left,
        "exit_reason": "ARB" if work else rng.choice(("ZIEL", "KURS", "UMZ_L", "WUNSCH", "UNTERG")),
        "x_status": "employed" if work else rng.choice(("unemployed", "inactive")),
        "x_in_edu": any(outcome.kind in ("DEUTSCH", "AUSB_B", "VKA", "QUALI") for outcome in story.outcomes),
        "x_job_search": not work and rng.random() < 0.4,
        "x_qualified": rng.random() < 0.1,
        "x_observed": left,
    }
    if add_months(left, 6) < today and rng.random() < 0.7:
        story.later |= {"f_status": story.later["x_status"], "f_refers_to": add_months(left, 6)}
