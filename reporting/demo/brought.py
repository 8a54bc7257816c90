"""What people of the demo world brought along: languages, schooling, work, credentials, and a few open intakes."""

from datetime import date, timedelta
from random import Random

from participants.models import Participation
from participants.operations.background import add_entries, add_entry
from participants.operations.intake import begin_intake, finish_step
from reporting.demo.story import Story
from resque.accounts.models import User
from resque.clock import moved_to, today

OPERATION = "resque-2.0"  # of the predecessors only figures are known
FIRST_LANGUAGES = {
    "SYR": "ara", "IRQ": "ara", "LBY": "ara", "TUN": "ara", "AFG": "prs", "IRN": "pes", "ERI": "tir", "SOM": "som",
    "ETH": "amh", "RUS": "rus", "PAK": "urd", "XKX": "sqi", "ALB": "sqi", "SRB": "srp", "MKD": "sqi", "GEO": "kat",
    "UKR": "ukr", "NGA": "eng", "CMR": "fra", "GMB": "eng", "GIN": "fra",
}  # fmt: skip
GERMAN_AT_ENTRY = ("X0", "A1_1", "A1", "A1", "A2", "A2", "B1")
AFTER_A_COURSE = {"X0": "A1", "A1_1": "A1", "A1": "A2", "A2": "B1", "B1": "B2"}
OCCUPATIONS = (
    "Verkauf", "Schneiderei", "Elektrik", "Fahrdienst", "Küche", "Landwirtschaft", "Unterricht", "Friseurhandwerk",
    "Tischlerei", "Buchhaltung", "Bau", "Krankenpflege",
)  # fmt: skip
CREDENTIALS = (("Gesellenbrief", "NREGL"), ("Reifezeugnis", "SCHUL"), ("Diplom", "ZAB"), ("Führerschein C", ""))
COURSE = timedelta(days=150)


def note_background(story: Story, participation: Participation, worker: User) -> None:
    """Note on the day of the clock, the entry, what the person told; German once more after a course.

    The chance is one of its own, so that it changes nothing else in the world.
    """
    if participation.operation.code != OPERATION:
        return
    rng = Random(f"background of {story.name.family}, {story.name.given}, {story.first_contact}")
    who, home = {"by": worker, "participation": participation}, story.name.origin.nationality
    level = rng.choice(GERMAN_AT_ENTRY)
    _languages(rng, who, home, level)
    entries, born = {}, story.birth_date.year
    if education := story.entry.get("e_education"):
        years = 0 if education == "KEINE" else rng.randint(6, 12)
        entries["schooling"] = {"certificate": education, "country": home, "years": years}
    first = born + rng.randint(17, 20)
    if first < story.arrival.year and rng.random() < 0.6:
        entries["work"] = {
            "occupation": rng.choice(OCCUPATIONS), "kind": "employed", "country": home, "from_year": first,
            "until_year": min(first + rng.randint(1, 8), story.arrival.year),
        }  # fmt: skip
    if rng.random() < 0.25:
        title, route = rng.choice(CREDENTIALS)
        entries["credential"] = {"title": title, "route": route, "country": home, "paper": "copy"}
    add_entries(**who, entries=entries)


def _languages(rng: Random, who: dict, home: str, level: str) -> None:
    day = today()
    if home in FIRST_LANGUAGES:
        said = {"language": FIRST_LANGUAGES[home], "overall": "MUT", "evidence": "SELBST", "assessed_on": day}
        add_entry(**who, of="language", **said, literacy=rng.choice(("ZWEIT", "ZWEIT", "LAT", "FUNK")))
    add_entry(**who, of="language", language="deu", overall=level, evidence="BERAT", assessed_on=day)


def learn_german(story: Story, participation: Participation, worker: User, *, until: date) -> None:
    """Let a part of the people pass a course before the last day that is told."""
    rng = Random(f"course of {story.name.family}, {story.name.given}, {story.first_contact}")
    rows = participation.person.languages.filter(language="deu").values_list("overall", "assessed_on")
    for level, begun in rows[:1]:
        if rng.random() < 0.4 and begun + COURSE <= until:
            with moved_to(begun + COURSE):
                add_entry(
                    by=worker, participation=participation, of="language", language="deu",
                    overall=AFTER_A_COURSE[level], evidence="TEILN", assessed_on=today(),
                )  # fmt: skip


def leave_intake_open(story: Story, participation: Participation, worker: User) -> None:
    """Let the intake of somebody who has not entered yet wait in the middle, of one in three."""
    rng = Random(f"intake of {story.name.family}, {story.name.given}, {story.first_contact}")
    if story.entry or participation.operation.code != OPERATION or rng.random() > 1 / 3:
        return
    begin_intake(by=worker, participation=participation)
    for step in ("identity", "contact")[: rng.randint(1, 2)]:
        finish_step(by=worker, participation=participation, step=step)
