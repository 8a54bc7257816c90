"""What the partners offer: the only place that knows it. A new offer is one row here and one test parameter.

Forms, timeline, filters, permissions and figures read these rows. Labels stand here in both languages,
because they are data of the network and not words of the interface.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from resque.accounts.models import Partner, PartnerKind


class Shape(models.TextChoices):
    """How an offer is recorded; decides the form, not the partner."""

    INDIVIDUAL = "individual", _("with one person")
    GROUP = "group", _("with a group of known people")
    OUTREACH = "outreach", _("at a place, also with unknown people")
    STRUCTURAL = "structural", _("with organisations and audiences, without participants")
    INTERNAL = "internal", _("internal work of the network")


class Category(models.TextChoices):
    """What an offer is for; groups figures and colours."""

    BERATUNG = "BERATUNG", _("Counselling")
    QUALIFIZIERUNG = "QUALIFIZIERUNG", _("Qualification")
    VERMITTLUNG = "VERMITTLUNG", _("Placement")
    BETREUUNG = "BETREUUNG", _("Support and accompaniment")
    GEWINNUNG = "GEWINNUNG", _("Recruitment of participants")
    INFORMATION = "INFORMATION", _("Information")
    STRUKTUR = "STRUKTUR", _("Structural work")
    INTERN = "INTERN", _("Internal")


INDIVIDUAL, GROUP, OUTREACH = Shape.INDIVIDUAL, Shape.GROUP, Shape.OUTREACH
STRUCTURAL, INTERNAL = Shape.STRUCTURAL, Shape.INTERNAL
WITH_PEOPLE = (INDIVIDUAL, GROUP)
WITHOUT_PEOPLE = (STRUCTURAL, INTERNAL)
EVERYBODY = tuple(PartnerKind)


@dataclass(frozen=True)
class Kind:
    """One offer of the network.

    Attributes:
        code: stable code, used in files and figures.
        de, en: label in German and English.
        category: what it is for.
        shapes: how it can be recorded; the first one is proposed.
        partner_kinds: which partners offer it.
        icon: name of the symbol in the timeline.
        leads_to_outcome: recording it proposes an outcome.
        is_aftercare: does not count as activity of an open participation (rule X03).
        is_anonymous: nobody who takes part is known, and the database refuses participants.
        is_meeting: those who come work together; nobody is informed or trained, so their heads are no contacts.
    """

    code: str
    de: str
    en: str
    category: Category
    shapes: tuple[Shape, ...]
    partner_kinds: tuple[PartnerKind, ...]
    icon: str
    leads_to_outcome: bool = False
    is_aftercare: bool = False
    is_anonymous: bool = False
    is_meeting: bool = False

    @property
    def label(self) -> str:
        """The label in the language of the reader."""
        return self.de if (get_language() or "de").startswith("de") else self.en

    @property
    def takes_people(self) -> bool:
        """Whether participants can take part."""
        return not set(WITH_PEOPLE).isdisjoint(self.shapes)

    @property
    def is_event(self) -> bool:
        """Whether it is work with organisations and audiences, or internal work: nobody is accompanied there."""
        return not set(WITHOUT_PEOPLE).isdisjoint(self.shapes)

    @property
    def takes_groups(self) -> bool:
        """Whether several people can take part at once."""
        return Shape.GROUP in self.shapes


KINDS: tuple[Kind, ...] = (
    Kind("DAA-BER", "Beratung zu Arbeitsmarkt und Ausbildung", "Labour-market and training counselling", Category.BERATUNG, (INDIVIDUAL,), (PartnerKind.CAREER,), "chat-square-text"),
    Kind("DAA-EG", "Erstgespräch", "Initial interview", Category.BERATUNG, (INDIVIDUAL,), (PartnerKind.CAREER,), "person-plus"),
    Kind("DAA-KF", "Kompetenzfeststellung / Profiling", "Competence assessment", Category.BERATUNG, (INDIVIDUAL,), (PartnerKind.CAREER,), "clipboard-check"),
    Kind("DAA-BOT", "Berufsorientierungstest", "Career-orientation test", Category.BERATUNG, (INDIVIDUAL, GROUP), (PartnerKind.CAREER,), "compass"),
    Kind("DAA-BO", "Berufsorientierung", "Career orientation", Category.BERATUNG, (INDIVIDUAL, GROUP), (PartnerKind.CAREER,), "signpost-split"),
    Kind("DAA-BT", "Bewerbungstraining", "Application training", Category.QUALIFIZIERUNG, (INDIVIDUAL, GROUP), (PartnerKind.CAREER,), "file-earmark-person"),
    Kind("DAA-PC", "PC-Training", "PC training", Category.QUALIFIZIERUNG, (GROUP,), (PartnerKind.CAREER,), "pc-display"),
    Kind("DAA-AS", "Unterstützung bei der Ausbildungssuche", "Apprenticeship search", Category.VERMITTLUNG, (INDIVIDUAL,), (PartnerKind.CAREER,), "search"),
    Kind("DAA-USB", "Übergang Schule – Ausbildung/Beruf", "School-to-work transition", Category.BERATUNG, (INDIVIDUAL,), (PartnerKind.CAREER,), "arrow-right-circle"),
    Kind("DAA-SCH", "Wiederaufnahme einer Schulausbildung / Nachholen Abschluss", "Return to school", Category.BERATUNG, (INDIVIDUAL,), (PartnerKind.CAREER,), "book"),
    Kind("DAA-ANE", "Beratung Anerkennung von Abschlüssen", "Recognition of credentials", Category.BERATUNG, (INDIVIDUAL,), (PartnerKind.CAREER,), "patch-check"),
    Kind("DAA-VER", "Vermittlung in Angebote", "Placement into offers", Category.VERMITTLUNG, (INDIVIDUAL,), (PartnerKind.CAREER,), "box-arrow-in-right", leads_to_outcome=True),
    Kind("DAA-VDK", "Vermittlung in Deutschkurs", "Placement into German course", Category.VERMITTLUNG, (INDIVIDUAL,), (PartnerKind.CAREER,), "translate", leads_to_outcome=True),
    Kind("DAA-VAR", "Vermittlung in Beschäftigung", "Placement into employment", Category.VERMITTLUNG, (INDIVIDUAL,), (PartnerKind.CAREER,), "briefcase", leads_to_outcome=True),
    Kind("DAA-VQU", "Vermittlung in Qualifizierung", "Placement into qualification", Category.VERMITTLUNG, (INDIVIDUAL,), (PartnerKind.CAREER,), "mortarboard", leads_to_outcome=True),
    Kind("DAA-NB", "Nachbetreuung nach Aufnahme Arbeit/Ausbildung", "Aftercare", Category.BETREUUNG, (INDIVIDUAL,), (PartnerKind.CAREER,), "telephone", is_aftercare=True),
    Kind("CAR-AUF", "Aufsuchende Arbeit in Gemeinschaftsunterkunft", "Outreach in shared accommodation", Category.BETREUUNG, (OUTREACH,), (PartnerKind.OUTREACH,), "house-door"),
    Kind("CAR-GEW", "Gewinnung von Teilnehmenden / Übergabe", "Recruitment and warm handover", Category.GEWINNUNG, (INDIVIDUAL, GROUP), (PartnerKind.OUTREACH,), "person-raised-hand"),
    Kind("CAR-SOZ", "Soziale Betreuung", "Social support", Category.BETREUUNG, (INDIVIDUAL,), (PartnerKind.OUTREACH,), "people"),
    Kind("CAR-IND", "Individuelle Maßnahme", "Individual measure", Category.BETREUUNG, (INDIVIDUAL,), (PartnerKind.OUTREACH,), "person-check"),
    Kind("CAR-REG", "Zugang zu Leistungen des Regelsystems", "Access to regular services", Category.BERATUNG, (INDIVIDUAL,), (PartnerKind.OUTREACH,), "door-open"),
    Kind("CAR-INF", "Informationsveranstaltung", "Information event", Category.INFORMATION, (GROUP, OUTREACH), (PartnerKind.OUTREACH,), "megaphone"),
    Kind("CAR-BEG", "Begleitung zu Behörden", "Accompaniment to authorities", Category.BETREUUNG, (INDIVIDUAL,), (PartnerKind.OUTREACH,), "building"),
    Kind("STL-MPS", "Multiplikatorenschulung", "Multiplier training", Category.STRUKTUR, (STRUCTURAL,), (PartnerKind.PUBLIC,), "easel"),
    Kind("STL-SEN", "Sensibilisierung von Akteuren", "Awareness-raising", Category.STRUKTUR, (STRUCTURAL,), (PartnerKind.PUBLIC,), "lightbulb"),
    Kind("STL-AEM", "Ämterübergreifende Zusammenarbeit", "Inter-agency cooperation", Category.STRUKTUR, (STRUCTURAL,), (PartnerKind.PUBLIC,), "diagram-3", is_meeting=True),
    Kind("STL-KOO", "Kooperation (lokal/regional/überregional)", "Cooperation (local/regional/supra-regional)", Category.STRUKTUR, (STRUCTURAL,), (PartnerKind.PUBLIC,), "share", is_meeting=True),
    Kind("STL-REG", "Unterstützung des Zugangs zum Regelsystem (fallunabhängig)", "Support of access to regular services (not case-based)", Category.STRUKTUR, (STRUCTURAL,), (PartnerKind.PUBLIC,), "unlock"),
    Kind("NET-UNT", "Information/Sensibilisierung von Unternehmen", "Informing employers", Category.STRUKTUR, (STRUCTURAL,), EVERYBODY, "shop"),
    Kind("NET-ARV", "Information/Sensibilisierung der Arbeitsverwaltung", "Informing employment agencies/job centres", Category.STRUKTUR, (STRUCTURAL,), EVERYBODY, "bank"),
    Kind("NET-VER", "Information/Sensibilisierung öffentlicher Verwaltungen", "Informing public administrations", Category.STRUKTUR, (STRUCTURAL,), EVERYBODY, "buildings"),
    Kind("AWL-KOO", "Projektkoordination / Verbundtreffen", "Project coordination", Category.INTERN, (INTERNAL,), (PartnerKind.COORDINATION,), "kanban"),
    Kind("AWL-NET", "Netzwerkarbeit / Gremium", "Network meeting", Category.STRUKTUR, (STRUCTURAL,), (PartnerKind.COORDINATION,), "diagram-2", is_meeting=True),
    Kind("AWL-BER", "Berichtswesen / Monitoring", "Reporting", Category.INTERN, (INTERNAL,), (PartnerKind.COORDINATION,), "file-earmark-bar-graph"),
    Kind("ALL-KK", "Kurzkontakt (< 8 h, ohne Akte)", "Short contact without file", Category.INFORMATION, (OUTREACH,), EVERYBODY, "chat-dots", is_anonymous=True),
    Kind("ALL-VW", "Verweisberatung", "Signposting", Category.BERATUNG, (INDIVIDUAL,), EVERYBODY, "arrow-left-right"),
    Kind("ALL-DOL", "Einsatz Sprachmittlung", "Interpreter deployment", Category.INTERN, (INTERNAL,), EVERYBODY, "translate"),
)  # fmt: skip

BY_CODE = {kind.code: kind for kind in KINDS}


def kind_of(code: str) -> Kind:
    """Return the offer with this code.

    Raises:
        KeyError: the catalogue has no such offer.
    """
    return BY_CODE[code]


def kinds_for(partner: Partner | None, *, shape: Shape | None = None) -> list[Kind]:
    """Return the offers that a partner can record, in the order of the catalogue; with `shape` only those."""
    if partner is None:
        return []
    return [kind for kind in KINDS if partner.kind in kind.partner_kinds and (shape is None or shape in kind.shapes)]


def kinds_with_people(partner: Partner | None) -> list[Kind]:
    """Return the offers that a partner can record for people it accompanies."""
    return [kind for kind in kinds_for(partner) if kind.takes_people]


def kinds_of_events(partner: Partner | None) -> list[Kind]:
    """Return the offers without people that a partner can record: structural and internal work."""
    return [kind for kind in kinds_for(partner) if kind.is_event]
