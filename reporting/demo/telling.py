"""Drawing stories: chance, but believable over time."""

from datetime import date, timedelta
from random import Random

from participants.choices import ParticipationState as State
from participants.choices import ShareScope
from participants.months import add_months
from reporting.demo.names import draw_name
from reporting.demo.story import Era, PlannedOutcome, PlannedService, Story, Teams

TEAM_KINDS = {
    "daa": ("DAA-BER", "DAA-BER", "DAA-BT", "DAA-KF", "DAA-AS", "DAA-ANE", "DAA-BO", "DAA-VER", "DAA-SCH"),
    "caritas": ("CAR-SOZ", "CAR-SOZ", "CAR-BEG", "CAR-REG", "CAR-IND", "ALL-VW"),
}
OTHER = {"daa": "caritas", "caritas": "daa"}
SHARED = {"daa": 0.12, "caritas": 0.5}  # how often a partner shares a case
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
# Years from the first contact back to that of birth, the ends included; the few older ones stand in CO07 and CR08.
AGES, AGE_WEIGHTS = ((17, 24), (25, 54), (56, 63)), (30, 65, 5)
# How many services follow the first one.
FURTHER_SERVICES, FURTHER_WEIGHTS = (0, 3, 7, 12, 20), (10, 22, 34, 24, 10)
MOST_AFTER = 3  # services after a return
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
# Not everything is asked on the first day.
SMALL_TOWN = "14729050"  # counts as rural in this world
GAPS = ({"e_isced": None}, {"e_status": ""}, {"e_in_edu": None}, {"e_unemp_since": None})
TOPICS = ("apprenticeship", "job", "application", "recognition", "german", "school", "authorities", "housing")
NOTES = (
    "DEMO: Lebenslauf durchgesehen, Zeugnisse fehlen noch.",
    "DEMO: Termin bei der Arbeitsagentur vorbereitet.",
    "DEMO: Möchte zuerst den Sprachkurs beenden.",
    "DEMO: Kinderbetreuung ist ab Sommer gesichert.",
    "DEMO: Betrieb hat ein Praktikum angeboten.",
)
REASONS = ("ZIEL", "KURS", "UMZ_L", "WUNSCH", "UNTERG")


def tell(
    rng: Random,
    era: Era,
    today: date,
    *,
    teams: Teams,
    services: int | None = None,
    hurried: bool = False,
    may_return: bool = True,
    many_names: bool = False,
) -> Story:
    """Draw one story that ends before `today`.

    Args:
        rng: source of chance.
        era: when the person comes.
        today: the day of the demo.
        teams: how many colleagues there are.
        services: how many services are wanted; a person who came lately gets fewer. None: drawn.
        hurried: the wanted number comes about all the same, with less time between.
        may_return: whether the person may come back after the exit, for one to three further services.
        many_names: people hardly ever share a name.
    """
    last = min(era.last_day, today)
    story = _meet(rng, era, last, teams, many_names)
    wanted = 1 + rng.choices(FURTHER_SERVICES, weights=FURTHER_WEIGHTS)[0] if services is None else services
    _let_services_happen(rng, story, last, wanted, hurried)
    hours = sum(service.minutes for service in story.services if service.status == "attended") / 60
    if hours >= 6 or rng.random() < 0.15:
        _let_enter(rng, story, last, today, may_return)
    _let_be_moved(rng, story, last, today)
    if story.shared_with:
        _let_share_end(rng, story, last < today)
    return story


