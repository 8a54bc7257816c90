"""What could have happened to one invented person until the day of the demo: drawn, but believable over time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from participants.months import add_months
from reporting.demo.names import InventedName, draw_name


@dataclass(frozen=True)
class Era:
    """The time of one operation as far as the demo knows it.

    Attributes:
        operation: its code.
        first_day: from which people come.
        last_day: until which something happens; before the demo day the operation is over and everybody has left.
        share: of all people, where several operations are told of.
    """

    operation: str
    first_day: date
    last_day: date
    share: float = 1.0


@dataclass(frozen=True)
class Teams:
    """How many colleagues each partner has, by its code."""

    daa: int = 2
    caritas: int = 2

    def size(self, partner: str) -> int:
        """Return how many colleagues a partner has."""
        return getattr(self, partner)


TWO_EACH = Teams()
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
FURTHER_SERVICES, FURTHER_WEIGHTS = (0, 3, 7, 12, 20), (10, 22, 34, 24, 10)
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
    companions: tuple[int, ...] = ()  # who else came: positions in the chapter


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
    operation: str
    partner: str
    colleague: int
    sex: str
    birth_date: date
    birth_precision: str
    arrival: date
    first_contact: date
    shared_with: str  # code of the partner, "" for nobody
    entry: dict | None = None
    special: dict | None = None
    services: list[PlannedService] = field(default_factory=list)
    outcomes: list[PlannedOutcome] = field(default_factory=list)
    later: dict = field(default_factory=dict)
    follow_up: dict = field(default_factory=dict)

    def steps(self) -> Iterator[tuple[date, dict]]:
        """Yield the answers of entry, exit and follow-up that there are, each with the day on which it is given."""
        for answers, day in ((self.entry, "entry_date"), (self.later, "exit_date"), (self.follow_up, "f_refers_to")):
            if answers:
                yield answers[day], answers


def tell(
    rng: Random, era: Era, today: date, *, teams: Teams = TWO_EACH, services: int | None = None, hurried: bool = False
) -> Story:
    """Draw one story that ends before `today`.

    Args:
        rng: source of chance.
        era: when the person comes.
        today: the day of the demo.
        teams: how many colleagues there are.
        services: how many services are wanted; a person who came lately gets fewer. None: drawn.
        hurried: the wanted number comes about all the same, with less time between.
    """
    last = min(era.last_day, today)
    sex = "f" if rng.random() < 0.27 else "m"
    born = date(rng.randint(1962, 1999), 1, 1)
    assumed = rng.random() < 0.22
    if not assumed:
        born = born.replace(month=rng.randint(1, 12), day=rng.randint(1, 28))
    contact = era.first_day + timedelta(days=int((last - era.first_day).days * rng.random() ** 0.8))
    partner = "caritas" if rng.random() < 0.38 else "daa"
    story = Story(
        name=draw_name(rng, female=sex == "f"),
        operation=era.operation,
        partner=partner,
        colleague=rng.randrange(teams.size(partner)),
        sex=sex,
        birth_date=born,
        birth_precision="assumed_0101" if assumed else rng.choice(("day", "day", "self")),
        arrival=contact - timedelta(days=rng.randint(60, 700)),
        first_contact=max(_weekday(contact, last), era.first_day),
        shared_with="daa" if partner == "caritas" and rng.random() < 0.5 else "",
    )
    _let_services_happen(rng, story, last, services, hurried)
    hours = sum(service.minutes for service in story.services if service.status == "attended") / 60
    if hours >= 6 or rng.random() < 0.15:
        _let_enter(rng, story, last, today)
    return story


def _weekday(day: date, today: date) -> date:
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return min(day, today)


def _let_services_happen(rng: Random, story: Story, last: date, wanted: int | None, hurried: bool) -> None:
    day = story.first_contact
    first = "DAA-EG" if story.partner == "daa" else "CAR-GEW"
    story.services.append(PlannedService(day, first, rng.choice((60, 90)), "attended"))
    further = rng.choices(FURTHER_SERVICES, weights=FURTHER_WEIGHTS)[0] if wanted is None else wanted - 1
    for _ in range(further):
        day = _weekday(day + timedelta(days=rng.randint(4, 34)), last)
        if day >= last:
            if not hurried:
                break
            day = story.services[-1].day
        kind = rng.choice(TEAM_KINDS[story.partner])
        minutes = 240 if kind == "DAA-BT" else rng.choice((30, 45, 45, 60, 90))
        status = rng.choices(("attended", "no_show", "cancelled"), weights=(88, 7, 5))[0]
        story.services.append(PlannedService(day, kind, minutes, status))


def _let_enter(rng: Random, story: Story, last: date, today: date) -> None:
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
        story.entry |= rng.choice(({"e_isced": None}, {"e_status": ""}, {"e_in_edu": None}, {"e_unemp_since": None}))
    _let_outcomes_happen(rng, story, entered, last)
    _let_exit(rng, story, last, today)


def _let_outcomes_happen(rng: Random, story: Story, entered: date, last: date) -> None:
    for kind, share, months in OUTCOMES:
        start = add_months(entered, months) + timedelta(days=rng.randint(0, 90))
        # People who came recently had less time: the share holds for those whose day has come.
        if start < last and rng.random() < share * 1.25:
            evidence = rng.choices(("stated", "document", "confirmed"), weights=(25, 55, 20))[0]
            story.outcomes.append(PlannedOutcome(start, kind, evidence))


def _let_exit(rng: Random, story: Story, last: date, today: date) -> None:
    left = max(service.day for service in story.services) + timedelta(days=rng.randint(1, 20))
    if last < today:
        left = min(left, last)  # the operation is over
    elif left >= today - timedelta(days=30) or rng.random() < 0.45:
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
        story.follow_up = {"f_status": story.later["x_status"], "f_refers_to": add_months(left, 6)}
