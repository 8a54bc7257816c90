"""Recording what a person decided: one decision a purpose, as it stands on the paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from participants.access import KIND
from participants.choices import Art9Basis, ConsentState, FundingPeriod, GivenBy, Purpose
from participants.languages import CODES
from participants.models import CaseShare, Consent, ConsentText, Participation
from participants.months import age_on
from participants.operations.sharing import end_of
from participants.sheets.texts import CONSENT, GERMAN, LANGUAGES, sheet_text
from resque.accounts.models import LegalRegime, Partner, PartnerKind
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.clock import today
from resque.codelists.queries import require_code
from resque.locking import StaleRecord
from resque.ui.tags.numbers import day as written

# Consents that are asked; the privacy information (INFO13) is handed out and is none.
ASKED = tuple(purpose for purpose in Purpose if purpose != Purpose.INFO)
FULL_AGE = 18


@dataclass(frozen=True)
class Decision:
    """Yes or no to one purpose.

    Attributes:
        purpose: what for.
        given: yes or no.
        partner: with whom the case may be shared (`Purpose.SHARING`).
        recipient: body that may be talked to (`Purpose.RELEASE`).
        channel: way of contact after the exit (`Purpose.CONTACT`).
        expires_on: last day; None: until it is withdrawn.
    """

    purpose: str
    given: bool
    partner: Partner | None = None
    recipient: str = ""
    channel: str = ""
    expires_on: date | None = None

    @property
    def field(self) -> str:
        """Name under which a fault of this decision is reported."""
        return f"answer_{self.purpose}_{self.partner.code}" if self.partner else f"answer_{self.purpose}"


@dataclass(frozen=True)
class Paper:
    """What the paper says beside the answers.

    Attributes:
        day: day of the signature; None: today.
        language, version: of the sheet; empty: not recorded, or a form of the partner's own.
        given_by_kind, given_by: who signed; the name of a guardian.
        witness, interpreter: who was there; code of list `interpreter`.
        location: where the paper lies.
    """

    day: date | None = None
    language: str = ""
    version: str = ""
    given_by_kind: str = GivenBy.PERSON
    given_by: str = ""
    witness: str = ""
    interpreter: str = ""
    location: str = ""


def consents_version(person_id: int) -> int:
    """Return a number that grows with every change of the consents of a person: for the two who decide at once."""
    rows = Consent.objects.filter(person_id=person_id)
    return rows.aggregate(seen=Sum("version", default=0))["seen"] + 1


@transaction.atomic
def record_decisions(
    *, by, participation: Participation, paper: Paper, decisions: Iterable[Decision], version: int | None = None
) -> list[Consent]:
    """Record the answers of one paper. A later decision about the same replaces the earlier one, which stays.

    Args:
        by: an account of the owning partner.
        participation: the case; consents belong to its person.
        paper: day, language, who signed, where it lies.
        decisions: at least one; a no to something that stands is a withdrawal and made there.
        version: `consents_version` that the form showed; None writes without comparing.

    Raises:
        ValidationError: by field; of a decision under `Decision.field`.
        StaleRecord: somebody recorded or withdrew a consent since `version`.
        Participation.DoesNotExist: the case does not belong to the partner of `by`.
    """
    row = Participation.objects.editable_by(by).select_for_update(of=("self",)).get(pk=participation.pk)
    current = consents_version(row.person_id)
    if version is not None and version != current:
        raise StaleRecord(version, current)
    decisions, day = list(decisions), paper.day or today()
    faults = _faults_of_paper(row, paper, day, decisions)
    for decision in decisions:
        if (fault := _fault_of(row, decision, day)) is not None:
            faults[decision.field] = fault
    if faults:
        raise ValidationError(faults)
    _keep_text(paper, day)
    made = [_made(row, paper, day, decision) for decision in decisions]
    for consent in made:
        if consent.state == ConsentState.GIVEN:
            _take_effect(row, consent)
    note_deed(
        deed=Deed.CHANGED, kind=KIND, reference=row.reference, by=by, fields=["consents"],
        given=sorted(one.type for one in made if one.state == ConsentState.GIVEN),
        refused=sorted(one.type for one in made if one.state == ConsentState.REFUSED),
    )  # fmt: skip
    return made


def give_consent(*, by, participation: Participation, purpose: str, paper: Paper | None = None, **more) -> Consent:
    """Record a yes to one purpose; the words of `Decision` name partner, body, way and last day."""
    (consent,) = record_decisions(
        by=by, participation=participation, paper=paper or Paper(), decisions=[Decision(purpose, True, **more)]
    )
    return consent


def refuse_consent(*, by, participation: Participation, purpose: str, paper: Paper | None = None, **more) -> Consent:
    """Record a no to one purpose."""
    (consent,) = record_decisions(
        by=by, participation=participation, paper=paper or Paper(), decisions=[Decision(purpose, False, **more)]
    )
    return consent


def _made(row: Participation, paper: Paper, day: date, decision: Decision) -> Consent:
    consent = Consent(
        person_id=row.person_id,
        type=decision.purpose,
        partner=decision.partner,
        recipient=decision.recipient.strip(),
        channel=decision.channel.strip(),
        state=ConsentState.GIVEN if decision.given else ConsentState.REFUSED,
        decided_on=day,
        expires_on=decision.expires_on if decision.given else None,
        language=paper.language,
        text_version=paper.version.strip(),
        given_by_kind=paper.given_by_kind,
        given_by=paper.given_by.strip(),
        witness=paper.witness.strip(),
        interpreter=paper.interpreter,
        paper_location=paper.location.strip(),
    )
    consent.clean_fields(exclude=["person", "partner"])
    consent.save(force_insert=True)
    return consent


def _keep_text(paper: Paper, day: date) -> None:
    """Keep the text of a version when it is consented to for the first time."""
    if not paper.version or ConsentText.objects.filter(version=paper.version.strip()).exists():
        return
    text = _printed_today(paper.version.strip())
    ConsentText.objects.get_or_create(
        version=text.version,
        defaults={"sheet": text.sheet, "language": text.language, "texts": text.texts, "first_used_on": day},
    )


def _printed_today(version: str):
    return next((text for text in (sheet_text(CONSENT, code) for code in LANGUAGES) if text.version == version), None)


def _take_effect(row: Participation, consent: Consent) -> None:
    if consent.type == Purpose.ESF and row.esf_withdrawn_on:
        row.esf_withdrawn_on = None
        row.version += 1
        row.save(update_fields=["esf_withdrawn_on", "version"])
    elif consent.type == Purpose.ART9 and not row.art9_basis:
        row.art9_basis = Art9Basis.CONSENT
        row.version += 1
        row.save(update_fields=["art9_basis", "version"])
    elif consent.type == Purpose.SHARING and consent.expires_on:
        # No share lasts longer than the consent that it stands on.
        end = end_of(consent.expires_on)
        for share in CaseShare.objects.live().filter(
            participation__person_id=row.person_id, to_partner=consent.partner, expires_at__gt=end
        ):
            share.expires_at, share.consent = end, consent
            share.save(update_fields=["expires_at", "consent"])


def _faults_of_paper(row: Participation, paper: Paper, day: date, decisions: list[Decision]) -> dict:
    faults = {}
    if not decisions:
        faults["__all__"] = _("Please enter at least one answer as it stands on the paper.")
    if day > today():
        faults["day"] = _("This day lies in the future.")
    if paper.given_by_kind not in GivenBy.values:
        faults["given_by_kind"] = _("Please choose who signed.")
    else:
        faults |= _faults_of_signature(row.person.birth_date, paper, day)
    if paper.interpreter:
        try:
            require_code("interpreter", paper.interpreter)
        except ValidationError as fault:
            faults["interpreter"] = fault
    if paper.language and paper.language not in (GERMAN, *CODES):
        faults["language"] = _("“%(code)s” is not a language of this list.") % {"code": paper.language[:40]}
    if paper.version and not _known(paper.version.strip()):
        example = sheet_text(CONSENT, GERMAN).version
        faults["text_version"] = _(
            "“%(version)s” is no version of our consent sheet. It stands at the foot of the sheet, for example "
            "%(example)s. Leave it empty for a form of your own."
        ) % {"version": paper.version[:40], "example": example}
    written_down = [one for one in decisions if one.given and one.purpose != Purpose.INTERPRETING]
    if written_down and not paper.location.strip() and row.partner.legal_regime == LegalRegime.KDG:
        faults["paper_location"] = _("Church law asks for consents in writing. Please enter where the paper lies.")
    return faults


def _known(version: str) -> bool:
    return _printed_today(version) is not None or ConsentText.objects.filter(version=version).exists()


def _faults_of_signature(born: date | None, paper: Paper, day: date) -> dict:
    faults = {}
    age = age_on(born, day) if born else None
    if age is not None and age < FULL_AGE:
        if paper.given_by_kind == GivenBy.PERSON:
            faults["given_by_kind"] = _("Under 18 the guardian signs; from about 14 the young person signs too.")
        elif not paper.given_by.strip():
            faults["given_by"] = _("Please enter the name of the guardian who signed.")
    return faults


def _fault_of(row: Participation, decision: Decision, day: date) -> str | None:
    if decision.purpose not in ASKED:
        return _("“%(code)s” is no purpose that is asked.") % {"code": str(decision.purpose)[:40]}
    if decision.purpose == Purpose.ESF and row.operation.rules != FundingPeriod.OLD:
        return _("In this funding period the facts are reported by law; no consent is asked for it.")
    if decision.purpose == Purpose.SHARING and (fault := _fault_of_partner(row, decision.partner)):
        return fault
    if decision.purpose == Purpose.RELEASE and not decision.recipient.strip():
        return _("Please enter the body that may be talked to.")
    if decision.purpose == Purpose.RELEASE and decision.given and decision.expires_on is None:
        return _("A release from confidentiality has a last day. Please enter it.")
    if decision.given and decision.expires_on and decision.expires_on < day:
        return _("The last day lies before the day of the consent.")
    return _fault_of_refusal(row, decision)


def _fault_of_partner(row: Participation, partner: Partner | None) -> str | None:
    if partner is None:
        return _("Please choose a partner.")
    if partner.pk == row.partner_id:
        return _("A case is shared with another partner, not with the own one.")
    if partner.kind == PartnerKind.PUBLIC:
        return _("%(partner)s works without participants. Cases are not shared with it.") % {"partner": partner.name}
    return None


def _fault_of_refusal(row: Participation, decision: Decision) -> str | None:
    if decision.given:
        return None
    newest = Consent.objects.filter(
        person_id=row.person_id, type=decision.purpose, partner=decision.partner, recipient=decision.recipient.strip()
    ).first()
    if newest and newest.holds_on(today()):
        return _("This was agreed to on %(day)s. Please withdraw it there: the page shows what follows.") % {
            "day": written(newest.decided_on)
        }
    return None
