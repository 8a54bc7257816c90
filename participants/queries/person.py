"""The page of a person: head, line of stages, facts, missing answers, next steps."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants import rules
from participants.choices import NO_CONTACT_REASONS, BirthPrecision, ParticipationState
from participants.completeness import Completeness, completeness
from participants.countries import country_label
from participants.languages import language_label, language_of_name
from participants.months import age_on, follow_up_day
from participants.places import address_of
from participants.proposals import work_class_of
from participants.queries.answers import municipality_of
from participants.queries.background import languages_of, script_of, spoken
from participants.queries.circumstances import Circumstances, circumstances_of
from participants.queries.next_steps import next_steps
from participants.queries.shares import shown_shares
from participants.queries.ways import ways_of
from resque.accounts.roles import Permission
from resque.clock import today
from resque.codelists.queries import label
from resque.once.operations import new_key
from resque.ui.tags.numbers import day as written

ESTIMATED = (BirthPrecision.YEAR, BirthPrecision.ASSUMED_0101, BirthPrecision.AGE_EST, BirthPrecision.UNKNOWN)
EXPIRES_SOON_DAYS = 60


@dataclass(frozen=True)
class Flag:
    """A badge directly beside the name."""

    text: str
    kind: str
    icon: str


@dataclass(frozen=True)
class Head:
    """What the head of the page says."""

    title: str
    reference: str
    native: str = ""
    native_language: str = ""
    born: str = ""
    spellings: str = ""
    state: str = ""
    accompanied_by: str = ""
    flags: list[Flag] = field(default_factory=list)


@dataclass(frozen=True)
class Stage:
    """One stop of the line."""

    label: str | Promise
    state: str
    note: str
    url: str = ""


def person_page(participation, user) -> dict:
    """Return the context that every page of a person needs (templates/participants/person.html).

    Args:
        participation: loaded through the door `get_participant`.
        user: the reader; facts, names and buttons depend on the rights.
    """
    around = circumstances_of(participation, user)
    spoken_rows = languages_of(participation, user)
    complete = completeness(participation)
    found = rules.contradictions(rules.record(participation, facts=_rule_facts(around, user), today=today()))
    return {
        "participation": participation,
        "around": around,
        "head": _head(around),
        "stages": _stages(around),
        "facts": facts(around),
        "completeness": complete,
        "missing": _missing(around, complete),
        "violations": found,
        "light": _light(participation, complete, found),
        "next_steps": next_steps(around),
        "shown_shares": shown_shares(around),
        "spoken": spoken(spoken_rows),
        "spoken_rows": spoken_rows,
        "script": script_of(spoken_rows),
        "owned": around.owned,
        "names_visible": around.names_visible,
        "record_url": _record_url(participation, user),
        "ways": ways_of(participation) if around.owned else [],
        "move_key": new_key(),
    }


def _rule_facts(around: Circumstances, user) -> dict:
    place = around.residence_at_entry
    told = [import_string(name)(around.participation, user) for name in settings.RESQUE_RULE_FACTS]
    return {key: value for facts in told for key, value in facts.items()} | {
        "identity_known": around.names_visible,
        "accommodation": place.accommodation if place else None,
        "guardian_recorded": around.guardian_recorded,
        "info_given_on": around.info_given_on,
        "contact_consent": around.contact_consent,
    }


def _record_url(participation, user) -> str:
    address = reverse("services:record") if user.can(Permission.RECORD_SERVICES) else ""
    return f"{address}?person={participation.reference}" if address else ""


def _head(around: Circumstances) -> Head:
    participation, person = around.participation, around.participation.person
    identity = person.loaded_identity
    script = identity.original_script if identity else ""
    return Head(
        title=participation.title,
        reference=participation.reference,
        native=script,
        native_language=language_of_name(script, person.nationality),
        born=_born(person),
        spellings=", ".join(row.text for row in around.other_spellings),
        state=_state(participation),
        accompanied_by=_accompanied_by(around),
        flags=_flags(around),
    )


def _accompanied_by(around: Circumstances) -> str:
    referent, partner = around.participation.referent, around.participation.partner.short_name
    return f"{referent.short_name}, {partner}" if referent and around.staff_named else partner


def age_text(birth_date: date | None, precision: str) -> str:
    """Return the age today in words, with a sign for "about" when the birth date is estimated."""
    if birth_date is None:
        return _("age not known")
    years = age_on(birth_date, today())
    words = ngettext("%(years)s year", "%(years)s years", years) % {"years": years}
    return f"≈ {words}" if precision in ESTIMATED else words


def _born(person) -> str:
    if person.birth_date is None:
        return _("birth date missing")
    shown = {
        BirthPrecision.MONTH: f"{person.birth_date:%m.%Y}",
        BirthPrecision.YEAR: f"{person.birth_date:%Y}",
    }.get(person.birth_precision, written(person.birth_date))
    sign = "≈ " if person.birth_precision in ESTIMATED else ""
    return f"* {sign}{shown}, {age_text(person.birth_date, person.birth_precision)}"


def _state(participation) -> str:
    state, since = participation.get_state_display(), None
    if participation.state in (ParticipationState.CONTACT, ParticipationState.INITIATED):
        since = participation.created_on
    elif participation.state == ParticipationState.ACTIVE:
        since = participation.entry_date
    elif participation.state == ParticipationState.ENDED:
        return _("ended on %(day)s") % {"day": written(participation.exit_date)}
    return _("%(state)s since %(day)s") % {"state": state, "day": written(since)} if since else state


def _flags(around: Circumstances) -> list[Flag]:
    participation, person = around.participation, around.participation.person
    flags = []
    if person.interpreter_language:
        text = _("Interpreter: %(language)s") % {"language": language_label(person.interpreter_language)}
        flags.append(Flag(text, "warn", "translate"))
    if person.birth_date and age_on(person.birth_date, today()) < 18:
        flags.append(_minor(around))
    if participation.exit_reason in NO_CONTACT_REASONS:
        flags.append(Flag(_("no further contact"), "bad", "x-octagon"))
    if participation.state == ParticipationState.RESTRICTED:
        flags.append(Flag(_("processing restricted"), "bad", "lock"))
    if not around.owned and around.shares:
        text = _("shared by %(partner)s") % {"partner": participation.partner.short_name}
        flags.append(Flag(text, "info", "people"))
    return flags


def _minor(around: Circumstances) -> Flag:
    if not around.names_visible:
        return Flag(_("minor"), "info", "shield-check")
    if around.guardians:
        return Flag(_("minor, guardian recorded"), "info", "shield-check")
    return Flag(_("minor, nobody with custody recorded"), "bad", "shield-exclamation")


def _stages(around: Circumstances) -> list[Stage]:
    p = around.participation
    follow_up = follow_up_day(p.exit_date) if p.exit_date else None
    reached = [p.created_on, p.entry_date, p.entry_form_on, p.exit_date, p.f_refers_to if p.f_status else None]
    labels = [_("Contact"), _("Entry"), _("Questionnaire"), _("Exit"), _("Six months later")]
    places = [("detail", ""), ("esf", "entry_date"), ("esf", "entry_form_on"), ("exit", ""), ("followup", "")]
    pages = [address_of(f"participants:{page}", p.reference, field) for page, field in places]
    waiting = ["", _("still open"), _("still open"), _("still open"), _("after the exit")]
    if follow_up:
        waiting[4] = _("due %(day)s") % {"day": written(follow_up)}
    if p.f_unreachable:
        waiting[4] = _("not reached")
    elif p.exit_reason in NO_CONTACT_REASONS:
        waiting[4] = _("not asked after this exit")
    last = max(index for index, day in enumerate(reached) if day)
    return [
        Stage(
            label=labels[index],
            state="now" if index == last else "done" if day else "",
            note=written(day) if day else waiting[index],
            url=pages[index] if around.owned else "",
        )
        for index, day in enumerate(reached)
    ]


def _missing(around: Circumstances, complete: Completeness) -> list[dict]:
    participation = around.participation
    return [
        {
            "title": item.label,
            "when": item.hint,
            "url": address_of(item.page, participation.reference, item.field) if around.owned else "",
        }
        for item in complete.missing
    ]


def _light(participation, complete: Completeness, found: list[rules.Rule]) -> dict:
    open_questions, blocking = len(complete.missing), sum(rule.blocks for rule in found)
    texts = []
    if open_questions:
        texts.append(
            ngettext("%(count)s answer missing", "%(count)s answers missing", open_questions)
            % {"count": open_questions}
        )
    if blocking:
        texts.append(ngettext("%(count)s contradiction", "%(count)s contradictions", blocking) % {"count": blocking})
    if blocking:
        state = "red"
    elif not participation.entry_date:
        state = "grey"
    else:
        state = "yellow" if open_questions else "green"
    return {"state": state, "text": ", ".join(texts) or _("complete for the report")}


def facts(around: Circumstances) -> dict:
    """Return the facts of the left column in words."""
    participation, person = around.participation, around.participation.person
    status, place = around.status_now, around.residence_now
    return {
        "status": label("residence_status", status.status) if status else "",
        "status_since": status.valid_from if status else None,
        "expiry": expiry(status.printed_until) if status and status.printed_until else None,
        "clause": label("work_note_on_document", status.clause) if status else "",
        "work_access": _work_today(around),
        "accommodation": label("accommodation", place.accommodation) if place else "",
        "municipality": municipality_of(place) if place else "",
        "nationality": country_label(person.nationality) if person.nationality else "",
        "arrival": person.arrival_de,
        "external_reference": participation.external_reference if around.owned else "",
    }


def _work_today(around: Circumstances) -> str:
    """Return what holds for work today: the answer of the entry only as long as the status of the entry holds."""
    status = around.status_now
    if status is None or status == around.status_at_entry:
        return around.participation.get_e_work_access_display()
    return work_class_of(status.status)


def expiry(until: date) -> dict:
    """Return how long a document is still valid, as words, kind and icon of a badge."""
    days = (until - today()).days
    if days < 0:
        return {
            "text": _("expired on %(day)s") % {"day": written(until)},
            "kind": "bad",
            "icon": "exclamation-triangle",
        }
    if days <= EXPIRES_SOON_DAYS:
        text = ngettext("valid until %(day)s, %(days)s day left", "valid until %(day)s, %(days)s days left", days) % {
            "day": written(until),
            "days": days,
        }
        return {"text": text, "kind": "warn", "icon": "clock"}
    return {"text": _("valid until %(day)s") % {"day": written(until)}, "kind": "", "icon": ""}
