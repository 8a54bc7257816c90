"""Pages of intake: the line of steps, what is known so far, and intakes that wait to be finished."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.choices import ConsentState, ParticipationState, Purpose
from participants.completeness import completeness
from participants.countries import country_label
from participants.models import Intake, Operation, Participation
from participants.months import age_on
from participants.operations.consents import FULL_AGE
from participants.operations.intake import ENTRY, NEEDED, STEPS, next_step
from participants.queries.answers import in_words, municipality_of
from participants.queries.background import Section, background_of, languages_of, newest_levels
from participants.queries.circumstances import Circumstances
from participants.queries.consents import asked_purposes, matrix_of, network_of, proposed_language
from participants.queries.person import age_text
from participants.queries.residence import sections_of
from participants.queries.waiting import Waiting
from participants.sheets.texts import sheet_languages
from resque.clock import today
from resque.codelists.queries import label
from resque.ui.tags.numbers import day as written

ROWS = 50
MOST_LINES = 4  # of one step in the summary; the record shows all
LABELS: dict[str, str | Promise] = {
    "identity": gettext_lazy("Person"),
    "contact": gettext_lazy("Contact"),
    "languages": gettext_lazy("Languages"),
    "background": gettext_lazy("Background"),
    "residence": gettext_lazy("Residence and housing"),
    "consents": gettext_lazy("Consents"),
    ENTRY: gettext_lazy("ESF answers"),
}
LEADS: dict[str, str | Promise] = {
    "identity": gettext_lazy("What is not known stays empty. Day, month and year stand apart: the year alone is enough."),
    "contact": gettext_lazy("How the person can be reached, and who has custody of a minor."),
    "languages": gettext_lazy("Each language with its level, how we know it, and since when."),
    "background": gettext_lazy("Schools, work and credentials. Unrecognised ones count too."),
    "residence": gettext_lazy("A change is a new row with its first day. What is printed on the document decides."),
    "consents": gettext_lazy("Print the sheet, have it signed, and key in what it says. What it leaves open is not asked."),
    ENTRY: gettext_lazy("Only for who becomes a participant. Not asked is not no: leave a question open until it was asked."),
}  # fmt: skip


@dataclass(frozen=True)
class Stop:
    """One step in the summary.

    Attributes:
        label, url: name and address.
        state: done, now, or nothing.
        lines: what is known.
    """

    label: str | Promise
    url: str
    state: str
    lines: list[str] = field(default_factory=list)


def may_be_minor(around: Circumstances) -> bool:
    """Return whether custody must be asked: under 18, or nobody knows the age."""
    born = around.participation.person.birth_date
    return born is None or age_on(born, today()) < FULL_AGE


def step_page(around: Circumstances, user, step: str, intake: Intake | None) -> dict:
    """Return the context of a step beside its forms.

    Args:
        around: the case with identity; only its owner takes in.
        user: the reader.
        step: one of STEPS.
        intake: how far it has come; None before the first step was saved.
    """
    case, done = around.participation, intake.done if intake else []
    sections = background_of(case, user, names_visible=True)
    said = {
        "identity": _identity(around),
        "contact": _contact(around),
        "languages": [f"{name}: {label('cefr', level)}" for name, level in newest_levels(languages_of(case, user))],
        "background": [line.title for section in sections[1:] for line in section.lines],
        "residence": _residence(around),
        "consents": _consents(around),
        ENTRY: _entry(case),
    }
    stops = [
        Stop(
            LABELS[one], reverse(f"participants:intake_{one}", args=[case.reference]),
            "now" if one == step else "done" if one in done else "", _shortened(said[one]),
        )
        for one in STEPS
    ]  # fmt: skip
    finished = sum(one in done for one in NEEDED)
    return {
        "participation": case,
        "around": around,
        "step": step,
        "label": LABELS[step],
        "lead": LEADS[step],
        "stops": stops,
        "progress": {"done": finished, "all": len(NEEDED)},
        "is_open": intake is None or intake.finished_on is None,
        "owned": True,
        **_beside(around, user, step, sections),
    }


def _beside(around: Circumstances, user, step: str, sections: list[Section]) -> dict:
    """Return what stands above the forms of a step: the rows that are there, the sheets to print."""
    if step == "languages":
        return {"sections": sections[:1]}
    if step == "background":
        return {"sections": sections[1:]}
    if step == "residence":
        return {"histories": sections_of(around)}
    if step == "consents":
        case = around.participation
        return {
            "matrix": matrix_of(around, network_of(case.partner)),
            "purposes": asked_purposes(case),
            "languages": sheet_languages(),
            "proposed": proposed_language(case.person, user),
        }
    return {}


def _shortened(lines: list[str]) -> list[str]:
    if len(lines) <= MOST_LINES:
        return lines
    more = len(lines) - MOST_LINES + 1
    return [*lines[: MOST_LINES - 1], ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more}]


def _identity(around: Circumstances) -> list[str]:
    person = around.participation.person
    lines = [person.name, person.loaded_identity.original_script]
    if person.birth_date:
        lines.append(age_text(person.birth_date, person.birth_precision))
    if person.nationality:
        lines.append(country_label(person.nationality))
    number = len(around.other_spellings)
    if number:
        lines.append(
            ngettext("%(number)s further spelling", "%(number)s further spellings", number) % {"number": number}
        )
    return [line for line in lines if line]


def _contact(around: Circumstances) -> list[str]:
    return [str(row) for row in around.contacts] + [
        _("custody: %(who)s") % {"who": guardian} for guardian in around.guardians
    ]


def _residence(around: Circumstances) -> list[str]:
    status, place = around.status_now, around.residence_now
    lines = [in_words("status", status.status)] if status else []
    if status and status.printed_until:
        lines.append(_("valid until %(day)s") % {"day": written(status.printed_until)})
    if place:
        lines += [in_words("accommodation", place.accommodation), municipality_of(place)]
    return [line for line in lines if line]


def _consents(around: Circumstances) -> list[str]:
    day = around.info_given_on
    lines = [_("information handed out on %(day)s") % {"day": written(day)}] if day else []
    subjects = {row.subject: row for row in reversed(around.consents) if row.type != Purpose.INFO}
    given = sum(row.state_on(today()) == ConsentState.GIVEN for row in subjects.values())
    if given:
        lines.append(ngettext("%(given)s consent given", "%(given)s consents given", given) % {"given": given})
    return lines


def _entry(case: Participation) -> list[str]:
    if case.entry_date is None:
        return []
    missing = len(completeness(case).missing)
    lines = [_("entry on %(day)s") % {"day": written(case.entry_date)}]
    if missing:
        lines.append(ngettext("%(count)s answer missing", "%(count)s answers missing", missing) % {"count": missing})
    return lines


@dataclass(frozen=True)
class Row:
    """One unfinished intake of the worklist."""

    participation: Participation
    begun: str
    done: int
    label: str | Promise
    url: str


def unfinished_intakes(user):
    """Return unfinished intakes of the own partner, those of `user` among them; the oldest one first."""
    return Intake.objects.visible_to(user).unfinished().order_by("begun_on", "pk")


def worklist(request: HttpRequest, intakes) -> dict:
    """Return the context of the worklist; the number of queries does not grow with its rows.

    Args:
        request: parameter `whose` is "all" or, without it, the reader's own; `page` is a number.
        intakes: `unfinished_intakes` of the reader.
    """
    mine = request.GET.get("whose") != "all"
    kept = intakes.filter(participation__referent=request.user) if mine else intakes
    page = Paginator(kept, ROWS).get_page(request.GET.get("page"))
    numbers = {"mine": intakes.filter(participation__referent=request.user).count(), "all": intakes.count()}
    return {"page": page, "rows": _rows(page, request.user), "tabs": _tabs(numbers, mine), "all": len(NEEDED)}


def _rows(page: Page, user) -> list[Row]:
    cases = Participation.objects.visible_to(user).with_names_for(user).in_bulk([one.pk for one in page])
    rows = []
    for intake in page:
        case, step = cases[intake.pk], next_step(intake)
        address = reverse(f"participants:intake_{step}", args=[case.reference])
        done = sum(one in intake.done for one in NEEDED)
        rows.append(Row(case, written(intake.begun_on), done, LABELS[step], address))
    return rows


def _tabs(numbers: dict[str, int], mine: bool) -> list[dict]:
    address = reverse("participants:intakes")
    return [
        {"label": _("Mine"), "url": address, "count": numbers["mine"], "current": mine},
        {"label": _("All of my organisation"), "url": f"{address}?whose=all", "count": numbers["all"],
         "current": not mine},
    ]  # fmt: skip


def open_intake(around: Circumstances) -> dict[str, str]:
    """Return how the owner goes on with an intake, as words and address; nothing when it is finished or imported."""
    case = around.participation
    if not around.owned:
        return {}
    found = Intake.objects.filter(participation=case).first()
    address = reverse("participants:intake", args=[case.reference])
    if found and found.finished_on is None:
        return {"step": str(LABELS[next_step(found)]), "url": address}
    if found is None and case.state == ParticipationState.CONTACT:
        return {"step": "", "url": address}
    return {}


def newest_operation() -> Operation | None:
    """Return the operation that people enter now; None when no operation accepts anybody."""
    return Operation.objects.filter(accepts_entries=True).order_by("-start").first()


def waiting_intakes(user) -> list[Waiting]:
    """Return what waits on the home page: unfinished intakes of the people whom `user` accompanies; one query."""
    number = unfinished_intakes(user).filter(participation__referent=user).count()
    text = ngettext("unfinished intake", "unfinished intakes", number)
    return [Waiting(number, text, reverse("participants:intakes"), False)] if number else []
