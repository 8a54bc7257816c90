"""Visits, trainings and meetings of the demo: what the partners do without a participant's record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from participants.models import Operation, Participation
from participants.operations.grants import change_operation
from reporting.demo.chapters import SEED
from resque.accounts.models import User
from resque.clock import moved_to
from resque.context.acting import acting_as
from services.choices import OccasionState, OrganisationKind, SizeClass
from services.models import Organisation
from services.operations.checking_events import Heads
from services.operations.events import Part, record_event
from services.operations.organisations import register_organisation
from services.operations.outreach import record_outreach
from services.operations.recording import Taking

SINCE, AHEAD = date(2015, 9, 7), timedelta(days=75)
PLACES = (
    ("DEMO GU Musterstraße", "GU"),
    ("DEMO GU Beispielweg", "GU"),
    ("DEMO Notunterkunft Musterhalle", "NOTUNT"),
    ("DEMO Wohnprojekt Am Beispielplatz", "DEZ"),
)
LANGUAGES = ("ara", "prs", "tir", "som", "kmr", "eng")
RUNS, SUPPORTED_PROJECTS = "resque-2.0", {"CO20": 1, "CO21": 0, "CO22": 1}
EMPLOYER, OFFICE = OrganisationKind.EMPLOYER, OrganisationKind.ADMINISTRATION
ORGANISATIONS = (
    ("DEMO Tischlerei Muster GmbH", EMPLOYER, SizeClass.MICRO),
    ("DEMO Pflegedienst Beispiel GmbH", EMPLOYER, SizeClass.SMALL),
    ("DEMO Bäckerei Muster KG", EMPLOYER, SizeClass.SMALL),
    ("DEMO Logistik Beispiel AG", EMPLOYER, SizeClass.LARGE),
    ("DEMO Elektro Muster GmbH", EMPLOYER, SizeClass.MEDIUM),
    ("DEMO Hotel Beispielhof", EMPLOYER, SizeClass.SMALL),
    ("DEMO Jobcenter Musterstadt", OFFICE, SizeClass.UNKNOWN),
    ("DEMO Ausländerbehörde Musterstadt", OFFICE, SizeClass.UNKNOWN),
    ("DEMO Sozialamt Musterstadt", OFFICE, SizeClass.UNKNOWN),
    ("DEMO Berufsschule Beispiel", OrganisationKind.SCHOOL, SizeClass.UNKNOWN),
    ("DEMO Kammer Musterstadt", OrganisationKind.SOCIAL_PARTNER, SizeClass.UNKNOWN),
    ("DEMO Willkommensverein Beispiel e. V.", OrganisationKind.NGO, SizeClass.UNKNOWN),
)


@dataclass(frozen=True)
class Series:
    """Events of one kind that come again and again.

    Attributes:
        account: who records them.
        kind, title, minutes, format, topics: as they are recorded.
        every: days from one to the next.
        audiences: codes, and how many people come at most.
        with_organisations: kind of the organisations that take part, "" for none.
    """

    account: str
    kind: str
    title: str
    every: int
    minutes: int
    audiences: tuple[tuple[str, int], ...] = ()
    format: str = ""
    topics: tuple[str, ...] = ()
    with_organisations: str = ""


SERIES = (
    Series("stadt", "STL-MPS", "Aufenthaltsrecht für Multiplikatoren", 28, 180, (("KOM", 14), ("MIG", 12)), "HALB", ("AR",)),
    Series("stadt", "STL-SEN", "Interkulturelle Kompetenz in Ämtern", 49, 120, (("KOM", 18), ("GRU", 9)), "INH", ("IK",), OFFICE),
    Series("stadt", "STL-AEM", "Ämterrunde Arbeit und Integration", 63, 90, (("KOM", 8), ("ABH", 4)), "RT", ("FOE",), OFFICE),
    Series("stadt", "STL-KOO", "Regionaltreffen", 91, 120, (("LRA", 6), ("KAM", 3)), "RT", ("SON",)),
    Series("stadt", "STL-REG", "Wege in die Regelangebote", 98, 120, (("BIL", 11), ("SCH", 6)), "FACH", ("SPR",)),
    Series("daa", "NET-UNT", "Geflüchtete einstellen", 35, 90, (("AG", 10),), "BETR", ("AUS", "ARS"), EMPLOYER),
    Series("daa2", "NET-ARV", "Wege der Anerkennung", 77, 60, (("BA", 9), ("GRU", 8)), "KURZ", ("ANE",), OFFICE),
    Series("caritas", "NET-VER", "Lebenslagen in Unterkünften", 84, 90, (("UNT", 12), ("GES", 4)), "INH", ("LB", "TRA")),
    Series("koordination", "AWL-NET", "Netzwerktreffen der Region", 70, 150, (("KAM", 4), ("BA", 5), ("BIL", 7)), "RT", ("SON",)),
    Series("koordination", "AWL-KOO", "Verbundtreffen", 28, 120),
    Series("koordination", "AWL-BER", "Halbjahresbericht", 182, 240),
)  # fmt: skip


def let_occasions_happen(today: date) -> None:
    """Record organisations, events until `today` and those that are planned after it, visits and short contacts."""
    rng = Random(SEED)
    accounts = {user.username: user for user in User.objects.filter(username__in=_accounts())}
    coordinator = accounts["koordination"]
    with acting_as(coordinator):
        operation = Operation.objects.get(code=RUNS)
        change_operation(by=coordinator, operation=operation, version=None, entities=SUPPORTED_PROJECTS)
        register = [_register(accounts["koordination"], *one) for one in ORGANISATIONS]
    for series in SERIES:
        with acting_as(accounts[series.account]):
            for number, day in enumerate(_days(rng, series.every, today + AHEAD)):
                _let_event_happen(rng, accounts[series.account], series, number, day, today, register)
    for name in ("caritas", "caritas2"):
        with acting_as(accounts[name]):
            _let_visits_happen(rng, accounts[name], today)
    for name in ("caritas", "daa"):
        with acting_as(accounts[name]):
            for day in _days(rng, 14, today):
                _let_short_contact_happen(rng, accounts[name], day)


def _accounts() -> set[str]:
    return {series.account for series in SERIES} | {"caritas2"}


def _register(by: User, name: str, kind: str, size: str) -> Organisation:
    with moved_to(SINCE):
        return register_organisation(by=by, name=name, town="Musterstadt", kind=kind, size=size)


def _days(rng: Random, every: int, until: date) -> Iterator[date]:
    """Yield working days that lie about so many days apart."""
    day = SINCE + timedelta(days=rng.randrange(every))
    while day < until:
        yield day if day.weekday() < 5 else day - timedelta(days=2)
        day += timedelta(days=max(1, every + rng.randint(-3, 3)))


def _let_event_happen(
    rng: Random, by: User, series: Series, number: int, day: date, today: date, register: list[Organisation]
) -> None:
    state = OccasionState.HELD if day <= today else OccasionState.PLANNED
    if number % 9 == 7:
        state = OccasionState.CANCELLED
    audiences = []
    for kind, most in series.audiences:
        actual = rng.randint(most // 3, most)
        audiences.append(Heads(kind, most, actual if state == OccasionState.HELD else None))
    fitting = [one for one in register if one.kind == series.with_organisations]
    supported = series.with_organisations in (EMPLOYER, OFFICE)
    parts = [Part(one, supported=supported) for one in rng.sample(fitting, min(2, len(fitting)))]
    with moved_to(min(day, today)):
        record_event(
            by=by, kind=series.kind, day=day, minutes=series.minutes, state=state, audiences=audiences,
            organisations=parts, format=series.format, topics=series.topics, title=series.title,
            estimated=state == OccasionState.HELD and rng.random() < 0.2,
        )  # fmt: skip


def _let_visits_happen(rng: Random, by: User, today: date) -> None:
    cases = Participation.objects.filter(partner=by.partner, operation__code=RUNS).order_by("pk")
    known = list(cases[:200])
    for number, day in enumerate(_days(rng, 14, today)):
        place, accommodation = rng.choice(PLACES)
        met = [case for case in rng.sample(known, min(3, len(known))) if case.created_on <= day]
        with moved_to(day):
            record_outreach(
                by=by, kind="CAR-INF" if number % 4 == 3 else "CAR-AUF", day=day, minutes=rng.choice((90, 120, 150)),
                place=place, participants=[Taking(case, minutes=rng.choice((15, 30))) for case in met],
                women=rng.randint(0, 7), men=rng.randint(2, 14), unknown=rng.choice((0, 0, 1, 4)),
                languages=sorted(rng.sample(LANGUAGES, rng.randint(1, 3))), accommodation=accommodation,
                travel_minutes=rng.choice((20, 40)), interpreter=rng.choice(("SPM", "TEL", "MA")),
                topics=("housing", "german"),
            )  # fmt: skip


def _let_short_contact_happen(rng: Random, by: User, day: date) -> None:
    with moved_to(day):
        record_outreach(
            by=by, kind="ALL-KK", day=day, minutes=rng.choice((10, 15, 20)), women=rng.randint(0, 1),
            men=rng.randint(1, 2), languages=[rng.choice(LANGUAGES)], topics=["authorities"],
        )  # fmt: skip