def _meet(rng: Random, era: Era, last: date, teams: Teams, many_names: bool) -> Story:
    sex = "f" if rng.random() < 0.27 else "m"
    contact = era.first_day + timedelta(days=int((last - era.first_day).days * rng.random() ** 1.2))
    youngest, oldest = rng.choices(AGES, weights=AGE_WEIGHTS)[0]
    born = date(contact.year - rng.randint(youngest, oldest), 1, 1)
    assumed = rng.random() < 0.22
    if not assumed:
        born = born.replace(month=rng.randint(1, 12), day=rng.randint(1, 28))
    partner = "caritas" if rng.random() < 0.38 else "daa"
    other = OTHER[partner]
    return Story(
        name=draw_name(rng, female=sex == "f", from_parts=many_names),
        operation=era.operation,
        partner=partner,
        colleague=rng.randrange(teams.size(partner)),
        other_colleague=rng.randrange(teams.size(other)),
        sex=sex,
        birth_date=born,
        birth_precision="assumed_0101" if assumed else rng.choice(("day", "day", "self")),
        arrival=contact - timedelta(days=rng.randint(60, 700)),
        first_contact=max(_weekday(contact), era.first_day),
        phone=f"0171 39200{rng.randint(0, 99):02}" if rng.random() < 0.6 else "",  # a range kept free for films
        shared_with=other if rng.random() < SHARED[partner] else "",
        share_scope=ShareScope.CONTACT if rng.random() < 0.6 else ShareScope.SERVICES,
    )


def _let_share_end(rng: Random, story: Story, is_over: bool) -> None:
    """End the share when it is of no use any more; it never outlives its operation."""
    if is_over or (story.later and rng.random() < 0.5):
        story.share_ended = story.later["exit_date"] if story.later else story.services[-1].day


def _weekday(day: date) -> date:
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day


def _let_services_happen(rng: Random, story: Story, last: date, wanted: int, hurried: bool) -> None:
    day = story.first_contact
    first = "DAA-EG" if story.partner == "daa" else "CAR-GEW"
    story.services.append(PlannedService(day, first, rng.choice((60, 90)), "attended"))
    for _ in range(wanted - 1):
        following = _weekday(day + timedelta(days=rng.randint(4, 34)))
        if following < last:
            day = following
        elif not hurried:
            break
        story.services.append(_service(rng, story, day))


def _service(rng: Random, story: Story, day: date) -> PlannedService:
    by_other = bool(story.shared_with) and rng.random() < 0.25
    kind = rng.choice(TEAM_KINDS[story.shared_with if by_other else story.partner])
    status = rng.choices(("attended", "no_show", "cancelled"), weights=(88, 7, 5))[0]
    return PlannedService(
        day=day,
        kind=kind,
        minutes=240 if kind == "DAA-BT" else rng.choice((30, 45, 45, 60, 90)),
        status=status,
        by_other=by_other,
        note=rng.choice(NOTES) if status == "attended" and rng.random() < 0.05 else "",
        topics=(rng.choice(TOPICS),) if rng.random() < 0.5 else (),
    )


def _let_enter(rng: Random, story: Story, last: date, today: date, may_return: bool) -> None:
    entered = story.services[min(len(story.services) - 1, rng.randint(0, 3))].day
    status = rng.choices(("unemployed", "inactive", "employed"), weights=(48, 40, 12))[0]
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
        "e_work_access": rng.choice(("free", "permit", "permit", "unknown")),
        "residence_status": rng.choice(story.name.origin.statuses),
        "accommodation": rng.choices(("GU", "DEZ", "EIGEN", "FAM", "NOTUNT"), weights=(40, 22, 25, 6, 7))[0],
        "municipality": rng.choices(("14713000", "14730070", SMALL_TOWN), weights=(85, 8, 7))[0],
        "contact_consent": rng.random() < 0.9,
    }
    story.entry |= {
        "e_homeless": story.entry["accommodation"] == "NOTUNT" and rng.random() < 0.4,
        "e_rural": story.entry["municipality"] == SMALL_TOWN,
        "e_foreign_bg": True,
        "e_third_country": True,
    }
    if rng.random() < 0.7:
        story.entry["art9_basis"] = "consent"
        story.special = {
            "e_migrant": "true",
            "e_disab": rng.choices(("false", "true", "refused"), weights=(88, 6, 6))[0],
            "e_other_dis": rng.choices(("false", "true", "refused"), weights=(80, 14, 6))[0],
            "e_minority": rng.choices(("false", "true", "refused"), weights=(90, 4, 6))[0],
        }
    if rng.random() < 0.13:
        story.entry |= rng.choice(GAPS)
    _let_outcomes_happen(rng, story, entered, last, today)
    _let_exit(rng, story, last, today, may_return)


