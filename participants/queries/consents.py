"""What a person agreed to: purposes by partners as they stand today, and every decision over time."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from participants.choices import ConsentState, FundingPeriod, GivenBy, Purpose
from participants.languages import language_label
from participants.models import Consent, LanguageAssessment
from participants.months import age_on
from participants.operations.consents import ASKED, FULL_AGE
from participants.queries.circumstances import Circumstances
from participants.sheets.texts import GERMAN, language_of_sheet
from resque.accounts.models import Partner, PartnerKind
from resque.clock import today
from resque.codelists.queries import label
from resque.ui.tags.numbers import day as written

FIRST_LANGUAGE = "MUT"  # code list cefr
# Word and sign of each state: (kind of badge, icon).
_SIGNS = {
    ConsentState.GIVEN: ("ok", "check-circle"),
    ConsentState.REFUSED: ("", "x-lg"),
    ConsentState.WITHDRAWN: ("bad", "arrow-counterclockwise"),
    ConsentState.EXPIRED: ("warn", "clock"),
    ConsentState.NOT_ASKED: ("", "dash-lg"),
}
# Where no sheet is asked for by the language of the person: what is mostly spoken there. A proposal, no fact.
_SPOKEN_IN = {
    "SYR": "ara", "IRQ": "ara", "LBY": "ara", "TUN": "ara", "MAR": "ara", "AFG": "pes", "IRN": "pes", "ERI": "tir",
    "SOM": "som", "RUS": "rus", "CMR": "fra", "GIN": "fra", "CIV": "fra", "NGA": "eng", "GMB": "eng",
}  # fmt: skip


@dataclass(frozen=True)
class Decided:
    """One decision in words.

    Attributes:
        state, kind, icon: word and sign.
        since, until: days, None where there is none.
        lines: further facts, each a sentence.
        key, version: of the row, to withdraw it; 0 where nothing can be withdrawn.
        text_version: code of the text that was consented to, as it is kept.
        share_with: code of the partner with whom the case may be shared on it.
        paper_open: the withdrawal is not noted on the paper yet.
    """

    state: str
    kind: str
    icon: str
    title: str = ""
    since: date | None = None
    until: date | None = None
    lines: list[str] = field(default_factory=list)
    key: int = 0
    version: int = 0
    withdrawable: bool = False
    share_with: str = ""
    text_version: str = ""
    paper_open: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """A purpose with one cell a partner; None where the purpose is not asked for that partner."""

    title: str
    cells: list[tuple[str, Decided | None]]


@dataclass(frozen=True)
class Matrix:
    """Purposes by partners."""

    partners: list[str]
    rows: list[MatrixRow]


def network_of(partner: Partner) -> list[Partner]:
    """Return the partners whom a case of `partner` may be shared with, today."""
    others = Partner.objects.active_on(today()).exclude(pk=partner.pk).exclude(kind=PartnerKind.PUBLIC)
    return list(others.by_name())


def asked_purposes(participation) -> list[Purpose]:
    """Return the purposes that are asked for in the operation of a case, in the order of the sheet."""
    return [one for one in ASKED if one != Purpose.ESF or participation.operation.rules == FundingPeriod.OLD]


def matrix_of(around: Circumstances, others: list[Partner]) -> Matrix:
    """Return how everything stands today; no further query.

    Args:
        around: with consents, which are there for readers of the name.
        others: partners beside the owner.
    """
    newest: dict[tuple, Consent] = {}
    for consent in reversed(around.consents):  # they come newest first
        newest[consent.subject] = consent
    partners = [around.participation.partner, *others]
    partners += [one.partner for one in newest.values() if one.partner and one.partner not in partners]
    bodies = sorted({one.recipient for one in newest.values() if one.type == Purpose.RELEASE} - {""})
    rows = [_row(Purpose.INFO, "", partners, newest, around)]
    for purpose in asked_purposes(around.participation):
        for body in (bodies or [""]) if purpose == Purpose.RELEASE else [""]:
            rows.append(_row(purpose, body, partners, newest, around))
    return Matrix([one.short_name for one in partners], rows)


def _row(purpose: str, body: str, partners: list[Partner], newest: dict, around: Circumstances) -> MatrixRow:
    title = label("consent_type", purpose) + (f": {body}" if body else "")
    cells = []
    for position, partner in enumerate(partners):
        shared = purpose == Purpose.SHARING
        asked = shared if position else not shared
        found = newest.get((purpose, partner.pk if shared else None, body))
        cells.append((partner.short_name, _decided(found, around) if asked else None))
    return MatrixRow(title, cells)


def decisions_of(around: Circumstances) -> list[Decided]:
    """Return every decision, newest first, with everything that is known of it."""
    return [_decided(consent, around, full=True) for consent in around.consents]


def decided(consent: Consent, around: Circumstances) -> Decided:
    """Return one decision with everything that is known of it."""
    return _decided(consent, around, full=True)


def subject_of(consent: Consent) -> str:
    """Return what a decision is about, in words."""
    about = consent.partner.short_name if consent.partner else consent.recipient
    return label("consent_type", consent.type) + (f": {about}" if about else "")


def _decided(consent: Consent | None, around: Circumstances, *, full: bool = False) -> Decided:
    if consent is None or consent.state == ConsentState.NOT_ASKED:
        kind, icon = _SIGNS[ConsentState.NOT_ASKED]
        return Decided(label("consent_state", ConsentState.NOT_ASKED), kind, icon)
    state = consent.state_on(today())
    kind, icon = _SIGNS[state]
    word = _("handed out") if consent.type == Purpose.INFO else label("consent_state", state)
    return Decided(
        word, kind, icon,
        title=subject_of(consent),
        since=consent.withdrawn_on or consent.decided_on,
        until=consent.expires_on,
        lines=[*_lines(consent, around), *(_more_lines(consent) if full else [])],
        key=consent.pk,
        version=consent.version,
        withdrawable=state == ConsentState.GIVEN and consent.type != Purpose.INFO,
        text_version=consent.text_version if full else "",
        share_with=consent.partner.code if consent.partner and state == ConsentState.GIVEN else "",
        paper_open=state == ConsentState.WITHDRAWN and consent.paper_noted_on is None and bool(consent.paper_location),
    )  # fmt: skip


def _lines(consent: Consent, around: Circumstances) -> list[str]:
    lines = []
    if consent.given_by_kind:
        signed = consent.get_given_by_kind_display() + (f", {consent.given_by}" if consent.given_by else "")
        lines.append(_("signed by %(who)s") % {"who": signed})
    elif consent.given_by:
        lines.append(_("signed by %(who)s") % {"who": consent.given_by})
    if consent.paper_location:
        lines.append(_("paper: %(place)s") % {"place": consent.paper_location})
    if needs_own(consent, around):
        lines.append(_("of age since then: please ask for the own consent"))
    return lines


def needs_own(consent: Consent, around: Circumstances) -> bool:
    """Return whether only the guardian of a minor agreed, and the person is of age today."""
    born = around.participation.person.birth_date
    grown = born is not None and age_on(born, today()) >= FULL_AGE
    return grown and consent.given_by_kind == GivenBy.GUARDIAN and consent.holds_on(today())


def _more_lines(consent: Consent) -> list[str]:
    lines = []
    if consent.channel:
        lines.append(_("way: %(way)s") % {"way": consent.channel})
    if consent.language:
        name = _("German") if consent.language == GERMAN else language_label(consent.language)
        lines.append(_("sheet in %(language)s") % {"language": name})
    if consent.interpreter:
        lines.append(_("interpretation: %(kind)s") % {"kind": label("interpreter", consent.interpreter)})
    if consent.witness:
        lines.append(_("witness: %(who)s") % {"who": consent.witness})
    if consent.withdrawn_on:
        lines.append(_("agreed to on %(day)s") % {"day": written(consent.decided_on)})
        if consent.withdrawal_channel:
            lines.append(_("withdrawn: %(way)s") % {"way": consent.withdrawal_channel})
        if consent.paper_noted_on:
            lines.append(_("noted on the paper on %(day)s") % {"day": written(consent.paper_noted_on)})
    return lines


def proposed_language(person, user) -> str:
    """Return the language in which sheets are proposed: the interpreter's, else the first one, else by nationality.

    One query: what the person speaks, as `user` may see it.
    """
    spoken = LanguageAssessment.objects.visible_to(user).filter(person=person).values_list("language", "overall")
    first = [code for code, level in spoken if level == FIRST_LANGUAGE]
    return language_of_sheet(person.interpreter_language, *first, _SPOKEN_IN.get(person.nationality, ""))
