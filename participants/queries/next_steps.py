"""What comes next for a person, as far as the data themselves say it: deadlines, birthdays, permissions."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.choices import NO_CONTACT_REASONS, ConsentState
from participants.months import add_months, age_on, end_of_window, follow_up_day
from participants.operations.sharing import last_day_of
from participants.places import place_of
from participants.queries.circumstances import Circumstances
from resque.clock import today
from resque.codelists.queries import label
from resque.ui.tags.numbers import day as written

PAPERS_AHEAD, BIRTHDAY_AHEAD, SHARE_AHEAD = timedelta(days=60), timedelta(days=90), timedelta(days=14)
CONSENT_AHEAD = timedelta(days=30)
Step = dict


def next_steps(around: Circumstances) -> list[Step]:
    """Return the next steps, the most urgent first; links only where the reader may change something."""
    found = [
        *_papers(around),
        *_permissions(around),
        *_birthday(around),
        *_after_exit(around),
        *_ending_shares(around),
        *_consents(around),
    ]
    return sorted(found, key=lambda step: step["due"] or date.max)


def _step(around: Circumstances, title: str, due: date | None, page: str, place: str, *, when: str = "") -> Step:
    late = due is not None and due < today()
    address = reverse(f"participants:{page}", args=[around.participation.reference]) + (f"#{place}" if place else "")
    return {
        "title": title,
        "when": when or (_when(due) if due else ""),
        "due": due,
        "state": "late" if late else "today" if due == today() else "",
        "url": address if around.owned else "",
    }


def _when(due: date) -> str:
    days = (due - today()).days
    if days < 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": -days}
    if days == 0:
        return _("today")
    return _("until %(day)s") % {"day": written(due)}


def _papers(around: Circumstances) -> list[Step]:
    status = around.status_now
    if not status or not status.printed_until or status.printed_until > today() + PAPERS_AHEAD:
        return []
    title = _("Talk about extending the residence document")
    if status.printed_until < today():
        when = _("the papers expired on %(day)s") % {"day": written(status.printed_until)}
    else:
        when = _("the papers expire on %(day)s") % {"day": written(status.printed_until)}
    return [_step(around, title, status.printed_until, "esf", "id_residence_until", when=when)]


def _permissions(around: Circumstances) -> list[Step]:
    if not around.names_visible:
        return []
    steps = []
    if around.info_given_on is None:
        title = _("Hand out the privacy information and enter the day")
        steps.append(_step(around, title, around.participation.entry_date, "esf", "id_info_given_on"))
    if around.participation.entry_date and around.contact_consent is None:
        title = _("Ask whether we may get in touch after the exit")
        steps.append(_step(around, title, None, "esf", "id_contact_consent"))
    birth = around.participation.person.birth_date
    if birth and age_on(birth, today()) < 18 and not around.guardians:
        title = _("Record who has custody")
        steps.append(_step(around, title, None, "identity", "guardians", when=_("the person is a minor")))
    return steps


def _birthday(around: Circumstances) -> list[Step]:
    birth = around.participation.person.birth_date
    if not birth:
        return []
    day = add_months(birth, 18 * 12)
    if not today() <= day <= today() + BIRTHDAY_AHEAD:
        return []
    title = _("18th birthday: own consent needed")
    return [_step(around, title, day, "esf", "id_contact_consent", when=written(day))]


def _after_exit(around: Circumstances) -> list[Step]:
    p = around.participation
    if not p.exit_date:
        return []
    steps = []
    if not p.x_status and not p.x_unreachable:
        steps.append(
            _step(around, _("Enter the situation at exit"), end_of_window(p.exit_date), "exit", place_of("x_status"))
        )
    due, closed = follow_up_day(p.exit_date), p.exit_reason in NO_CONTACT_REASONS
    if not p.f_status and not p.f_unreachable and not closed and due <= today() + PAPERS_AHEAD:
        title = _("Ask about the situation six months after the exit")
        when = _("situation on %(day)s") % {"day": written(due)}
        steps.append(_step(around, title, due, "followup", place_of("f_status"), when=when))
    return steps


def _ending_shares(around: Circumstances) -> list[Step]:
    if not around.owned:
        return []
    steps = []
    for share in around.shares:
        end = last_day_of(share)
        if end <= today() + SHARE_AHEAD:
            title = _("The share with %(partner)s ends") % {"partner": share.to_partner.short_name}
            steps.append(_step(around, title, end, "share", "shares", when=written(end)))
    return steps


def _consents(around: Circumstances) -> list[Step]:
    if not around.owned:
        return []
    steps, seen = [], set()
    for consent in around.consents:  # newest first: an older decision about the same says nothing any more
        if consent.subject in seen:
            continue
        seen.add(consent.subject)
        end = consent.expires_on
        if consent.state == ConsentState.GIVEN and end and end <= today() + CONSENT_AHEAD:
            title = _("A consent ends: %(kind)s") % {"kind": label("consent_type", consent.type)}
            steps.append(_step(around, title, end, "consents", "", when=written(end)))
        if consent.state == ConsentState.WITHDRAWN and consent.paper_location and consent.paper_noted_on is None:
            title = _("Note the withdrawal on the paper: %(place)s") % {"place": consent.paper_location}
            steps.append(_step(around, title, consent.withdrawn_on, "consents", "", when=_("today")))
    return steps