def _let_outcomes_happen(rng: Random, story: Story, entered: date, last: date, today: date) -> None:
    for kind, share, months in OUTCOMES:
        start = add_months(entered, months) + timedelta(days=rng.randint(0, 90))
        # People who came recently had less time: the share holds for those whose day has come.
        if start < last and rng.random() < share * 1.25:
            evidence, noted = rng.choices(("stated", "document", "confirmed"), weights=(25, 55, 20))[0], start
            half_a_year = add_months(start, 6) + timedelta(days=rng.randint(0, 20))
            if half_a_year < last and rng.random() < 0.2:
                evidence, noted = "lasting", half_a_year
            story.outcomes.append(PlannedOutcome(noted, start, kind, evidence))
        elif last == today <= start < today + timedelta(days=60) and rng.random() < share:
            story.outcomes.append(PlannedOutcome(story.services[-1].day, start, kind, "stated", "planned"))


def _let_exit(rng: Random, story: Story, last: date, today: date, may_return: bool) -> None:
    is_over = last < today
    left = story.services[-1].day + timedelta(days=rng.randint(1, 20))
    if is_over:
        left = min(left, last)
    elif left >= today - timedelta(days=30) or rng.random() < 0.35:
        return
    begun = {outcome.kind for outcome in story.outcomes if outcome.state == "begun"}
    works = not begun.isdisjoint(("SVB_VZ", "SVB_TZ", "AUSB_B"))
    reason = "ARB" if works else rng.choice((*REASONS, "PROJENDE") if is_over else REASONS)
    if rng.random() < 0.04:
        reason = ""  # forgotten, as a rule of quality will say
    story.later = {"exit_date": left, "exit_reason": reason}
    if reason == "UNTERG" and rng.random() < 0.6:
        story.later |= {"x_unreachable": True}
    else:
        story.later |= {
            "x_status": "employed"
            if works or story.entry["e_status"] == "employed"
            else rng.choice(("unemployed", "inactive")),
            "x_in_edu": not begun.isdisjoint(("DEUTSCH", "AUSB_B", "VKA", "QUALI")),
            "x_job_search": not works and rng.random() < 0.4,
            "x_qualified": rng.random() < 0.1,
            "x_observed": left,
        }
    if may_return and not is_over and left < today - timedelta(days=60) and rng.random() < 0.1:
        _let_return(rng, story, today)
    elif add_months(left, 6) < today and rng.random() < 0.85:
        _let_be_asked_again(rng, story, add_months(left, 6))


def _let_be_moved(rng: Random, story: Story, last: date, today: date) -> None:
    """Let a colleague say of some that they pause, are looked after, are being recruited, or belong elsewhere."""
    chance, day = rng.random(), story.services[-1].day
    if not story.entry:
        state = State.REJECTED if chance < 0.08 else State.INITIATED if chance < 0.25 and last == today else ""
    elif story.later and not (story.follow_up or story.returns):
        day = story.later["exit_date"]
        state = State.AFTERCARE if story.later["exit_reason"] == "ARB" and chance < 0.5 and last == today else ""
    else:
        paused = not story.later and day < today - timedelta(days=75)
        day += timedelta(days=45)
        state = State.DORMANT if paused and chance < 0.4 else ""
    if state:
        story.moved = (day, state)


def _let_return(rng: Random, story: Story, today: date) -> None:
    story.returns = _weekday(story.later["exit_date"] + timedelta(days=rng.randint(20, 50)))
    day = story.returns
    for _ in range(rng.randint(1, MOST_AFTER)):
        if day < today:
            story.services.append(_service(rng, story, day))
        day = _weekday(day + timedelta(days=rng.randint(4, 20)))


def _let_be_asked_again(rng: Random, story: Story, day: date) -> None:
    story.follow_up = {"f_refers_to": day}
    if "x_status" not in story.later or rng.random() < 0.1:
        story.follow_up |= {"f_unreachable": True}
        return
    status = story.later["x_status"]
    if rng.random() < 0.35:
        status = rng.choice(("employed", "employed", "employed", "unemployed", "inactive"))
    improved = status == "employed" and story.entry["e_status"] == "employed" and rng.random() < 0.8
    story.follow_up |= {"f_status": status, "f_improved": improved}
