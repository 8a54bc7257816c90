"""What stands on the sheet "Mein Weg": what somebody reached, took part in and has ahead, as far as it is recorded.

Words in the participant's language stand in participants/sheets/texts; here are groups of offers and outcomes, because
no list of offers exists in ten languages. The German side names each as it is recorded.
"""

from django.db.models import Count, Max, Min
from django.utils import translation

from participants.choices import NO_CONTACT_REASONS
from participants.languages import language_name_in
from participants.models import Credential, Participation
from participants.months import follow_up_day
from participants.queries import Circumstances, circumstances_of
from participants.queries.background import languages_of
from participants.queries.language_path import Known, LanguagePath, language_paths
from participants.sheets.printing import printable
from resque.clock import today
from resque.ui.tags.numbers import day as written
from services.catalogue import kind_of
from services.choices import OutcomeState
from services.models import Attendance, Outcome

# Group of words by offer; every offer with people has one.
SERVICES = {
    "DAA-BER": "counselling", "DAA-EG": "counselling", "DAA-USB": "counselling", "DAA-SCH": "counselling",
    "CAR-REG": "counselling", "ALL-VW": "counselling", "DAA-KF": "skills", "DAA-BOT": "skills",
    "DAA-BO": "orientation", "DAA-BT": "application", "DAA-PC": "computer", "DAA-AS": "search", "DAA-VER": "search",
    "DAA-VDK": "search", "DAA-VAR": "search", "DAA-VQU": "search", "DAA-ANE": "recognition", "DAA-NB": "support",
    "CAR-GEW": "support", "CAR-SOZ": "support", "CAR-IND": "support", "CAR-BEG": "authorities",
    "CAR-INF": "information",
}  # fmt: skip
# Group of words by outcome; being registered as looking for work and "no change" are nothing that somebody reached.
OUTCOMES = {
    "SVB_VZ": "work", "SVB_TZ": "work", "SVB_BEFR": "work", "LEIH": "work", "MJ": "work", "SELBST": "work",
    "AUSB_B": "training", "AUSB_S": "training", "AUSB_UE": "training", "EQ": "training", "STUD": "study",
    "SCHULE": "school", "VKA": "school", "SCHULABS": "school", "DEUTSCH": "german", "QUALI": "course",
    "AKTIV": "course", "FIM": "course", "PRAK": "practice", "AGH": "practice", "FSJ": "voluntary",
}  # fmt: skip
COURSE = "TEILN"  # code list language_evidence: somebody came to a course, and nobody looked what was learned
BESIDE = " · "


def my_way(participation: Participation, user, *, tag: str) -> dict:
    """Return what the sheet tells, in words that stand in both columns; days as they are written in Germany.

    Args:
        participation: loaded through the door, with its name: who may not see that prints nothing.
        user: the reader; only what `user` may see is told.
        tag: language tag of the participant's column, for names of languages.
    """
    around = circumstances_of(participation, user)
    with translation.override("de"):
        outcomes = list(Outcome.objects.visible_to(user).filter(participation=participation, kind__in=OUTCOMES))
        paths = language_paths(languages_of(participation, user))
        return {
            "today": written(today()),
            "contact": _contact(participation),
            "steps": _steps(around),
            "planned": [_outcome(row) for row in sorted(outcomes, key=lambda row: row.start) if _is_ahead(row)],
            "reached": [_outcome(row) for row in sorted(outcomes, key=lambda row: row.start) if _is_reached(row)],
            "certificates": [*_language_certificates(paths), *_credentials(participation, user)],
            "languages": [_language(path, tag) for path in paths],
            "attended": _attended(participation, user),
        }


def _contact(participation: Participation) -> dict[str, str]:
    """Who accompanies the person, and the telephone of the team: a sheet outlives the day somebody is at the desk."""
    referent, partner = participation.referent, participation.partner
    who = referent.get_full_name() if referent and referent.is_active else ""
    return {
        "who": printable(", ".join(filter(None, (who, partner.name)))).replace("e. V.", "e.\u00a0V."),
        "phone": printable(partner.phone),
    }


def _steps(around: Circumstances) -> list[dict[str, str]]:
    p, steps = around.participation, []
    papers = around.status_now.printed_until if around.status_now else None
    if papers and papers >= today() and not p.exit_date:
        steps.append(("papers", papers))
    open_question = not p.f_status and not p.f_unreachable and p.exit_reason not in NO_CONTACT_REASONS
    if p.exit_date and open_question and around.contact_consent and follow_up_day(p.exit_date) >= today():
        steps.append(("followup", follow_up_day(p.exit_date)))
    return [{"key": key, "day": written(day)} for key, day in steps]


def _is_ahead(row: Outcome) -> bool:
    return row.state == OutcomeState.PLANNED and row.start >= today()


def _is_reached(row: Outcome) -> bool:
    return row.state == OutcomeState.BEGUN and row.start <= today()


def _outcome(row: Outcome) -> dict[str, str]:
    days = f"{written(row.start)} – {written(row.end)}" if row.end else written(row.start)
    facts = BESIDE.join(filter(None, (days, printable(row.employer))))
    return {"group": OUTCOMES[row.kind], "german": row.label, "facts": facts}


def _language_certificates(paths: list[LanguagePath]) -> list[str]:
    rows = [(row.assessed_on, row, path) for path in paths for row in path.rows if row.exam]
    return [
        BESIDE.join((f"{path.name} {row.overall}", printable(row.get_exam_display()), written(day)))
        for day, row, path in sorted(rows, key=lambda found: found[0])
    ]


def _credentials(participation: Participation, user) -> list[str]:
    rows = Credential.objects.visible_to(user).filter(person=participation.person_id)
    return [BESIDE.join(filter(None, (printable(row.title), str(row.year or "")))) for row in rows]


def _language(path: LanguagePath, tag: str) -> dict:
    lanes = []
    for skill, lane in path.lanes.items():
        first, last = lane[0], lane[-1]
        levels = last.short if first.level == last.level else f"{_known(first)} – {_known(last)}"
        lanes.append({"skill": skill, "levels": levels})
    last = path.main[-1]
    return {
        "german": path.name, "foreign": language_name_in(path.code, tag), "lanes": lanes, "evidence": _evidence(last),
        "day": written(last.day),
    }  # fmt: skip


def _evidence(level: Known) -> str:
    return "attended" if level.evidence == COURSE else level.sign


def _known(level: Known) -> str:
    return f"{level.short} ({level.day:%m.%Y})"


def _attended(participation: Participation, user) -> list[dict[str, str]]:
    rows = Attendance.objects.visible_to(user).attended().filter(participation=participation, day__lte=today())
    sums = rows.values("kind").annotate(count=Count("pk"), first=Min("day"), last=Max("day")).order_by("-last", "kind")
    return [
        {
            "group": SERVICES[row["kind"]],
            "german": kind_of(row["kind"]).de,
            "facts": f"{row['count']} ×{BESIDE}{written(row['first'])}"
            + (f" – {written(row['last'])}" if row["last"] > row["first"] else ""),
        }
        for row in sums
        if row["kind"] in SERVICES
    ]
